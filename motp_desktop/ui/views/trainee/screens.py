"""Which view shows which screen."""

from typing import assert_never

from motp_desktop.ui import navigation
from motp_desktop.ui.viewmodels.bundle import ViewModels
from motp_desktop.ui.views.trainee.blocked import BlockedView
from motp_desktop.ui.views.trainee.change_pin import ChangePinView, PinChangeDoneView
from motp_desktop.ui.views.trainee.choose_pin import ChoosePinView
from motp_desktop.ui.views.trainee.confirm_reset import ConfirmResetView
from motp_desktop.ui.views.trainee.consent_declined import ConsentDeclinedView
from motp_desktop.ui.views.trainee.consent_form import ConsentFormView
from motp_desktop.ui.views.trainee.consent_summary import ConsentSummaryView
from motp_desktop.ui.views.trainee.enter_pin import EnterPinView
from motp_desktop.ui.views.trainee.finishing import FinishingView
from motp_desktop.ui.views.trainee.guide import ForgotPinView, MoveDeviceView
from motp_desktop.ui.views.trainee.history import HistoryView
from motp_desktop.ui.views.trainee.identity_code import IdentityCodeView
from motp_desktop.ui.views.trainee.key_store_problem import KeyStoreProblemView
from motp_desktop.ui.views.trainee.name_code import NameCodeView
from motp_desktop.ui.views.trainee.name_done import NameDoneView
from motp_desktop.ui.views.trainee.not_on_roster import NotOnRosterView
from motp_desktop.ui.views.trainee.notice import NoticeView
from motp_desktop.ui.views.trainee.personal_details import PersonalDetailsView
from motp_desktop.ui.views.trainee.prove_name import ProveNameView
from motp_desktop.ui.views.trainee.renew_consent import RenewalDeclinedView, RenewConsentView
from motp_desktop.ui.views.trainee.replace_device import ReplaceDeviceView
from motp_desktop.ui.views.trainee.resetting import ResettingView
from motp_desktop.ui.views.trainee.show_code import ShowCodeView
from motp_desktop.ui.views.trainee.starting import StartingView
from motp_desktop.ui.views.trainee.storage_problem import StorageProblemView
from motp_desktop.ui.views.trainee.withdrawal import ConfirmWithdrawalView, WithdrawnView
from motp_desktop.ui.widgets.page import Page

_CARRYING = (
    navigation.ShowCode,
    navigation.ProveName,
    navigation.NameCode,
    navigation.NameDone,
    navigation.ChangePin,
    navigation.PinChangeDone,
    navigation.RenewConsent,
    navigation.RenewalDeclined,
    navigation.MoveDevice,
    navigation.History,
    navigation.ConfirmReset,
    navigation.ConfirmWithdrawal,
)


def view_of(  # noqa: PLR0912 - one case for each screen reads best
    screen: navigation.Screen, models: ViewModels
) -> Page:
    """A new view for this screen."""
    match screen:
        case navigation.Starting():
            return StartingView(models.start)
        case navigation.Notice():
            return NoticeView(models.enrolment)
        case navigation.ConsentSummary():
            return ConsentSummaryView(models.enrolment)
        case navigation.ConsentDeclined():
            return ConsentDeclinedView(models.enrolment)
        case navigation.ConsentForm():
            return ConsentFormView(models.enrolment)
        case navigation.PersonalDetails():
            return PersonalDetailsView(models.enrolment)
        case navigation.ChoosePin():
            return ChoosePinView(models.enrolment)
        case navigation.IdentityCode():
            return IdentityCodeView(models.enrolment)
        case navigation.NotOnRoster():
            return NotOnRosterView(models.enrolment)
        case navigation.ReplaceDevice():
            return ReplaceDeviceView(models.enrolment, screen)
        case navigation.Finishing():
            return FinishingView(models.enrolment)
        case navigation.EnterPin():
            return EnterPinView(models.unlock, screen, models.guide.forgot_pin)
        case navigation.ShowCode():
            return ShowCodeView(
                models.code, models.records, models.name_proof.begin, models.renewal.begin
            )
        case navigation.ProveName():
            return ProveNameView(models.name_proof)
        case navigation.NameCode():
            return NameCodeView(models.name_proof)
        case navigation.NameDone():
            return NameDoneView(models.name_proof)
        case navigation.ChangePin():
            return ChangePinView(models.pin_change)
        case navigation.PinChangeDone():
            return PinChangeDoneView(models.pin_change)
        case navigation.RenewConsent():
            return RenewConsentView(models.renewal)
        case navigation.RenewalDeclined():
            return RenewalDeclinedView(models.renewal, models.reset)
        case navigation.ForgotPin():
            return ForgotPinView(models.guide, models.enrolment)
        case navigation.MoveDevice():
            return MoveDeviceView(models.guide)
        case navigation.History():
            return HistoryView(models.records)
        case navigation.ConfirmReset():
            return ConfirmResetView(models.reset)
        case navigation.ConfirmWithdrawal():
            return ConfirmWithdrawalView(models.reset)
        case navigation.Resetting():
            return ResettingView(models.reset, screen)
        case navigation.Withdrawn():
            return WithdrawnView(models.reset, screen)
        case navigation.Blocked():
            return BlockedView(models.start, screen, models.guide.forgot_pin)
        case navigation.KeyStoreProblem():
            return KeyStoreProblemView(models.start, screen)
        case navigation.StorageProblem():
            return StorageProblemView(models.start, screen)
        case _:
            assert_never(screen)


def shows_the_same(before: navigation.Screen, after: navigation.Screen) -> bool:
    """Whether the view of one screen is also the view of the other.

    The code, the proof of a name and the reset show nothing of what their screens carry: a
    sync in the background must not move the focus.
    """
    if isinstance(before, _CARRYING):
        return type(before) is type(after)
    return before == after
