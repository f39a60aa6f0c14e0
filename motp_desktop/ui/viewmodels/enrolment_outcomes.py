"""What the registration's screens show after each outcome: pure functions of the state."""

from dataclasses import replace
from typing import assert_never

from motp_desktop.services import outcomes
from motp_desktop.ui.viewmodels.identity_outcomes import after_code
from motp_desktop.ui.viewmodels.states import EnrolmentState


def after_started(state: EnrolmentState, outcome: outcomes.Started) -> EnrolmentState:
    """An identity code was asked for. What a PIN's fault shows is the PIN chooser's."""
    if isinstance(outcome, outcomes.Trouble):
        return replace(state, trouble=outcome)
    match outcome:
        case outcomes.CodeSent():
            return state
        case outcomes.InvalidForm(name, phone):
            return replace(state, name_invalid=name, phone_invalid=phone)
        case outcomes.ConsentOutdated():
            return replace(state, document=None, consent_changed=True)
        case _:
            assert_never(outcome)


def after_identified(state: EnrolmentState, outcome: outcomes.Identified) -> EnrolmentState:
    """An identity code was tried."""
    if isinstance(outcome, outcomes.Proven | outcomes.RosterMismatch | outcomes.Suspended):
        return replace(state, identity=None)
    return after_code(state, outcome)


def after_confirmed(state: EnrolmentState, outcome: outcomes.Confirmed) -> EnrolmentState:
    """The last step was tried."""
    if isinstance(outcome, outcomes.Trouble):
        return replace(state, trouble=outcome)
    match outcome:
        case outcomes.Enrolled() | outcomes.Ended() | outcomes.MustReplace():
            return state
        case outcomes.EnrolmentExpired():
            return replace(state, expired=True)
        case _:
            assert_never(outcome)
