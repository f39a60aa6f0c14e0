"""Six digits and one that is hidden, which behave like one number."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from motp_desktop.ui.widgets.birth_field import BirthField
from tests.support.typing_keys import type_text

KEYS = Qt.Key


@pytest.fixture
def field(app: QApplication) -> Iterator[BirthField]:
    """As a person finds it."""
    window = QMainWindow()
    window.setMinimumSize(360, 120)
    made = BirthField()
    window.setCentralWidget(made)
    window.show()
    window.activateWindow()
    made.birth.setFocus()
    yield made
    window.close()


def texts(field: BirthField) -> tuple[str, str]:
    return field.birth.text(), field.sex.text()


def test_digits_flow_on_and_the_last_is_hidden(field: BirthField) -> None:
    told: list[tuple[str, ...]] = []
    field.changed.connect(lambda *digits: told.append(digits))
    for digit in "9003011":
        box = field.birth if field.birth.hasFocus() else field.sex
        type_text(box, digit)
    assert texts(field) == ("900301", "1")
    assert told[-1] == ("900301", "1")
    assert "1" not in field.sex.displayText()
    type_text(field.sex, "2")
    assert field.sex.text() == "1", "there is room for one"


def test_backspace_flows_back(field: BirthField) -> None:
    field.set_digits("900301", "1")
    field.sex.setFocus()
    field.sex.end(False)  # noqa: FBT003 - Qt takes no keywords
    QTest.keyClick(field.sex, KEYS.Key_Backspace)
    assert texts(field) == ("900301", "")
    QTest.keyClick(field.sex, KEYS.Key_Backspace)
    assert field.birth.hasFocus()
    assert texts(field) == ("90030", "")


@pytest.mark.parametrize(
    "text", ["900301-1", "9003011", " 900301 - 1 ", "９００３０１１", "900301-1234567"]
)
def test_seven_digits_pasted_land_right(field: BirthField, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    field.birth.paste()
    assert texts(field) == ("900301", "1")


@pytest.mark.parametrize(
    "text", ["", "90", "abc", "9003012", "900301\n5\n9", "생년월일 900301", "-" * 40]
)
def test_whatever_is_pasted_leaves_digits_that_fit(field: BirthField, text: str) -> None:
    for box in field.boxes:
        QGuiApplication.clipboard().setText(text)
        box.paste()
    birth, sex = texts(field)
    assert len(birth) <= 6
    assert len(sex) <= 1
    assert (birth + sex).isdigit() or not birth + sex
