"""A store over PostgreSQL: one short transaction for each work, on a pool of threads."""

import asyncio
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.store import postgres
from motp_verifier.store.location import PostgresDatabase
from motp_verifier.store.port import OutcomeUnknown, StoreUnavailable

T = TypeVar("T")

ATTEMPTS = 5
"""How often a work is begun, where others are faster or the connection is dead."""
WRITERS = 1
"""A second batch of checks would only halve the first: ADR 23."""

MAX_WAITING = 2000
PATIENCE_SECONDS = 5.0
"""How long a work waits for its turn."""
_PAUSE_SECONDS = 0.01


def _no_step(_step: str) -> None:
    pass


class PooledStore:
    """One PostgreSQL database. As many works at once as there may be connections.

    A work that another transaction overtook (a deadlock, a key taken meanwhile), or whose
    connection was dead before the commit, is done afresh. Once COMMIT was sent nothing is
    repeated. `on_step` is told `<operation>:begin` before a work, `<operation>:commit` when
    it is done but not yet committed, and `<operation>:answer` after the commit.
    """

    def __init__(
        self,
        database: PostgresDatabase,
        on_step: Callable[[str], None] = _no_step,
        metrics: Metrics = NO_METRICS,
    ) -> None:
        """Connects to nothing yet. Raises BadDatabaseUrl."""
        self._on_step = on_step
        self._metrics = metrics
        self._connections = database.connections
        self._admitted = 0
        self._writing = postgres.serving_engine(database.url, database.connections)
        self._reading = postgres.snapshots(self._writing)
        self._threads = ThreadPoolExecutor(database.connections, thread_name_prefix="store")
        self._lock = threading.Lock()

    @property
    def writers(self) -> int:
        """See `Store.writers`: the others wait for the disk together with these."""
        return min(WRITERS, self._connections)

    async def run(self, operation: str, work: Callable[[Connection], T]) -> T:
        """Do `work` in a write transaction: see `Store.run`."""
        return await self._wait_for(lambda: self._persist(operation, work))

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` over one snapshot: see `Store.read`."""
        return await self._wait_for(lambda: self._repeat(lambda: self._read(work)))

    def close(self) -> None:
        """Finish the works that wait, then close every connection."""
        self._threads.shutdown()
        self._writing.dispose()

    async def _wait_for(self, job: Callable[[], T]) -> T:
        self._admit()
        try:
            promised: Future[T] = self._threads.submit(job)
        except RuntimeError as error:
            self._leave()
            raise StoreUnavailable("the store is closed") from error
        promised.add_done_callback(self._leave)
        too_late = False

        def give_up() -> None:
            nonlocal too_late
            too_late = promised.cancel()  # False once it has begun

        timer = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, give_up)
        try:
            return await asyncio.wrap_future(promised)
        except asyncio.CancelledError as error:
            if too_late:
                raise StoreUnavailable("the database is too busy") from error
            raise
        finally:
            timer.cancel()

    def _admit(self) -> None:
        with self._lock:
            if self._admitted >= self._connections + MAX_WAITING:
                raise StoreUnavailable("too much waits for the database")
            self._admitted += 1
            self._observe()

    def _leave(self, _promised: object = None) -> None:
        with self._lock:
            self._admitted -= 1
            self._observe()

    def _observe(self) -> None:
        in_use = min(self._admitted, self._connections)
        self._metrics.pool(in_use, self._admitted - in_use)

    def _persist(self, operation: str, work: Callable[[Connection], T]) -> T:
        result = self._repeat(lambda: self._commit(operation, work))
        self._on_step(f"{operation}:answer")
        return result

    def _repeat(self, attempt: Callable[[], T]) -> T:
        for number in range(1, ATTEMPTS + 1):
            try:
                return attempt()
            except PoolTimeout as error:
                raise StoreUnavailable("no connection to the database is free") from error
            except DBAPIError as error:
                if postgres.is_overtaken(error) and number < ATTEMPTS:
                    # At odd times, so that those who met do not meet again.
                    pause = random.uniform(0, _PAUSE_SECONDS)  # noqa: S311 - no secret
                    time.sleep(pause * number)
                    continue
                if postgres.is_unavailable(error):
                    raise StoreUnavailable("the database cannot be used now") from error
                raise
        raise AssertionError("unreachable")

    def _commit(self, operation: str, work: Callable[[Connection], T]) -> T:
        with self._writing.connect() as connection:
            transaction = connection.begin()
            self._on_step(f"{operation}:begin")
            result = work(connection)
            self._on_step(f"{operation}:commit")
            try:
                transaction.commit()
            except DBAPIError as error:
                if postgres.was_undone(error):
                    raise
                raise OutcomeUnknown("the connection was lost during a commit") from error
        self._metrics.committed(1, max(0, self._admitted - self._connections))
        return result

    def _read(self, work: Callable[[Connection], T]) -> T:
        with self._reading.begin() as connection:
            return work(connection)
