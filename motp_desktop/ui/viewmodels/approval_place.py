"""Whether a request for approval can be shown on a screen."""

from enum import Enum
from typing import assert_never

from motp_desktop.ui import navigation as n


class Place(Enum):
    """What a screen means for a request."""

    OPEN = "open"
    LOCKED = "locked"
    STARTING = "starting"
    UNREGISTERED = "unregistered"
    UNUSABLE = "unusable"


def place_of(screen: n.Screen) -> Place:
    """`OPEN` where the registration is unlocked, on this screen or behind it."""
    if n.open_status(screen) is not None:
        return Place.OPEN
    match screen:
        case n.Starting():
            return Place.STARTING
        case n.ForgotPin() | n.MoveDevice() | n.ConfirmReset() | n.ConfirmWithdrawal():
            return place_of(screen.back)
        case n.EnterPin():
            return Place.LOCKED
        case n.Blocked() | n.KeyStoreProblem() | n.StorageProblem():
            return Place.UNUSABLE
        case (
            n.Notice()
            | n.ConsentSummary()
            | n.ConsentDeclined()
            | n.ConsentForm()
            | n.PersonalDetails()
            | n.ChoosePin()
            | n.IdentityCode()
            | n.NotOnRoster()
            | n.ReplaceDevice()
            | n.Finishing()
            | n.Resetting()
            | n.Withdrawn()
        ):
            return Place.UNREGISTERED
        case (
            n.ShowCode()
            | n.ProveName()
            | n.NameCode()
            | n.NameDone()
            | n.ChangePin()
            | n.PinChangeDone()
            | n.RenewConsent()
            | n.RenewalDeclined()
            | n.History()
        ):
            return Place.OPEN
        case _:
            assert_never(screen)
