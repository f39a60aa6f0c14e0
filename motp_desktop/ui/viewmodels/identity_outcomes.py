"""What became of a code from a text message, wherever one is asked for: pure functions."""

from dataclasses import replace
from typing import TypeVar, assert_never

from motp_desktop.services.outcomes import (
    CodeSent,
    EnrolmentExpired,
    IdentityCodeExpired,
    IdentityCodeWrong,
    NameProofExpired,
    Trouble,
)
from motp_desktop.ui.viewmodels.states import EnrolmentState, IdentityState, NameProofState

S = TypeVar("S", EnrolmentState, NameProofState)


def after_code(
    state: S,
    outcome: CodeSent
    | IdentityCodeWrong
    | IdentityCodeExpired
    | EnrolmentExpired
    | NameProofExpired
    | Trouble,
) -> S:
    """A code was sent, was refused, or is not worth waiting for any more."""
    if isinstance(outcome, Trouble):
        return replace(state, trouble=outcome)
    match outcome:
        case CodeSent():
            return replace(state, expired=False)
        case IdentityCodeWrong() | IdentityCodeExpired():
            return replace(state, identity=_after_refused_code(state.identity, outcome))
        case EnrolmentExpired() | NameProofExpired():
            return replace(state, expired=True, identity=None)
        case never:
            assert_never(never)


def _after_refused_code(
    shown: IdentityState | None, outcome: IdentityCodeWrong | IdentityCodeExpired
) -> IdentityState | None:
    if shown is None:
        return None
    match outcome:
        case IdentityCodeWrong(attempts_left):
            return replace(shown, attempts_left=attempts_left, wrong=True, resent=False)
        case IdentityCodeExpired():
            return replace(shown, seconds_left=0, wrong=False, resent=False)
        case never:
            assert_never(never)
