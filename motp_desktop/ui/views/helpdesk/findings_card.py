"""The diagnosis: the largest text of the page, each cause with its facts and the next step."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk.findings import Diagnosis
from motp_desktop.ui.texts.message import Level
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate

TONES = {
    Level.OK: Tone.OK,
    Level.INFO: Tone.ACCENT,
    Level.WARN: Tone.WARN,
    Level.BAD: Tone.BAD,
}


class FindingCard(QFrame):
    """One cause; the gravest is set largest."""

    def __init__(self, found: Diagnosis, *, is_first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", found.level.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        row.setSpacing(Space.M)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        size = 32 if is_first else 24
        mark.addWidget(IconLabel(found.level.value, TONES[found.level], size))
        mark.addStretch(1)
        row.addLayout(mark)
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        column.addWidget(TextLabel(found.what, Type.HEADING if is_first else Type.LEAD))
        if found.facts:
            column.addWidget(TextLabel(found.facts))
        column.addLayout(_step(found.step))
        row.addLayout(column, 1)


def _step(text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    mark = QVBoxLayout()
    mark.setContentsMargins(0, 2, 0, 0)
    mark.addWidget(IconLabel("next", Tone.TEXT, 20))
    mark.addStretch(1)
    row.addLayout(mark)
    words = TextLabel(text, Type.STRONG)
    spoken = translate("FindingCard", "다음에 할 일: {text}").format(text=text)
    words.setAccessibleName(spoken)
    row.addWidget(words, 1)
    return row
