"""Requests of an enrolled device about its own registration."""

from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Connection

from motp_protocol.fields import RevocationReason
from motp_verifier.services.outcomes import NotFound, Revoked
from motp_verifier.services.signed import Replayed, SignedRequest, run_signed
from motp_verifier.store import registrations
from motp_verifier.store.port import Store
from motp_verifier.store.registrations import RegistrationRow

T = TypeVar("T")


async def run_owned(
    store: Store,
    operation: str,
    registration_id: str,
    signed: SignedRequest,
    work: Callable[[Connection, RegistrationRow], T],
) -> T | NotFound | Replayed:
    """Do `work` over the registration that the signing key owns, locked, in one transaction.

    One that was never confirmed does not exist yet for these requests.
    """

    def owned(connection: Connection) -> T | NotFound:
        row = registrations.lock_registration(connection, registration_id)
        if row is None or row.keyid != signed.keyid or row.state == "pending":
            return NotFound()
        return work(connection, row)

    return await run_signed(store, operation, signed, owned)


def revoked(row: RegistrationRow) -> Revoked:
    """That it has ended, and why."""
    return Revoked(cast(RevocationReason | None, row.reason))
