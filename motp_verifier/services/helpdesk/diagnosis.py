"""What may be wrong: findings from facts, the gravest first. Nothing here reads or writes."""

from collections.abc import Iterator

from motp_protocol.encoding import format_time
from motp_protocol.fields import RevocationReason
from motp_protocol.helpdesk import Cause, Finding
from motp_verifier.services.app_versions import is_older
from motp_verifier.services.helpdesk.facts import (
    CheckFacts,
    DeviceFacts,
    EnrolmentFacts,
    Facts,
    RunFacts,
)

GRAVITY: tuple[Cause, ...] = (
    "cloned",
    "withdrawn",
    "revoked",
    "suspended",
    "pin-locked",
    "code-locked-everywhere",
    "code-locked",
    "roster-mismatch",
    "enrolment-unfinished",
    "never-registered",
    "app-outdated",
    "name-not-verified",
    "code-used",
    "code-old",
    "clock-wrong",
    "replaced",
    "offline",
    "consent-outdated",
    "all-well",
)
"""What stops a person comes before what may, and that before what only ought to be done."""

CLOCK_MS = 30_000
"""A clock that is further off makes codes that are not taken, until the app corrects itself."""

OFFLINE_MS = 48 * 60 * 60 * 1000
LATELY_MS = 24 * 60 * 60 * 1000
REPLACED_MS = 30 * 24 * 60 * 60 * 1000
NAME_MS = 7 * 24 * 60 * 60 * 1000

_ENDED: dict[RevocationReason | None, Cause] = {
    "cloned": "cloned",
    "withdrawn": "withdrawn",
    "replaced": "replaced",
    "reset": "revoked",
    "staff": "revoked",
    None: "revoked",
}


def diagnose(facts: Facts) -> list[Finding]:
    """What may be the cause of a complaint, the gravest first; `all-well` where nothing is."""
    found = [*_of_enrolments(facts), *_of_devices(facts), *_of_checks(facts)]
    found.sort(key=lambda each: GRAVITY.index(each.cause))
    return found or [Finding(cause="all-well")]


def _of_enrolments(facts: Facts) -> Iterator[Finding]:
    activated = max((each.activated_at for each in facts.devices), default=0)
    refused = next((each.refused_at for each in facts.enrolments if each.refused_at), None)
    if refused is not None and refused > activated:
        yield Finding(cause="roster-mismatch", at=format_time(refused))
    open_ones = (each for each in facts.enrolments if _is_unfinished(each, facts.now))
    unfinished = next(open_ones, None)
    if unfinished is not None and unfinished.created_at > activated:
        yield Finding(cause="enrolment-unfinished", at=format_time(unfinished.created_at))
    if not facts.devices:
        yield Finding(cause="never-registered")


def _is_unfinished(enrolment: EnrolmentFacts, now: int) -> bool:
    return (
        not enrolment.confirmed
        and enrolment.refused_at is None
        and now - enrolment.created_at < LATELY_MS
    )


def _of_devices(facts: Facts) -> Iterator[Finding]:
    in_use = [each for each in facts.devices if each.in_use]
    ended = [each for each in facts.devices if not each.in_use]
    for each in in_use:
        yield from _of_device(each, facts)
    latest = max(ended, key=lambda each: each.ended_at or 0, default=None)
    if latest is None:
        return
    if not in_use or (
        latest.reason == "replaced" and facts.now - (latest.ended_at or 0) < REPLACED_MS
    ):
        yield _ended(latest)


def _ended(device: DeviceFacts) -> Finding:
    return Finding(
        cause=_ENDED[device.reason], registration_id=device.id, at=_time(device.ended_at)
    )


def _of_device(device: DeviceFacts, facts: Facts) -> Iterator[Finding]:
    if device.state == "suspended":
        yield Finding(cause="suspended", registration_id=device.id, at=_time(device.suspended_at))
    if device.pin.locked:
        yield Finding(
            cause="pin-locked",
            registration_id=device.id,
            at=_time(device.pin.locked_at),
            count=device.pin.failures,
            source=device.pin.source,
        )
    if device.locked_everywhere_at is not None:
        yield Finding(
            cause="code-locked-everywhere",
            registration_id=device.id,
            at=_time(device.locked_everywhere_at),
            count=device.wrong_in_30_days,
            old=device.old_in_30_days,
        )
    for run in device.runs:
        if run.locked_at is not None:
            yield _of_run("code-locked", device, run, run.locked_at)
        elif run.old and run.last_at is not None and facts.now - run.last_at < LATELY_MS:
            yield _of_run("code-old", device, run, run.last_at)
    yield from _of_care(device, facts)


def _of_run(cause: Cause, device: DeviceFacts, run: RunFacts, at: int) -> Finding:
    return Finding(
        cause=cause,
        registration_id=device.id,
        at=format_time(at),
        institution=run.institution,
        count=run.run,
        old=run.old,
        source=run.source,
    )


def _of_care(device: DeviceFacts, facts: Facts) -> Iterator[Finding]:
    """What stops nobody by itself."""
    if abs(device.skew_ms) > CLOCK_MS:
        yield Finding(
            cause="clock-wrong",
            registration_id=device.id,
            at=format_time(device.contact_at),
            seconds=round(device.skew_ms / 1000),
        )
    if is_older(device.app_version, facts.oldest_app):
        yield Finding(cause="app-outdated", registration_id=device.id, version=device.app_version)
    silent = facts.now - device.contact_at
    if silent >= OFFLINE_MS:
        yield Finding(
            cause="offline",
            registration_id=device.id,
            at=format_time(device.contact_at),
            seconds=silent // 1000,
        )
    if not device.consent_current:
        yield Finding(
            cause="consent-outdated", registration_id=device.id, at=_time(device.consent_at)
        )


def _of_checks(facts: Facts) -> Iterator[Finding]:
    """What the last check at each institution says, and what the carrier said."""
    seen: set[str] = set()
    unproven = {each.id: each for each in facts.devices if each.in_use and not each.name_verified}
    refused_there = False
    for check in facts.checks:
        if check.institution in seen:
            continue
        seen.add(check.institution)
        age = facts.now - check.at
        if check.reason == "code-used" and age < LATELY_MS:
            yield _of_check("code-used", check, _used_in_a_row(facts, check.institution))
        if check.reason == "name-not-verified" and age < NAME_MS and unproven:
            refused_there = True
            yield _of_check("name-not-verified", check, None)
    if refused_there:
        return
    for device in unproven.values():
        if device.name_refused_at is not None and facts.now - device.name_refused_at < NAME_MS:
            yield Finding(
                cause="name-not-verified",
                registration_id=device.id,
                at=format_time(device.name_refused_at),
            )


def _of_check(cause: Cause, check: CheckFacts, count: int | None) -> Finding:
    return Finding(
        cause=cause,
        registration_id=check.registration_id,
        at=format_time(check.at),
        institution=check.institution,
        count=count,
        source=check.source,
    )


def _used_in_a_row(facts: Facts, institution: str) -> int:
    count = 0
    for check in facts.checks:
        if check.institution == institution:
            if check.reason != "code-used":
                break
            count += 1
    return count


def _time(at: int | None) -> str | None:
    return None if at is None else format_time(at)
