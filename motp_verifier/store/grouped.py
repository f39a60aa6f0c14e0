"""A store over SQLite: one writer thread that commits in groups, and a few readers."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection

from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.store import sqlite
from motp_verifier.store.checkpointing import Checkpointer
from motp_verifier.store.port import StoreUnavailable

T = TypeVar("T")

GROUP_SIZE = 64
"""The most works that share one commit."""


def _no_step(_step: str) -> None:
    pass


@dataclass(slots=True)
class _Job:
    """A work that waits for its turn, and the coroutine that waits for its result."""

    operation: str
    work: Callable[[Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"
    result: Any = field(default=None, repr=False)
    error: BaseException | None = None


class GroupedStore:
    """One SQLite file. A commit reaches the disk once for all works that wait for it.

    Each work runs in a savepoint of its own, so that one that fails leaves its neighbours
    alone. `on_step` is told `<operation>:begin` before a work, `<operation>:commit` when it
    is done but not yet committed, and `<operation>:answer` after the commit.
    """

    def __init__(
        self,
        path: Path,
        on_step: Callable[[str], None] = _no_step,
        metrics: Metrics = NO_METRICS,
    ) -> None:
        self._on_step = on_step
        self._metrics = metrics
        self._writing = sqlite.writing_engine(path)
        self._reading = sqlite.reading_engine(path)
        self._checkpointer = Checkpointer(path)
        self._readers = ThreadPoolExecutor(sqlite.READERS, thread_name_prefix="store-reader")
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._closed = False
        self._lock = threading.Lock()
        self._writer = threading.Thread(target=self._write, name="store-writer", daemon=True)
        self._writer.start()

    @property
    def writers(self) -> int:
        """One: see `Store.writers`."""
        return 1

    async def run(self, operation: str, work: Callable[[Connection], T]) -> T:
        """Do `work` in a write transaction: see `Store.run`."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        with self._lock:
            if self._closed:
                raise StoreUnavailable("the store is closed")
            self._queue.put(_Job(operation, work, loop, future))
        return await future

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` over one snapshot: see `Store.read`."""
        if self._closed:
            raise StoreUnavailable("the store is closed")
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    def close(self) -> None:
        """Finish the works that wait, then close every connection."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._writer.join()
        self._checkpointer.close()
        self._readers.shutdown()
        self._reading.dispose()
        self._writing.dispose()

    def _read(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._reading.begin() as connection:
                return work(connection)
        except Exception as error:
            if sqlite.is_unavailable(error):
                raise StoreUnavailable("the database cannot be read now") from error
            raise

    def _write(self) -> None:
        connection: Connection | None = None
        while jobs := self._next_group():
            try:
                if connection is None:
                    connection = self._writing.connect()
                self._commit_group(connection, jobs)
                self._checkpointer.committed(sqlite.changed_rows(connection))
                self._metrics.committed(len(jobs), self._queue.qsize())
            except Exception as error:  # the thread must outlive any work
                for job in jobs:
                    job.error = _failure(error)
                if connection is not None:
                    # What a failed commit leaves of a connection is not worth guessing.
                    connection.invalidate()
                    connection.close()
                    connection = None
            for job in jobs:
                _resolve(job)
        if connection is not None:
            connection.close()

    def _next_group(self) -> list[_Job]:
        """The works that wait now; empty once the store closes."""
        first = self._queue.get()
        if first is None:
            return []
        jobs = [first]
        while len(jobs) < GROUP_SIZE:
            try:
                job = self._queue.get_nowait()
            except Empty:
                break
            if job is None:
                self._queue.put(None)
                break
            jobs.append(job)
        return jobs

    def _commit_group(self, connection: Connection, jobs: list[_Job]) -> None:
        with connection.begin() as transaction:
            for job in jobs:
                self._on_step(f"{job.operation}:begin")
                # One alone has no neighbours to leave alone.
                own = connection.begin_nested() if len(jobs) > 1 else transaction
                try:
                    job.result = job.work(connection)
                except Exception as error:
                    if sqlite.is_unavailable(error):
                        raise  # SQLite may have rolled back the whole transaction
                    own.rollback()
                    job.error = error
                else:
                    if own is not transaction:
                        own.commit()
                self._on_step(f"{job.operation}:commit")
        for job in jobs:
            self._on_step(f"{job.operation}:answer")


def _failure(error: Exception) -> Exception:
    if sqlite.is_unavailable(error):
        unavailable = StoreUnavailable("the database cannot be written now")
        unavailable.__cause__ = error
        return unavailable
    return error


def _resolve(job: _Job) -> None:
    def settle() -> None:
        if job.future.done():
            return
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)

    try:
        job.loop.call_soon_threadsafe(settle)
    except RuntimeError:
        # The loop closed while the work was under way: nobody waits for it any more.
        return
