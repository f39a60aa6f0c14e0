"""Following what happens, from consoles: one look at the database for all of a process.

A notice says what to look at again, and nothing of it.
"""

import asyncio
import random
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from motp_protocol.encoding import format_time
from motp_protocol.helpdesk import StaffNotice
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import audit, audit_tail, staff_sessions
from motp_verifier.store.audit_tail import NewRow
from motp_verifier.store.port import Store, StoreUnavailable

INTERVAL_SECONDS = 0.5
HEARTBEAT_SECONDS = 15.0
LONGEST_SECONDS = 3600.0
MOST = 200
ROWS = 1000
"""More new rows than this in one look are told as one: look at everything again."""

_LATE_SECONDS = 5.0
"""A row may become visible so much later than one that is numbered higher."""

_SESSIONS = frozenset(
    {"staff-signed-in", "staff-signed-out", "staff-session-ended", "staff-set-up", "staff-locked"}
)
_READINGS = frozenset({"staff-status-read", "staff-audit-read", "staff-audit-exported"})


@dataclass(slots=True, eq=False)
class _Follower:
    session_id: str
    waiting: list[StaffNotice] = field(default_factory=list)
    ended: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class StaffFollowing:
    """Tells followers what is new. `is_draining` says that a shutdown began."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], int],
        is_draining: Callable[[], bool],
        *,
        interval_seconds: float = INTERVAL_SECONDS,
    ) -> None:
        self._store = store
        self._now = now
        self._is_draining = is_draining
        self._interval = interval_seconds
        self._followers: set[_Follower] = set()
        self._looking: asyncio.Task[None] | None = None
        self._floor = 0
        self._seen: set[int] = set()
        self._reached: deque[tuple[float, int]] = deque()

    @property
    def is_full(self) -> bool:
        """Whether nobody else may follow now."""
        return len(self._followers) >= MOST or self._is_draining()

    async def follow(self, who: Staff) -> AsyncGenerator[StaffNotice | None, None]:
        """What is new from now on; None keeps a line alive.

        Ends after an hour, with the session, and when the verifier shuts down.
        """
        follower = _Follower(who.session_id)
        if not self._followers:
            await self._begin()
        self._followers.add(follower)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="staff-following")
        ends_at = asyncio.get_running_loop().time() + LONGEST_SECONDS
        try:
            yield None
            while not self._is_over(follower, ends_at):
                follower.changed.clear()
                if not follower.waiting:
                    # Not `wait_for`: in Python 3.11 it swallows a cancellation.
                    with suppress(TimeoutError):
                        async with asyncio.timeout(HEARTBEAT_SECONDS):
                            await follower.changed.wait()
                if self._is_over(follower, ends_at):
                    return
                waiting, follower.waiting = follower.waiting, []
                for notice in waiting:
                    yield notice
                if not waiting:
                    yield None
        finally:
            self._followers.discard(follower)

    def _is_over(self, follower: _Follower, ends_at: float) -> bool:
        late = asyncio.get_running_loop().time() >= ends_at
        return follower.ended or late or self._is_draining()

    async def _begin(self) -> None:
        self._floor = await self._store.read(audit.last_row_id)
        self._seen.clear()
        self._reached.clear()

    async def _look(self) -> None:
        while self._followers and not self._is_draining():
            await asyncio.sleep(self._interval * random.uniform(0.7, 1.0))  # noqa: S311 - jitter
            with suppress(StoreUnavailable):
                await self._end_sessions()
                self._tell(await self._news())
        for each in self._followers:
            each.changed.set()

    async def _end_sessions(self) -> None:
        ids = {each.session_id for each in self._followers}
        now = self._now()
        still = await self._store.read(lambda c: staff_sessions.still_open(c, ids, now))
        for each in self._followers:
            if each.session_id not in still:
                each.ended = True
                each.changed.set()

    async def _news(self) -> list[StaffNotice]:
        floor = self._floor
        rows = await self._store.read(lambda c: audit_tail.rows_after(c, floor, ROWS))
        if len(rows) == ROWS:
            await self._begin()
            everything = StaffNotice(kind="check", trainee_id=None, at=format_time(self._now()))
            return [everything]
        new = [row for row in rows if row.id not in self._seen]
        self._seen.update(row.id for row in new)
        self._forget_old(rows[-1].id if rows else floor)
        return notices_of(new)

    def _forget_old(self, reached: int) -> None:
        """What is numbered below what was there some seconds ago does not come any more."""
        time = asyncio.get_running_loop().time()
        self._reached.append((time, reached))
        while self._reached and self._reached[0][0] < time - _LATE_SECONDS:
            self._floor = max(self._floor, self._reached.popleft()[1])
        self._seen = {each for each in self._seen if each > self._floor}

    def _tell(self, notices: list[StaffNotice]) -> None:
        if notices:
            for each in self._followers:
                each.waiting = (each.waiting + notices)[-ROWS:]
                each.changed.set()


def notices_of(rows: Iterable[NewRow]) -> list[StaffNotice]:
    """What rows of the audit are told as: the newest of each kind for each person, no readings."""
    told: dict[tuple[str, str | None], StaffNotice] = {}
    for row in rows:
        if row.kind == "verification":
            notice = StaffNotice(kind="check", trainee_id=row.trainee_id, at=format_time(row.at))
        elif row.kind in _SESSIONS:
            notice = StaffNotice(kind="session", trainee_id=None, at=format_time(row.at))
        elif row.trainee_id is not None and row.kind not in _READINGS:
            notice = StaffNotice(
                kind="registration", trainee_id=row.trainee_id, at=format_time(row.at)
            )
        else:
            continue
        told[notice.kind, notice.trainee_id] = notice
    return list(told.values())
