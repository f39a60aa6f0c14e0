"""How long things are kept."""

from dataclasses import dataclass

from motp_verifier.services.code_counters import TOTAL_WINDOW_MS

DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """Days. What each means is in `docs/verifier.md`."""

    withdrawn_days: int = 0
    unused_days: int = 1095
    verification_days: int = 1095
    address_days: int = 90
    audit_days: int = 1095

    def horizons(self, now: int) -> "Horizons":
        """What is older than these times is due."""
        return Horizons(
            withdrawn=now - self.withdrawn_days * DAY_MS,
            unused=now - self.unused_days * DAY_MS,
            verification=now - self.verification_days * DAY_MS,
            address=now - self.address_days * DAY_MS,
            audit=now - self.audit_days * DAY_MS,
            failure=now - TOTAL_WINDOW_MS,
        )


@dataclass(frozen=True, slots=True)
class Horizons:
    """Times in milliseconds since 1970."""

    withdrawn: int
    unused: int
    verification: int
    address: int
    audit: int
    failure: int


@dataclass(slots=True)
class PurgeCounts:
    """What a purge deletes. `addresses` are those forgotten in rows that stay."""

    withdrawn: int = 0
    unused: int = 0
    registrations: int = 0
    roster_entries: int = 0
    checks: int = 0
    addresses: int = 0
    failures: int = 0
    audit_heads: int = 0
    audit_rows: int = 0
