"""The share state of a registration, between its rows and `motp_verifier.services.shares`."""

import secrets

from sqlalchemy import Connection

from motp_protocol.keys import KEY_SIZE
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.shares import CountedFailure, IssuedShare, ShareState
from motp_verifier.store import registrations as rows
from motp_verifier.store.registrations import RegistrationRow, ShareRow
from motp_verifier.store.sealed import SHARE_VALUE


def load_state(connection: Connection, row: RegistrationRow) -> ShareState:
    """The share state of a registration that is not revoked."""
    issued = [IssuedShare(each.id, each.pin_hash) for each in rows.shares_of(connection, row.id)]
    failure = None
    if row.failed_share is not None and row.failed_try and row.failed_pin_hash:
        failure = CountedFailure(row.failed_share, row.failed_try, row.failed_pin_hash)
    return ShareState(
        base=next(each for each in issued if each.id == row.share_base),
        last_id=row.share_last,
        candidates=tuple(each for each in issued if each.id > row.share_base),
        success_try=row.share_success_try,
        presented_at=row.share_presented_at,
        pin_failures=row.pin_failures,
        last_failure=failure,
    )


def save_state(
    connection: Connection,
    keys: MasterKeys,
    registration_id: str,
    *,
    before: ShareState,
    after: ShareState,
    now: int,
) -> None:
    """Keep the next state: erase the shares that were dropped, make those that are new."""
    if after == before:
        return
    live = (after.base, *after.candidates)
    rows.keep_only_shares(connection, registration_id, [each.id for each in live])
    for each in live:
        if each.id > before.last_id:
            rows.insert_share(
                connection, registration_id, new_share(keys, registration_id, each), now
            )
    failure = after.last_failure
    rows.change_registration(
        connection,
        registration_id,
        share_base=after.base.id,
        share_last=after.last_id,
        share_success_try=after.success_try,
        share_presented_at=after.presented_at,
        pin_failures=after.pin_failures,
        failed_share=failure.share_id if failure else None,
        failed_try=failure.try_ if failure else None,
        failed_pin_hash=failure.pin_hash if failure else None,
    )


def new_share(keys: MasterKeys, registration_id: str, issued: IssuedShare) -> ShareRow:
    """A share with a fresh random value."""
    value = secrets.token_bytes(KEY_SIZE)
    place = SHARE_VALUE.place(registration_id, issued.id)
    return ShareRow(issued.id, keys.seal(value, place), issued.pin_hash)


def share_value(
    connection: Connection, keys: MasterKeys, registration_id: str, share_id: int
) -> bytes:
    """The value of a share that may still be presented. Raises SealBroken."""
    row = next(each for each in rows.shares_of(connection, registration_id) if each.id == share_id)
    return open_share(keys, registration_id, row)


def open_share(keys: MasterKeys, registration_id: str, row: ShareRow) -> bytes:
    """The value of a share. Raises SealBroken."""
    return keys.open(row.value_sealed, SHARE_VALUE.place(registration_id, row.id))
