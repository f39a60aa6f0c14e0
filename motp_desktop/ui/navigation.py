"""Which screen is shown: a pure reducer over frozen dataclasses.

View models report what happened as an event; `transition` says which screen follows. An event
that a screen does not know leaves it as it is: late answers never move the person about.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from motp_desktop.services import outcomes
from motp_desktop.services.ports import KeyStoreFault, StorageFault
from motp_desktop.ui import events
from motp_protocol.messages import Status
from motp_protocol.problems import Replaces

# Screens


@dataclass(frozen=True, slots=True)
class Starting:
    """The vault is being looked at; words appear after 300 ms."""


@dataclass(frozen=True, slots=True)
class Notice:
    """필수 본인 인증 안내, with one button."""


@dataclass(frozen=True, slots=True)
class ConsentSummary:
    """The consent pop-up: what, why, until when, and what if not."""


@dataclass(frozen=True, slots=True)
class ConsentDeclined:
    """Without consent there are no codes; what to do instead."""


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """Registration 1 / 4: the whole document."""


@dataclass(frozen=True, slots=True)
class PersonalDetails:
    """Registration 2 / 4: name and number."""


@dataclass(frozen=True, slots=True)
class ChoosePin:
    """Registration 3 / 4: the PIN, twice."""


@dataclass(frozen=True, slots=True)
class IdentityCode:
    """Registration 4 / 4: the code from the text message."""


@dataclass(frozen=True, slots=True)
class NotOnRoster:
    """The number is proven, but no institution has this name with this number."""


@dataclass(frozen=True, slots=True)
class ReplaceDevice:
    """Another device is registered: its registration would end.

    `resumed` where the app was restarted in between, so that nothing typed is known any more.
    """

    replaces: Replaces
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Finishing:
    """The last step of an enrolment is under way; `resumed`: again after a restart."""

    resumed: bool = False


@dataclass(frozen=True, slots=True)
class EnterPin:
    """비밀번호 입력. `welcome` right after a registration."""

    name_masked: str
    phone_masked: str
    welcome: bool = False


@dataclass(frozen=True, slots=True)
class ShowCode:
    """The code and its countdown."""

    status: Status


@dataclass(frozen=True, slots=True)
class ProveName:
    """본인 명의 확인 1 / 2: the carrier, the birth date and a digit for the sex.

    The registration stays open behind it, as behind the two screens that follow.
    """

    status: Status


@dataclass(frozen=True, slots=True)
class NameCode:
    """본인 명의 확인 2 / 2: the code from the carrier's message."""

    status: Status


@dataclass(frozen=True, slots=True)
class NameDone:
    """The number is in the trainee's own name."""

    status: Status


@dataclass(frozen=True, slots=True)
class ChangePin:
    """비밀번호 바꾸기: the PIN in force, then another one, twice. The code is behind it."""

    status: Status


@dataclass(frozen=True, slots=True)
class PinChangeDone:
    """The new PIN is in force."""

    status: Status


@dataclass(frozen=True, slots=True)
class RenewConsent:
    """The consent document has changed: the new one, whole. The code is behind it."""

    status: Status


@dataclass(frozen=True, slots=True)
class History:
    """인증 기록: the trainee's own checks. The code is behind it."""

    status: Status


@dataclass(frozen=True, slots=True)
class RenewalDeclined:
    """The new document was not agreed to: what that means. The code is behind it."""

    status: Status


@dataclass(frozen=True, slots=True)
class ForgotPin:
    """비밀번호를 잊었을 때: a new registration, and why nothing else helps."""

    back: "EnterPin | Blocked"


@dataclass(frozen=True, slots=True)
class MoveDevice:
    """다른 PC로 옮기기: what to do there, and that nothing is to be done here."""

    back: "EnterPin | ShowCode | Blocked"


@dataclass(frozen=True, slots=True)
class ConfirmReset:
    """등록 초기화: what it means, and whether to go on. Going back leads to `back`."""

    back: "EnterPin | ShowCode | Blocked"


@dataclass(frozen=True, slots=True)
class ConfirmWithdrawal:
    """동의 철회: what it means, and whether to go on. Going back leads to `back`."""

    back: "EnterPin | ShowCode | Blocked"


@dataclass(frozen=True, slots=True)
class Resetting:
    """A reset is under way, perhaps again after a restart; `withdrawing` the consent too."""

    withdrawing: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The consent is taken back; without `verifier_told` the institution must be asked."""

    verifier_told: bool


@dataclass(frozen=True, slots=True)
class Blocked:
    """This registration cannot be used, or not now: why, and the next step."""

    cause: outcomes.Ended | outcomes.Suspended | outcomes.PinLocked


@dataclass(frozen=True, slots=True)
class KeyStoreProblem:
    """No key store: what that means, how to mend it, and the key file as a way on.

    Where it stopped an enrolment, that goes on at `resume` once it is mended.
    """

    fault: KeyStoreFault
    resume: "ChoosePin | IdentityCode | None" = None


@dataclass(frozen=True, slots=True)
class StorageProblem:
    """The data folder cannot be read or written."""

    fault: StorageFault


Screen: TypeAlias = (
    Starting
    | Notice
    | ConsentSummary
    | ConsentDeclined
    | ConsentForm
    | PersonalDetails
    | ChoosePin
    | IdentityCode
    | NotOnRoster
    | ReplaceDevice
    | Finishing
    | EnterPin
    | ShowCode
    | ProveName
    | NameCode
    | NameDone
    | ChangePin
    | PinChangeDone
    | RenewConsent
    | RenewalDeclined
    | ForgotPin
    | MoveDevice
    | History
    | ConfirmReset
    | ConfirmWithdrawal
    | Resetting
    | Withdrawn
    | Blocked
    | KeyStoreProblem
    | StorageProblem
)

_OverTheCode: TypeAlias = (
    ProveName
    | NameCode
    | NameDone
    | ChangePin
    | PinChangeDone
    | RenewConsent
    | RenewalDeclined
    | History
)
"""The screens that lie over the code: it goes on behind them."""

_Aside: TypeAlias = ForgotPin | MoveDevice | ConfirmReset | ConfirmWithdrawal
"""The screens that lie over another one, and lead back to it."""


# Transitions


def transition(  # noqa: PLR0912 - one case for each kind of screen reads best
    screen: Screen, event: events.Event
) -> Screen:
    """The screen that follows; the same one where the event means nothing there."""
    match screen:
        case Starting() | KeyStoreProblem() | StorageProblem():
            return _opening(screen, event)
        case Notice() | ConsentSummary() | ConsentDeclined() | ConsentForm():
            return _consenting(screen, event)
        case PersonalDetails() | ChoosePin():
            return _describing(screen, event)
        case IdentityCode() | NotOnRoster():
            return _proving(screen, event)
        case ReplaceDevice() | Finishing():
            return _confirming(screen, event)
        case EnterPin():
            return _entering_pin(screen, event)
        case ShowCode():
            return _showing_code(screen, event)
        case ProveName() | NameCode() | NameDone():
            return _proving_name(screen, event)
        case ChangePin() | PinChangeDone():
            return _changing_pin(screen, event)
        case History():
            return _reading_history(screen, event)
        case Blocked():
            return _blocked(screen, event)
        case RenewConsent() | RenewalDeclined():
            return _renewing(screen, event)
        case ForgotPin() | MoveDevice() | ConfirmReset() | ConfirmWithdrawal():
            return _aside(screen, event)
        case Resetting():
            return _resetting(screen, event)
        case Withdrawn():
            return Starting() if isinstance(event, events.Abandoned) else screen
        case _:
            assert_never(screen)


def _opening(screen: Starting | KeyStoreProblem | StorageProblem, event: events.Event) -> Screen:
    resume = screen.resume if isinstance(screen, KeyStoreProblem) else None
    following: Screen
    match event:
        case outcomes.KeyStoreTrouble(fault):
            return KeyStoreProblem(fault, resume)
        case outcomes.StorageTrouble(fault):
            return StorageProblem(fault)
        case outcomes.NotRegistered():
            following = Notice()
        case outcomes.Registered(name_masked, phone_masked):
            following = EnterPin(name_masked, phone_masked)
        case outcomes.Unconfirmed(None):
            following = Finishing(resumed=True)
        case outcomes.Unconfirmed(replaces) if replaces is not None:
            following = ReplaceDevice(replaces, resumed=True)
        case outcomes.ResetUnfinished(withdrawing):
            following = Resetting(withdrawing)
        case outcomes.Ended():
            following = Blocked(event)
        case events.Abandoned():
            return Starting()
        case _:
            return screen
    return resume or following


def _consenting(
    screen: Notice | ConsentSummary | ConsentDeclined | ConsentForm, event: events.Event
) -> Screen:
    match screen, event:
        case Notice(), events.Begun():
            return ConsentSummary()
        case ConsentSummary(), events.SummaryAgreed():
            return ConsentForm()
        case ConsentSummary(), events.WentBack():
            return Notice()
        case ConsentSummary(), events.Abandoned():
            return Starting()
        case ConsentSummary() | ConsentForm(), events.Declined():
            return ConsentDeclined()
        case ConsentDeclined(), events.Reconsidered() | events.WentBack():
            return ConsentSummary()
        case ConsentForm(), events.ConsentGiven():
            return PersonalDetails()
        case ConsentForm(), events.WentBack():
            return ConsentSummary()
        case _:
            return screen


def _describing(screen: PersonalDetails | ChoosePin, event: events.Event) -> Screen:
    match screen, event:
        case PersonalDetails(), events.DetailsGiven():
            return ChoosePin()
        case PersonalDetails(), events.WentBack():
            return ConsentForm()
        case ChoosePin(), outcomes.CodeSent():
            return IdentityCode()
        case ChoosePin(), outcomes.InvalidForm(name, phone) if name or phone:
            return PersonalDetails()
        case ChoosePin(), outcomes.ConsentOutdated():
            return ConsentForm()
        case ChoosePin(), outcomes.KeyStoreTrouble(fault):
            return KeyStoreProblem(fault, resume=ChoosePin())
        case ChoosePin(), events.WentBack():
            return PersonalDetails()
        case _:
            return screen


def _proving(screen: IdentityCode | NotOnRoster, event: events.Event) -> Screen:
    match screen, event:
        case IdentityCode(), outcomes.Proven(None):
            return Finishing()
        case IdentityCode(), outcomes.Proven(replaces) if replaces is not None:
            return ReplaceDevice(replaces)
        case IdentityCode(), outcomes.KeyStoreTrouble(fault):
            return KeyStoreProblem(fault, resume=IdentityCode())
        case IdentityCode(), outcomes.RosterMismatch():
            return NotOnRoster()
        case IdentityCode(), outcomes.Suspended():
            return Blocked(event)
        case IdentityCode(), outcomes.EnrolmentExpired():
            return PersonalDetails()
        case _, events.WentBack():
            return PersonalDetails()
        case _, events.Abandoned():
            return Starting()
        case _:
            return screen


def _confirming(screen: ReplaceDevice | Finishing, event: events.Event) -> Screen:
    match event:
        case events.ReplacementAgreed() if isinstance(screen, ReplaceDevice):
            return Finishing(screen.resumed)
        case events.Abandoned():
            return Starting()
        case outcomes.MustReplace(replaces):
            return ReplaceDevice(replaces, screen.resumed)
        case outcomes.EnrolmentExpired():
            return Starting() if screen.resumed else PersonalDetails()
        case outcomes.Enrolled(status):
            return _enter_pin(status, welcome=True)
        case outcomes.Ended():
            return Blocked(event)
        case _:
            return screen


def _entering_pin(screen: EnterPin, event: events.Event) -> Screen:
    match event:
        case outcomes.PinRight(status):
            return ShowCode(status)
        case outcomes.PinLocked() | outcomes.Suspended() | outcomes.Ended():
            return Blocked(event)
        case outcomes.Synced(status):
            behind = _after_sync(status)
            return behind if isinstance(behind, Blocked) else screen
        case events.PinForgotten():
            return ForgotPin(replace(screen, welcome=False))
        case _:
            return _over(replace(screen, welcome=False), event) or screen


def _showing_code(screen: ShowCode, event: events.Event) -> Screen:
    match event:
        case outcomes.Synced(status):
            return _after_sync(status)
        case outcomes.PinLocked() | outcomes.Suspended() | outcomes.Ended():
            return Blocked(event)
        case events.Locked():
            return _enter_pin(screen.status)
        case events.NameProofBegun(waiting):
            return NameCode(screen.status) if waiting else ProveName(screen.status)
        case events.PinChangeAsked():
            return ChangePin(screen.status)
        case events.RenewalBegun():
            return RenewConsent(screen.status)
        case events.HistoryAsked():
            return History(screen.status)
        case _:
            return _over(screen, event) or screen


def _proving_name(screen: ProveName | NameCode | NameDone, event: events.Event) -> Screen:
    match event:
        case outcomes.CodeSent() if not isinstance(screen, NameDone):
            return NameCode(screen.status)
        case outcomes.NameProven(status):
            return NameDone(status)
        case outcomes.NameMismatch() | outcomes.NameProofExpired() if isinstance(screen, NameCode):
            return ProveName(screen.status)
        case events.WentBack() if isinstance(screen, NameCode):
            return ProveName(screen.status)
        case events.WentBack() | events.NameProofLeft():
            return ShowCode(screen.status)
        case _:
            return _over_the_code(screen, event)


def _changing_pin(screen: ChangePin | PinChangeDone, event: events.Event) -> Screen:
    match event:
        case outcomes.PinChanged(status) if isinstance(screen, ChangePin):
            return PinChangeDone(status)
        case events.WentBack() | events.PinChangeLeft():
            return ShowCode(screen.status)
        case _:
            return _over_the_code(screen, event)


def _renewing(screen: RenewConsent | RenewalDeclined, event: events.Event) -> Screen:
    match event:
        case outcomes.ConsentRenewed(status):
            return ShowCode(status)
        case events.Declined() if isinstance(screen, RenewConsent):
            return RenewalDeclined(screen.status)
        case events.WentBack() if isinstance(screen, RenewalDeclined):
            return RenewConsent(screen.status)
        case events.WentBack() | events.RenewalLeft():
            return ShowCode(screen.status)
        case events.WithdrawalAsked():
            return ConfirmWithdrawal(ShowCode(screen.status))
        case _:
            return _over_the_code(screen, event)


def _reading_history(screen: History, event: events.Event) -> Screen:
    match event:
        case events.WentBack() | events.HistoryLeft():
            return ShowCode(screen.status)
        case _:
            return _over_the_code(screen, event)


def _over_the_code(screen: _OverTheCode, event: events.Event) -> Screen:
    """What any screen with the code behind it makes of a lock and of news from the verifier."""
    match event:
        case events.Locked():
            return _enter_pin(screen.status)
        case outcomes.PinLocked() | outcomes.Suspended() | outcomes.Ended():
            return Blocked(event)
        case outcomes.Synced(status):
            behind = _after_sync(status)
            return replace(screen, status=status) if isinstance(behind, ShowCode) else behind
        case _:
            return screen


def open_status(screen: Screen) -> Status | None:
    """What is known of the registration while it is open: on this screen or behind it."""
    shown = screen.back if isinstance(screen, _Aside) else screen
    if isinstance(shown, ShowCode | _OverTheCode):
        return shown.status
    return None


def _after_sync(status: Status) -> ShowCode | Blocked:
    match status.state:
        case "revoked":
            return Blocked(outcomes.Ended(status.reason or "unknown"))
        case "suspended":
            return Blocked(outcomes.Suspended())
        case "active":
            return Blocked(outcomes.PinLocked()) if "pin" in status.locks else ShowCode(status)
        case _:
            assert_never(status.state)


def _blocked(screen: Blocked, event: events.Event) -> Screen:
    for_good = isinstance(screen.cause, outcomes.Ended)
    match event:
        case outcomes.ResetDone() if for_good:
            return Notice()
        case events.TriedAgain() if not for_good:
            return Starting()
        case events.PinForgotten() if isinstance(screen.cause, outcomes.PinLocked):
            return ForgotPin(screen)
        case events.ResetAsked() if for_good:
            return screen  # a new registration clears it away
        case _:
            return _over(screen, event) or screen


def _over(
    screen: EnterPin | ShowCode | Blocked, event: events.Event
) -> MoveDevice | ConfirmReset | ConfirmWithdrawal | None:
    """What can be laid over any of them, if that was asked for."""
    match event:
        case events.MoveAsked():
            return MoveDevice(screen)
        case events.ResetAsked():
            return ConfirmReset(screen)
        case events.WithdrawalAsked():
            return ConfirmWithdrawal(screen)
        case _:
            return None


def _aside(screen: _Aside, event: events.Event) -> Screen:
    match screen, event:
        case ConfirmReset(), events.ResetConfirmed():
            return Resetting()
        case ConfirmWithdrawal(), events.WithdrawalConfirmed():
            return Resetting(withdrawing=True)
        case ConfirmReset(), events.WithdrawalAsked():
            return ConfirmWithdrawal(screen.back)
        case ForgotPin(), events.Begun():
            return ConsentSummary()
        case ForgotPin(), _:
            return screen.back if isinstance(event, events.WentBack) else screen
        case _, events.ResetCancelled() | events.WentBack():
            return screen.back
        case (
            _,
            outcomes.Synced()
            | outcomes.PinLocked()
            | outcomes.Suspended()
            | outcomes.Ended()
            | events.Locked(),
        ) if isinstance(screen.back, ShowCode):
            behind = _showing_code(screen.back, event)
            if isinstance(behind, EnterPin | ShowCode):
                return replace(screen, back=behind)
            return behind
        case _:
            return screen


def _resetting(screen: Resetting, event: events.Event) -> Screen:
    if not isinstance(event, outcomes.ResetDone):
        return screen
    return Withdrawn(event.verifier_told) if event.withdrawn else Notice()


def _enter_pin(status: Status, *, welcome: bool = False) -> EnterPin:
    return EnterPin(status.trainee.name_masked, status.trainee.phone_masked, welcome)
