"""Which screen a kiosk shows: a pure reducer, around the journey of each trainee."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from motp_desktop.services.kiosk import outcomes
from motp_desktop.services.outcomes import KeyStoreTrouble, StorageTrouble
from motp_protocol.kiosks import KioskClaims

# Screens


@dataclass(frozen=True, slots=True)
class LookingUp:
    """The kiosk's identity is being read."""


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """An administrator is needed: not enrolled, revoked, or its disk or keychain fails."""

    cause: outcomes.NotEnrolled | outcomes.KioskEnded | KeyStoreTrouble | StorageTrouble


@dataclass(frozen=True, slots=True)
class LockedByStaff:
    """Staff have locked it; it unlocks by itself once they end that."""

    claims: KioskClaims


@dataclass(frozen=True, slots=True)
class Closed:
    """Outside its opening hours."""

    claims: KioskClaims


@dataclass(frozen=True, slots=True)
class Welcome:
    """The start: whoever comes types their number. Not `online`: the verifier did not answer."""

    claims: KioskClaims
    online: bool


@dataclass(frozen=True, slots=True)
class Visiting:
    """Somebody is here; what they see is their own journey's."""

    claims: KioskClaims
    online: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """An administrator types the exit PIN; otherwise it goes on at `back`."""

    back: "KioskScreen"


KioskScreen: TypeAlias = (
    LookingUp | OutOfOrder | LockedByStaff | Closed | Welcome | Visiting | Leaving
)

# What happened, beside the outcomes of the use cases


@dataclass(frozen=True, slots=True)
class Looked:
    """The kiosk stands so; `open_now` by its opening hours."""

    now: outcomes.KioskNow
    open_now: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """The number is one, and its visit has begun."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Done, walked off, or nobody touched it for too long; an administrator goes back."""


@dataclass(frozen=True, slots=True)
class ExitAsked:
    """The administrator's gesture."""


KioskEvent: TypeAlias = Looked | Arrived | Forgotten | ExitAsked


def kiosk_transition(screen: KioskScreen, event: KioskEvent) -> KioskScreen:
    """The screen that follows; the same one where the event means nothing there."""
    match event:
        case Looked():
            return _after_look(screen, event)
        case Arrived():
            if isinstance(screen, Welcome):
                return Visiting(screen.claims, screen.online)
            return screen
        case Forgotten():
            if isinstance(screen, Visiting):
                return Welcome(screen.claims, screen.online)
            return screen.back if isinstance(screen, Leaving) else screen
        case ExitAsked():
            # Whoever is served is not put aside: the administrator waits or ends the visit.
            return screen if isinstance(screen, Leaving | Visiting) else Leaving(screen)
        case _:
            assert_never(event)


def _after_look(screen: KioskScreen, event: Looked) -> KioskScreen:
    if isinstance(screen, Leaving):
        return replace(screen, back=_after_look(screen.back, event))
    match event.now:
        case outcomes.NotEnrolled() | outcomes.KioskEnded() | KeyStoreTrouble() | StorageTrouble():
            return OutOfOrder(event.now)
        case outcomes.KioskLocked(claims):
            return LockedByStaff(claims)
        case outcomes.KioskReady(claims, online):
            if isinstance(screen, Visiting):
                return Visiting(claims, online)
            return Welcome(claims, online) if event.open_now else Closed(claims)
        case _:
            # What may pass: it goes on by what is known.
            return screen


def claims_of(screen: KioskScreen) -> KioskClaims | None:
    """The configuration in force, where the screen knows of one."""
    match screen:
        case Leaving(back):
            return claims_of(back)
        case LookingUp() | OutOfOrder():
            return None
        case _:
            return screen.claims
