"""What the screens of a name proof show after each outcome: pure functions of the state."""

from dataclasses import replace
from typing import assert_never

from motp_desktop.services import outcomes
from motp_desktop.ui.viewmodels.identity_outcomes import after_refused_code
from motp_desktop.ui.viewmodels.states import NameFields, NameProofState


def after_asked(state: NameProofState, outcome: outcomes.NameAsked) -> NameProofState:
    """The carrier was asked, or the code was asked for again."""
    if isinstance(outcome, outcomes.Trouble):
        return replace(state, trouble=outcome)
    match outcome:
        case outcomes.CodeSent():
            return replace(state, mismatch=False, expired=False)
        case outcomes.InvalidNameDetails():
            return replace(state, faults=outcome)
        case _:
            return _after_end(state, outcome)


def after_confirmed(state: NameProofState, outcome: outcomes.NameConfirmed) -> NameProofState:
    """A code was tried."""
    if isinstance(outcome, outcomes.Trouble):
        return replace(state, trouble=outcome)
    match outcome:
        case outcomes.IdentityCodeWrong() | outcomes.IdentityCodeExpired():
            return replace(state, identity=after_refused_code(state.identity, outcome))
        case _:
            return _after_end(state, outcome)


def _after_end(
    state: NameProofState,
    outcome: outcomes.NameMismatch
    | outcomes.NameProofExpired
    | outcomes.NameProven
    | outcomes.Suspended
    | outcomes.Ended,
) -> NameProofState:
    match outcome:
        case outcomes.NameMismatch():
            return replace(state, mismatch=True, expired=False, identity=None)
        case outcomes.NameProofExpired():
            return replace(state, expired=True, mismatch=False, identity=None)
        case outcomes.NameProven() | outcomes.Suspended() | outcomes.Ended():
            return replace(state, identity=None, fields=NameFields())
        case _:
            assert_never(outcome)
