"""What happens when one types, presses and waits: real view models over scripted services."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton, QWidget

from motp_desktop.services import outcomes
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui import navigation
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.viewmodels.states import AppState, NameFields, UnlockState
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.views.trainee.show_code import ShowCodeView
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.code_display import CodeDisplay
from motp_desktop.ui.widgets.code_field import code_in
from motp_desktop.ui.widgets.document_view import DocumentView
from motp_desktop.ui.widgets.form_field import ErrorLine
from motp_desktop.ui.widgets.pin_dots import PinDots
from motp_desktop.ui.widgets.text import TextLabel
from tests.support.screens import Scene, scenes
from tests.support.typing_keys import type_text
from tests.support.ui_fakes import NAME, PIN, Desk, a_consent, a_status
from tests.views.conftest import Open, settle

KEYS = Qt.Key
SCENES = {scene.name: scene for scene in scenes()}

W = TypeVar("W", bound=QWidget)


class Person:
    """Sits before a window: types, presses, reads."""

    def __init__(self, app: QApplication) -> None:
        self.app = app
        self.desk = Desk()
        self.window = MainWindow(self.desk.view_models)
        self.window.resize(440, 720)
        self.window.show()
        self.window.activateWindow()
        self.wait()

    def wait(self) -> None:
        """Until all that was asked for has come."""
        self.desk.executor.run()
        settle(self.app)

    def key(self, *keys: Qt.Key) -> None:
        """Press keys on whatever has the focus."""
        for key in keys:
            QTest.keyClick(self.focus(), key)
            self.wait()

    def types(self, text: str) -> None:
        """Type on whatever has the focus, as it moves on."""
        for letter in text:
            type_text(self.focus(), letter)
        self.wait()

    def focus(self) -> QWidget:
        """What has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def press(self, name: str) -> None:
        """Click a button by its name."""
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)
        self.wait()

    def button(self, name: str) -> QPushButton:
        """The one visible button of this name."""
        (found,) = [
            button
            for button in self.window.findChildren(QPushButton)
            if button.isVisible() and name in {button.text(), button.accessibleName()}
        ]
        return found

    def one(self, kind: type[W]) -> W:
        """The one visible widget of this kind."""
        (found,) = [widget for widget in self.window.findChildren(kind) if widget.isVisible()]
        return found

    def reads(self, words: str) -> bool:
        """Whether these words are on the screen."""
        labels = self.window.findChildren(TextLabel)
        return any(label.isVisible() and words in label.text() for label in labels)

    def where(self) -> type[object]:
        """Which screen this is."""
        return type(self.desk.where())


@pytest.fixture
def person(app: QApplication) -> Iterator[Person]:
    """At the notice."""
    sitting = Person(app)
    sitting.desk.app.start()
    sitting.wait()
    yield sitting
    sitting.window.close()
    sitting.window.deleteLater()
    settle(app)


def test_the_keyboard_alone_leads_from_the_notice_to_the_code(person: Person) -> None:
    person.key(KEYS.Key_Return)
    assert person.where() is navigation.ConsentSummary
    person.key(KEYS.Key_Return)
    assert isinstance(person.focus(), DocumentView)
    person.key(KEYS.Key_End, KEYS.Key_Return)
    assert person.where() is navigation.PersonalDetails
    person.types(NAME)
    person.key(KEYS.Key_Tab, KEYS.Key_Tab)
    person.types("12345678")
    person.key(KEYS.Key_Return)
    assert person.where() is navigation.ChoosePin
    for _ in range(2):
        person.types(PIN)
        person.key(KEYS.Key_Return)
    assert person.where() is navigation.IdentityCode
    person.types("123456")
    person.key(KEYS.Key_Return)
    assert person.where() is navigation.EnterPin
    assert person.reads("등록이 끝났습니다.")
    person.types(PIN)
    person.key(KEYS.Key_Return)
    assert person.where() is navigation.ShowCode
    person.key(KEYS.Key_Return)
    display = person.one(CodeDisplay)
    assert person.desk.clipboard.text == display.code
    person.key(KEYS.Key_Escape)
    assert person.where() is navigation.EnterPin


def test_escape_goes_back_and_keeps_what_was_typed(person: Person) -> None:
    person.desk.to_choose_pin()
    person.wait()
    person.types("12")
    person.key(KEYS.Key_Escape)
    assert person.where() is navigation.PersonalDetails
    texts = [edit.text() for edit in person.window.findChildren(QLineEdit)]
    assert texts == [NAME, "010", "1234", "5678"]
    person.key(KEYS.Key_Return)
    dots = person.one(PinDots)
    assert dots.text() == ""


def test_agreeing_asks_once_to_read_to_the_end(person: Person) -> None:
    person.press("인증하기")
    person.press("동의")
    person.press("동의함")
    assert person.where() is navigation.ConsentForm
    assert person.reads("끝까지 읽어 주세요.")
    person.press("동의함")
    assert person.where() is navigation.PersonalDetails


def test_reading_to_the_end_takes_the_reminder_away(person: Person) -> None:
    person.press("인증하기")
    person.press("동의")
    person.press("동의함")
    document = person.one(DocumentView)
    document.setFocus()
    person.key(KEYS.Key_End)
    assert not person.reads("끝까지 읽어 주세요.")


def test_declining_is_no_dead_end(person: Person) -> None:
    person.press("인증하기")
    person.press("동의하지 않음")
    assert person.reads("동의하지 않아도 괜찮아요.")
    person.press("다시 보기")
    assert person.where() is navigation.ConsentSummary


def test_mistakes_stand_beside_their_fields(person: Person) -> None:
    person.press("인증하기")
    person.press("동의")
    person.key(KEYS.Key_End, KEYS.Key_Return)
    person.press("다음")
    assert len([e for e in person.window.findChildren(ErrorLine) if e.isVisible()]) == 2
    edits = person.window.findChildren(QLineEdit)
    assert all(edit.accessibleDescription() for edit in edits)


def test_the_pad_and_the_keyboard_type_into_the_same_dots(person: Person) -> None:
    person.desk.to_choose_pin()
    person.wait()
    dots = person.one(PinDots)
    person.press("4")
    assert dots.hasFocus()
    person.types("8")
    person.press("2")
    assert dots.text() == "•••"
    assert dots.accessibleDescription() == "3자리 입력했어요"
    person.press("한 자리 지우기")
    person.key(KEYS.Key_Backspace)
    assert dots.text() == "•"
    person.button("9").setFocus()
    person.types("9")
    assert dots.text() == "••"


def test_a_common_pin_is_refused_beside_the_dots(person: Person) -> None:
    person.desk.to_choose_pin()
    person.wait()
    person.types("123456")
    person.key(KEYS.Key_Return)
    assert person.reads("많이 쓰는 번호")


def test_a_wrong_pin_says_how_many_tries_are_left(app: QApplication) -> None:
    other = Person(app)
    other.desk.services.look_script.then(outcomes.Registered("홍*동", "010-****-5678"))
    other.desk.services.unlock_script.then(outcomes.WrongPin(3))
    other.desk.app.start()
    other.wait()
    other.types("482917")
    other.key(KEYS.Key_Return)
    assert other.reads("비밀번호가 맞지 않습니다. 3번 더 시도할 수 있어요.")
    assert isinstance(other.focus(), PinDots)
    other.window.close()


def test_resending_waits_until_it_is_allowed(open_scene: Open) -> None:
    window, models = open_scene(SCENES["code"])
    (resend,) = [b for b in window.findChildren(QPushButton) if "다시 받기" in b.text()]
    assert not resend.isEnabled()
    assert "13초" in resend.text()
    state = models.enrolment.state
    assert isinstance(state, type(SCENES["code"].enrolment))
    assert state.identity is not None
    models.enrolment.become(replace(state, identity=replace(state.identity, resend_in=0)))
    assert resend.isEnabled()
    resend.click()
    assert models.enrolment.given == [("resend",)]


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("123456", "123456"),
        ("123 456", "123456"),
        ("[원격훈련 mOTP] 인증번호 123456 (3분 안에 입력)", "123456"),
        ("12a3", "123"),
        ("1234567", "123456"),
        ("１２３４５６", "123456"),
    ],
)
def test_a_whole_message_can_be_pasted(open_scene: Open, pasted: str, code: str) -> None:
    _, models = open_scene(SCENES["code"])
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QGuiApplication.clipboard().setText(pasted)
    QTest.keyClick(field, KEYS.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == code == code_in(pasted)
    QTest.keyClick(field, KEYS.Key_Return)
    assert models.enrolment.given == [("submit_code", code)]


def test_the_accessible_code_changes_with_the_code_only(open_scene: Open) -> None:
    window, models = open_scene(SCENES["show-code"])
    (display,) = window.findChildren(CodeDisplay)
    names = [display.accessibleName()]
    now = models.code.now
    assert now is not None
    for left in (20_000, 19_000):
        models.code.now = replace(now, milliseconds_left=left)
        models.code.ticked.emit()
        names.append(display.accessibleName())
    models.code.now = replace(now, code="036554", milliseconds_left=30_000)
    models.code.ticked.emit()
    assert names == ["4 8 2 9 1 7"] * 3
    assert display.accessibleName() == "0 3 6 5 5 4"


def test_the_code_and_its_last_ten_seconds_are_announced_once(
    open_scene: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    _, models = open_scene(SCENES["show-code"])
    monkeypatch.setattr(
        "motp_desktop.ui.views.trainee.show_code.announce", lambda _, text: said.append(text)
    )
    now = models.code.now
    assert now is not None
    for left in range(12, 0, -1):
        models.code.now = replace(now, milliseconds_left=left * 1000)
        models.code.ticked.emit()
    models.code.now = replace(now, code="036554", milliseconds_left=30_000)
    models.code.ticked.emit()
    assert said == ["10초 남았어요.", "인증번호 0 3 6 5 5 4"]


def test_the_next_code_shows_near_the_end_only(open_scene: Open) -> None:
    for name, shows in (("show-code", False), ("show-code-ending", True)):
        window, _ = open_scene(SCENES[name])
        texts = [label.text() for label in window.findChildren(TextLabel)]
        assert any("036 554" in text for text in texts) is shows


def test_a_sync_in_the_background_moves_nothing(open_scene: Open) -> None:
    window, models = open_scene(SCENES["show-code"])
    page, focus = window.page, QApplication.focusWidget()
    models.app.become(AppState(navigation.ShowCode(a_status(locks=("code",))), "connected"))
    assert window.page is page
    assert QApplication.focusWidget() is focus


def test_resetting_takes_a_deliberate_press(open_scene: Open) -> None:
    _, models = open_scene(SCENES["confirm-reset"])
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, KEYS.Key_Return)
    QTest.keyClick(focus, KEYS.Key_Escape)
    assert models.reset.given == [("cancel",), ("cancel",)]


def test_another_language_is_spoken_at_once(app: QApplication, open_scene: Open) -> None:
    window, models = open_scene(SCENES["details-typed"])
    models.app.become(AppState(SCENES["details-typed"].screen, "connected", "en"))
    install_language(app, "en")
    settle(app)
    texts = [label.text() for label in window.findChildren(TextLabel) if label.isVisible()]
    assert "Name and number" in texts
    assert not any("휴대전화" in text for text in texts)
    assert window.windowTitle() == "Training mOTP"


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.name)
def test_no_window_but_the_main_one_opens(
    app: QApplication, open_scene: Open, scene: Scene
) -> None:
    open_scene(scene)
    others = [w for w in app.topLevelWidgets() if w.isVisible() and type(w) is not MainWindow]
    assert others == []


def test_the_wait_at_the_start_is_quiet_at_first(open_scene: Open) -> None:
    window, _ = open_scene(Scene("starting", navigation.Starting()))
    labels = window.page.findChildren(TextLabel) if window.page else []
    assert not any(label.isVisible() for label in labels)


def test_a_start_that_fails_says_so_and_can_be_tried_again(open_scene: Open) -> None:
    window, models = open_scene(SCENES["starting-other-verifier"])
    banners = window.page.findChildren(Banner) if window.page else []
    assert [banner.message.code for banner in banners if banner.message] == ["other-verifier"]
    retry = next(b for b in window.findChildren(QPushButton) if b.text() == "다시 시도")
    retry.click()
    assert models.start.given == [("retry",)]


def test_the_pad_keeps_its_rows_when_the_first_pin_is_wrong(
    open_scene: Open, app: QApplication
) -> None:
    window, models = open_scene(SCENES["enter-pin-welcome"])
    keys = {b.text(): b for b in window.findChildren(QPushButton) if b.text().isdigit()}
    before = {name: (key.x(), key.width()) for name, key in keys.items()}
    models.unlock.state = UnlockState(attempts_left=4)
    models.unlock.state_changed.emit()
    settle(app)
    assert {name: (key.x(), key.width()) for name, key in keys.items()} == before


def test_a_view_without_copying_has_no_copy_button(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["show-code-no-copy"])
    assert isinstance(window.page, ShowCodeView)
    texts = [b.text() for b in window.findChildren(QPushButton) if b.isVisible()]
    assert "복사" not in texts


def test_a_consent_that_does_not_come_can_be_tried_again_by_enter(person: Person) -> None:
    person.desk.services.consent_script.then(NoAnswer("offline"), a_consent())
    person.press("인증하기")
    assert person.reads("서버에 연결할 수 없습니다.")
    person.key(KEYS.Key_Return)
    assert person.button("동의").isEnabled()
    person.key(KEYS.Key_Return)
    assert person.where() is navigation.ConsentForm


def test_trouble_comes_into_sight(open_scene: Open) -> None:
    window, models = open_scene(SCENES["code"], size=(360, 560))
    models.enrolment.become(SCENES["trouble-tls"].enrolment)
    for _ in range(3):
        QApplication.processEvents()
    (banner,) = [b for b in window.findChildren(Banner) if b.isVisible()]
    assert banner.visibleRegion().boundingRect().top() == 0


def at_the_code(person: Person) -> None:
    """A trainee whose courses ask for a telephone in their own name, at the code."""
    desk = person.desk
    desk.services.unlock_script.then(outcomes.PinRight(a_status(name_proof="needed")))
    desk.to_identity_code()
    desk.press(desk.enrolment.submit_code, "123456")
    desk.type_pin(desk.unlock.digit)
    desk.press(desk.unlock.submit)
    person.wait()


def test_the_keyboard_alone_leads_through_the_proof_of_the_name(person: Person) -> None:
    at_the_code(person)
    assert person.reads("본인 명의 확인이 필요해요.")
    person.button("본인 명의 확인하기").setFocus()
    person.key(KEYS.Key_Return)
    assert person.where() is navigation.ProveName
    first = person.focus()
    assert isinstance(first, QRadioButton)
    person.key(KEYS.Key_Space)
    person.key(KEYS.Key_Down)
    person.key(KEYS.Key_Space)
    assert person.desk.name_proof.state.fields.carrier == "KT"
    while not isinstance(person.focus(), QLineEdit):
        person.key(KEYS.Key_Tab)
    person.types("9003011")
    assert person.desk.name_proof.state.fields == NameFields("KT", "900301", "1")
    person.key(KEYS.Key_Return)
    assert person.where() is navigation.NameCode
    person.types("123456")
    person.key(KEYS.Key_Return)
    assert person.where() is navigation.NameDone
    person.key(KEYS.Key_Return)
    assert person.where() is navigation.ShowCode
    assert not person.reads("본인 명의 확인이 필요해요.")


def test_a_wrong_field_of_the_name_has_the_focus_and_its_sentence(person: Person) -> None:
    at_the_code(person)
    person.press("본인 명의 확인하기")
    person.desk.services.ask_name_script.then(
        outcomes.InvalidNameDetails(carrier=True, birth=True), outcomes.InvalidNameDetails(sex=True)
    )
    person.key(KEYS.Key_Return)
    said = [line.text for line in person.window.findChildren(ErrorLine) if line.isVisible()]
    assert said == ["통신사를 골라 주세요.", "생년월일 6자리를 900301처럼 입력해 주세요."]
    assert isinstance(person.focus(), QRadioButton)
    assert person.focus().accessibleDescription() == "통신사를 골라 주세요."
    person.press("인증번호 받기")
    focused = person.focus()
    assert isinstance(focused, QLineEdit)
    assert focused.accessibleName() == "주민등록번호 뒤 첫 숫자"
