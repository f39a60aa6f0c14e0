"""The kiosk's window, by keys and by touch: it serves, it forgets, and nothing leads out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QClipboard, QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from motp_desktop.services.outcomes import UnexpectedRefusal
from motp_desktop.ui.hangul import decompose
from motp_desktop.ui.texts.kiosk import locked_message, visitor_s_trouble
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.viewmodels.states import Fields
from motp_desktop.ui.views.kiosk.keyboard import Keyboard
from motp_desktop.ui.views.kiosk.scale import code_font_pixels, kiosk_scale
from motp_desktop.ui.widgets.code_display import CodeDisplay
from motp_desktop.ui.widgets.pin_pad import PinPad
from motp_protocol.kiosks import OpeningHours
from tests.support.desktop_fakes import PIN
from tests.support.kiosk_at_work import REST, KioskAtWork, kiosk_at_work
from tests.support.kiosk_fakes import EXIT_PIN, NAME
from tests.support.memory_verifier import CODE

K = Qt.Key
M = Qt.KeyboardModifier


@pytest.fixture
def kiosk(app: QApplication, tmp_path: Path) -> Iterator[KioskAtWork]:
    with kiosk_at_work(app, tmp_path) as at_work:
        yield at_work


def nothing(_: KioskAtWork) -> None:
    """There is nothing to look at."""


def begin(kiosk: KioskAtWork, look: Callable[[KioskAtWork], None] = nothing) -> None:
    """Somebody new, from the number to the choice of a PIN; `look` at each screen on the way."""
    kiosk.arrive()
    assert kiosk.inner == "Notice"
    look(kiosk)
    kiosk.enter()
    look(kiosk)
    kiosk.enter()
    assert kiosk.inner == "ConsentForm"
    look(kiosk)
    visit = kiosk.kiosk.desk.visit
    assert visit is not None
    visit.enrolment.reached_end()
    kiosk.enter()
    look(kiosk)
    type_on_screen(kiosk, NAME)
    kiosk.enter()
    assert kiosk.inner == "ChoosePin"
    look(kiosk)


def register(kiosk: KioskAtWork, look: Callable[[KioskAtWork], None] = nothing) -> None:
    """Somebody new, from the number to the code."""
    begin(kiosk, look)
    for _ in range(2):
        kiosk.type(PIN)
        kiosk.enter()
    assert kiosk.inner == "IdentityCode"
    look(kiosk)
    press_pad(kiosk, CODE)
    kiosk.enter()
    assert kiosk.inner == "EnterPin"
    look(kiosk)
    unlock(kiosk)
    look(kiosk)


def unlock(kiosk: KioskAtWork, pin: str = PIN) -> None:
    kiosk.type(pin)
    kiosk.enter()


def type_on_screen(kiosk: KioskAtWork, text: str) -> None:
    (keyboard,) = kiosk.window.findChildren(Keyboard)
    for jamo in decompose(text):
        button(keyboard, jamo).click()


def press_pad(kiosk: KioskAtWork, digits: str) -> None:
    (pad,) = kiosk.window.findChildren(PinPad)
    for digit in digits:
        button(pad, digit).click()


def button(within: QWidget, text: str) -> QPushButton:
    found = [each for each in within.findChildren(QPushButton) if each.text() == text]
    return found[0]


def shown(kiosk: KioskAtWork) -> str:
    """All text that is on the screen, fields included."""
    texts = [each.text() for each in kiosk.window.findChildren(QLabel) if each.isVisible()]
    texts += [each.text() for each in kiosk.window.findChildren(QLineEdit)]
    texts += [each.accessibleName() for each in kiosk.window.findChildren(QWidget)]
    return "\n".join(texts)


def test_somebody_new_registers_by_the_keys_on_the_screen_and_gets_a_code(
    kiosk: KioskAtWork,
) -> None:
    assert kiosk.outer == "Welcome"
    register(kiosk)
    assert kiosk.inner == "ShowCode"
    (display,) = kiosk.window.findChildren(CodeDisplay)
    visit = kiosk.kiosk.desk.visit
    assert visit is not None
    now = visit.code.code()
    assert now is not None
    assert display.code == now.code


def test_done_leaves_nothing_on_the_screen_and_the_next_one_begins(kiosk: KioskAtWork) -> None:
    register(kiosk)
    kiosk.enter()  # 다 썼어요
    assert (kiosk.outer, kiosk.inner) == ("Welcome", "")
    assert kiosk.pc.visits.current is None
    left = shown(kiosk)
    for secret in (REST, REST[:4], NAME, "홍*동", CODE):
        assert secret not in left
    assert kiosk.kiosk.desk.state.number == "010"
    kiosk.arrive()
    assert kiosk.inner == "EnterPin"
    unlock(kiosk)
    assert kiosk.inner == "ShowCode"


def test_idleness_is_told_for_its_last_twenty_seconds_and_one_key_ends_it(
    kiosk: KioskAtWork,
) -> None:
    kiosk.arrive()
    kiosk.pass_seconds(9)
    assert told(kiosk) is None
    kiosk.pass_seconds(1)
    assert told(kiosk) == 20
    assert "20초 뒤에 화면을 지웁니다." in shown(kiosk)
    kiosk.press(K.Key_Shift)
    assert told(kiosk) is None
    kiosk.pass_seconds(29)
    assert (told(kiosk), kiosk.inner) == (1, "Notice")
    kiosk.pass_seconds(1)
    assert (kiosk.outer, kiosk.inner) == ("Welcome", "")
    assert kiosk.pc.profiles() == []


def told(kiosk: KioskAtWork) -> int | None:
    """In how many seconds everything is forgotten, as far as it is told."""
    return kiosk.kiosk.desk.state.forgets_in


def test_a_number_that_is_half_typed_is_forgotten_as_well(kiosk: KioskAtWork) -> None:
    kiosk.type(REST[:5])
    assert "010-1234-5" in shown(kiosk)
    kiosk.pass_seconds(30)
    assert kiosk.kiosk.desk.state.number == "010"
    assert "1234" not in shown(kiosk)


def test_a_pc_that_slept_forgets_at_once(kiosk: KioskAtWork) -> None:
    register(kiosk)
    kiosk.pass_seconds(8 * 60 * 60)
    assert (kiosk.outer, kiosk.inner) == ("Welcome", "")


def test_of_a_pin_half_chosen_nothing_is_left(kiosk: KioskAtWork) -> None:
    begin(kiosk)
    kiosk.type(PIN[:4])
    visit = kiosk.kiosk.desk.visit
    assert visit is not None
    before = visit.enrolment.state
    assert (before.pin.entered, before.fields.name) == (4, NAME)
    kiosk.kiosk.desk.forget()
    after = visit.enrolment.state
    assert (after.pin.entered, after.fields) == (0, Fields())


def test_nobody_is_asked_about_once_they_are_forgotten(kiosk: KioskAtWork) -> None:
    register(kiosk)
    kiosk.enter()  # 다 썼어요
    kiosk.arrive()
    visit = kiosk.kiosk.desk.visit
    assert visit is not None
    assert running(visit.unlock) == 1  # the verifier is asked about whoever does not type
    kiosk.kiosk.desk.forget()
    models: list[QObject] = [visit.unlock, visit.code, visit.enrolment]
    assert [running(each) for each in models] == [0, 0, 0]


def running(model: QObject) -> int:
    """How many timers of this view model run."""
    return sum(each.isActive() for each in model.findChildren(QTimer))


def test_nobody_is_served_once_it_closed_while_their_number_was_looked_up(
    kiosk: KioskAtWork,
) -> None:
    kiosk.pc.api.change(hours=OpeningHours(days=("mon",), opens="00:00", closes="00:01"))
    kiosk.kiosk.desk.look_after()
    kiosk.arrive()
    assert (kiosk.outer, kiosk.kiosk.desk.visit) == ("Closed", None)
    assert kiosk.kiosk.desk.state.number == "010"
    assert kiosk.pc.visits.current is None


def test_what_is_no_number_is_said_beside_it(kiosk: KioskAtWork) -> None:
    kiosk.type("12")
    kiosk.enter()
    assert "휴대전화 번호가 아니에요." in shown(kiosk)
    kiosk.press(K.Key_Backspace)
    assert kiosk.kiosk.desk.state.number == "0101"
    assert "휴대전화 번호가 아니에요." not in shown(kiosk)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (K.Key_F4, M.AltModifier), (K.Key_Q, M.ControlModifier), (K.Key_W, M.ControlModifier),
        (K.Key_Escape, M.NoModifier), (K.Key_Tab, M.AltModifier), (K.Key_Space, M.AltModifier),
        (K.Key_F1, M.NoModifier), (K.Key_F10, M.NoModifier), (K.Key_F11, M.NoModifier),
        (K.Key_Menu, M.NoModifier), (K.Key_Super_L, M.NoModifier), (K.Key_Print, M.NoModifier),
        (K.Key_T, M.ControlModifier | M.AltModifier), (K.Key_V, M.ControlModifier),
        (K.Key_C, M.ControlModifier), (K.Key_X, M.ControlModifier | M.AltModifier),
        (K.Key_Insert, M.ShiftModifier), (K.Key_Delete, M.ControlModifier | M.AltModifier),
        (K.Key_Backspace, M.ControlModifier | M.AltModifier), (K.Key_D, M.MetaModifier),
        (K.Key_HomePage, M.NoModifier), (K.Key_Help, M.NoModifier),
    ],
)  # fmt: skip
def test_no_key_leads_out(kiosk: KioskAtWork, key: Any, modifier: Any) -> None:
    kiosk.arrive()
    before = (kiosk.outer, kiosk.inner, kiosk.window.isVisible())
    kiosk.press(key, modifier)
    kiosk.work()
    assert (kiosk.outer, kiosk.inner, kiosk.window.isVisible()) == before
    assert kiosk.left == 0


def test_the_window_does_not_close_and_has_no_menus(kiosk: KioskAtWork) -> None:
    assert not kiosk.window.close()
    assert kiosk.window.isVisible()
    register(kiosk)
    handle = kiosk.window.windowHandle()
    for place in (QPoint(640, 300), QPoint(200, 30), QPoint(640, 700)):
        for which in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
            QTest.mouseClick(handle, which, M.NoModifier, place)
    kiosk.work()
    assert kiosk.inner == "ShowCode"
    assert QApplication.activePopupWidget() is None


def test_nothing_is_selected_or_copied(kiosk: KioskAtWork) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText("before")
    kiosk.arrive()
    kiosk.enter()
    kiosk.enter()
    visit = kiosk.kiosk.desk.visit
    assert visit is not None
    visit.enrolment.reached_end()
    kiosk.enter()
    kiosk.type("Kim")
    (field,) = kiosk.window.findChildren(QLineEdit)
    kiosk.press(K.Key_Home, M.ShiftModifier)
    kiosk.press(K.Key_A, M.ControlModifier)
    kiosk.press(K.Key_C, M.ControlModifier)
    place = field.mapTo(kiosk.window, field.rect().center())
    QTest.mouseDClick(kiosk.window.windowHandle(), Qt.MouseButton.LeftButton, M.NoModifier, place)
    assert not field.hasSelectedText()
    assert clipboard.text(QClipboard.Mode.Clipboard) == "before"


def test_the_administrator_leaves_by_the_exit_pin_alone(kiosk: KioskAtWork) -> None:
    kiosk.press(K.Key_X, M.ControlModifier | M.AltModifier | M.ShiftModifier)
    assert kiosk.outer == "Leaving"
    kiosk.type("000000")
    kiosk.enter()
    assert "4번 더 할 수 있어요." in shown(kiosk)
    kiosk.type("123")
    kiosk.enter()
    assert "6자리 이상입니다." in shown(kiosk)
    kiosk.pass_seconds(30)
    assert (kiosk.outer, kiosk.left) == ("Welcome", 0)
    kiosk.press(K.Key_X, M.ControlModifier | M.AltModifier | M.ShiftModifier)
    kiosk.type(EXIT_PIN)
    kiosk.enter()
    assert kiosk.left == 1


def test_an_administrator_does_not_put_a_trainee_aside(kiosk: KioskAtWork) -> None:
    register(kiosk)
    kiosk.press(K.Key_X, M.ControlModifier | M.AltModifier | M.ShiftModifier)
    assert (kiosk.outer, kiosk.inner) == ("Visiting", "ShowCode")


def test_one_touch_speaks_english_or_wears_high_contrast_until_the_visit_ends(
    kiosk: KioskAtWork,
) -> None:
    button(kiosk.window, "English").click()
    button(kiosk.window, "고대비").click()
    kiosk.work()
    assert "Enter your mobile number." in shown(kiosk)
    assert current_tokens().name == "high-contrast"
    kiosk.arrive()
    assert "You are new at this kiosk." in shown(kiosk)
    kiosk.kiosk.desk.forget()
    kiosk.work()
    assert "휴대전화 번호를 눌러 주세요." in shown(kiosk)
    assert current_tokens().name != "high-contrast"


def test_a_voice_guides_whoever_asks_for_it_and_tells_no_code_by_itself(
    kiosk: KioskAtWork,
) -> None:
    assert kiosk.speaker.said == []
    button(kiosk.window, "음성 안내").click()
    register(kiosk)
    said = [text for text, _ in kiosk.speaker.said]
    assert "휴대전화 번호를 눌러 주세요." in said[0]
    assert any("이 키오스크에 처음 오셨네요." in text for text in said)
    assert said[-1] == "인증번호가 나왔습니다."
    visit = kiosk.kiosk.desk.visit
    assert visit is not None
    now = visit.code.code()
    assert now is not None
    assert not any(each in text for text in said for each in (now.code, " ".join(now.code), PIN))
    button(kiosk.window, "읽어 주기").click()
    assert kiosk.speaker.said[-1] == (now.code, "ko")
    kiosk.pass_seconds(10)
    assert "20초 뒤에 화면을 지웁니다." in kiosk.speaker.said[-1][0]
    kiosk.kiosk.desk.forget()
    kiosk.work()
    count = len(kiosk.speaker.said)
    kiosk.arrive()
    assert len(kiosk.speaker.said) == count


def test_a_locked_kiosk_says_so_and_comes_back_by_itself(kiosk: KioskAtWork) -> None:
    kiosk.pc.api.change(state="locked")
    kiosk.kiosk.desk.look_after()
    kiosk.work()
    assert "이 키오스크는 잠시 쓸 수 없습니다." in shown(kiosk)
    kiosk.pc.api.change(state="active")
    kiosk.kiosk.desk.look_after()
    kiosk.work()
    assert kiosk.outer == "Welcome"


def test_without_a_network_it_says_what_to_do_and_comes_back_by_itself(
    kiosk: KioskAtWork,
) -> None:
    kiosk.pc.api.script.extend(["request-lost"] * 3)
    kiosk.kiosk.desk.look_after()
    kiosk.work()
    assert "지금 인터넷에 연결되어 있지 않습니다." in shown(kiosk)
    assert "본인인증(휴대폰)" in shown(kiosk)
    kiosk.pc.api.script.clear()
    kiosk.kiosk.desk.look_after()
    kiosk.work()
    assert "지금 인터넷에 연결되어 있지 않습니다." not in shown(kiosk)


def test_a_kiosk_that_nobody_enrolled_says_how(app: QApplication, tmp_path: Path) -> None:
    with kiosk_at_work(app, tmp_path, enrolled=False) as kiosk:
        assert kiosk.outer == "OutOfOrder"
        assert "motp-desktop kiosk enrol" in shown(kiosk)


def test_the_pad_of_pins_is_mixed_by_policy_and_that_of_numbers_never(kiosk: KioskAtWork) -> None:
    kiosk.pc.api.change(scramble_pad=True)
    kiosk.kiosk.desk.look_after()
    kiosk.work()
    assert order(kiosk) == "1234567890"
    register(kiosk)
    seen = set()
    for _ in range(4):
        kiosk.kiosk.desk.forget()
        kiosk.work()
        kiosk.arrive()
        seen.add(order(kiosk))
    assert len(seen) > 1


def order(kiosk: KioskAtWork) -> str:
    """The digits as they stand on the pad."""
    (pad,) = [each for each in kiosk.window.findChildren(PinPad) if each.isVisible()]
    keys = [each for each in pad.findChildren(QPushButton) if each.text()]
    return "".join(each.text() for each in sorted(keys, key=lambda k: (k.y(), k.x())))


@pytest.mark.parametrize("size", [(1024, 600), (1280, 800), (1920, 1080)])
def test_targets_are_large_and_everything_has_a_name(
    app: QApplication, tmp_path: Path, size: tuple[int, int]
) -> None:
    with kiosk_at_work(app, tmp_path, size) as kiosk:
        assert_reachable(kiosk)
        register(kiosk, assert_reachable)


def assert_reachable(kiosk: KioskAtWork) -> None:
    """Every button is large, has a name, and is wholly on the screen: keys without scrolling."""
    for each in kiosk.window.findChildren(QPushButton):
        if not each.isVisible():
            continue
        where = (kiosk.inner or kiosk.outer, each.text())
        assert min(each.width(), each.height()) >= Size.TARGET, where
        assert each.text() or each.accessibleName(), where
        if each.property("look") in {"key", "primary"}:
            assert each.visibleRegion().boundingRect() == each.rect(), where


def test_keys_are_88_pixels_high_where_the_screen_is_as_designed(
    app: QApplication, tmp_path: Path
) -> None:
    assert kiosk_scale(1080) == 1.8
    assert kiosk_scale(560) == kiosk_scale(480) == 1.0
    with kiosk_at_work(app, tmp_path, (1920, 1080)) as kiosk:
        assert key_height(kiosk) >= 88
        register(kiosk)
        kiosk.kiosk.desk.forget()
        kiosk.work()
        kiosk.arrive()
        assert key_height(kiosk) >= 88


def key_height(kiosk: KioskAtWork) -> int:
    (pad,) = [each for each in kiosk.window.findChildren(PinPad) if each.isVisible()]
    return min(each.height() for each in pad.findChildren(QPushButton))


@pytest.mark.parametrize("millimetres", [110, 150, 300, 700])
def test_the_digits_of_a_code_are_12_mm_high_on_the_screen_that_is_told(
    app: QApplication, tmp_path: Path, millimetres: int
) -> None:
    with kiosk_at_work(app, tmp_path) as kiosk:
        kiosk.pc.api.change(screen_height_mm=millimetres)
        kiosk.kiosk.desk.look_after()
        kiosk.work()
        register(kiosk)
        (display,) = kiosk.window.findChildren(CodeDisplay)
        font = QFont(display.font())
        font.setPointSizeF(font.pointSizeF() * display.enlarged)
        pixels = QFontMetricsF(font).tightBoundingRect("8").height()
        high = pixels / kiosk.window.screen().geometry().height() * millimetres
        assert high >= 12 * 0.98  # as near as whole pixels allow


def test_a_screen_without_a_size_asks_for_no_size_of_type() -> None:
    assert code_font_pixels(1080, 0) == 0


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.lists(st.sampled_from("0123456789<>"), max_size=30))
def test_whatever_is_typed_no_digit_of_it_is_left_once_it_is_forgotten(
    kiosk: KioskAtWork, typed: list[str]
) -> None:
    desk = kiosk.kiosk.desk
    fresh = replace(desk.state, number="010")
    for key in typed:
        match key:
            case "<":
                desk.backspace()
            case ">":
                desk.arrive()
            case digit:
                desk.digit(digit)
    desk.forget()
    assert desk.state == replace(fresh, screen=desk.state.screen)
    assert desk.visit is None
    kiosk.work()
    assert desk.state == replace(fresh, screen=desk.state.screen)
    assert kiosk.pc.visits.current is None


def test_a_lock_that_shows_at_the_pin_is_told_as_the_start_tells_it(app: QApplication) -> None:
    assert visitor_s_trouble(UnexpectedRefusal("kiosk-locked")) == locked_message()
    other = visitor_s_trouble(UnexpectedRefusal("internal"))
    assert other is not None
    assert other != locked_message()
