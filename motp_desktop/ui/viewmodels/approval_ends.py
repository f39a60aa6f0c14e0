"""Which outcomes end a request for approval."""

from typing import assert_never

from motp_desktop.services import approval_outcomes as came
from motp_desktop.services import outcomes
from motp_desktop.ui.viewmodels.approval_states import ApprovalEnd


def end_of(outcome: came.ApprovalOutcome) -> ApprovalEnd | None:
    """What is shown of it; None where it can be tried again, or ends more than the request."""
    if isinstance(outcome, outcomes.Trouble):
        return None
    match outcome:
        case came.Approved():
            return ApprovalEnd.APPROVED
        case came.ApprovalDeclined():
            return ApprovalEnd.DECLINED
        case came.WrongNumber():
            return ApprovalEnd.WRONG_NUMBER
        case came.ApprovalExpired():
            return ApprovalEnd.EXPIRED
        case came.ApprovalOver():
            return ApprovalEnd.OVER
        case came.OtherBrowser():
            return ApprovalEnd.OTHER_BROWSER
        case came.NameNotProven():
            return ApprovalEnd.NAME_NEEDED
        case came.NotUnlocked() | outcomes.PinLocked() | outcomes.Suspended() | outcomes.Ended():
            return None
        case _:
            assert_never(outcome)
