"""What an event tells of the connection to the verifier."""

from motp_desktop.services import approval_outcomes, outcomes
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui.events import Event
from motp_desktop.ui.viewmodels.states import Connection

_ANSWERS = (
    outcomes.ConsentReady,
    outcomes.ConsentOutdated,
    outcomes.CodeSent,
    outcomes.IdentityCodeWrong,
    outcomes.IdentityCodeExpired,
    outcomes.RosterMismatch,
    outcomes.Proven,
    outcomes.MustReplace,
    outcomes.Enrolled,
    outcomes.PinRight,
    outcomes.WrongPin,
    outcomes.PinChanged,
    outcomes.ConsentRenewed,
    outcomes.PinLocked,
    outcomes.Suspended,
    outcomes.Synced,
    outcomes.OwnRecords,
    outcomes.NameMismatch,
    outcomes.NameProofExpired,
    outcomes.NameProven,
    outcomes.Busy,
    approval_outcomes.ApprovalQuestion,
    approval_outcomes.Approved,
    approval_outcomes.ApprovalDeclined,
    approval_outcomes.WrongNumber,
    approval_outcomes.ApprovalExpired,
    approval_outcomes.ApprovalOver,
    approval_outcomes.OtherBrowser,
    approval_outcomes.NameNotProven,
)


def connection_after(event: Event, before: Connection) -> Connection:
    """Connected after any answer, offline after none, else as before.

    Outcomes that this PC may have come to by itself tell nothing.
    """
    if isinstance(event, NoAnswer):
        return "offline"
    if isinstance(event, outcomes.ResetDone) and event.verifier_told:
        return "connected"
    return "connected" if isinstance(event, _ANSWERS) else before
