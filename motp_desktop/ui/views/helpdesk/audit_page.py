"""Looking back: search the audit, take it away as CSV or on paper."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.texts.helpdesk.happened import known_events
from motp_desktop.ui.texts.helpdesk.troubles import staff_trouble
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.viewmodels.helpdesk.audit import AuditViewModel
from motp_desktop.ui.views.helpdesk.audit_rows import audit_row
from motp_desktop.ui.views.helpdesk.export_question import ExportQuestion
from motp_desktop.ui.views.helpdesk.place import PlacePage
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.busy_line import BusyLine
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import OutlineButton, PrimaryButton
from motp_desktop.ui.widgets.cells import RowsModel
from motp_desktop.ui.widgets.choice_box import ChoiceBox
from motp_desktop.ui.widgets.data_table import DataTable
from motp_desktop.ui.widgets.form_field import ErrorLine, FormField
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_desktop.ui.widgets.text_edit import TextEdit

translate = QCoreApplication.translate

_FIELD = 210


class AuditPage(PlacePage):
    """Filters on top, the newest lines beneath; more of them come as one scrolls."""

    def __init__(self, audit: AuditViewModel, now: Callable[[], str]) -> None:
        """`now` is the verifier's time, RFC 3339."""
        super().__init__(translate("AuditPage", "감사 기록"))
        self._model = audit
        self._now = now
        self._labels = {
            "since": translate("AuditPage", "첫날"),
            "until": translate("AuditPage", "끝날"),
            "actor": translate("AuditPage", "누가"),
            "institution": translate("AuditPage", "훈련기관"),
            "registration": translate("AuditPage", "등록"),
        }
        hints = {
            "since": "2026-11-01",
            "until": "2026-11-30",
            "actor": "staff:kim",
            "institution": "hanbit",
            "registration": "reg_…",
        }
        self.edits = {
            name: _filter_field(label, hints[name]) for name, label in self._labels.items()
        }
        for name, edit in self.edits.items():
            edit.setText(getattr(audit.state.query, name))
            edit.entered.connect(self._typed)
        self._kinds = ["", *sorted(known_events(), key=lambda kind: known_events()[kind])]
        everything = translate("AuditPage", "모든 일")
        self.kind = ChoiceBox(
            translate("AuditPage", "일"),
            [known_events().get(kind, everything) for kind in self._kinds],
        )
        self.kind.setCurrentIndex(self._kinds.index(audit.state.query.kind))
        self.kind.activated.connect(self._chosen)
        self.seek = PrimaryButton(translate("AuditPage", "찾기"), audit.search)
        self._error = ErrorLine()
        self._count = TextLabel("", Type.SMALL, Tone.MUTED)
        self._busy = BusyLine()
        self._trouble = Banner(translate("AuditPage", "다시 시도"), audit.search)
        self._kept = Banner()
        self._question = ExportQuestion(audit, self._choose_csv)
        self.rows = RowsModel(
            [
                translate("AuditPage", "번호"),
                translate("AuditPage", "때"),
                translate("AuditPage", "일"),
                translate("AuditPage", "누가"),
                translate("AuditPage", "사유"),
                translate("AuditPage", "대상"),
                translate("AuditPage", "주소"),
                translate("AuditPage", "자세히"),
            ],
            # Later: the table asks while it is being filled.
            lambda: QTimer.singleShot(0, self, audit.more),
        )
        self.table = DataTable(
            translate("AuditPage", "감사 기록"),
            self.rows,
            (64, 128, 170, 130, 0, 190, 130, 190),
        )
        self.csv = OutlineButton(
            translate("AuditPage", "CSV로 내보내기"), audit.begin_export, icon="save"
        )
        self.pdf = OutlineButton(
            translate("AuditPage", "PDF로 인쇄"), self._choose_pdf, icon="document"
        )
        self._lay_out()
        audit.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The lines, or the first filter while there are none."""
        return self.table if self._model.state.lines else self.edits["since"]

    def refresh(self) -> None:
        """The lines, and how asking goes."""
        state = self._model.state
        bad_day = translate("AuditPage", "날짜는 2026-11-26처럼 적어 주세요.")
        self._error.say(bad_day if state.faults else "")
        self._trouble.say(staff_trouble(state.trouble))
        self._kept.say(kept_message(state.kept))
        self._busy.say(translate("AuditPage", "찾고 있어요.") if state.busy else "")
        now = self._now()
        self.rows.show_rows([audit_row(line, now) for line in state.lines], has_more=state.has_more)
        self._count.setText(self._count_words())
        self._question.setVisible(state.exporting)
        self._question.refresh()
        for button in (self.csv, self.pdf):
            button.setEnabled(bool(state.lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a filter searches; Escape gives an export up."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and any(edit.hasFocus() for edit in self.edits.values()):
            self._model.search()
        elif event.key() == Qt.Key.Key_Escape and self._model.state.exporting:
            self._model.cancel_export()
        else:
            super().keyPressEvent(event)

    def _count_words(self) -> str:
        state = self._model.state
        if state.asked is None:
            return ""
        if not state.lines:
            return translate("AuditPage", "찾은 기록이 없어요. 조건을 넓혀 보세요.")
        if state.has_more:
            more = translate("AuditPage", "{n}줄까지 보고 있어요. 내리면 더 있습니다.")
            return more.format(n=f"{len(state.lines):,}")
        return translate("AuditPage", "모두 {n}줄").format(n=f"{len(state.lines):,}")

    def _typed(self, _text: str) -> None:
        texts = {name: edit.text().strip() for name, edit in self.edits.items()}
        self._model.filter_by(replace(self._model.state.query, **texts))  # type: ignore[arg-type]

    def _chosen(self, number: int) -> None:
        self._model.filter_by(replace(self._model.state.query, kind=self._kinds[number]))
        self._model.search()

    def _choose_csv(self) -> None:
        if self._model.has_reason():
            path = self._choose(translate("AuditPage", "CSV 파일 저장"), "audit.csv", "CSV (*.csv)")
            if path:
                self._model.export(path)

    def _choose_pdf(self) -> None:
        path = self._choose(translate("AuditPage", "PDF 파일 저장"), "audit.pdf", "PDF (*.pdf)")
        if path:
            self._model.print_to(path)

    def _choose(self, title: str, name: str, kind: str) -> str:
        path, _ = QFileDialog.getSaveFileName(self, title, name, kind)
        return path

    def _labelled(self, name: str) -> FormField:
        edit = self.edits[name]
        return FormField(self._labels[name], edit, (edit,))

    def _lay_out(self) -> None:
        column = self.column
        column.setSpacing(Space.S)
        fields = [self._labelled(name) for name in ("since", "until")]
        fields.append(FormField(self.kind.accessibleName(), self.kind, ()))
        fields += [self._labelled(name) for name in ("actor", "institution", "registration")]
        column.addWidget(Flow([*fields, self.seek], low=True))
        for piece in (self._error, self._trouble, self._kept, self._question):
            column.addWidget(piece)
        column.addWidget(self._count)
        column.addWidget(self.table, 1)
        column.addWidget(self._busy)
        column.addWidget(Flow([self.csv, self.pdf]))


def kept_message(kept: o.Exported | o.StorageTrouble | None) -> Message | None:
    """Whether a file was written."""
    match kept:
        case o.Exported(path):
            text = translate("AuditPage", "파일로 저장했습니다.")
            return Message(Level.OK, text, path)
        case _:
            return staff_trouble(kept)


def _filter_field(name: str, hint: str) -> TextEdit:
    edit = TextEdit()
    edit.setAccessibleName(name)
    edit.setPlaceholderText(hint)
    edit.setFixedWidth(scaled(_FIELD))
    edit.setMinimumHeight(scaled(Size.TARGET))
    edit.setEchoMode(QLineEdit.EchoMode.Normal)
    return edit
