"""What a device may read of its owner's records. Each signed request is served once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast

from sqlalchemy import Connection

from motp_protocol.fields import RevocationReason
from motp_verifier.services.outcomes import NotFound, Revoked
from motp_verifier.services.signed import Replayed, SignedRequest, run_signed
from motp_verifier.store import past_checks
from motp_verifier.store.past_checks import PastCheckRow
from motp_verifier.store.port import Store
from motp_verifier.store.registrations import lock_registration

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class History:
    """The trainee's own checks, newest first."""

    checks: list[PastCheckRow]


HistoryOutcome: TypeAlias = History | NotFound | Revoked | Replayed


async def read_own(
    store: Store,
    operation: str,
    registration_id: str,
    signed: SignedRequest,
    work: Callable[[Connection, str], T],
) -> T | NotFound | Revoked | Replayed:
    """Do `work` with the id of the trainee whose registration the signing key owns."""

    def owned(connection: Connection) -> T | NotFound | Revoked:
        row = lock_registration(connection, registration_id)
        if row is None or row.keyid != signed.keyid or row.state == "pending":
            return NotFound()
        if row.state == "revoked":
            return Revoked(cast(RevocationReason | None, row.reason))
        return work(connection, row.trainee_id)

    return await run_signed(store, operation, signed, owned)


class OwnHistory:
    """The history of a registration's owner, over all institutions and devices."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def newest(
        self, registration_id: str, limit: int, signed: SignedRequest
    ) -> HistoryOutcome:
        """The latest checks, at most `limit`."""
        return await read_own(
            self._store,
            "history",
            registration_id,
            signed,
            lambda connection, trainee_id: History(
                past_checks.newest_checks(connection, trainee_id, limit)
            ),
        )
