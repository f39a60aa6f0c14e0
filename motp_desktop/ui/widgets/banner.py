"""A banner: what happened, why, and what to do; an icon and words, not colour alone."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.announcing import announce, speaks_itself
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone

_TONES = {
    Level.OK: Tone.OK,
    Level.WARN: Tone.WARN,
    Level.BAD: Tone.BAD,
    Level.INFO: Tone.ACCENT,
}


class Banner(QFrame):
    """Hidden until there is something to say; a new message is announced once."""

    def __init__(
        self,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        *,
        is_standing: bool = False,
    ) -> None:
        """`is_standing`: part of the page from the start, which is not scrolled to it."""
        super().__init__(parent)
        self._is_standing = is_standing
        speaks_itself(self)
        self._message: Message | None = None
        self._icon = IconLabel("info")
        self._title = TextLabel("", Type.STRONG)
        self._body = TextLabel()
        self._code = TextLabel("", Type.SMALL, Tone.MUTED)
        self._action = TextButton(action, on_action) if action else None
        self._lay_out()
        self.hide()

    @property
    def message(self) -> Message | None:
        """What it says now."""
        return self._message

    def say(self, message: Message | None) -> None:
        """Show this, or nothing."""
        if message == self._message:
            return
        self._message = message
        if message is not None:
            self._fill(message)
            is_urgent = message.level in {Level.WARN, Level.BAD} and not self._is_standing
            announce(self, message.spoken, at_once=is_urgent)
            if is_urgent:
                # Once the layout has made room for it.
                QTimer.singleShot(0, self, self._reveal)
        self.setVisible(message is not None)

    def focus_action(self) -> None:
        """Put the focus on its button, where it shows one."""
        if self._action is not None and not self._action.isHidden():
            self._action.setFocus()

    def _reveal(self) -> None:
        holder = self.parent()
        while holder is not None and not isinstance(holder, QScrollArea):
            holder = holder.parent()
        if holder is not None and self.isVisible():
            holder.ensureWidgetVisible(self, 0, Space.L)

    def _fill(self, message: Message) -> None:
        self._icon.set_icon(message.level.value, _TONES[message.level])
        for label, text in (
            (self._title, message.title),
            (self._body, message.body),
            (self._code, message.code_line),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        if self._action is not None:
            self._action.setVisible(message.can_retry)
        self.setProperty("look", message.level.value)
        self.style().unpolish(self)
        self.style().polish(self)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        row.setSpacing(Space.M)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 3, 0, 0)
        mark.addWidget(self._icon)
        mark.addStretch(1)
        row.addLayout(mark)
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        for label in (self._title, self._body, self._code):
            column.addWidget(label)
        if self._action is not None:
            actions = QHBoxLayout()
            actions.addWidget(self._action)
            actions.addStretch(1)
            column.addLayout(actions)
        row.addLayout(column, 1)
