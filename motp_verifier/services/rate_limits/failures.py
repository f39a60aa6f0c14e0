"""How many wrong codes an institution's sites may send, over all processes.

The locks stop guessing at one trainee. This stops guessing at everybody's: few tries at
each of a million trainees would find a right code now and then.
"""

import logging
from collections import Counter
from collections.abc import Callable

from limits import RateLimitItem
from limits.aio.storage import Storage

from motp_verifier.services.rate_limits.shared import rate
from motp_verifier.services.signed import Clock
from motp_verifier.services.site_policy.folder import Policies
from motp_verifier.store import rate_windows
from motp_verifier.store.port import Store, StoreUnavailable

_log = logging.getLogger(__name__)


def _nobody() -> None:
    pass


class FailureLimit:
    """Counts in memory; `share` brings the counts of all processes together.

    So a throttle begins up to one round of `share` late, and costs a check nothing.
    """

    def __init__(
        self,
        store: Store,
        counts: Storage,
        policies: Policies,
        default: str,
        now: Clock,
        *,
        on_throttled: Callable[[], None] = _nobody,
        kind: str = "failures",
    ) -> None:
        """`on_throttled` is called once for each window that is exceeded.

        Limits of another `kind` count for themselves.
        """
        self._kind = kind
        self._store = store
        self._counts = counts
        self._policies = policies
        self._default = default
        self._now = now
        self._on_throttled = on_throttled
        self._fresh: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._throttled: dict[str, int] = {}

    def note(self, institution_id: str) -> None:
        """A code was wrong."""
        self._fresh[institution_id] += 1

    def retry_after(self, institution_id: str) -> int | None:
        """None for a check that may go on, or after how many seconds to ask again."""
        self._seen.add(institution_id)
        ends_at = self._throttled.get(institution_id) if self._throttled else None
        if ends_at is None:
            return None
        left = ends_at - self._now()
        return None if left <= 0 else -(-left // 1000)

    async def share(self) -> None:
        """Add what was counted, and learn of the others' counts. Raises StoreUnavailable."""
        fresh, self._fresh = self._fresh, Counter()
        while fresh:
            institution_id, amount = fresh.popitem()
            item = self._rate(institution_id)
            key = item.key_for(self._kind, institution_id)
            try:
                await self._counts.incr(key, item.get_expiry(), amount)
            except StoreUnavailable:
                self._fresh.update(fresh)
                self._fresh[institution_id] += amount
                raise
        if self._seen:
            await self._learn()

    async def _learn(self) -> None:
        now = self._now()
        running = await self._store.read(lambda connection: rate_windows.running(connection, now))
        throttled: dict[str, int] = {}
        for institution_id in self._seen:
            item = self._rate(institution_id)
            count, ends_at = running.get(item.key_for(self._kind, institution_id), (0, 0))
            if count > item.amount:
                throttled[institution_id] = ends_at
        for institution_id, ends_at in throttled.items():
            if self._throttled.get(institution_id) != ends_at:
                self._alarm(institution_id)
        self._throttled = throttled

    def _alarm(self, institution_id: str) -> None:
        _log.warning(
            "too many wrong codes from the sites of institution %s (more than %s): "
            "its checks wait until the window is over",
            institution_id,
            self._policies.of(institution_id).failures or self._default,
        )
        self._on_throttled()

    def _rate(self, institution_id: str) -> RateLimitItem:
        return rate(self._policies.of(institution_id).failures or self._default)
