"""The card that the code stands on."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.buttons import PrimaryButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.code_display import CodeDisplay
from motp_desktop.ui.widgets.countdown_ring import CountdownRing
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate


class CodeCard(Card):
    """Whose code it is, the code, its time in a ring and in words, and copying."""

    def __init__(self, on_copy: Callable[[], object]) -> None:
        super().__init__()
        self._owner = TextLabel("", Type.STRONG)
        self._institutions = TextLabel("", Type.SMALL, Tone.MUTED)
        self._digits = CodeDisplay()
        self._ring = CountdownRing()
        self._time = TextLabel("", Type.LEAD)
        self._next = TextLabel("", Type.BODY, Tone.MUTED, centred=True)
        self.copy_button = PrimaryButton(translate("CodeCard", "복사"), on_copy, icon="copy")
        self._copied = False
        time = QHBoxLayout()
        time.setSpacing(Space.M)
        time.addStretch(1)
        time.addWidget(self._ring)
        time.addWidget(self._time)
        time.addStretch(1)
        whose = QVBoxLayout()
        whose.setSpacing(0)
        whose.addWidget(self._owner)
        whose.addWidget(self._institutions)
        self.column.addLayout(whose)
        self.column.addWidget(self._digits)
        self.column.addLayout(time)
        self.column.addWidget(self._next)
        self.column.addWidget(self.copy_button)

    def set_owner(self, name: str, institutions: str) -> None:
        """Whose code it is."""
        self._owner.setText(name)
        self._institutions.setText(institutions)
        self._institutions.setVisible(bool(institutions))

    def set_copying(self, *, allowed: bool, copied: bool) -> None:
        """Whether there is a copy button, and whether it was just used."""
        self.copy_button.setVisible(allowed)
        done = translate("CodeCard", "복사했어요")
        self.copy_button.setText(done if copied else translate("CodeCard", "복사"))
        if copied and not self._copied:
            announce(self, done)
        self._copied = copied

    def set_code(self, code: str) -> bool:
        """Show this code; whether it is a new one."""
        return self._digits.set_code(code)

    def set_time(self, fraction: float, text: str, *, ending: bool) -> None:
        """How much time is left."""
        self._ring.set_time(fraction, ending=ending)
        self._time.setText(text)
        self._time.set_tone(Tone.WARN if ending else Tone.TEXT)

    def set_next(self, text: str) -> None:
        """The next code, or an empty text while it is not needed."""
        if text != self._next.text():
            self._next.setText(text)
