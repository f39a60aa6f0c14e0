"""One of many choices, folded together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type, font_of, scaled
from motp_desktop.ui.tokens import Size


class ChoiceBox(QComboBox):
    """Says `activated` with the number of the choice, counted from 0, when somebody chose."""

    def __init__(self, name: str, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFont(font_of(Type.BODY))
        self.setMinimumHeight(scaled(Size.TARGET))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItems(list(choices))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls; a choice is not changed by passing over it."""
        event.ignore()
