"""Every screen, in every state, in both languages and at the smallest size."""

from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton

from motp_desktop.ui.texts import blocked, trouble
from motp_desktop.ui.texts.times import difference, duration
from motp_desktop.ui.views.trainee.show_code import ShowCodeView
from motp_desktop.ui.widgets.buttons import PrimaryButton
from motp_desktop.ui.widgets.text import TextLabel
from motp_protocol.fields import Language
from tests.support.screens import Scene, scenes
from tests.views.conftest import Open
from tests.views.seeing import box, covered, cut, shown, visible_box

LANGUAGES: tuple[Language, ...] = ("ko", "en")
ALL = pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
BOTH = pytest.mark.parametrize("language", LANGUAGES)
SMALLEST, SHORT = (360, 560), (1024, 600)


@ALL
@BOTH
def test_what_can_be_used_has_a_name_and_a_role(
    open_scene: Open, scene: Scene, language: Language
) -> None:
    window, _ = open_scene(scene, language)
    controls = [*shown(window, QAbstractButton), *shown(window, QLineEdit)]
    for control in controls:
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name).strip(), control
        assert interface.role() != QAccessible.Role.NoRole


@ALL
@BOTH
def test_nothing_is_cut_or_covered_in_the_smallest_window(
    open_scene: Open, scene: Scene, language: Language
) -> None:
    window, _ = open_scene(scene, language, SMALLEST)
    assert [*cut(window), *covered(window)] == []


@ALL
def test_there_is_at_most_one_primary_action_and_it_and_the_focus_are_in_sight(
    open_scene: Open, scene: Scene
) -> None:
    window, _ = open_scene(scene, "ko", SMALLEST)
    assert len(shown(window, PrimaryButton)) <= 1
    assert window.page is not None
    primary = window.page.primary
    if primary is not None and primary.isVisible() and not isinstance(window.page, ShowCodeView):
        assert window.rect().contains(box(primary, window))
    first = window.page.first_focus()
    if first is not None and first.isVisible():
        assert not visible_box(first, window).isEmpty()


@pytest.mark.parametrize("size", [SMALLEST, SHORT], ids=["smallest", "short"])
@pytest.mark.parametrize("name", ["consent-summary", "replace-device"])
def test_a_page_with_a_standing_warning_opens_at_its_top(
    open_scene: Open, name: str, size: tuple[int, int]
) -> None:
    (scene,) = (each for each in scenes() if each.name == name)
    window, _ = open_scene(scene, "ko", size)
    assert window.page is not None
    (title,) = (each for each in shown(window, TextLabel) if each.text() == window.page.title)
    assert visible_box(title, window) == box(title, window)


@ALL
def test_english_screens_have_no_korean_but_names(open_scene: Open, scene: Scene) -> None:
    window, _ = open_scene(scene, "en")
    data = ("홍*동", "한빛훈련원", "집 PC", "산업안전", "개인정보 보호 실무")
    texts = [label.text() for label in shown(window, TextLabel)]
    texts += [button.text() for button in shown(window, QPushButton)]
    for text in texts:
        rest = text
        for name in data:
            rest = rest.replace(name, "")
        assert not any("가" <= letter <= "힣" for letter in rest), text


def test_all_messages_differ() -> None:
    from typing import get_args, get_type_hints

    from motp_desktop.services import outcomes
    from motp_desktop.services.ports import KeyStoreFault, NoAnswer, StorageFault

    reasons = get_args(get_type_hints(NoAnswer)["reason"])
    troubles: list[outcomes.Trouble] = [
        *(NoAnswer(reason) for reason in reasons),
        *(outcomes.KeyStoreTrouble(fault) for fault in KeyStoreFault),
        *(outcomes.StorageTrouble(fault) for fault in StorageFault),
        outcomes.Busy(30),
        outcomes.UnexpectedRefusal("internal-error"),
    ]
    said = [trouble.trouble_message(each) for each in troubles]
    assert len(set(said)) == len(said)
    causes: list[Any] = [outcomes.Suspended(), outcomes.PinLocked()]
    causes += [outcomes.Ended(r) for r in get_args(get_type_hints(outcomes.Ended)["reason"])]
    messages = [blocked.blocked_message(cause) for cause in causes]
    assert len({message.title for message in messages}) == len(messages)
    assert all(message.body and message.code for message in messages)


def test_waits_are_never_told_too_short_and_differences_to_the_nearest(app: QApplication) -> None:
    assert [duration(s) for s in (0, 119, 121, 7201, 86_000)] == [
        "1초",
        "119초",
        "3분",
        "3시간",
        "24시간",
    ]
    assert [difference(s) for s in (5, 121, 7300)] == ["5초", "2분", "2시간"]
