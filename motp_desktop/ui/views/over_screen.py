"""A banner between the header and whatever screen is shown."""

from collections.abc import Callable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.ui.texts.message import Message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.banner import Banner


class OverScreen(QWidget):
    """Shown while there is something to say; takes no focus by itself."""

    def __init__(
        self,
        action: str,
        on_action: Callable[[], object],
        to_say: Callable[[], Message | None],
        changed: SignalInstance,
        parent: QWidget,
    ) -> None:
        """`to_say` is asked anew at each `changed`.

        `parent` from the start: what shows itself without one is a window of its own.
        """
        super().__init__(parent)
        self._to_say = to_say
        self._banner = Banner(action, on_action)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, 0)
        column.addWidget(self._banner)
        changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what there is to say now."""
        message = self._to_say()
        self._banner.say(message)
        self.setVisible(message is not None)
