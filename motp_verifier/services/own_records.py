"""What a device may read of its owner's records. Each signed request is served once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection

from motp_verifier.services.outcomes import NotFound, Revoked
from motp_verifier.services.owned import revoked, run_owned
from motp_verifier.services.signed import Replayed, SignedRequest
from motp_verifier.store import past_checks
from motp_verifier.store.past_checks import PastCheckRow
from motp_verifier.store.port import Store
from motp_verifier.store.registrations import RegistrationRow

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

    def read(connection: Connection, row: RegistrationRow) -> T | Revoked:
        return revoked(row) if row.state == "revoked" else work(connection, row.trainee_id)

    return await run_owned(store, operation, registration_id, signed, read)


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
