"""Checking a trainee's status: its QR code in a picture, or its short code."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.texts.helpdesk.reading_status import (
    compare,
    not_found_message,
    refused_message,
    unknown_message,
    verdict,
)
from motp_desktop.ui.texts.helpdesk.troubles import staff_trouble
from motp_desktop.ui.texts.message import Message
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.viewmodels.helpdesk.bundle import ConsoleModels
from motp_desktop.ui.viewmodels.helpdesk.states import CheckState
from motp_desktop.ui.views.helpdesk import pictures
from motp_desktop.ui.views.helpdesk.place import PlacePage
from motp_desktop.ui.views.helpdesk.sign_in import text_field
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.busy_line import BusyLine
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import OutlineButton, PrimaryButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.slot import Slot
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.helpdesk import StatusTokenRead

translate = QCoreApplication.translate

_HIDDEN_MS = 300
"""So long until the window manager has taken the console off the screen."""


class CheckPage(PlacePage):
    """The device's claims stand beside what the verifier knows."""

    def __init__(self, models: ConsoleModels, now: Callable[[], str]) -> None:
        """`now` is the verifier's time, RFC 3339."""
        super().__init__(translate("CheckPage", "기기 상태 확인"))
        self._models = models
        self._model = models.check
        self._now = now
        self.column.addWidget(
            TextLabel(
                translate(
                    "CheckPage",
                    "훈련생의 앱 메뉴 [이 PC의 상태]에 있는 QR 코드를 그림으로 받거나, 짧은 코드를 "
                    "물어보세요.",
                )
            )
        )
        self.file = OutlineButton(
            translate("CheckPage", "그림 파일"), self._open_file, icon="document"
        )
        self.clipboard = OutlineButton(
            translate("CheckPage", "클립보드의 그림"), self._read_clipboard, icon="copy"
        )
        self.screen_button = OutlineButton(
            translate("CheckPage", "화면에서 찾기"), self._read_screen, icon="device"
        )
        self.column.addWidget(Flow([self.file, self.clipboard, self.screen_button]))
        name = translate("CheckPage", "짧은 코드")
        self.code = text_field(name)
        self.code.setMaxLength(40)
        self.code.setText(models.check.state.code)
        self.code.entered.connect(models.check.type_code)
        hint = translate("CheckPage", "7Q2M-XK4T처럼 여덟 글자입니다.")
        self._field = FormField(name, self.code, (self.code,), hint=hint)
        self._field.setMaximumWidth(scaled(Size.COLUMN))
        self.column.addWidget(self._field)
        self.ask = PrimaryButton(translate("CheckPage", "코드로 찾기"), models.check.read_code)
        self.column.addWidget(Flow([self.ask]))
        self._busy = BusyLine()
        self.column.addWidget(self._busy)
        self._banner = Banner()
        self.column.addWidget(self._banner)
        self._result = Slot()
        self.column.addWidget(self._result)
        self.open_person = OutlineButton(
            translate("CheckPage", "이 훈련생 보기"), self._open_person, icon="person"
        )
        self._to_person = Flow([self.open_person])
        self.column.addWidget(self._to_person)
        self.column.addStretch(1)
        models.check.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The short code."""
        return self.code

    def refresh(self) -> None:
        """What was found."""
        state = self._model.state
        bad = translate("CheckPage", "여덟 글자를 다시 확인해 주세요. I, L, O, U는 없습니다.")
        self._field.set_error(bad if state.code_invalid else "")
        self._busy.say(translate("CheckPage", "확인하고 있어요.") if state.busy else "")
        self._banner.say(check_message(state))
        read = state.read
        self._result.setVisible(read is not None)
        self._to_person.setVisible(read is not None)
        if read is not None:
            self._result.show_if(read, lambda: _comparison(read, self._now()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field asks."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self.code.hasFocus():
            self._model.read_code()
        else:
            super().keyPressEvent(event)

    def _open_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            translate("CheckPage", "QR 코드가 있는 그림 고르기"),
            "",
            translate("CheckPage", "그림") + " (*.png *.jpg *.jpeg *.webp *.bmp *.gif)",
        )
        if path:
            self.read_file(path)

    def read_file(self, path: str) -> None:
        """Look for a status in this file."""
        self._model.read_picture(pictures.from_file(path))

    def _read_clipboard(self) -> None:
        self._model.read_picture(pictures.from_clipboard())

    def _read_screen(self) -> None:
        """Out of the way first: the QR code may lie under this window."""
        window = self.window()
        window.hide()
        QTimer.singleShot(_HIDDEN_MS, self, self._take_screen)

    def _take_screen(self) -> None:
        picture = pictures.from_screens()
        self.window().show()
        self.window().activateWindow()
        self._model.read_picture(picture)

    def _open_person(self) -> None:
        read = self._model.state.read
        if read is not None:
            self._models.console.open_person(read.trainee_id)


def check_message(state: CheckState) -> Message | None:
    """What is to be thought of what was found, or why nothing was."""
    if state.found is not None:
        return not_found_message(state.found)
    match state.trouble:
        case o.NotAccepted():
            return refused_message()
        case o.Gone():
            return unknown_message()
        case trouble:
            pass
    if state.read is not None:
        return verdict(state.read)
    return staff_trouble(trouble)


def _comparison(read: StatusTokenRead, now: str) -> Card:
    card = Card()
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.L)
    grid.setVerticalSpacing(Space.S)
    has_claims = read.claims is not None
    known = 2 if has_claims else 1
    if has_claims:
        heads = (
            translate("CheckPage", "기기가 말하는 것"),
            translate("CheckPage", "서버가 아는 것"),
        )
        for column, head in enumerate(heads, 1):
            grid.addWidget(TextLabel(head, Type.STRONG), 0, column)
    for row, fact in enumerate(compare(read, now), 1):
        tone = Tone.WARN if fact.differs else Tone.TEXT
        grid.addWidget(TextLabel(fact.name, Type.BODY, Tone.MUTED), row, 0)
        if has_claims:
            grid.addWidget(TextLabel(fact.claimed or "–", Type.BODY, tone), row, 1)
        grid.addWidget(TextLabel(fact.known, Type.BODY, tone), row, known)
        if fact.differs:
            differs = IconLabel("warn", Tone.WARN, 20)
            differs.setAccessibleName(translate("CheckPage", "다름"))
            grid.addWidget(differs, row, 3)
    for column in range(1, known + 1):
        grid.setColumnStretch(column, 1)
    card.column.addLayout(grid)
    return card
