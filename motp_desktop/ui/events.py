"""What can move the person from one screen to another: intents, and what came of them.

The outcomes of use cases are events as they are. Intents are named for what the person did.
"""

from dataclasses import dataclass
from typing import TypeAlias

from motp_desktop.services import approval_outcomes, outcomes


@dataclass(frozen=True, slots=True)
class Begun:
    """Notice: go on."""


@dataclass(frozen=True, slots=True)
class SummaryAgreed:
    """ConsentSummary: go on to the whole document."""


@dataclass(frozen=True, slots=True)
class Declined:
    """No consent."""


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """ConsentDeclined: think again."""


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """ConsentForm: agreed."""


@dataclass(frozen=True, slots=True)
class DetailsGiven:
    """PersonalDetails: name and number have a good form."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """One screen back."""


@dataclass(frozen=True, slots=True)
class ReplacementAgreed:
    """ReplaceDevice: the other registration may end."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The enrolment is given up."""


@dataclass(frozen=True, slots=True)
class Locked:
    """The codes are forgotten; the PIN is asked for again."""


@dataclass(frozen=True, slots=True)
class TriedAgain:
    """Blocked by what staff can lift: see whether they have."""


@dataclass(frozen=True, slots=True)
class NameProofBegun:
    """ShowCode: on to the proof; `waiting` where a code is on its way already."""

    waiting: bool = False


@dataclass(frozen=True, slots=True)
class NameProofLeft:
    """NameDone: back to the code."""


@dataclass(frozen=True, slots=True)
class PinChangeAsked:
    """ShowCode: on to another PIN."""


@dataclass(frozen=True, slots=True)
class PinChangeLeft:
    """PinChangeDone: back to the code."""


@dataclass(frozen=True, slots=True)
class RenewalBegun:
    """ShowCode: on to the consent document that has changed."""


@dataclass(frozen=True, slots=True)
class RenewalLeft:
    """RenewalDeclined: back to the code."""


@dataclass(frozen=True, slots=True)
class PinForgotten:
    """The PIN is not known any more: what to do."""


@dataclass(frozen=True, slots=True)
class MoveAsked:
    """How to move to another PC."""


@dataclass(frozen=True, slots=True)
class WithdrawalAsked:
    """The way to taking the consent back, which is not done yet."""


@dataclass(frozen=True, slots=True)
class WithdrawalConfirmed:
    """Yes, take it back."""


@dataclass(frozen=True, slots=True)
class HistoryAsked:
    """ShowCode: on to the checks that were made."""


@dataclass(frozen=True, slots=True)
class HistoryLeft:
    """History: back to the code."""


@dataclass(frozen=True, slots=True)
class ResetAsked:
    """The way to a reset, which is not one yet."""


@dataclass(frozen=True, slots=True)
class ResetConfirmed:
    """Yes, reset."""


@dataclass(frozen=True, slots=True)
class ResetCancelled:
    """No, leave the registration as it is."""


Intent: TypeAlias = (
    Begun
    | SummaryAgreed
    | Declined
    | Reconsidered
    | ConsentGiven
    | DetailsGiven
    | WentBack
    | ReplacementAgreed
    | Abandoned
    | Locked
    | TriedAgain
    | NameProofBegun
    | NameProofLeft
    | PinChangeAsked
    | PinChangeLeft
    | RenewalBegun
    | RenewalLeft
    | PinForgotten
    | MoveAsked
    | WithdrawalAsked
    | WithdrawalConfirmed
    | HistoryAsked
    | HistoryLeft
    | ResetAsked
    | ResetConfirmed
    | ResetCancelled
)

Outcome: TypeAlias = (
    outcomes.Opened
    | outcomes.LoadedConsent
    | outcomes.Started
    | outcomes.Resent
    | outcomes.Identified
    | outcomes.Confirmed
    | outcomes.UnlockOutcome
    | outcomes.PinChangeOutcome
    | outcomes.SyncOutcome
    | outcomes.RecordsOutcome
    | outcomes.NameAsked
    | outcomes.NameConfirmed
    | outcomes.RenewalOutcome
    | outcomes.ResetOutcome
    | approval_outcomes.ApprovalLoaded
    | approval_outcomes.ApprovalOutcome
)

Event: TypeAlias = Intent | Outcome
