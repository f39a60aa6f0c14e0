"""Settings hold at once and are kept, but for what is fixed; a verifier is looked at first."""

from dataclasses import replace

import pytest

from motp_desktop.services import outcomes
from motp_desktop.services.ports import NoAnswer, StorageFault
from motp_desktop.services.settings import BadAddress, Checked, ProxyChoice
from motp_desktop.ui.viewmodels.aside_states import Aside
from tests.support.ui_fakes import A_VERIFIER, SETTINGS, Desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.press(desk.settings.open)
    return desk


def shown(desk: Desk) -> Aside | None:
    return desk.app.state.aside


def checked(desk: Desk) -> Checked | None:
    return desk.settings.state.checked


def is_invalid(desk: Desk) -> bool:
    return desk.settings.state.proxy_invalid


def test_what_holds_is_shown(desk: Desk) -> None:
    assert shown(desk) is Aside.SETTINGS
    assert desk.settings.state.now == SETTINGS
    assert desk.settings.state.address == "https://otp.example.kr"


def test_a_choice_is_kept_and_worn_at_once(desk: Desk) -> None:
    desk.press(desk.settings.choose_theme, "dark")
    desk.press(desk.settings.choose_text, 200)
    desk.press(desk.settings.choose_auto_lock, 30)
    values = desk.settings_desk.now.values
    assert (values.theme, values.text_percent, values.auto_lock_seconds) == ("dark", 200, 30)
    assert desk.worn[-1] == values
    assert not desk.settings.state.must_reopen


def test_a_language_is_spoken_at_once(desk: Desk) -> None:
    desk.press(desk.settings.choose_language, "en")
    assert desk.app.state.language == "en"
    assert desk.settings_desk.now.values.language == "en"


def test_what_could_not_be_kept_does_not_hold(desk: Desk) -> None:
    desk.settings_desk.fault = StorageFault.FULL
    desk.press(desk.settings.choose_theme, "dark")
    assert desk.settings.state.trouble == outcomes.StorageTrouble(StorageFault.FULL)
    assert desk.settings.state.now == SETTINGS
    assert desk.worn == []


def test_what_is_fixed_cannot_be_chosen(desk: Desk) -> None:
    fixed = frozenset({"theme", "proxy", "verifier_origin"})
    desk.settings_desk.now = replace(SETTINGS, fixed=fixed, locked=fixed)
    desk.press(desk.app.leave_aside)
    desk.press(desk.settings.open)
    desk.press(desk.settings.choose_theme, "dark")
    desk.settings.type_proxy("proxy.example:3128")
    desk.press(desk.settings.keep_proxy)
    desk.press(desk.settings.check_address)
    desk.press(desk.settings.use_address)
    assert desk.settings_desk.now.values == SETTINGS.values


def test_a_verifier_is_used_only_once_it_was_found(desk: Desk) -> None:
    desk.settings.type_address("https://otp.hanbit.example")
    desk.press(desk.settings.use_address)
    assert desk.settings_desk.now == SETTINGS
    desk.press(desk.settings.check_address)
    assert desk.settings_desk.check_script.calls == [("https://otp.hanbit.example",)]
    assert checked(desk) == A_VERIFIER
    desk.settings.type_address("https://otp.hanbit.example.evil")
    assert checked(desk) is None, "what was found was of another address"
    desk.press(desk.settings.check_address)
    desk.press(desk.settings.use_address)
    assert desk.settings_desk.now.values.verifier_origin == A_VERIFIER.origin
    assert desk.settings.state.must_reopen


@pytest.mark.parametrize("found", [BadAddress(), NoAnswer("tls-untrusted")])
def test_what_is_no_verifier_is_never_used(desk: Desk, found: BadAddress | NoAnswer) -> None:
    desk.settings_desk.check_script.then(found)
    desk.press(desk.settings.check_address)
    assert checked(desk) == found
    desk.press(desk.settings.use_address)
    assert desk.settings_desk.now == SETTINGS


def test_a_proxy_counts_from_the_next_start_on(desk: Desk) -> None:
    desk.press(desk.settings.choose_proxy, "manual")
    assert desk.settings_desk.now == SETTINGS, "it waits for its address"
    desk.settings.type_proxy("nonsense")
    desk.press(desk.settings.keep_proxy)
    assert is_invalid(desk)
    desk.settings.type_proxy("proxy.example:3128")
    assert not is_invalid(desk)
    desk.press(desk.settings.keep_proxy)
    assert desk.settings.state.proxy == ProxyChoice("manual", "http://proxy.example:3128")
    desk.press(desk.settings.choose_proxy, "none")
    assert desk.settings_desk.now.values.proxy == ProxyChoice("none")
    desk.settings.finish()
    assert desk.reopened == 1


def test_finishing_leads_back_where_nothing_needs_a_new_start(desk: Desk) -> None:
    desk.press(desk.settings.choose_text, 150)
    desk.settings.finish()
    assert shown(desk) is None
    assert desk.reopened == 0


def test_a_shorter_auto_lock_counts_and_a_longer_one_does_not() -> None:
    desk = Desk()
    desk.to_code()
    desk.code.limit_idle(3_600)
    desk.clock.advance(119_000)
    desk.code.tick()
    assert desk.code.code() is not None
    desk.code.touch()
    desk.code.limit_idle(30)
    warned = []
    for milliseconds in (14_000, 15_000):
        desk.clock.advance(milliseconds)
        desk.code.tick()
        warned.append(desk.code.state.locking_soon)
    assert warned == [False, True]
    assert desk.code.code() is not None
    desk.clock.advance(1_000)
    desk.code.tick()
    assert desk.code.code() is None
