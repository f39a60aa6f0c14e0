"""Every state of the console, in both languages, at its smallest size and with large text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QTableView,
)

from motp_desktop.ui.fonts import Type as TypeSize
from motp_desktop.ui.fonts import font_of, set_text_scale
from motp_desktop.ui.views.helpdesk.findings_card import FindingCard
from motp_desktop.ui.widgets.buttons import PrimaryButton
from motp_desktop.ui.widgets.focus_ring import FocusRing
from motp_desktop.ui.widgets.plots import Plot
from motp_desktop.ui.widgets.text import TextLabel
from motp_protocol.fields import Language
from tests.support.helpdesk_scenes import ConsoleScene, console_scenes
from tests.views.conftest import OpenConsole, settle
from tests.views.seeing import covered, cut, shown

LANGUAGES: tuple[Language, ...] = ("ko", "en")
SCENES = {scene.name: scene for scene in console_scenes()}
ALL = pytest.mark.parametrize("scene", console_scenes(), ids=lambda scene: scene.name)
BOTH = pytest.mark.parametrize("language", LANGUAGES)
SMALLEST = (1024, 600)
MANY = 80
NAMELESS = frozenset({QAccessible.Role.NoRole, QAccessible.Role.Client})
DATA = (
    *(
        "한빛훈련원",
        "새벽직업학교",
        "산업안전",
        "집 PC",
        "회사 PC",
        "본인 확인함",
        "기기를 잃어버렸다고 함",
    ),
    *("1층 로비", "2층 복도", "별관", "3층", "4층", "옛 로비", "도난 신고"),
    *("홍*동", "김*연", "이*윤", "박*우", "최*준", "정*나", "김*수", "홍길동", "한국어"),
)


@pytest.fixture
def app_at_usual_size(app: QApplication) -> Iterator[QApplication]:
    """The application; its text has the designed size again afterwards."""
    yield app
    set_text_scale(app, 1.0)
    settle(app)


@ALL
@BOTH
def test_nothing_is_cut_or_covered_in_the_smallest_window(
    open_console: OpenConsole, scene: ConsoleScene, language: Language
) -> None:
    window, _ = open_console(scene, language, SMALLEST)
    assert [*cut(window), *covered(window)] == []


@ALL
@BOTH
def test_nothing_is_cut_or_covered_with_text_twice_as_large(
    app_at_usual_size: QApplication,
    open_console: OpenConsole,
    scene: ConsoleScene,
    language: Language,
) -> None:
    set_text_scale(app_at_usual_size, 2.0)
    window, _ = open_console(scene, language, SMALLEST)
    assert [*cut(window), *covered(window)] == []


@ALL
def test_english_has_no_korean_but_data(open_console: OpenConsole, scene: ConsoleScene) -> None:
    window, _ = open_console(scene, "en")
    texts = [label.text() for label in shown(window, TextLabel)]
    texts += [button.text() for button in shown(window, QPushButton)]
    for table in shown(window, QTableView):
        model = table.model()
        texts += [
            str(model.index(row, column).data())
            for row in range(min(model.rowCount(), 20))
            for column in range(model.columnCount())
        ]
    for text in texts:
        rest = text
        for name in DATA:
            rest = rest.replace(name, "")
        assert not any("가" <= letter <= "힣" for letter in rest), text


@ALL
def test_what_can_be_used_has_a_name_and_a_role(
    open_console: OpenConsole, scene: ConsoleScene
) -> None:
    window, _ = open_console(scene)
    controls = shown(window, QAbstractButton, QLineEdit, QComboBox, QTableView, Plot)
    for control in controls:
        if not isinstance(control, QTableView) and isinstance(control.parent(), QTableView):
            continue  # the corner, which is hidden
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface is not None
        if not control.objectName().startswith("qt_") and not is_part_of_field(control):
            assert interface.text(QAccessible.Text.Name).strip(), control
        assert interface.role() != QAccessible.Role.NoRole


def is_part_of_field(control: object) -> bool:
    """Whether it is a button that Qt puts into a field."""
    return isinstance(control, QAbstractButton) and isinstance(control.parent(), QLineEdit)


@ALL
def test_there_is_at_most_one_primary_action(
    open_console: OpenConsole, scene: ConsoleScene
) -> None:
    window, _ = open_console(scene)
    assert len(shown(window, PrimaryButton)) <= 1


@ALL
def test_tab_leads_to_all_that_can_be_used_and_shows_where_it_is(
    open_console: OpenConsole, scene: ConsoleScene
) -> None:
    window, _ = open_console(scene)
    (ring,) = window.findChildren(FocusRing)
    if QApplication.focusWidget() is None:
        QTest.keyClick(window, Qt.Key.Key_Tab)
    visited = []
    for _step in range(MANY):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in visited:
            break
        visited.append(focused)
        QApplication.processEvents()
        assert ring.isVisible(), focused
        interface = QAccessible.queryAccessibleInterface(focused)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name).strip(), focused
        assert interface.role() not in NAMELESS, focused
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    usable = [
        each
        for each in shown(window, QAbstractButton, QLineEdit, QComboBox, QTableView, Plot)
        if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert set(usable) <= set(visited), set(usable) - set(visited)


@pytest.mark.parametrize(
    "name", ["console-well", "console-code-locked", "console-clock-wrong", "console-pin-locked"]
)
@BOTH
def test_the_diagnosis_is_the_largest_text_of_the_page(
    open_console: OpenConsole, name: str, language: Language
) -> None:
    window, _ = open_console(SCENES[name], language)
    first = shown(window, FindingCard)[0]
    heading = max(label.font().pointSizeF() for label in first.findChildren(TextLabel))
    assert heading == font_of(TypeSize.HEADING).pointSizeF()
    others = [
        label.font().pointSizeF()
        for label in shown(window, TextLabel)
        if not first.isAncestorOf(label)
    ]
    assert max(others) < heading
