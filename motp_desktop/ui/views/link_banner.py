"""What is said of a `motp://` link that was opened."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.texts.approval import notice_message
from motp_desktop.ui.texts.message import Message
from motp_desktop.ui.viewmodels.approval_states import LinkNotice
from motp_desktop.ui.viewmodels.links import LinkViewModel
from motp_desktop.ui.views.over_screen import OverScreen

translate = QCoreApplication.translate


class LinkBanner(OverScreen):
    """Goes when it was read."""

    def __init__(self, links: LinkViewModel, parent: QWidget) -> None:
        super().__init__(
            translate("Links", "닫기"),
            links.dismiss,
            lambda: _said(links, is_waiting=False),
            links.state_changed,
            parent,
        )


class WaitingBanner(OverScreen):
    """Leads to a request that waits while something else is shown."""

    def __init__(self, links: LinkViewModel, parent: QWidget) -> None:
        super().__init__(
            translate("Links", "요청 보기"),
            links.turn_to_it,
            lambda: _said(links, is_waiting=True),
            links.state_changed,
            parent,
        )


def _said(links: LinkViewModel, *, is_waiting: bool) -> Message | None:
    notice = links.state.notice
    if notice is None or (notice is LinkNotice.WAITING) != is_waiting:
        return None
    return notice_message(notice)
