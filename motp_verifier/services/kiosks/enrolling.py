"""A PC becomes a kiosk: `POST /v1/kiosks`."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol.encoding import b64url_decode
from motp_protocol.kiosks import KioskClaims, KioskEnrolment
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import KIOSK, record
from motp_verifier.services.kiosks.settings import claims
from motp_verifier.services.signed import Clock, Replayed, SignedRequest, run_signed
from motp_verifier.store import kiosks as rows
from motp_verifier.store import nonces
from motp_verifier.store.port import Store


@dataclass(frozen=True, slots=True)
class KioskEnrols:
    """It is the kiosk of these claims from now on, or was already."""

    claims: KioskClaims


@dataclass(frozen=True, slots=True)
class KioskCodeWrong:
    """No kiosk is awaited with this code now; which of the reasons it is, is not told."""


@dataclass(frozen=True, slots=True)
class KioskKeyUsed:
    """The key is another device's already."""


KioskEnrolOutcome: TypeAlias = KioskEnrols | KioskCodeWrong | KioskKeyUsed | Replayed


def code_hash(keys: MasterKeys, code: str) -> bytes:
    """What is stored of an enrolment code."""
    return keys.blind_index("kiosk code", code.encode())


def exit_hash(exit_auth: str) -> bytes:
    """What is stored of what proves the exit PIN."""
    return hashlib.sha256(b64url_decode(exit_auth)).digest()


class KioskEnrolling:
    """Enrols kiosks. `issuer` is the verifier's public origin.

    Guessing is not throttled: of 2^50 codes a few are awaited, for ten minutes each.
    """

    def __init__(self, store: Store, keys: MasterKeys, issuer: str, now: Clock) -> None:
        self._store = store
        self._keys = keys
        self._issuer = issuer
        self._now = now

    async def enrol(self, request: KioskEnrolment, signed: SignedRequest) -> KioskEnrolOutcome:
        """Take the key of whoever has the code. Until the code's time is over, a kiosk that
        never read the answer may repeat the request.
        """
        now = self._now()
        wanted = code_hash(self._keys, request.code)
        given = exit_hash(request.exit_auth)

        def work(connection: Connection) -> KioskEnrolOutcome:
            row = rows.lock_kiosk_of_code(connection, wanted)
            if row is None or now >= row.code_expires_at:
                return KioskCodeWrong()
            name = rows.institution_name(connection, row.institution_id)
            if row.state != "awaited":
                same = row.keyid == signed.keyid and row.exit_hash is not None
                if not same or row.state == "revoked" or not _equal(row.exit_hash, given):
                    return KioskCodeWrong()
                return KioskEnrols(claims(row, name, self._issuer, now))
            if nonces.public_key_of(connection, signed.keyid) is not None:
                return KioskKeyUsed()
            if rows.is_key_of_kiosk(connection, signed.keyid):
                return KioskKeyUsed()
            rows.change_kiosk(
                connection,
                row.id,
                state="active",
                public_key=b64url_decode(request.public_key),
                keyid=signed.keyid,
                exit_hash=given,
                enrolled_at=now,
                last_contact_at=now,
                platform=request.platform,
                app_version=request.app_version,
            )
            record(
                connection,
                now,
                "kiosk-enrolled",
                actor=KIOSK,
                institution_id=row.institution_id,
                source=signed.source,
                detail={"kiosk_id": row.id},
            )
            return KioskEnrols(claims(replace(row, state="active"), name, self._issuer, now))

        return await run_signed(self._store, "kiosk-enrol", signed, work)


def _equal(kept: bytes | None, given: bytes) -> bool:
    return kept is not None and hmac.compare_digest(kept, given)
