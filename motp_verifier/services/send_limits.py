"""How many identity messages may leave in a day: by number, device, address block and in all.

Each message costs money and rings a phone that may belong to a stranger. The limits hold
whatever is known of the person, so that no answer tells who is registered. Days are those
of Asia/Seoul.
"""

import logging
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys
from motp_verifier.services.days import seconds_to_seoul_midnight, seoul_day
from motp_verifier.store import quota

Purpose: TypeAlias = Literal["enrolment", "name-proof", "fallback"]

_EVERYBODY = bytes(32)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a day. A number has its own count for each purpose.

    The others have one for devices and one for the fallback on pop-ups, so that neither can
    use up what the other needs.
    """

    number: int = 5
    device: int = 10
    address: int = 500
    total: int = 10_000


@dataclass(frozen=True, slots=True)
class Sending:
    """A message that somebody asks for.

    `keyid` names the device's key, None where none asks; `block` the network that the request
    came from (see `motp_verifier.http.client_address.block`).
    """

    purpose: Purpose
    phone_index: bytes = field(repr=False)
    keyid: str | None
    block: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reserved:
    """A message's places in the counts of a day."""

    day: str
    places: tuple[tuple[str, bytes], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LimitReached:
    """No more today; `retry_after` is in seconds."""

    retry_after: int


class SendQuota:
    """Counts messages, in the transaction of whatever makes them leave."""

    def __init__(self, keys: MasterKeys, limits: Limits) -> None:
        self._keys = keys
        self._limits = limits
        self._told_on: dict[str, str] = {}

    def reserve(
        self, connection: Connection, sending: Sending, now: int
    ) -> Reserved | LimitReached:
        """Take a place in every count, or in none where one is full."""
        day = seoul_day(now)
        taken: list[tuple[str, bytes]] = []
        # Always in this order: two transactions cannot wait for each other in a circle.
        for scope, subject, limit in self._counts(sending):
            if not quota.take(connection, scope, subject, day, limit=limit):
                self.give_back(connection, Reserved(day, tuple(taken)))
                if subject == _EVERYBODY and self._told_on.get(scope) != day:
                    self._told_on[scope] = day
                    _log.error(
                        "the limit of messages a day is reached (%s): no more leave today", scope
                    )
                return LimitReached(seconds_to_seoul_midnight(now))
            taken.append((scope, subject))
        return Reserved(day, tuple(taken))

    @staticmethod
    def give_back(connection: Connection, reserved: Reserved) -> None:
        """The message did not leave: it costs nothing."""
        for scope, subject in reserved.places:
            quota.give_back(connection, scope, subject, reserved.day)

    def _counts(self, sending: Sending) -> tuple[tuple[str, bytes, int], ...]:
        index = self._keys.blind_index
        number = (f"number {sending.purpose}", sending.phone_index, self._limits.number)
        suffix = " fallback" if sending.purpose == "fallback" else ""
        block = index("address block", sending.block.encode())
        together = (
            (f"address{suffix}", block, self._limits.address),
            (f"total{suffix}", _EVERYBODY, self._limits.total),
        )
        if sending.keyid is None:
            return number, *together
        device = ("device", index("device", sending.keyid.encode()), self._limits.device)
        return number, device, *together
