"""A store in which somebody else does something just before a write."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import Connection

from motp_verifier.store.port import Store

T = TypeVar("T")


class Overtaken:
    """`store`, but `meanwhile` is told each operation before it begins."""

    def __init__(self, store: Store, meanwhile: Callable[[str], Awaitable[None]]) -> None:
        self._store = store
        self._meanwhile = meanwhile

    @property
    def writers(self) -> int:
        """As of the store."""
        return self._store.writers

    async def run(self, operation: str, work: Callable[[Connection], T]) -> T:
        """See `Store.run`."""
        await self._meanwhile(operation)
        return await self._store.run(operation, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """See `Store.read`."""
        return await self._store.read(work)

    def close(self) -> None:
        """See `Store.close`."""
        self._store.close()
