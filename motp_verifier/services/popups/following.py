"""Following pop-ups from their pages: one look at the database a second for all of a process."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field

from motp_verifier.services.popups.rules import Stage, stage
from motp_verifier.store import popups as rows
from motp_verifier.store.popups import Watched
from motp_verifier.store.port import Store, StoreUnavailable

INTERVAL_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0
LONGEST_SECONDS = 300.0
MOST = 500


@dataclass(slots=True, eq=False)
class _Follower:
    popup_id: str
    seen: Stage
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class Following:
    """Tells followers how their pop-ups stand. `is_draining` says that a shutdown began."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], int],
        is_draining: Callable[[], bool],
        *,
        interval_seconds: float = INTERVAL_SECONDS,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
        longest_seconds: float = LONGEST_SECONDS,
        most: int = MOST,
    ) -> None:
        self._store = store
        self._now = now
        self._is_draining = is_draining
        self._interval = interval_seconds
        self._heartbeat = heartbeat_seconds
        self._longest = longest_seconds
        self._most = most
        self._followers: set[_Follower] = set()
        self._looking: asyncio.Task[None] | None = None

    @property
    def is_full(self) -> bool:
        """Whether nobody else may follow now."""
        return len(self._followers) >= self._most or self._is_draining()

    async def follow(self, popup_id: str) -> AsyncGenerator[Stage | None, None]:
        """How the pop-up stands now, and each time that it changes; None keeps a line alive.

        Ends after some minutes, with the pop-up, and when the verifier shuts down.
        """
        first = await self._stages([popup_id])
        if popup_id not in first:
            return
        follower = _Follower(popup_id, first[popup_id])
        self._followers.add(follower)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="following")
        ends_at = asyncio.get_running_loop().time() + self._longest
        try:
            told: Stage | None = None
            while True:
                # Before it is looked at: what changes while the page is told counts too.
                follower.changed.clear()
                if follower.seen != told:
                    told = follower.seen
                    yield told
                    if told in {"accepted", "done", "expired"}:
                        return
                else:
                    yield None
                if self._is_draining() or asyncio.get_running_loop().time() >= ends_at:
                    return
                try:
                    # Not `wait_for`: in Python 3.11 it swallows a cancellation.
                    async with asyncio.timeout(self._heartbeat):
                        await follower.changed.wait()
                except TimeoutError:
                    pass
        finally:
            self._followers.discard(follower)

    async def _look(self) -> None:
        while self._followers and not self._is_draining():
            await asyncio.sleep(self._interval * random.uniform(0.7, 1.0))  # noqa: S311 - jitter
            try:
                stages = await self._stages([each.popup_id for each in self._followers])
            except StoreUnavailable:
                continue
            for each in self._followers:
                now = stages.get(each.popup_id, "expired")
                if now != each.seen:
                    each.seen = now
                    each.changed.set()
        for each in self._followers:
            each.changed.set()

    async def _stages(self, ids: list[str]) -> dict[str, Stage]:
        found = await self._store.read(lambda c: rows.watched(c, ids))
        now = self._now()
        return {each.popup_id: _stage(each, now) for each in found}


def _stage(watched: Watched, now: int) -> Stage:
    return stage(
        accepted_at=watched.accepted_at,
        expires_at=watched.expires_at,
        ticket_state=watched.ticket_state,
        ticket_expires_at=watched.ticket_expires_at,
        now=now,
    )
