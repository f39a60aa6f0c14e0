"""A page: a column that scrolls, and its actions beneath, always in sight.

Where larger text leaves little room, only the primary action stays: the others scroll too.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.widgets.announcing import announce, words_in
from motp_desktop.ui.widgets.busy_line import BusyLine
from motp_desktop.ui.widgets.buttons import Button, PrimaryButton, TextButton
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone

_SHORT = 600
_MOST_FOR_ACTIONS = 0.4
_ALL = 10_000
_WIDEST = 16_777_215  # as wide as Qt lets a widget be


class Page(QWidget):
    """One screen. Enter does the primary action, Escape goes back where there is a back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on_back: Callable[[], object] | None = None
        self.primary: Button | None = None
        self.title = ""
        self._title_label: TextLabel | None = None
        self.column = QVBoxLayout()
        self.footer = QVBoxLayout()
        self.footer.setSpacing(Space.XS)
        self.busy = BusyLine()
        self.footer.addWidget(self.busy)
        self._others = QWidget()
        self._actions = QVBoxLayout(self._others)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self._actions.setSpacing(Space.XS)
        self.footer.addWidget(self._others)
        self._others.hide()
        self._others_scroll = False
        self._line = _line()
        self._bar_width = 0
        self._top = _centred(self.column)
        bottom = _centred(self.footer)
        bottom.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        scroll = _Scroll(self._top)
        scroll.overflowed.connect(self._make_room)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._line)
        outer.addWidget(bottom)
        self._fit()

    def refresh(self) -> None:
        """Show the view model's state; called once when built and at each change."""

    def add_title(self, title: str, *, icon: str = "", tone: Tone = Tone.ACCENT) -> TextLabel:
        """The screen's title, perhaps under an icon."""
        if icon:
            self.column.addWidget(IconLabel(icon, tone, 40))
        self.title = title
        self._title_label = label = TextLabel(title, Type.TITLE)
        self.column.addWidget(label)
        return label

    def retitle(self, title: str) -> None:
        """Change the title that `add_title` set; whoever listens is told, if it stays."""
        if title == self.title:
            return
        self.title = title
        if self._title_label is not None:
            self._title_label.setText(title)
        if self.isVisible():
            QTimer.singleShot(0, self, lambda: self._announce_title(title))

    @property
    def spoken(self) -> str:
        """What is said when the page opens: nothing where it has no title of its own."""
        return words_in(self) if self.title else ""

    def add_text(self, text: str = "", kind: Type = Type.BODY, tone: Tone = Tone.TEXT) -> TextLabel:
        """A paragraph."""
        label = TextLabel(text, kind, tone)
        self.column.addWidget(label)
        return label

    def add_primary(self, text: str, on_click: Callable[[], object]) -> PrimaryButton:
        """The one thing to press."""
        button = PrimaryButton(text, on_click)
        self.primary = button
        self.footer.insertWidget(1, button)
        return button

    def add_action(self, button: Button) -> None:
        """Another action beneath; one with an outline stands a little apart."""
        if not isinstance(button, TextButton):
            self._actions.addSpacing(Space.XS)
        self._actions.addWidget(button)
        self._others.show()

    def first_focus(self) -> QWidget | None:
        """What has the focus when the page opens."""
        return self.primary

    def give_room(self, piece: QWidget, *, all_of_it: bool) -> None:
        """Let one piece of the column have all the room there is, beyond the column's width."""
        self.column.setStretchFactor(piece, _ALL if all_of_it else 0)
        inner = self.column.parentWidget()
        if inner is not None:
            inner.setMaximumWidth(_WIDEST if all_of_it else scaled(Size.COLUMN))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand closer together where there is little height."""
        self._fit()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape; a focused button other than the primary is what Enter means.

        A choice among several is made with Space: there Enter means the primary.
        """
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = QApplication.focusWidget()
            button = focused if isinstance(focused, QPushButton) else self.primary
            if button is not None and not event.isAutoRepeat():
                button.click()
        elif event.key() == Qt.Key.Key_Escape and self.on_back is not None:
            self.on_back()
        else:
            event.ignore()

    def _announce_title(self, title: str) -> None:
        if title == self.title and self.isVisible():
            announce(self, self.spoken)

    def _fit(self) -> None:
        is_short = self.height() < _SHORT
        above = Space.M if is_short else Space.XL
        self._top.setContentsMargins(Space.L, above, Space.L - self._bar_width, Space.M)
        self.column.setSpacing(Space.M if is_short else Space.L)
        self._place_others()

    def _place_others(self) -> None:
        pieces = [piece for piece in (self.primary, self._others) if piece is not None]
        needed = sum(piece.sizeHint().height() for piece in pieces)
        scroll = needed > _MOST_FOR_ACTIONS * self.height()
        if scroll == self._others_scroll or not self._actions.count():
            return
        self._others_scroll = scroll
        focused = QApplication.focusWidget()
        before, after = (self.footer, self.column) if scroll else (self.column, self.footer)
        before.removeWidget(self._others)
        after.addWidget(self._others)
        if focused is not None and self.isAncestorOf(focused):
            focused.setFocus()  # a new parent takes it away

    def _make_room(self, bar_width: int) -> None:
        """Part the actions from what scrolls; the bar stands in the margin beside the column."""
        self._bar_width = bar_width
        self._line.setVisible(bar_width > 0)
        self._fit()


class _Scroll(QScrollArea):
    """Scrolls when its content is too tall; says how wide its bar is then, or 0."""

    overflowed = Signal(int)

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self._bar_width = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar came or went: said once it has its room, or making room would send it away."""
        super().resizeEvent(event)
        width = self.width() - self.viewport().width()
        if width != self._bar_width:
            self._bar_width = width
            self.overflowed.emit(width)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the focus into sight, once the layout has settled."""
        if now is not None and self.isAncestorOf(now):
            QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, Space.L)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("look", "line")
    line.setFixedHeight(1)
    line.hide()
    return line


def _centred(column: QVBoxLayout) -> QWidget:
    """A column of at most the design's width, in the middle of whatever there is."""
    holder = QWidget()
    inner = QWidget()
    inner.setMaximumWidth(scaled(Size.COLUMN))
    inner.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(inner, _ALL)
    row.addStretch(1)
    return holder
