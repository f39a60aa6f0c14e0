"""The on-screen keys for a PIN."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type, font_of
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.widgets.buttons import Button

translate = QCoreApplication.translate

_KEY_HEIGHT = 56
_TALL = (3, 4)
_FLAT = (6, 2)


class PinPad(QWidget):
    """Ten digits and a key that rubs one out. A click leaves the focus where it is.

    Laid out like a telephone, or in two rows where there is little height.
    """

    digit = Signal(str)
    backspace = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = {digit: self._digit_key(digit) for digit in "1234567890"}
        self._rub = _Key("", self.backspace.emit, icon="backspace")
        self._rub.setAccessibleName(translate("PinPad", "한 자리 지우기"))
        self._rub.setToolTip(self._rub.accessibleName())
        self._rub.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(_height(_TALL, _KEY_HEIGHT))

    def sizeHint(self) -> QSize:
        """Two rows; it takes more where there is more."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Two rows of the least height for a finger."""
        return QSize(_FLAT[0] * (Size.TARGET + Space.XS), _height(_FLAT, Size.TARGET))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the keys."""
        is_tall = self.height() >= _height(_TALL, Size.TARGET)
        columns, rows = _TALL if is_tall else _FLAT
        width = (self.width() - Space.S * (columns - 1)) // columns
        height = min((self.height() - Space.S * (rows - 1)) // rows, _KEY_HEIGHT)
        places = dict(zip("123456789", range(9), strict=True))
        places |= {"0": 10, "": 11} if is_tall else {"0": 9, "": 10}
        for name, key in [*self._keys.items(), ("", self._rub)]:
            row, column = divmod(places[name], columns)
            left, top = column * (width + Space.S), row * (height + Space.S)
            key.setGeometry(left, top, width, height)
        super().resizeEvent(event)

    def _digit_key(self, digit: str) -> "_Key":
        key = _Key(digit, lambda: self.digit.emit(digit))
        key.setAccessibleName(digit)
        key.setParent(self)
        return key


class _Key(Button):
    look = "key"
    height_px = Size.TARGET

    def __init__(self, text: str, on_click: Callable[[], object], *, icon: str = "") -> None:
        super().__init__(text, on_click, icon=icon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(font_of(Type.LEAD))


def _height(shape: tuple[int, int], key: int) -> int:
    return shape[1] * key + (shape[1] - 1) * Space.S
