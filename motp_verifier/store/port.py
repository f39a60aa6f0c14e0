"""The one interface to the database that services know."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


class StoreUnavailable(Exception):
    """The database can't be written or read now: full, locked, busy, failing or closed.

    Nothing of the work was kept, unless this is `OutcomeUnknown`; it may be tried again later.
    """


class OutcomeUnknown(StoreUnavailable):
    """The connection was lost during a commit: the work was kept whole or not at all.

    It is not done again. Whoever asked may ask again: what they repeat finds either state.
    """


class Store(Protocol):
    """A database with durable transactions.

    Work is a plain function over a connection. It may run on another thread and must not
    wait for anything but the database. Where another transaction was faster it may be undone
    and run again, so that it changes nothing but rows.
    """

    @property
    def writers(self) -> int:
        """How many write transactions are worth having under way at once."""
        ...

    async def run(self, operation: str, work: Callable[[Connection], T]) -> T:
        """Do `work` in one short write transaction.

        Returns only after a durable commit. An exception of `work` undoes that work alone
        and is raised here. `operation` names the work for tests and logs.
        Raises StoreUnavailable.
        """
        ...

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work`, which only reads, over one snapshot. Raises StoreUnavailable."""
        ...

    def close(self) -> None:
        """Finish what was begun and let go of the database."""
        ...
