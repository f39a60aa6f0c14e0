"""The store's promises, on each database: what is answered is kept, works are apart."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from motp_verifier.store.location import Database, SqliteFile
from motp_verifier.store.opening import maintaining, open_store
from motp_verifier.store.port import Store, StoreUnavailable
from motp_verifier.store.tables import institution

T = TypeVar("T")


def _with(database: Database, scenario: Callable[[Store], Coroutine[Any, Any, T]]) -> T:
    async def run() -> T:
        store = open_store(database)
        try:
            return await scenario(store)
        finally:
            store.close()

    return asyncio.run(run())


def _add(name: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(insert(institution).values(id=name, name=name, created_at=1))
        return name

    return work


def _names(connection: Connection) -> set[str]:
    return set(connection.execute(select(institution.c.id)).scalars())


def test_a_work_that_fails_does_not_undo_its_neighbours(database: Database) -> None:
    async def scenario(store: Store) -> tuple[list[object], set[str]]:
        results = await asyncio.gather(
            *(store.run("add", _add(name)) for name in ["a", "b", "a", "c"]),
            return_exceptions=True,
        )
        return list(results), await store.read(_names)

    results, names = _with(database, scenario)
    assert [results[1], results[3]] == ["b", "c"]
    first, second = sorted((results[0], results[2]), key=str, reverse=True)
    assert first == "a"
    assert isinstance(second, IntegrityError)
    assert names == {"a", "b", "c"}


def test_a_work_that_raises_is_undone_whole(database: Database) -> None:
    def work(connection: Connection) -> None:
        _add("a")(connection)
        raise KeyError("a test")

    async def scenario(store: Store) -> set[str]:
        with pytest.raises(KeyError):
            await store.run("add", work)
        return await store.read(_names)

    assert _with(database, scenario) == set()


def test_a_savepoint_undoes_only_what_is_in_it(database: Database) -> None:
    def work(connection: Connection) -> None:
        _add("a")(connection)
        with pytest.raises(IntegrityError), connection.begin_nested():
            _add("a")(connection)
        _add("b")(connection)

    async def scenario(store: Store) -> set[str]:
        await store.run("add", work)
        return await store.read(_names)

    assert _with(database, scenario) == {"a", "b"}


def test_the_steps_of_a_write_are_told_in_order(database: Database) -> None:
    steps: list[str] = []

    async def run() -> None:
        store = open_store(database, steps.append)
        try:
            await store.run("add", lambda connection: steps.append("work"))
        finally:
            store.close()

    asyncio.run(run())
    assert steps == ["add:begin", "work", "add:commit", "add:answer"]


def test_an_error_message_holds_no_value(database: Database) -> None:
    async def scenario(store: Store) -> None:
        await store.run("add", _add("홍길동"))
        await store.run("add", _add("홍길동"))

    with pytest.raises(IntegrityError) as caught:
        _with(database, scenario)
    assert "홍길동" not in f"{caught.value} {caught.value!r} {caught.value.orig}"


def test_a_closed_store_is_unavailable(database: Database) -> None:
    async def scenario(store: Store) -> None:
        store.close()
        with pytest.raises(StoreUnavailable):
            await store.run("add", _add("a"))
        with pytest.raises(StoreUnavailable):
            await store.read(_names)

    _with(database, scenario)


def test_closing_finishes_what_waits(database: Database) -> None:
    async def scenario(store: Store) -> list[str]:
        waiting = [asyncio.ensure_future(store.run("add", _add(str(n)))) for n in range(20)]
        await asyncio.sleep(0)
        store.close()
        return await asyncio.gather(*waiting)

    assert _with(database, scenario) == [str(n) for n in range(20)]


def test_a_reader_cannot_write(database: Database) -> None:
    async def scenario(store: Store) -> None:
        with pytest.raises(StoreUnavailable):
            await store.read(lambda c: c.execute(update(institution).values(name="x")))

    _with(database, scenario)


def test_a_reader_sees_one_moment_whatever_is_committed_meanwhile(database: Database) -> None:
    async def scenario(store: Store) -> tuple[set[str], set[str]]:
        loop = asyncio.get_running_loop()

        def work(connection: Connection) -> tuple[set[str], set[str]]:
            before = _names(connection)
            asyncio.run_coroutine_threadsafe(store.run("add", _add("b")), loop).result(10)
            return before, _names(connection)

        await store.run("add", _add("a"))
        return await store.read(work)

    assert _with(database, scenario) == ({"a"}, {"a"})


_COUNT = """
import asyncio, sys
from pathlib import Path
from sqlalchemy import select, update
from motp_verifier.store.opening import open_store
from motp_verifier.store.location import PostgresDatabase, SqliteFile
from motp_verifier.store.tables import institution

kind, where = sys.argv[1:]
database = PostgresDatabase(where, 4) if kind == "postgresql" else SqliteFile(Path(where))

def work(connection):
    row = select(institution.c.created_at).where(institution.c.id == "counter").with_for_update()
    value = connection.execute(row).scalar_one()
    connection.execute(update(institution).values(created_at=value + 1))

async def main():
    store = open_store(database)
    for _ in range(5):
        await asyncio.gather(*(store.run("count", work) for _ in range(8)))
    store.close()

asyncio.run(main())
"""


def test_two_processes_lose_no_update(database: Database) -> None:
    with maintaining(database) as connection:
        connection.execute(insert(institution).values(id="counter", name="", created_at=0))
    if isinstance(database, SqliteFile):
        where = ["sqlite", str(database.path)]
    else:
        where = ["postgresql", database.url]
    processes = [subprocess.Popen([sys.executable, "-c", _COUNT, *where]) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    with maintaining(database) as connection:
        assert connection.execute(select(institution.c.created_at)).scalar_one() == 80
