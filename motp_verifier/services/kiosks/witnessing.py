"""Whether a request of kind `kiosk` comes from the kiosk that it must come from."""

from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from motp_verifier.services.signed import SignedRequest
from motp_verifier.store import kiosks
from motp_verifier.store.kiosks import Witness


@dataclass(frozen=True, slots=True)
class NoWitness:
    """No kiosk countersigned, or not the one where the registration was made."""


@dataclass(frozen=True, slots=True)
class KioskLocked:
    """Staff have locked the kiosk: it serves nobody. Nothing was looked at."""


Witnessed: TypeAlias = Witness | NoWitness | KioskLocked


def witnessed(connection: Connection, signed: SignedRequest, only: str | None = None) -> Witnessed:
    """Which kiosk gives its word for a request; with `only`, none but that kiosk may."""
    if signed.kiosk is None:
        return NoWitness()
    return _serving(kiosks.witness_of(connection, signed.kiosk.keyid), only)


def still_serving(connection: Connection, kiosk_id: str) -> Witnessed:
    """The kiosk where an enrolment was begun, if it still serves."""
    return _serving(kiosks.witness_by_id(connection, kiosk_id), kiosk_id)


def _serving(found: Witness | None, only: str | None) -> Witnessed:
    if found is None or only not in (None, found.id):
        return NoWitness()
    match found.state:
        case "active":
            return found
        case "locked":
            return KioskLocked()
        case "awaited" | "revoked":
            return NoWitness()
