"""When a check is needed, and until when one is enough. Pure: no clock, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from motp_protocol.fields import Occasion, RequirementRule
from motp_verifier.services.site_policy.model import CoursePolicy, HowOften

FOREVER = 253_402_300_799_999
"""9999-12-31T23:59:59.999Z: where one check is enough for good."""

_SEOUL_MS = 9 * 60 * 60 * 1000  # Korea has had no daylight saving time since 1988
_DAY_MS = 24 * 60 * 60 * 1000

Reach: TypeAlias = Literal["session", "class", "institution"]


@dataclass(frozen=True, slots=True)
class PastCheck:
    """An accepted check. `at` is in milliseconds since 1970."""

    verification_id: str
    at: int


@dataclass(frozen=True, slots=True)
class Search:
    """Which accepted checks of the same trainee, institution and occasion matter.

    `reach` says how much else is the same; `since` is in milliseconds since 1970, or None
    for all time.
    """

    reach: Reach
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """A check is needed."""

    rule: RequirementRule


@dataclass(frozen=True, slots=True)
class Met:
    """None is needed until that time; `by` is the check that sees to it, if one did."""

    rule: RequirementRule
    by: str | None
    until: int


Verdict: TypeAlias = Needed | Met


def seoul_midnight(now: int) -> int:
    """When the calendar day in Asia/Seoul began."""
    return (now + _SEOUL_MS) // _DAY_MS * _DAY_MS - _SEOUL_MS


def satisfied_until(policy: CoursePolicy, occasion: Occasion, now: int) -> int | None:
    """Until when a check that is accepted now is enough: None where each time needs one.

    The moment itself is no longer covered. `FOREVER` stands for the rest of the course.
    """
    often = policy.occasions[occasion]
    match often:
        case "every-time":
            return None
        case "once-per-day" | "once-per-day-in-any-course":
            return seoul_midnight(now) + _DAY_MS
        case "never" | "once-per-class" | "once-per-session":
            return FOREVER
        case _:
            assert_never(often)


def searches(policy: CoursePolicy, occasion: Occasion, now: int) -> tuple[Search, ...]:
    """What `verdict` must know of the past, in this order."""
    often = policy.occasions[occasion]
    match often:
        case "never" | "every-time":
            return ()
        case "once-per-class":
            return (Search("class"),)
        case "once-per-session":
            return (Search("session"),)
        case "once-per-day":
            return (Search("class", seoul_midnight(now)), Search("class"))
        case "once-per-day-in-any-course":
            return (Search("institution", seoul_midnight(now)), Search("class"))
        case _:
            assert_never(often)


def verdict(
    policy: CoursePolicy, occasion: Occasion, now: int, found: Sequence[PastCheck | None]
) -> Verdict:
    """Whether a check is needed `now`.

    `found` has the latest check for each of `searches`, or None. The first lesson of a
    class needs a check of its own, whatever else was checked that day.
    """
    often: HowOften = policy.occasions[occasion]
    match often:
        case "never":
            return Met("never", None, FOREVER)
        case "every-time":
            return Needed("every-time")
        case "once-per-class" | "once-per-session":
            (latest,) = found
            return Needed(often) if latest is None else Met(often, latest.verification_id, FOREVER)
        case "once-per-day" | "once-per-day-in-any-course":
            today, ever = found
            if ever is None and occasion == "lesson":
                return Needed("first-lesson")
            if today is None:
                return Needed("once-per-day")
            until = seoul_midnight(now) + _DAY_MS
            return Met("once-per-day", today.verification_id, until)
        case _:
            assert_never(often)
