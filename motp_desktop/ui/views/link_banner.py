"""What is said of a `motp://` link that was opened."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.viewmodels.links import LinkViewModel
from motp_desktop.ui.views.over_screen import OverScreen

translate = QCoreApplication.translate


class LinkBanner(OverScreen):
    """Goes when it was read."""

    def __init__(self, links: LinkViewModel, parent: QWidget) -> None:
        super().__init__(
            translate("Links", "닫기"),
            links.dismiss,
            lambda: _not_yet() if links.state.approval_asked else None,
            links.state_changed,
            parent,
        )


def _not_yet() -> Message:
    return Message(
        Level.INFO,
        translate("Links", "이 버전은 앱으로 승인하기를 아직 못 해요."),
        translate("Links", "훈련 사이트에 인증번호를 입력해 주세요."),
        can_retry=True,
    )
