"""Lifting locks of typed codes, in the transaction of what allows it."""

from collections.abc import Sequence

from sqlalchemy import Connection

from motp_verifier.services.form_interface import refusals
from motp_verifier.store import code_runs
from motp_verifier.store.verifications import HeldRegistration


def lift_code_locks(
    connection: Connection,
    held: Sequence[HeldRegistration],
    *,
    institution_id: str,
    trainee_id: str,
) -> int:
    """Take codes of a trainee at an institution again; how many locks there were.

    `held` are the trainee's registrations in use, by `hold_registrations`. A lock at every
    institution is lifted too, with its count of 30 days. What pages are told begins anew.
    """
    locks = 0
    for each in held:
        everywhere = each.locked_everywhere_at is not None
        here = code_runs.forgive(connection, each.id, institution_id, everywhere=everywhere)
        locks += int(here) + int(everywhere)
    refusals.forget(connection, institution_id, trainee_id)
    return locks
