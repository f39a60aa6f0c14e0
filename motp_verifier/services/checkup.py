"""Whether a verifier could serve: its database, its keys, its clock. Changes nothing."""

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys, SealBroken
from motp_verifier.services.signed import Clock
from motp_verifier.store import inspection
from motp_verifier.store.port import Store
from motp_verifier.store.revision import is_current

SAMPLE = 100
"""How many values of each sealed column are opened."""
_RELEASED = 1_793_491_200_000  # 2026-11-01: no clock that is right shows an earlier time
_TOLERANCE_MS = 60_000


async def faults(store: Store, keys: MasterKeys, now: Clock) -> list[str]:
    """All that is wrong, a sentence each. Raises StoreUnavailable."""

    def look(connection: Connection) -> list[str]:
        if not is_current(connection):
            return ["the database is at another version's revision: run motp-verifier migrate"]
        return [
            *inspection.damage(connection),
            *_sealed(connection, keys),
            *_clock(inspection.newest_time(connection), now()),
        ]

    return await store.read(look)


def _sealed(connection: Connection, keys: MasterKeys) -> list[str]:
    found = []
    for where, values in inspection.sealed_sample(connection, SAMPLE):
        broken = 0
        for value in values:
            try:
                keys.open(value.sealed, where.place(*value.key))
            except SealBroken:
                broken += 1
        if broken:
            found.append(f"{broken} of {len(values)} values of {where} do not open with the keys")
    return found


def _clock(newest: int | None, now: int) -> list[str]:
    if now < _RELEASED:
        return ["this machine's clock shows a time before this version was made"]
    if newest is not None and newest > now + _TOLERANCE_MS:
        return [f"this machine's clock is {(newest - now) // 1000} s behind the newest audit row"]
    return []
