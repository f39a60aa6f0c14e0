"""Keys on the screen, for whoever has no others: digits, Hangul, Latin letters."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.hangul import compose
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.widgets.buttons import Button

translate = QCoreApplication.translate

_HANGUL = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
_SHIFTED = str.maketrans("ㅂㅈㄷㄱㅅㅐㅔ", "ㅃㅉㄸㄲㅆㅒㅖ")
_LATIN = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WIDEST_KEY = 64


class Composer:
    """Types into a field what the keys make of one syllable after another."""

    def __init__(self) -> None:
        self._field: QLineEdit | None = None
        self._keys = ""
        self._end = 0

    def press(self, field: QLineEdit, jamo: str) -> None:
        """One more key: what was composed last may become something else by it."""
        self._follow(field)
        self._retype(field, self._keys + jamo)

    def rub(self, field: QLineEdit) -> bool:
        """Take the last key back; whether there was one."""
        self._follow(field)
        if not self._keys:
            return False
        self._retype(field, self._keys[:-1])
        return True

    def rest(self) -> None:
        """What is there is finished."""
        self._field, self._keys = None, ""

    def _follow(self, field: QLineEdit) -> None:
        if field is not self._field or field.cursorPosition() != self._end:
            self._field, self._keys = field, ""

    def _retype(self, field: QLineEdit, keys: str) -> None:
        before = len(compose(self._keys))
        event = QInputMethodEvent()
        event.setCommitString(compose(keys), -before, before)
        QApplication.sendEvent(field, event)
        self._keys, self._end = keys, field.cursorPosition()


class Keyboard(QWidget):
    """Types into whatever field has the focus, which stays there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composer = Composer()
        self._is_hangul = True
        self._is_shifted = False
        self._keys: list[_Key] = []
        self._shift = _Key(translate("Keyboard", "쌍자음"), self._toggle_shift, wide=2)
        self._shift.setCheckable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.XS, Space.L, Space.S)
        column.setSpacing(Space.S)
        for number, letters in enumerate(_HANGUL):
            row = _row(column)
            if number == len(_HANGUL) - 1:
                row.addWidget(self._shift, 2)
            for place in range(len(letters)):
                row.addWidget(self._letter_key(number, place), 1)
            if number == len(_HANGUL) - 1:
                rub = _Key("", self._rub, icon="backspace", wide=2)
                rub.setAccessibleName(translate("PinPad", "한 자리 지우기"))
                row.addWidget(rub, 2)
            row.addStretch(0)
        last = _row(column)
        self._switch = _Key("", self._toggle_hangul, wide=2)
        last.addWidget(self._switch, 2)
        space = _Key(translate("Keyboard", "띄어쓰기"), lambda: self._type(" "), wide=5)
        last.addWidget(space, 5)
        last.addStretch(0)
        self._label()

    def _letter_key(self, row: int, place: int) -> "_Key":
        key = _Key("", lambda: self._press(self._letter(row, place)))
        key.row, key.place = row, place
        self._keys.append(key)
        return key

    def _letter(self, row: int, place: int) -> str:
        if self._is_hangul:
            letter = _HANGUL[row][place]
            return letter.translate(_SHIFTED) if self._is_shifted else letter
        letter = _LATIN[row][place]
        return letter.upper() if self._is_shifted else letter

    def _press(self, letter: str) -> None:
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and self._is_hangul:
            self._composer.press(field, letter)
        else:
            self._type(letter)
        if self._is_shifted:
            self._toggle_shift()

    def _type(self, text: str) -> None:
        self._composer.rest()
        send_key(0, text)

    def _rub(self) -> None:
        field = QApplication.focusWidget()
        if not (isinstance(field, QLineEdit) and self._composer.rub(field)):
            send_key(Qt.Key.Key_Backspace)

    def _toggle_shift(self) -> None:
        self._is_shifted = not self._is_shifted
        self._label()

    def _toggle_hangul(self) -> None:
        self._composer.rest()
        self._is_hangul = not self._is_hangul
        self._is_shifted = False
        self._label()

    def _label(self) -> None:
        for key in self._keys:
            letter = self._letter(key.row, key.place)
            key.setText(letter)
            key.setAccessibleName(letter)
        self._shift.setChecked(self._is_shifted)
        capitals = translate("Keyboard", "대문자")
        self._shift.setText(translate("Keyboard", "쌍자음") if self._is_hangul else capitals)
        self._switch.setText("ABC" if self._is_hangul else "가나다")
        other = (
            translate("Keyboard", "영문 자판으로")
            if self._is_hangul
            else translate("Keyboard", "한글 자판으로")
        )
        self._switch.setAccessibleName(other)


class _Key(Button):
    look = "key"
    kind = Type.LEAD
    height_px = Size.TARGET
    row = place = 0

    def __init__(
        self, text: str, on_click: Callable[[], object], *, icon: str = "", wide: int = 1
    ) -> None:
        super().__init__(text, on_click, icon=icon)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMaximumWidth(scaled(_WIDEST_KEY) * wide + Space.S * (wide - 1))


def send_key(key: int, text: str = "") -> None:
    """Press and release a key on whatever has the focus."""
    target = QApplication.focusWidget()
    if target is None:
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(target, event)


def _row(column: QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    row.addStretch(0)
    column.addLayout(row)
    return row
