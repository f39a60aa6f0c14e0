"""How often staff may ask, over all processes. The caller holds a write transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys
from motp_verifier.services.rate_limits.shared import rate
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import rate_windows


@dataclass(frozen=True, slots=True)
class TooMany:
    """Too many requests; seconds until there may be one again."""

    retry_after: int


class StaffLimits:
    """Counts sign-ins of an address block, and what an account reads and does."""

    def __init__(self, keys: MasterKeys, sign_ins: str, requests: str) -> None:
        """Both are rates such as `600/minute`."""
        self._keys = keys
        self._sign_ins = sign_ins
        self._requests = requests

    def admit_sign_in(self, connection: Connection, block: str, now: int) -> TooMany | None:
        """Count one more sign-in from there; None where it may go on."""
        place = self._keys.blind_index("staff sign-in", block.encode()).hex()
        return _count(connection, f"staff-sign-in {place}", self._sign_ins, now)

    def admit(self, connection: Connection, who: Staff, now: int) -> TooMany | None:
        """Count one more request of somebody's; None where it may go on."""
        return _count(connection, f"staff {who.id}", self._requests, now)


def _count(connection: Connection, key: str, limit: str, now: int) -> TooMany | None:
    item = rate(limit)
    lasts = item.get_expiry() * 1000
    count, ends_at = rate_windows.add(connection, key, 1, now=now, lasts=lasts)
    return None if count <= item.amount else TooMany(max(1, -((now - ends_at) // 1000)))
