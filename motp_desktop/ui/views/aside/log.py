"""앱 기록: the newest lines of the app's own log."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from motp_desktop.ui.viewmodels.status import StatusViewModel
from motp_desktop.ui.views.trainee.back_row import BackRow
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate


class LogView(Page):
    """Text that can be read, selected and copied, at its end first."""

    def __init__(self, status: StatusViewModel, leave: Callable[[], object]) -> None:
        super().__init__()
        self._status = status
        self.on_back = leave
        self._back = BackRow(leave)
        self.column.addWidget(self._back)
        self.add_title(translate("Log", "앱 기록"))
        self.add_text(
            translate("Log", "앱이 한 일을 적은 기록이에요. 비밀번호와 인증번호는 적지 않습니다.")
        )
        self._text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self._text.setAccessibleName(translate("Log", "앱 기록"))
        self._text.setProperty("look", "log")
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.75)
        self._text.setFont(font)
        self._text.setMinimumHeight(220)
        self.column.addWidget(self._text, 1)
        self.add_primary(translate("Log", "돌아가기"), leave)
        status.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The text, so that the keys scroll it at once."""
        return self._text

    def refresh(self) -> None:
        """The lines, scrolled to the newest."""
        lines = self._status.state.log
        text = "\n".join(lines) if lines else translate("Log", "아직 기록이 없어요.")
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
            bar = self._text.verticalScrollBar()
            bar.setValue(bar.maximum())
