"""What is said of a `motp://` link that was opened, over whatever screen is shown."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.links import LinkViewModel
from motp_desktop.ui.widgets.banner import Banner

translate = QCoreApplication.translate


class LinkBanner(QWidget):
    """Between the header and the screen; takes no focus, and goes when it was read."""

    def __init__(self, links: LinkViewModel, parent: QWidget) -> None:
        """`parent` from the start: what shows itself without one is a window of its own."""
        super().__init__(parent)
        self._links = links
        self._banner = Banner(translate("Links", "닫기"), links.dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, 0)
        column.addWidget(self._banner)
        links.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Shown while there is something to say."""
        is_asked = self._links.state.approval_asked
        self._banner.say(_not_yet() if is_asked else None)
        self.setVisible(is_asked)


def _not_yet() -> Message:
    return Message(
        Level.INFO,
        translate("Links", "이 버전은 앱으로 승인하기를 아직 못 해요."),
        translate("Links", "훈련 사이트에 인증번호를 입력해 주세요."),
        can_retry=True,
    )
