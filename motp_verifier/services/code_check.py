"""One code against one trainee's registrations, by the protocol's "Locks and counters".

Nothing here reads or writes: the caller holds the registrations' rows, judges any number of
codes one after the other, and keeps what came of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from motp_protocol.code import is_earlier_code, matching_step
from motp_protocol.fields import RejectionReason
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.name_policy import fit_for_course
from motp_verifier.services.seeds import open_seed
from motp_verifier.services.standing import Standing


@dataclass(frozen=True, slots=True)
class CodeAccepted:
    """The code was right and new; it is used up now."""

    registration_id: str
    step: int
    attempts_left: int


@dataclass(frozen=True, slots=True)
class BypassAccepted:
    """It was the code that staff gave out, for this institution and occasion; it is used up."""

    registration_id: str
    attempts_left: int


@dataclass(frozen=True, slots=True)
class NewLock:
    """A wrong code was the last one for this registration, here or everywhere."""

    registration_id: str
    everywhere: bool


@dataclass(frozen=True, slots=True)
class CodeRejected:
    """Why not. `attempts_left` is None where trying again is of no use."""

    reason: RejectionReason
    registration_id: str | None = None
    attempts_left: int | None = None
    locks: tuple[NewLock, ...] = ()


CheckOutcome: TypeAlias = CodeAccepted | BypassAccepted | CodeRejected

UseBypass: TypeAlias = Callable[[], bool]
"""Uses up the code that staff gave out, if it is the one that is judged; whether it was."""


def no_bypass() -> bool:
    """Nobody gave out a code."""
    return False


@dataclass(frozen=True, slots=True)
class _NewStep:
    step: int


@dataclass(frozen=True, slots=True)
class _UsedStep:
    pass


@dataclass(frozen=True, slots=True)
class _NoStep:
    pass


_Match: TypeAlias = _NewStep | _UsedStep | _NoStep


def judge(
    keys: MasterKeys,
    in_use: Sequence[Standing],
    institution_id: str,
    code: str,
    *,
    name_required: bool,
    now: int,
    use_bypass: UseBypass = no_bypass,
) -> CheckOutcome:
    """Judge a code and count it, `now` being milliseconds since 1970.

    `in_use` are the trainee's registrations that are active or suspended, at least one. The
    code may come from any of the active ones. Those that are locked are left out before the
    code is looked at, so that no answer tells anything about a code of theirs; where
    `name_required`, so are those whose number is not known to be in the trainee's own name.
    Where this raises (a broken seal), nothing was counted. `use_bypass` is asked only about
    what is none of the app's codes.
    """
    fit = usable(in_use, institution_id, name_required=name_required)
    if isinstance(fit, CodeRejected):
        return fit
    used_by: Standing | None = None
    for one in fit:
        match _match(keys, one, code, now):
            case _NewStep(step):
                one.accept(step, institution_id)
                return CodeAccepted(one.id, step, one.counters(institution_id).attempts_left)
            case _UsedStep():
                used_by = one
            case _NoStep():
                pass
            case never:
                assert_never(never)
    if used_by is not None:
        left = used_by.counters(institution_id).attempts_left
        return CodeRejected("code-used", used_by.id, left)
    if use_bypass():
        fit[0].accept_bypass(institution_id)
        return BypassAccepted(fit[0].id, fit[0].counters(institution_id).attempts_left)
    counted = [
        (one.id, one.count_wrong(institution_id, now, old=old))
        for one, old in [(one, _is_earlier(keys, one, code, now)) for one in fit]
    ]
    return CodeRejected(
        "code-wrong",
        fit[0].id,
        max(after.attempts_left for _, after in counted),
        tuple(
            NewLock(registration_id, after.locks_everywhere)
            for registration_id, after in counted
            if after.locks_pair or after.locks_everywhere
        ),
    )


def usable(
    in_use: Sequence[Standing], institution_id: str, *, name_required: bool
) -> list[Standing] | CodeRejected:
    """Those of a trainee's registrations whose codes may be looked at, or why none may."""
    active = [one for one in in_use if one.is_active]
    if not active:
        return CodeRejected("suspended")
    unlocked = [one for one in active if not one.is_locked(institution_id)]
    if not unlocked:
        return CodeRejected("locked", active[0].id, 0)
    fit = fit_for_course(unlocked, name_required=name_required)
    return fit or CodeRejected("name-not-verified", unlocked[0].id)


def _is_earlier(keys: MasterKeys, one: Standing, code: str, now: int) -> bool:
    return is_earlier_code(open_seed(keys, one.seed_sealed, one.id), code, now, one.profile)


def _match(keys: MasterKeys, one: Standing, code: str, now: int) -> _Match:
    profile = one.profile
    if not (len(code) == profile.digits and code.isascii() and code.isdigit()):
        return _NoStep()
    step = matching_step(open_seed(keys, one.seed_sealed, one.id), code, now, profile)
    if step is None:
        return _NoStep()
    if one.last_step is not None and step <= one.last_step:
        return _UsedStep()
    return _NewStep(step)
