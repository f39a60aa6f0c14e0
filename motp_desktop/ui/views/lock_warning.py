"""A word before the app locks itself."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.texts.code import locking_soon_message
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.views.over_screen import OverScreen

translate = QCoreApplication.translate


class LockWarning(OverScreen):
    """Any key puts the lock off, and so does its button.

    The button is for those who use the app without keys or mouse of their own.
    """

    def __init__(self, code: CodeViewModel, parent: QWidget) -> None:
        super().__init__(
            translate("LockWarning", "계속 보기"),
            code.touch,
            lambda: locking_soon_message() if code.state.locking_soon else None,
            code.state_changed,
            parent,
        )
