"""Forgetting what is no longer needed."""

from sqlalchemy import Connection

from motp_verifier.services.days import seoul_day
from motp_verifier.services.signed import Clock
from motp_verifier.store import enrolments, name_proofs, nonces, quota
from motp_verifier.store.port import Store

_DAY_MS = 24 * 60 * 60 * 1000


async def tidy(store: Store, now: Clock) -> None:
    """Forget old nonces, message counts and unfinished enrolments. Raises StoreUnavailable."""
    moment = now()

    def work(connection: Connection) -> None:
        nonces.forget_nonces(connection, moment)
        quota.forget_before(connection, seoul_day(moment - _DAY_MS))
        name_proofs.end_proofs(connection, moment)
        enrolments.end_enrolments(connection, moment, moment - _DAY_MS)

    await store.run("tidy", work)
