"""A banner between the header and whatever screen is shown."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, SignalInstance
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from motp_desktop.ui.texts.message import Message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.banner import Banner

_MOST_OF_THE_WINDOW = 0.3
_ANOTHER_HEIGHT = frozenset(
    {QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest, QEvent.Type.StyleChange}
)


class OverScreen(QWidget):
    """Shown while there is something to say; takes no focus by itself.

    With larger text it scrolls, so that the screen beneath keeps its room.
    """

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
        self._holder = QWidget()
        inner = QVBoxLayout(self._holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._banner)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, 0)
        column.addWidget(self._scroll)
        changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what there is to say now."""
        message = self._to_say()
        self._banner.say(message)
        self.setVisible(message is not None)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Keep to the height that the words need: by the window's size, and by its dress."""
        handled = super().event(event)
        if event.type() in _ANOTHER_HEIGHT:
            self._fit()
        return handled

    def _fit(self) -> None:
        if self._banner.message is None:
            return
        # By the window, whose size is known before any layout has come to rest.
        window = self.window()
        needed = self._holder.heightForWidth(window.width() - 2 * Space.L)
        room = round(window.height() * _MOST_OF_THE_WINDOW)
        if min(needed, room) != self._scroll.minimumHeight():
            self._scroll.setFixedHeight(min(needed, room))
