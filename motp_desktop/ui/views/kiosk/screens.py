"""Which page shows which screen of a kiosk, and which keys stand beneath it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.outcomes import KeyStoreTrouble, StorageTrouble
from motp_desktop.ui import kiosk_navigation as outer
from motp_desktop.ui import navigation as inner
from motp_desktop.ui.texts.kiosk import closed_message, locked_message, out_of_order_message
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.viewmodels.kiosk.desk import KioskViewModel
from motp_desktop.ui.viewmodels.kiosk.leaving import ExitViewModel
from motp_desktop.ui.viewmodels.kiosk.visit import VisitModels
from motp_desktop.ui.views.kiosk.pages import ExitPage, SayingPage, WelcomePage
from motp_desktop.ui.views.kiosk.visit_pages import (
    FirstTimePage,
    KioskBlockedPage,
    KioskCodePage,
    KioskPinPage,
    NamePage,
)
from motp_desktop.ui.views.trainee.choose_pin import ChoosePinView
from motp_desktop.ui.views.trainee.consent_declined import ConsentDeclinedView
from motp_desktop.ui.views.trainee.consent_form import ConsentFormView
from motp_desktop.ui.views.trainee.consent_summary import ConsentSummaryView
from motp_desktop.ui.views.trainee.finishing import FinishingView
from motp_desktop.ui.views.trainee.guide import ForgotPinView
from motp_desktop.ui.views.trainee.identity_code import IdentityCodeView
from motp_desktop.ui.views.trainee.not_on_roster import NotOnRosterView
from motp_desktop.ui.views.trainee.replace_device import ReplaceDeviceView
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate


class Keys(Enum):
    """Which keys on the screen a page needs beside its own."""

    NONE = "none"
    LETTERS = "letters"
    DIGITS = "digits"


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the pages lead."""

    desk: KioskViewModel
    leaving: ExitViewModel
    code_font_pixels: Callable[[], int]


def page_of(screen: outer.KioskScreen, ways: Ways) -> Page:
    """A new page for this screen."""
    match screen:
        case outer.LookingUp():
            return _waiting_page()
        case outer.OutOfOrder(cause):
            return SayingPage(out_of_order_message(cause))
        case outer.LockedByStaff():
            return SayingPage(locked_message(), "lock")
        case outer.Closed(claims):
            return SayingPage(closed_message(claims), "waiting")
        case outer.Welcome():
            return WelcomePage(ways.desk, screen)
        case outer.Leaving():
            return ExitPage(ways.leaving)
        case outer.Visiting():
            visit = ways.desk.visit
            if visit is None:
                return _waiting_page()
            return _page_of_visit(visit.journey.screen, visit, ways)
        case _:
            assert_never(screen)


def keys_of(screen: outer.KioskScreen, desk: KioskViewModel) -> Keys:
    """The keys that this screen needs."""
    if not isinstance(screen, outer.Visiting) or desk.visit is None:
        return Keys.NONE
    match desk.visit.journey.screen:
        case inner.PersonalDetails():
            return Keys.LETTERS
        case inner.IdentityCode():
            return Keys.DIGITS
        case _:
            return Keys.NONE


def _page_of_visit(  # noqa: PLR0912 - one case for each screen reads best
    screen: inner.Screen, visit: VisitModels, ways: Ways
) -> Page:
    leave = ways.desk.forget
    match screen:
        case inner.Notice():
            return FirstTimePage(visit.enrolment, leave)
        case inner.ConsentSummary():
            return ConsentSummaryView(visit.enrolment)
        case inner.ConsentDeclined():
            return ConsentDeclinedView(visit.enrolment)
        case inner.ConsentForm():
            return ConsentFormView(visit.enrolment)
        case inner.PersonalDetails():
            return NamePage(visit.enrolment)
        case inner.ChoosePin():
            return ChoosePinView(visit.enrolment)
        case inner.IdentityCode():
            return IdentityCodeView(visit.enrolment)
        case inner.NotOnRoster():
            return NotOnRosterView(visit.enrolment)
        case inner.ReplaceDevice():
            return ReplaceDeviceView(visit.enrolment, screen)
        case inner.Finishing():
            return FinishingView(visit.enrolment)
        case inner.EnterPin():
            return KioskPinPage(visit, screen)
        case inner.ForgotPin():
            return ForgotPinView(visit.guide, visit.enrolment)
        case inner.ShowCode():
            return KioskCodePage(visit.code, leave, ways.code_font_pixels())
        case inner.Blocked():
            return KioskBlockedPage(visit, screen, leave)
        case inner.KeyStoreProblem(fault):
            return SayingPage(out_of_order_message(KeyStoreTrouble(fault)))
        case inner.StorageProblem(fault):
            return SayingPage(out_of_order_message(StorageTrouble(fault)))
        case _:
            # No page of a kiosk leads to the others.
            return _waiting_page()


def _waiting_page() -> Page:
    said = Message(Level.INFO, translate("Kiosk", "준비하고 있어요."))
    return SayingPage(said, "waiting")
