"""How many requests an institution's sites may send, over all processes.

Asking the database for each request would cost as much as the request. So each process
takes permits in blocks, ahead of need, and hands them out from memory.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from limits.aio.strategies import FixedWindowRateLimiter

from motp_verifier.services.rate_limits.shared import SharedCounts, rate
from motp_verifier.services.signed import Clock
from motp_verifier.services.site_policy.folder import Policies
from motp_verifier.store.port import StoreUnavailable

_BLOCKS = 200
_MAX_BLOCK = 1000


@dataclass(slots=True)
class _Permits:
    """What this process may still hand out until the window ends, in milliseconds."""

    left: int = 0
    ends_at: int = 0
    block: int = 1
    refused: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ahead: "asyncio.Task[None] | None" = None


class RequestLimit:
    """Admits requests: never more than the limit, and up to a block for each process less."""

    def __init__(
        self,
        counts: SharedCounts,
        policies: Policies,
        default: str,
        now: Clock,
        *,
        kind: str = "requests",
    ) -> None:
        """`default` is the rate where an institution's policy names none.

        Limits of another `kind` count for themselves.
        """
        self._kind = kind
        self._counts = counts
        self._limiter = FixedWindowRateLimiter(counts)
        self._policies = policies
        self._default = default
        self._now = now
        self._permits: dict[str, _Permits] = {}

    async def admit(self, institution_id: str) -> int | None:
        """None for a request that may go on, or after how many seconds to ask again.

        Raises StoreUnavailable.
        """
        permits = self._permits.get(institution_id)
        if permits is None:
            permits = self._permits[institution_id] = _Permits()
        if not self._take(permits):
            async with permits.lock:
                # Whoever held the lock before may have brought enough for this one too.
                if not self._take(permits):
                    if not self._is_refused(permits):
                        await self._reserve(institution_id, permits)
                    if not self._take(permits):
                        return max(1, -((self._now() - permits.ends_at) // 1000))
        self._look_ahead(institution_id, permits)
        return None

    def admit_at_once(self, institution_id: str) -> bool:
        """Whether a request may go on by a permit that is here already; if not, `admit` it."""
        permits = self._permits.get(institution_id)
        if permits is None or not self._take(permits):
            return False
        self._look_ahead(institution_id, permits)
        return True

    def _look_ahead(self, institution_id: str, permits: _Permits) -> None:
        if permits.left < permits.block // 2:
            self._reserve_ahead(institution_id, permits)

    def _take(self, permits: _Permits) -> bool:
        if permits.left <= 0 or self._now() >= permits.ends_at:
            return False
        permits.left -= 1
        return True

    def _is_refused(self, permits: _Permits) -> bool:
        return permits.refused and self._now() < permits.ends_at

    async def _reserve(self, institution_id: str, permits: _Permits) -> None:
        item = rate(self._policies.of(institution_id).requests or self._default)
        block = max(1, min(item.amount // _BLOCKS, _MAX_BLOCK))
        granted = await self._limiter.hit(item, self._kind, institution_id, cost=block)
        ends_at = await self._counts.get_expiry(item.key_for(self._kind, institution_id))
        if self._now() >= permits.ends_at:
            permits.left = 0  # they were of a window that is over
        permits.ends_at = round(ends_at * 1000)
        permits.refused = not granted
        permits.block = block
        if granted:
            permits.left += block

    def _reserve_ahead(self, institution_id: str, permits: _Permits) -> None:
        """Bring the next block before the last is used up, so that nobody waits for it."""
        under_way = permits.ahead is not None and not permits.ahead.done()
        if not (under_way or permits.lock.locked() or permits.refused):
            permits.ahead = asyncio.create_task(self._bring(institution_id, permits))

    async def _bring(self, institution_id: str, permits: _Permits) -> None:
        # Where the database is away, the request that needs the permits says so.
        with suppress(StoreUnavailable):
            async with permits.lock:
                await self._reserve(institution_id, permits)
