"""Forgetting what is no longer needed."""

from sqlalchemy import Connection

from motp_verifier.services.days import seoul_day
from motp_verifier.services.form_interface import refusals
from motp_verifier.services.idempotency import LIFETIME_MS
from motp_verifier.services.signed import Clock
from motp_verifier.store import (
    bypass_codes,
    enrolments,
    idempotency,
    kiosks,
    name_proofs,
    nonces,
    phone_transactions,
    popups,
    quota,
    rate_windows,
    signing_keys,
    staff,
    staff_sessions,
)
from motp_verifier.store.port import Store

_DAY_MS = 24 * 60 * 60 * 1000


async def tidy(store: Store, now: Clock) -> None:
    """Forget what is over: nonces, counts, answers, unfinished enrolments, pop-ups, proofs
    of numbers, retired keys.

    Raises StoreUnavailable.
    """
    moment = now()

    def work(connection: Connection) -> None:
        nonces.forget_nonces(connection, moment)
        quota.forget_before(connection, seoul_day(moment - _DAY_MS))
        name_proofs.end_proofs(connection, moment)
        enrolments.end_enrolments(connection, moment, moment - _DAY_MS)
        phone_transactions.forget_transactions(connection, moment - _DAY_MS)
        popups.forget_popups(connection, moment, moment - _DAY_MS)
        idempotency.forget_answers(connection, moment - LIFETIME_MS)
        refusals.forget_old(connection, moment)
        rate_windows.forget_windows(connection, moment)
        bypass_codes.forget_expired(connection, moment)
        kiosks.forget_codes(connection, moment, moment - _DAY_MS)
        staff.forget_setups(connection, moment)
        staff_sessions.forget_sessions(connection, moment - _DAY_MS)
        # A process that slept through a rotation may sign a little longer.
        signing_keys.erase_private_parts(connection, moment - _DAY_MS)

    await store.run("tidy", work)
