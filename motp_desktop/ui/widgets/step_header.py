"""Where one is in the registration: the way back, "2 / 4", and a line of progress."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.announcing import speaks_itself
from motp_desktop.ui.widgets.buttons import BackButton
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate


class StepHeader(QWidget):
    """A back button, the step in words, and how far along it is."""

    def __init__(
        self,
        step: int,
        steps: int,
        on_back: Callable[[], object],
        *,
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`spoken` names the step; without it, it is one of the registration's."""
        super().__init__(parent)
        speaks_itself(self)
        self.back = BackButton(translate("StepHeader", "이전"), on_back)
        words = TextLabel(f"{step} / {steps}", Type.SMALL, Tone.MUTED)
        registering = translate("StepHeader", "등록 {steps}단계 중 {step}단계")
        words.setAccessibleName(spoken or registering.format(step=step, steps=steps))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.back)
        row.addWidget(words)
        row.addWidget(_Line(step / steps), 1)


class _Line(QWidget):
    def __init__(self, fraction: float) -> None:
        super().__init__()
        self._fraction = fraction
        self.setMinimumSize(80, 6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A track, and the part that is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tokens = current_tokens()
        top = (self.height() - 6) / 2
        for colour, width in (
            (tokens.hairline, float(self.width())),
            (tokens.accent, self.width() * self._fraction),
        ):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(0, top, width, 6), 3, 3)
