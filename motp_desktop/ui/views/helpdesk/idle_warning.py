"""A word before the console signs out by itself."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.viewmodels.helpdesk.session import SessionViewModel
from motp_desktop.ui.views.over_screen import OverScreen

translate = QCoreApplication.translate


class IdleWarning(OverScreen):
    """Any key puts it off, and so does its button."""

    def __init__(self, session: SessionViewModel, parent: QWidget) -> None:
        super().__init__(
            translate("IdleWarning", "계속 쓰기"),
            session.touch,
            lambda: idle_message() if session.state.leaving_soon else None,
            session.state_changed,
            parent,
        )


def idle_message() -> Message:
    """A minute before."""
    return Message(
        Level.WARN,
        translate("IdleWarning", "곧 로그아웃됩니다."),
        translate("IdleWarning", "아무 키나 누르면 계속 쓸 수 있어요."),
        can_retry=True,
    )
