"""Staff sign in with a password and a second factor; no answer tells which of them was wrong."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from motp_protocol.second_factor import secret_text
from motp_verifier.services.staff.accounts import FirstPassword, StaffDisabled
from motp_verifier.services.staff.signing_in import LOCK_MS, TRIES
from motp_verifier.store import tables
from tests.unit.verifier.device_world import World, told
from tests.unit.verifier.staff_world import PASSWORD, Helper, accounts, new_helper, signed_in

REFUSED = (401, "sign-in-refused")
HOUR = 3600


@pytest.fixture
def helper(world: World) -> Helper:
    return signed_in(world)


def test_the_first_sign_in_sets_the_account_up(world: World) -> None:
    new = new_helper(world, "김민지")
    begun = new.sign_in(new.first, None)
    assert begun.status_code == 202
    said = begun.json()
    assert said["otpauth"].startswith("otpauth://totp/mOTP:")
    assert f"secret={said['secret']}" in said["otpauth"]
    token = new.begin()
    assert secret_text(new.seed) != said["secret"]
    # The setup that was begun before is over.
    assert told(new.finish(said["setup_token"])) == (410, "setup-expired")
    done = new.finish(token)
    assert done.status_code == 201
    assert (done.json()["name"], done.json()["role"]) == ("김민지", "helpdesk")
    assert new.told("GET", "sessions/current")["name"] == "김민지"
    assert told(new.finish(token)) == (410, "setup-expired")
    assert told(new.sign_in(new.first, None)) == REFUSED


def test_a_setup_takes_a_right_code_and_a_good_password(world: World) -> None:
    new = new_helper(world, "kim")
    token = new.begin()
    for common in ("password2026", "111111111111", "KimKimKim2026", "qwertyuiop12"):
        assert told(new.finish(token, common)) == (422, "password-too-common"), common
    assert told(new.finish(token, "short")) == (400, "malformed-request")
    for left in (4, 3, 2, 1):
        answer = new.finish(token, totp=new.code(steps=7))
        assert told(answer) == (403, "setup-code-wrong")
        assert answer.json()["attempts_left"] == left
    assert told(new.finish(token, totp=new.code(steps=7))) == (410, "setup-expired")
    assert told(new.finish(token)) == (410, "setup-expired")


def test_a_first_password_and_a_setup_run_out(world: World) -> None:
    new = new_helper(world)
    token = new.begin()
    world.pass_seconds(601)
    assert told(new.finish(token)) == (410, "setup-expired")
    world.pass_seconds(24 * HOUR)
    assert told(new.sign_in(new.first, None)) == REFUSED


def test_name_password_and_code_are_wrong_alike(world: World, helper: Helper) -> None:
    world.pass_seconds(60)
    answers = [
        helper.sign_in(name="nobody"),
        helper.sign_in("not the password"),
        helper.sign_in(totp=helper.code(steps=5)),
        helper.sign_in(totp=None),
    ]
    assert {told(each) for each in answers} == {REFUSED}
    assert len({each.content for each in answers}) == 1
    assert helper.sign_in().status_code == 201


def test_a_code_of_the_second_factor_is_accepted_once(world: World, helper: Helper) -> None:
    assert told(helper.sign_in()) == REFUSED  # it was used to set the account up
    world.pass_seconds(30)
    assert helper.sign_in().status_code == 201
    assert told(helper.sign_in()) == REFUSED
    assert told(helper.sign_in(totp=helper.code(steps=-1))) == REFUSED


def test_the_same_code_at_once_is_accepted_once(world: World, helper: Helper) -> None:
    world.pass_seconds(60)
    with ThreadPoolExecutor(4) as pool:
        answers = [each.status_code for each in pool.map(lambda _: helper.sign_in(), range(4))]
    assert sorted(answers) == [201, 401, 401, 401]


def test_ten_wrong_tries_at_once_lock_and_the_lock_says_nothing(
    world: World, helper: Helper
) -> None:
    world.pass_seconds(60)
    with ThreadPoolExecutor(4) as pool:
        tries = list(pool.map(lambda _: told(helper.sign_in("wrong")), range(TRIES)))
    assert set(tries) == {REFUSED}
    assert told(helper.sign_in()) == REFUSED
    assert world.events().count("staff-locked") == 1
    world.pass_seconds(LOCK_MS / 1000 - 1)
    assert told(helper.sign_in()) == REFUSED
    world.pass_seconds(2)
    assert helper.sign_in().status_code == 201


def test_nine_wrong_tries_and_a_right_one_begin_anew(world: World, helper: Helper) -> None:
    for _ in range(2):
        world.pass_seconds(120)
        for _ in range(TRIES - 1):
            assert told(helper.sign_in("wrong")) == REFUSED
        assert helper.sign_in().status_code == 201


def test_a_network_may_not_try_without_end(world: World) -> None:
    someone = Helper(world, "nobody", "")
    answers = {told(someone.sign_in("wrong", None)) for _ in range(31)}
    assert answers == {REFUSED, (429, "too-many-requests")}


def test_sessions_run_out_and_can_be_ended(world: World, helper: Helper) -> None:
    old = Helper(world, helper.name, "", token=helper.token)
    world.pass_seconds(60)
    assert helper.sign_in().status_code == 201
    assert helper.ask("DELETE", "sessions/current").status_code == 204
    assert told(helper.ask("GET", "sessions/current")) == (401, "bad-session")
    assert old.told("GET", "sessions/current")
    world.pass_seconds(8 * HOUR)
    answer = old.ask("GET", "sessions/current")
    assert told(answer) == (401, "bad-session")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    nobody = Helper(world, "", "", token="motps_" + "A" * 43)
    assert told(nobody.ask("GET", "sessions/current")) == (401, "bad-session")


def test_an_admin_ends_the_sessions_of_others(world: World, helper: Helper) -> None:
    admin = signed_in(world, "root", "admin")
    assert told(helper.ask("GET", "sessions")) == (403, "role-not-allowed")
    found = admin.told("GET", "sessions")["sessions"]
    assert {each["name"] for each in found} == {"kim", "root"}
    (kims,) = (each["session_id"] for each in found if each["name"] == "kim")
    assert told(helper.ask("DELETE", f"sessions/{kims}")) == (403, "role-not-allowed")
    assert admin.ask("DELETE", f"sessions/{kims}").status_code == 204
    assert told(admin.ask("DELETE", f"sessions/{kims}")) == (404, "not-found")
    assert told(helper.ask("GET", "sessions/current")) == (401, "bad-session")


def test_a_disabled_account_loses_its_sessions_and_a_reset_one_begins_anew(
    world: World, helper: Helper
) -> None:
    assert asyncio.run(accounts(world).disable("KIM")) == StaffDisabled(1)
    assert told(helper.ask("GET", "sessions/current")) == (401, "bad-session")
    world.pass_seconds(60)
    assert told(helper.sign_in()) == REFUSED
    again = asyncio.run(accounts(world).reset("kim"))
    assert isinstance(again, FirstPassword)
    helper.first = again.password
    assert told(helper.sign_in()) == REFUSED
    assert helper.finish(helper.begin()).status_code == 201


def test_neither_password_nor_token_nor_second_factor_is_kept_readable(
    world: World, helper: Helper
) -> None:
    rows = world.database(
        lambda c: [
            str(tuple(row)) for table in (tables.staff, tables.staff_session)
            for row in c.execute(select(table))
        ]
    )  # fmt: skip
    kept = "".join(rows)
    for secret in (PASSWORD, helper.first, helper.token, secret_text(helper.seed)):
        assert secret not in kept
    assert repr(helper.seed)[2:-1] not in kept
