"""What somebody hears who does not see the screen: real views, and all that they announce."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.pin_dots import PinDots
from motp_desktop.ui.widgets.text import TextLabel
from tests.support.screens import Scene, scenes
from tests.views.conftest import Open

SCENES = {scene.name: scene for scene in scenes()}
Heard = list[tuple[str, bool]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """All that is announced, and whether before all that waits; a screen reader is there."""
    said: Heard = []

    class Announcement:
        """Qt's event, noted when it is sent."""

        def __init__(self, _widget: QWidget, text: str) -> None:
            self.text, self.at_once = text, False

        def setPoliteness(self, politeness: QAccessible.AnnouncementPoliteness) -> None:
            self.at_once = politeness == QAccessible.AnnouncementPoliteness.Assertive

    class Listening:
        """Qt's accessibility with somebody listening."""

        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: Announcement) -> None:
            said.append((event.text, event.at_once))

    room = "motp_desktop.ui.widgets.announcing"
    monkeypatch.setattr(f"{room}.QAccessibleAnnouncementEvent", Announcement)
    monkeypatch.setattr(f"{room}.QAccessible", Listening)
    yield said


@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
def test_a_page_with_a_title_is_read_out_whole_when_it_opens(
    open_scene: Open, heard: Heard, scene: Scene
) -> None:
    window, _ = open_scene(scene)
    assert window.page is not None
    if not window.page.title:
        return
    spoken = [words for words, _ in heard if words.startswith(window.page.title)]
    assert spoken == [window.page.spoken]
    everything = " ".join(words for words, _ in heard)
    for label in unreachable_texts(window):
        assert label.text() in everything or label.accessibleName() in everything, label.text()


def unreachable_texts(window: MainWindow) -> list[TextLabel]:
    """Texts of the page that no focus leads to."""
    reached = ("FormField", "DocumentView", "StepHeader")
    return [
        label
        for label in (window.page.findChildren(TextLabel) if window.page else [])
        if label.isVisible() and label.text().strip() and not _is_within(label, reached)
    ]


def _is_within(widget: QWidget, kinds: tuple[str, ...]) -> bool:
    holder: QWidget | None = widget
    while holder is not None:
        if type(holder).__name__ in kinds:
            return True
        holder = holder.parentWidget()
    return False


@pytest.mark.parametrize(
    "name", ["pin-differs", "enter-pin-wrong", "details-invalid", "code-wrong", "trouble-offline"]
)
def test_what_is_wrong_is_said_before_all_that_waits(
    open_scene: Open, heard: Heard, name: str
) -> None:
    open_scene(SCENES[name])
    assert any(at_once for _, at_once in heard)


def test_calm_news_waits_its_turn(open_scene: Open, heard: Heard) -> None:
    open_scene(SCENES["enter-pin-welcome"])
    assert ("등록이 끝났습니다. 방금 정한 비밀번호를 입력해 보세요.", False) in heard


def test_the_focus_goes_to_the_first_field_that_is_wrong(open_scene: Open) -> None:
    _, models = open_scene(SCENES["details-typed"])
    state = models.enrolment.state
    assert isinstance(state, type(SCENES["details"].enrolment))
    models.enrolment.become(replace(state, name_invalid=True, phone_invalid=True))
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert focused.accessibleName() == "이름"
    assert focused.accessibleDescription() == "이름을 한글이나 영문으로 입력해 주세요."
    models.enrolment.become(replace(state, phone_invalid=True))
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert focused.accessibleName().startswith("휴대전화 번호")


def test_a_field_says_its_hint_once_and_its_mistake_instead(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["details"])
    boxes = [e for e in window.findChildren(QLineEdit) if "휴대전화" in e.accessibleName()]
    hint = "본인 명의의 휴대전화여야 해요. 이 번호로 인증번호 문자를 보냅니다."
    assert [box.accessibleDescription() for box in boxes] == [hint, "", ""]


def test_a_label_belongs_to_its_field(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["details"])
    buddies = {
        label.text(): label.buddy().accessibleName()
        for label in window.findChildren(QLabel)
        if label.buddy() is not None
    }
    assert buddies == {"이름": "이름", "휴대전화 번호": "휴대전화 번호 앞 3자리"}


def test_the_empty_dots_say_how_to_type(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["enter-pin"])
    (dots,) = window.findChildren(PinDots)
    assert dots.accessibleDescription() == "숫자 키로 입력해 주세요."


def test_a_code_that_is_not_complete_is_said_to_be(open_scene: Open, heard: Heard) -> None:
    open_scene(SCENES["code"])
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "123")
    QTest.keyClick(field, Qt.Key.Key_Return)
    sentence = "인증번호 6자리를 모두 입력해 주세요."
    assert heard[-1] == (sentence, True)
    assert field.accessibleDescription() == sentence
    QTest.keyClick(field, Qt.Key.Key_4)
    assert field.accessibleDescription() == ""


def test_the_last_half_minute_for_a_message_is_told_once(open_scene: Open, heard: Heard) -> None:
    _, models = open_scene(SCENES["code"])
    state = models.enrolment.state
    assert isinstance(state, type(SCENES["code"].enrolment))
    assert state.identity is not None
    for left in (31, 30, 29, 1):
        models.enrolment.become(replace(state, identity=replace(state.identity, seconds_left=left)))
    told = [words for words, _ in heard if "초 남았어요." in words]
    assert told == ["30초 남았어요. 시간이 지나면 문자를 다시 받을 수 있어요."]


def test_a_clock_face_is_heard_as_minutes_and_seconds(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["code"])
    (label,) = [each for each in window.findChildren(TextLabel) if "2:43" in each.text()]
    assert label.accessibleName() == "남은 시간 2분 43초"


def test_the_coming_lock_is_told_once_and_its_button_puts_it_off(
    open_scene: Open, heard: Heard
) -> None:
    window, models = open_scene(SCENES["show-code"])
    state = SCENES["show-code"].code
    for _ in range(3):
        models.code.become(replace(state, locking_soon=True))
    told = [words for words, _ in heard if words.startswith("곧 잠깁니다.")]
    assert told == ["곧 잠깁니다. 아무 키나 누르면 계속 볼 수 있어요."]
    (button,) = [b for b in window.findChildren(QPushButton) if b.text() == "계속 보기"]
    assert button.isVisible()
    button.click()
    assert ("touch",) in models.code.given
    models.code.become(state)
    assert not button.isVisible()


def test_an_icon_beside_words_is_no_picture_without_a_name(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["notice"])
    icons = [icon for icon in window.findChildren(IconLabel) if icon.isVisible()]
    roles = {QAccessible.queryAccessibleInterface(icon).role() for icon in icons}
    assert roles == {QAccessible.Role.Client}
