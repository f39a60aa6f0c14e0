"""Who comes and goes at the kiosk, one at a time."""

import logging
from collections.abc import Callable
from typing import TypeAlias

from motp_desktop.services.kiosk import use_cases
from motp_desktop.services.kiosk.identity import OpenKiosk
from motp_desktop.services.kiosk.keeper import KioskKeeper
from motp_desktop.services.kiosk.outcomes import (
    Arrival,
    HasProfile,
    NoProfile,
    NoSuchNumber,
)
from motp_desktop.services.kiosk.profiles import Profile, Profiles
from motp_desktop.services.kiosk.visit import Visit
from motp_desktop.services.outcomes import (
    Ended,
    KeyStoreTrouble,
    NotRegistered,
    Opened,
    Registered,
    ResetUnfinished,
    StorageTrouble,
    Unconfirmed,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import StorageError
from motp_protocol.person import normalise_phone

_log = logging.getLogger(__name__)

OpenVisit: TypeAlias = Callable[[OpenKiosk, Profile, str], Visit]
"""Joins a kiosk and the profile of a number (E.164) to the use cases over them."""


class Visits:
    """Implements `use_cases.Visits`."""

    def __init__(self, *, keeper: KioskKeeper, profiles: Profiles, open_visit: OpenVisit) -> None:
        self._keeper = keeper
        self._profiles = profiles
        self._open_visit = open_visit
        self._current: Visit | None = None

    @property
    def current(self) -> use_cases.Visit | None:
        """The visit that goes on, if any."""
        return self._current

    def arrive(self, phone: str) -> Arrival:
        """See `use_cases.Visits`. Nothing is written for a number that is only asked about.

        A kiosk that is not in service takes nobody: UnexpectedRefusal names how it stands.
        """
        self.end()
        try:
            e164 = normalise_phone(phone)
        except ValueError:
            return NoSuchNumber()
        kiosk = self._keeper.load()
        if isinstance(kiosk, KeyStoreTrouble | StorageTrouble):
            return kiosk
        if not isinstance(kiosk, OpenKiosk) or kiosk.identity.has_ended:
            return UnexpectedRefusal("kiosk-not-enrolled")
        if kiosk.identity.claims.state == "locked":
            return UnexpectedRefusal("kiosk-locked")
        visit = self._open_visit(kiosk, self._profiles.of(kiosk, e164), e164)
        try:
            return self._welcome(visit)
        except StorageError as error:
            return StorageTrouble(error.fault)

    def end(self) -> None:
        """See `use_cases.Visits`. What the disk keeps from being deleted, a sweep deletes."""
        visit, self._current = self._current, None
        if visit is None:
            return
        visit.forget()
        try:
            if not visit.profile.has_vault():
                visit.profile.delete()
        except StorageError as error:
            _log.warning("a profile could not be deleted: %s", error.fault.value)

    def sweep(self) -> None:
        """See `use_cases.Visits`."""
        kiosk = self._keeper.load()
        if not isinstance(kiosk, OpenKiosk):
            return
        but = None if self._current is None else self._current.profile.name
        try:
            self._profiles.sweep(kiosk, but=but)
        except StorageError as error:
            _log.warning("profiles could not be swept: %s", error.fault.value)

    def _welcome(self, visit: Visit) -> Arrival:
        match _look(visit):
            case NotRegistered():
                self._current = visit
                return NoProfile()
            case Registered() | Unconfirmed() | ResetUnfinished():
                self._current = visit
                return HasProfile()
            case Ended():
                # It can never be opened again: the number is registered anew.
                visit.profile.delete()
                self._current = visit
                return NoProfile()
            case trouble:
                return trouble


def _look(visit: Visit) -> Opened:
    if not visit.profile.has_vault():
        return NotRegistered()
    return visit.opening.look()
