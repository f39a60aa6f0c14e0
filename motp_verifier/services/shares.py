"""The unlock share's rules: who holds a vault, who holds a copy, and whose PIN is wrong.

A vault is sealed under the share whose id it presents. Each unlock issues another share,
and the vault moves on to it; once a newer id is presented the older ones are dead. So a
vault that presents a dead id was copied, for the one that moved on cannot go back.

A lost answer must never look like a copy. The device keeps one `try` from before it sends
until it has read an answer, so the same `try` on the same id is the same attempt. A
request that was held up and arrives after a later one is told by the time at which it was
signed, and is refused without consequence.

Everything here is pure: `present` takes a state and gives the next.
"""

import hmac
from dataclasses import dataclass, field, replace
from typing import TypeAlias

PIN_ATTEMPTS = 5
"""Wrong PINs in a row that lock a registration."""


@dataclass(frozen=True, slots=True)
class IssuedShare:
    """A share that may still be presented. `pin_hash` is SHA-256 of its PIN's pin_auth."""

    id: int
    pin_hash: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CountedFailure:
    """The last wrong PIN, so that a repeated request is not counted twice."""

    share_id: int
    try_: bytes = field(repr=False)
    pin_hash: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShareState:
    """What a registration remembers of its shares.

    `base` is the share last presented, `candidates` those issued since and not yet
    presented, `last_id` the highest id ever issued. `success_try` is the try whose success
    issued the candidates. `presented_at`, in seconds since 1970, is when the latest request
    was signed.
    """

    base: IssuedShare
    last_id: int
    candidates: tuple[IssuedShare, ...] = ()
    success_try: bytes | None = field(default=None, repr=False)
    presented_at: int = 0
    pin_failures: int = 0
    last_failure: CountedFailure | None = None

    @property
    def attempts_left(self) -> int:
        """Wrong PINs until the lock."""
        return max(0, PIN_ATTEMPTS - self.pin_failures)

    @property
    def pin_locked(self) -> bool:
        """Whether the PIN lock is on."""
        return self.attempts_left == 0


@dataclass(frozen=True, slots=True)
class Presentation:
    """A request to unlock.

    `wanted_hash` is the PIN hash that the next share is to be bound to: the new PIN's
    where the PIN is changed. `signed_at` is in seconds since 1970, never later than now.
    """

    share_id: int
    try_: bytes = field(repr=False)
    pin_hash: bytes = field(repr=False)
    wanted_hash: bytes = field(repr=False)
    signed_at: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The PIN is right: hand out the base share, and `next_share` to seal under."""

    next_share: IssuedShare


@dataclass(frozen=True, slots=True)
class WrongPin:
    """The PIN is wrong, and that was counted unless it is a repetition."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class PinLocked:
    """The PIN lock is on; whether the PIN was right is not said."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """The registration is suspended; the PIN was not looked at."""


@dataclass(frozen=True, slots=True)
class Cloned:
    """Two vaults present one registration: revoke it."""


@dataclass(frozen=True, slots=True)
class UnknownShare:
    """This id was never issued: one of the two sides was restored from an older copy."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The request was signed before one that was answered already; nothing changes."""


Outcome: TypeAlias = Opened | WrongPin | PinLocked | Withheld | Cloned | UnknownShare | Overtaken


def present(
    state: ShareState, presented: Presentation, *, suspended: bool = False
) -> tuple[ShareState, Outcome]:
    """What presenting a share does, and the state after it.

    Whose vault it is comes first, whatever the PIN: a copy is noticed even while the
    registration is suspended or locked, and even without the PIN.
    """
    if presented.share_id > state.last_id:
        return state, UnknownShare()
    candidate = next((each for each in state.candidates if each.id == presented.share_id), None)
    if candidate is None and presented.signed_at < state.presented_at:
        return state, Overtaken()
    if candidate is not None:
        state = replace(state, base=candidate, candidates=())
    elif presented.share_id != state.base.id or state.success_try not in (None, presented.try_):
        return state, Cloned()
    # From here the attempt is open again: an answer other than success ends its try, and
    # the device then comes back with another one.
    state = replace(
        state,
        success_try=None,
        presented_at=max(state.presented_at, presented.signed_at),
    )
    if suspended:
        return state, Withheld()
    return _check_pin(state, presented)


def _check_pin(state: ShareState, presented: Presentation) -> tuple[ShareState, Outcome]:
    if state.pin_locked:
        return state, PinLocked()
    if not hmac.compare_digest(state.base.pin_hash, presented.pin_hash):
        return _count_failure(state, presented)
    issued = next(
        (
            each
            for each in state.candidates
            if hmac.compare_digest(each.pin_hash, presented.wanted_hash)
        ),
        None,
    )
    if issued is None:
        issued = IssuedShare(state.last_id + 1, presented.wanted_hash)
        state = replace(state, candidates=(*state.candidates, issued), last_id=state.last_id + 1)
    opened = replace(state, success_try=presented.try_, pin_failures=0, last_failure=None)
    return opened, Opened(issued)


def _count_failure(state: ShareState, presented: Presentation) -> tuple[ShareState, Outcome]:
    failure = CountedFailure(presented.share_id, presented.try_, presented.pin_hash)
    if failure != state.last_failure:
        state = replace(state, pin_failures=state.pin_failures + 1, last_failure=failure)
    if state.pin_locked:
        return state, PinLocked()
    return state, WrongPin(state.attempts_left)
