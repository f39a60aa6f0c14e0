"""The board of today: checks by hour, by result and by institution; locks, enrolments, copies."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import cast

from sqlalchemy import Connection

from motp_protocol.encoding import format_time
from motp_protocol.fields import RejectionReason
from motp_protocol.helpdesk import Board, HourCount, InstitutionDay, ReasonCount
from motp_verifier.services.days import seoul_day, start_of_seoul_day
from motp_verifier.store import board as rows
from motp_verifier.store.port import Store

KEPT_MS = 2000
"""How long one count serves all who look: it goes through every check of the day."""

_LOCKS = ("code-locked", "pin-locked")
_KINDS = (*_LOCKS, "registration-activated", "registration-cloned")


class Boards:
    """Counts today. `now` is in milliseconds since 1970."""

    def __init__(self, store: Store, now: Callable[[], int]) -> None:
        self._store = store
        self._now = now
        self._turn = asyncio.Lock()
        self._newest: tuple[int, Board] | None = None

    async def today(self) -> Board:
        """Today in Asia/Seoul, at most two seconds old. Raises StoreUnavailable."""
        async with self._turn:
            now = self._now()
            if self._newest is None or not 0 <= now - self._newest[0] < KEPT_MS:
                self._newest = (now, await self._store.read(lambda c: _board(c, now)))
            return self._newest[1]


def _board(connection: Connection, now: int) -> Board:
    day = seoul_day(now)
    since = start_of_seoul_day(date.fromisoformat(day))
    checks = rows.check_counts(connection, since)
    events = rows.event_counts(connection, since, _KINDS)
    hours: Counter[tuple[int, str]] = Counter()
    reasons: Counter[str] = Counter()
    places: Counter[tuple[str, str]] = Counter()
    for each in checks:
        hours[each.hour, each.result] += each.count
        places[each.institution_id, each.result] += each.count
        if each.reason is not None:
            reasons[each.reason] += each.count
    for event in events:
        if event.kind in _LOCKS and event.institution_id is not None:
            places[event.institution_id, "locks"] += event.count
    kinds: Counter[str] = Counter()
    for event in events:
        kinds[event.kind] += event.count
    return Board(
        day=day,
        time=format_time(now),
        hours=[
            HourCount(hour=hour, accepted=hours[hour, "accepted"], rejected=hours[hour, "rejected"])
            for hour in range(24)
        ],
        reasons=[
            ReasonCount(reason=cast(RejectionReason, reason), count=count)
            for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        ],
        institutions=[
            InstitutionDay(
                institution_id=institution_id,
                institution=name,
                accepted=places[institution_id, "accepted"],
                rejected=places[institution_id, "rejected"],
                locks=places[institution_id, "locks"],
            )
            for institution_id, name in rows.names(connection).items()
        ],
        locks=sum(kinds[kind] for kind in _LOCKS),
        enrolments=kinds["registration-activated"],
        cloned=kinds["registration-cloned"],
    )
