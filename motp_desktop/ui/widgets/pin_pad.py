"""The on-screen keys for a PIN."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type, font_of
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.widgets.buttons import Button

translate = QCoreApplication.translate


class PinPad(QWidget):
    """Ten digits and a key that rubs one out. A click leaves the focus where it is."""

    digit = Signal(str)
    backspace = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        for place, digit in enumerate("123456789"):
            grid.addWidget(self._digit_key(digit), place // 3, place % 3)
        grid.addWidget(self._digit_key("0"), 3, 1)
        rub = _Key("", self.backspace.emit, icon="backspace")
        rub.setAccessibleName(translate("PinPad", "한 자리 지우기"))
        rub.setToolTip(rub.accessibleName())
        grid.addWidget(rub, 3, 2)

    def _digit_key(self, digit: str) -> "_Key":
        key = _Key(digit, lambda: self.digit.emit(digit))
        key.setAccessibleName(digit)
        return key


class _Key(Button):
    look = "key"
    height_px = Size.TARGET

    def __init__(self, text: str, on_click: Callable[[], object], *, icon: str = "") -> None:
        super().__init__(text, on_click, icon=icon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(font_of(Type.LEAD))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(64)

    def sizeHint(self) -> QSize:
        """A generous target where there is room."""
        return QSize(88, 56)

    def minimumSizeHint(self) -> QSize:
        """Never less than a finger's width."""
        return QSize(Size.TARGET, Size.TARGET)
