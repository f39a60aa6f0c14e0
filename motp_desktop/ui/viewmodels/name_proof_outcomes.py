"""What the screens of a name proof show after each outcome: pure functions of the state."""

from dataclasses import replace
from typing import assert_never

from motp_desktop.services import outcomes
from motp_desktop.ui.viewmodels.identity_outcomes import after_code
from motp_desktop.ui.viewmodels.states import NameFields, NameProofState


def after_asked(state: NameProofState, outcome: outcomes.NameAsked) -> NameProofState:
    """The carrier was asked, or the code was asked for again."""
    if isinstance(outcome, outcomes.InvalidNameDetails):
        return replace(state, faults=outcome)
    return after_confirmed(state, outcome)


def after_confirmed(
    state: NameProofState, outcome: outcomes.NameSent | outcomes.NameConfirmed
) -> NameProofState:
    """A code was sent, or tried."""
    if isinstance(outcome, outcomes.Trouble):
        return after_code(state, outcome)
    match outcome:
        case outcomes.NameMismatch():
            return replace(state, mismatch=True, expired=False, identity=None)
        case outcomes.NameProven() | outcomes.Suspended() | outcomes.Ended():
            return replace(state, identity=None, fields=NameFields())
        case outcomes.CodeSent() | outcomes.NameProofExpired():
            return after_code(replace(state, mismatch=False), outcome)
        case outcomes.IdentityCodeWrong() | outcomes.IdentityCodeExpired():
            return after_code(state, outcome)
        case never:
            assert_never(never)
