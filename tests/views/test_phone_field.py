"""Three boxes that behave like one number."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from motp_desktop.ui.widgets.phone_field import PhoneField
from tests.support.typing_keys import type_text

KEYS = Qt.Key


@pytest.fixture
def field(app: QApplication) -> Iterator[PhoneField]:
    """As a person finds it."""
    window = QMainWindow()
    window.setMinimumSize(360, 120)
    made = PhoneField()
    made.set_number("010", "", "")
    window.setCentralWidget(made)
    window.show()
    window.activateWindow()
    made.boxes[0].setFocus()
    yield made
    window.close()


def texts(field: PhoneField) -> tuple[str, ...]:
    return tuple(box.text() for box in field.boxes)


def focused(field: PhoneField) -> int:
    return [box.hasFocus() for box in field.boxes].index(True)


def test_digits_flow_from_box_to_box(field: PhoneField) -> None:
    field.focus_first_gap()
    assert focused(field) == 1
    for digit in "12345678":
        type_text(field.boxes[focused(field)], digit)
    assert texts(field) == ("010", "1234", "5678")
    assert focused(field) == 2


def test_backspace_flows_back(field: PhoneField) -> None:
    field.set_number("010", "1234", "5")
    field.boxes[2].setFocus()
    field.boxes[2].end(False)  # noqa: FBT003
    for _ in range(3):
        QTest.keyClick(field.boxes[focused(field)], KEYS.Key_Backspace)
    assert texts(field) == ("010", "12", "")
    assert focused(field) == 1


def test_arrows_go_over_the_edges(field: PhoneField) -> None:
    field.set_number("010", "1234", "5678")
    field.boxes[1].setFocus()
    field.boxes[1].home(False)  # noqa: FBT003
    QTest.keyClick(field.boxes[1], KEYS.Key_Left)
    assert focused(field) == 0
    field.boxes[0].deselect()
    QTest.keyClick(field.boxes[0], KEYS.Key_Right)
    assert focused(field) == 1
    assert texts(field) == ("010", "1234", "5678")


def test_the_prefix_can_be_changed(field: PhoneField) -> None:
    field.boxes[0].selectAll()
    type_text(field.boxes[0], "011")
    assert texts(field) == ("011", "", "")
    assert focused(field) == 1


def test_letters_are_not_taken(field: PhoneField) -> None:
    field.boxes[1].setFocus()
    type_text(field.boxes[1], "a1ㅁ2-3")
    assert texts(field) == ("010", "123", "")


SPELLINGS = st.tuples(
    st.sampled_from(["010", "+82 10", "+8210", "0082 10", "(010)", "+82 (0)10", "０１０"]),
    st.sampled_from(["", " ", "-", ".", " - ", "–"]),
    st.from_regex(r"\A[0-9]{4}\Z"),
    st.from_regex(r"\A[0-9]{4}\Z"),
    st.sampled_from(["", " ", "\n", "\t"]),
)


def test_a_number_in_any_spelling_lands_right_in_any_box(field: PhoneField) -> None:
    @given(SPELLINGS, st.integers(0, 2), st.booleans())
    def lands(spelling: tuple[str, str, str, str, str], box: int, by_hand: bool) -> None:
        prefix, separator, middle, last, margin = spelling
        number = f"{margin}{prefix}{separator}{middle}{separator}{last}{margin}"
        field.set_number("010", "", "")
        heard: list[tuple[str, str, str]] = []
        connection = field.changed.connect(lambda *parts: heard.append(parts))
        field.boxes[box].setFocus()
        field.boxes[box].end(False)  # noqa: FBT003
        if by_hand:
            QGuiApplication.clipboard().setText(number)
            QTest.keyClick(field.boxes[box], KEYS.Key_V, Qt.KeyboardModifier.ControlModifier)
        else:
            field.boxes[box].insert(number)
        field.changed.disconnect(connection)
        assert texts(field) == ("010", middle, last)
        assert heard[-1] == ("010", middle, last)

    lands()


def test_the_rest_of_a_number_pours_over(field: PhoneField) -> None:
    QGuiApplication.clipboard().setText("1234-5678")
    field.boxes[1].setFocus()
    QTest.keyClick(field.boxes[1], KEYS.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert texts(field) == ("010", "1234", "5678")
