"""Outcomes that several use cases share. Each is an expected answer, not a fault."""

from dataclasses import dataclass

from motp_protocol.fields import RevocationReason
from motp_protocol.messages import Status


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing here belongs to this key: unknown, or another's."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A value is well formed on its face but means nothing. `what` names it."""

    what: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """The registration has ended for good."""

    reason: RevocationReason | None


@dataclass(frozen=True, slots=True)
class Suspended:
    """Staff suspended the registration."""


@dataclass(frozen=True, slots=True)
class AppOutdated:
    """The app is older than `oldest`, the oldest version that is served. Nothing was looked at."""

    oldest: str


@dataclass(frozen=True, slots=True)
class CurrentStatus:
    """The registration as it is now."""

    status: Status
