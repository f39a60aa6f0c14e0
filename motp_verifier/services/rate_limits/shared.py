"""Where the library `limits` keeps its counts: in the database, shared by all processes."""

from functools import lru_cache

from limits import RateLimitItem, parse
from limits.aio.storage import Storage

from motp_verifier.services.signed import Clock
from motp_verifier.store import rate_windows
from motp_verifier.store.port import Store, StoreUnavailable


class SharedCounts(Storage):
    """Counts in the verifier's own store. `now` is in milliseconds since 1970."""

    STORAGE_SCHEME = None

    def __init__(self, store: Store, now: Clock) -> None:
        super().__init__()
        self._store = store
        self._now = now
        self._ends: dict[str, int] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the database raises."""
        return StoreUnavailable

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more in a window of `expiry` seconds. Raises StoreUnavailable."""
        now = self._now()
        count, self._ends[key] = await self._store.run(
            "rate-limit",
            lambda connection: rate_windows.add(
                connection, key, amount, now=now, lasts=expiry * 1000
            ),
        )
        return count

    async def get(self, key: str) -> int:
        """The count of the window that runs now. Raises StoreUnavailable."""
        now = self._now()
        found = await self._store.read(lambda connection: rate_windows.running(connection, now))
        return found.get(key, (0, 0))[0]

    async def get_expiry(self, key: str) -> float:
        """When the window in which this process counted last ends, in seconds since 1970."""
        return self._ends.get(key, self._now()) / 1000

    async def check(self) -> bool:
        """Whether the database answers."""
        try:
            await self.get("")
        except StoreUnavailable:
            return False
        return True

    async def reset(self) -> int | None:
        """Not offered: the counts are not this process's alone."""
        raise NotImplementedError

    async def clear(self, key: str) -> None:
        """Not offered: see `reset`."""
        raise NotImplementedError


@lru_cache(maxsize=1024)
def rate(text: str) -> RateLimitItem:
    """A rate limit such as `600/minute`. Raises ValueError."""
    return parse(text)
