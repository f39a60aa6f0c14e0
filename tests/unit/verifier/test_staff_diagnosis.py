"""What findings are drawn from facts, whatever these are."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol.fields import RejectionReason, RevocationReason
from motp_protocol.helpdesk import Cause
from motp_verifier.services.helpdesk.diagnosis import (
    CLOCK_MS,
    GRAVITY,
    LATELY_MS,
    OFFLINE_MS,
    REPLACED_MS,
    diagnose,
)
from motp_verifier.services.helpdesk.facts import (
    CheckFacts,
    DeviceFacts,
    EnrolmentFacts,
    Facts,
    PinFacts,
    RunFacts,
)

NOW = 1_795_500_000_000
TIMES = st.integers(NOW - 60 * 24 * 3600 * 1000, NOW)
MAYBE = st.none() | TIMES

RUNS = st.builds(
    RunFacts,
    institution=st.sampled_from(["가", "나"]),
    run=st.integers(1, 5),
    locked_at=MAYBE,
    old=st.integers(0, 5),
    last_at=MAYBE,
    source=st.none() | st.just("203.0.113.9"),
)
DEVICES = st.builds(
    DeviceFacts,
    id=st.sampled_from(["reg_a", "reg_b", "reg_c"]),
    state=st.sampled_from(["active", "suspended", "revoked"]),
    reason=st.none() | st.sampled_from(get_args(RevocationReason)),
    app_version=st.sampled_from(["0.0.9", "0.1.0", "1.0", "dev", ""]),
    activated_at=TIMES,
    ended_at=MAYBE,
    contact_at=TIMES,
    skew_ms=st.integers(-(10**9), 10**9),
    pin=st.builds(PinFacts, failures=st.integers(0, 5), locked=st.booleans(), locked_at=MAYBE),
    runs=st.lists(RUNS, max_size=3).map(tuple),
    locked_everywhere_at=MAYBE,
    wrong_in_30_days=st.integers(0, 30),
    old_in_30_days=st.integers(0, 30),
    suspended_at=MAYBE,
    name_verified=st.booleans(),
    name_refused_at=MAYBE,
    consent_current=st.booleans(),
    consent_at=MAYBE,
)
CHECKS = st.builds(
    CheckFacts,
    at=TIMES,
    institution=st.sampled_from(["가", "나"]),
    registration_id=st.none() | st.just("reg_a"),
    accepted=st.booleans(),
    reason=st.none() | st.sampled_from(get_args(RejectionReason)),
    source=st.none(),
)
ENROLMENTS = st.builds(EnrolmentFacts, created_at=TIMES, confirmed=st.booleans(), refused_at=MAYBE)
FACTS = st.builds(
    Facts,
    now=st.just(NOW),
    oldest_app=st.just("0.1.0"),
    devices=st.lists(DEVICES, max_size=3).map(tuple),
    checks=st.lists(CHECKS, max_size=5).map(tuple),
    enrolments=st.lists(ENROLMENTS, max_size=3).map(tuple),
)

WELL = DeviceFacts(
    id="reg_a", state="active", reason=None, app_version="0.1.0", activated_at=NOW - 1000,
    ended_at=None, contact_at=NOW, skew_ms=0, pin=PinFacts(0, locked=False), runs=(),
    locked_everywhere_at=None, wrong_in_30_days=0, old_in_30_days=0, suspended_at=None,
    name_verified=False, name_refused_at=None, consent_current=True, consent_at=NOW,
)  # fmt: skip


def causes(*devices: DeviceFacts, **more: object) -> list[Cause]:
    facts = replace(Facts(NOW, "0.1.0", devices=devices), **more)  # type: ignore[arg-type]
    return [each.cause for each in diagnose(facts)]


def test_every_cause_has_its_gravity() -> None:
    assert set(GRAVITY) == set(get_args(Cause))
    assert len(set(GRAVITY)) == len(GRAVITY)


@given(FACTS)
def test_the_gravest_is_first_and_all_is_well_only_where_nothing_else_is(facts: Facts) -> None:
    found = [each.cause for each in diagnose(facts)]
    assert found
    assert found == sorted(found, key=GRAVITY.index)
    assert "all-well" not in found or found == ["all-well"]


@given(FACTS)
def test_a_lock_and_a_suspension_are_always_named(facts: Facts) -> None:
    found = {(each.cause, each.registration_id) for each in diagnose(facts)}
    for device in facts.devices:
        if device.state == "suspended":
            assert ("suspended", device.id) in found
        if device.in_use and device.pin.locked:
            assert ("pin-locked", device.id) in found
        if device.in_use and device.locked_everywhere_at is not None:
            assert ("code-locked-everywhere", device.id) in found
        if device.in_use and any(run.locked_at is not None for run in device.runs):
            assert ("code-locked", device.id) in found


@given(FACTS)
def test_who_has_nothing_in_use_is_told_why(facts: Facts) -> None:
    found = {each.cause for each in diagnose(facts)}
    if not facts.devices:
        assert "never-registered" in found
    elif not any(each.in_use for each in facts.devices):
        assert found & {"cloned", "withdrawn", "revoked", "replaced"}
    else:
        assert not found & {"cloned", "withdrawn", "revoked", "never-registered"}


@given(FACTS)
def test_no_more_codes_are_old_than_were_wrong_in_what_is_counted(facts: Facts) -> None:
    for finding in diagnose(facts):
        if finding.cause == "clock-wrong":
            assert finding.seconds is not None
            assert abs(finding.seconds) >= CLOCK_MS // 1000
        if finding.cause == "offline":
            assert finding.seconds is not None
            assert finding.seconds >= OFFLINE_MS // 1000


def test_what_is_just_within_the_bounds_is_well() -> None:
    assert causes(WELL) == ["all-well"]
    assert causes(replace(WELL, skew_ms=CLOCK_MS)) == ["all-well"]
    assert causes(replace(WELL, skew_ms=-CLOCK_MS - 1)) == ["clock-wrong"]
    assert causes(replace(WELL, contact_at=NOW - OFFLINE_MS + 1)) == ["all-well"]
    assert causes(replace(WELL, contact_at=NOW - OFFLINE_MS)) == ["offline"]
    assert causes(replace(WELL, app_version="0.0.10")) == ["app-outdated"]
    assert causes(replace(WELL, app_version="0.1")) == ["all-well"]
    assert causes(replace(WELL, app_version="dev")) == ["all-well"]
    assert causes(replace(WELL, app_version="0.10.0")) == ["all-well"]


def test_an_old_device_is_told_for_a_month() -> None:
    old = replace(WELL, id="reg_b", state="revoked", reason="replaced", ended_at=NOW - 1000)
    assert causes(WELL, old) == ["replaced"]
    assert causes(WELL, replace(old, ended_at=NOW - REPLACED_MS)) == ["all-well"]


@pytest.mark.parametrize(("age", "cause"), [(0, "code-used"), (LATELY_MS, "all-well")])
def test_a_used_code_is_told_for_a_day_unless_a_later_one_was_taken(age: int, cause: Cause) -> None:
    used = CheckFacts(NOW - age, "가", "reg_a", accepted=False, reason="code-used", source=None)
    right = CheckFacts(NOW - age, "가", "reg_a", accepted=True, reason=None, source=None)
    assert causes(WELL, checks=(used, right)) == [cause]
    assert causes(WELL, checks=(right, used)) == ["all-well"]
    elsewhere = replace(right, institution="나")
    assert causes(WELL, checks=(elsewhere, used)) == [cause]
