"""The on-screen keys for a PIN."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type, scaled
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
        self._order = "1234567890"
        self._rub = _Key("", self.backspace.emit, icon="backspace")
        self._rub.setAccessibleName(translate("PinPad", "한 자리 지우기"))
        self._rub.setToolTip(self._rub.accessibleName())
        self._rub.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumHeight(_height(_TALL, scaled(_KEY_HEIGHT)))

    def arrange(self, order: str) -> None:
        """Place the ten digits in this order: whoever looks on learns nothing from the places."""
        if sorted(order) != sorted("1234567890"):
            raise ValueError("each of the ten digits has one place")
        self._order = order
        self._place()

    def hasHeightForWidth(self) -> bool:
        """Two rows need more width than four."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The least: two rows where they fit, else four. It takes more where there is more."""
        fits = width >= _width(_FLAT)
        return _height(_FLAT if fits else _TALL, self._least())

    def sizeHint(self) -> QSize:
        """Two rows."""
        return QSize(_width(_FLAT), _height(_FLAT, self._least()))

    def minimumSizeHint(self) -> QSize:
        """Three columns."""
        return QSize(_width(_TALL), _height(_FLAT, self._least()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the keys."""
        self._place()
        super().resizeEvent(event)

    def _place(self) -> None:
        is_tall = self.height() >= _height(_TALL, self._least())
        columns, rows = _TALL if is_tall else _FLAT
        width = (self.width() - Space.S * (columns - 1)) // columns
        height = min((self.height() - Space.S * (rows - 1)) // rows, scaled(_KEY_HEIGHT))
        places = dict(zip(self._order[:9], range(9), strict=True))
        last = self._order[9]
        places |= {last: 10, "": 11} if is_tall else {last: 9, "": 10}
        for name, key in [*self._keys.items(), ("", self._rub)]:
            row, column = divmod(places[name], columns)
            left, top = column * (width + Space.S), row * (height + Space.S)
            key.setGeometry(left, top, width, height)

    def _least(self) -> int:
        """How low a key may be: enough for a finger and for its digit."""
        return self._keys["0"].minimumSizeHint().height()

    def _digit_key(self, digit: str) -> "_Key":
        key = _Key(digit, lambda: self.digit.emit(digit))
        key.setAccessibleName(digit)
        key.setParent(self)
        return key


class _Key(Button):
    look = "key"
    height_px = Size.TARGET
    kind = Type.LEAD

    def heightForWidth(self, _width: int) -> int:
        """Lower than other buttons where there is little room."""
        return self.minimumSizeHint().height()

    def __init__(self, text: str, on_click: Callable[[], object], *, icon: str = "") -> None:
        super().__init__(text, on_click, icon=icon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def _width(shape: tuple[int, int]) -> int:
    return shape[0] * Size.TARGET + (shape[0] - 1) * Space.S


def _height(shape: tuple[int, int], key: int) -> int:
    return shape[1] * key + (shape[1] - 1) * Space.S
