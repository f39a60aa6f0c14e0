"""A word before the app locks itself, over whatever screen shows an open registration."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.ui.texts.code import locking_soon_message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.widgets.banner import Banner

translate = QCoreApplication.translate


class LockWarning(QWidget):
    """Hidden until it is time; any key puts the lock off, and so does its button.

    The button is for those who use the app without keys or mouse of their own.
    """

    def __init__(self, code: CodeViewModel, parent: QWidget) -> None:
        """`parent` from the start: what shows itself without one is a window of its own."""
        super().__init__(parent)
        self._code = code
        self._banner = Banner(translate("LockWarning", "계속 보기"), code.touch)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, 0)
        column.addWidget(self._banner)
        code.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Shown while the lock is near."""
        is_due = self._code.state.locking_soon
        self._banner.say(locking_soon_message() if is_due else None)
        self.setVisible(is_due)
