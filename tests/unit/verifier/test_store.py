"""The store: durable commits, one failing work among others, several processes, a full disk."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from motp_verifier.store import sqlite
from motp_verifier.store.grouped import GroupedStore
from motp_verifier.store.migrate import DatabaseTooNew, migrate
from motp_verifier.store.port import StoreUnavailable
from motp_verifier.store.tables import institution, metadata


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "motp.db"
    migrate(path)
    return path


def _add(name: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(insert(institution).values(id=name, name=name, created_at=1))
        return name

    return work


def _names(connection: Connection) -> set[str]:
    return set(connection.execute(select(institution.c.id)).scalars())


def test_a_work_that_fails_does_not_undo_its_neighbours(database: Path) -> None:
    async def scenario() -> tuple[list[object], set[str]]:
        store = GroupedStore(database)
        try:
            names = ["a", "b", "a", "c"]
            results = await asyncio.gather(
                *(store.run("add", _add(name)) for name in names),
                return_exceptions=True,
            )
            return list(results), await store.read(_names)
        finally:
            store.close()

    results, names = asyncio.run(scenario())
    assert results[:2] == ["a", "b"]
    assert isinstance(results[2], IntegrityError)
    assert results[3] == "c"
    assert names == {"a", "b", "c"}


def test_many_works_share_a_commit(database: Path) -> None:
    steps: list[str] = []

    async def scenario() -> None:
        store = GroupedStore(database, steps.append)
        try:
            await asyncio.gather(
                *(store.run(f"add{number}", _add(str(number))) for number in range(20))
            )
        finally:
            store.close()

    asyncio.run(scenario())
    first_answer = steps.index("add0:answer")
    begun_before_it = [step for step in steps[:first_answer] if step.endswith(":begin")]
    assert steps.index("add0:begin") < steps.index("add0:commit") < first_answer
    # The first work may be alone in its group; the others waited and went together.
    assert len(begun_before_it) > 1 or steps.index("add1:answer") > steps.index("add19:commit")


def test_an_error_message_holds_no_parameters(database: Path) -> None:
    async def scenario() -> None:
        store = GroupedStore(database)
        try:
            await store.run("add", _add("홍길동"))
            await store.run("add", _add("홍길동"))
        finally:
            store.close()

    with pytest.raises(IntegrityError) as caught:
        asyncio.run(scenario())
    assert "홍길동" not in str(caught.value)


def test_a_full_database_is_unavailable_and_recovers(database: Path) -> None:
    async def scenario() -> set[str]:
        store = GroupedStore(database)
        try:

            def fill(connection: Connection) -> None:
                connection.execute(text("PRAGMA max_page_count=1"))
                for number in range(5000):
                    connection.execute(
                        insert(institution).values(id=f"x{number}", name="x" * 500, created_at=1)
                    )

            with pytest.raises(StoreUnavailable):
                await store.run("fill", fill)
            await store.run("add", _add("after"))
            return await store.read(_names)
        finally:
            store.close()

    assert asyncio.run(scenario()) == {"after"}


def test_a_database_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = GroupedStore(tmp_path / "missing" / "motp.db")
        try:
            with pytest.raises(StoreUnavailable):
                await store.read(_names)
            with pytest.raises(StoreUnavailable):
                await store.run("add", _add("a"))
        finally:
            store.close()

    asyncio.run(scenario())


def test_a_closed_store_is_unavailable(database: Path) -> None:
    async def scenario() -> None:
        store = GroupedStore(database)
        store.close()
        with pytest.raises(StoreUnavailable):
            await store.run("add", _add("a"))

    asyncio.run(scenario())


def test_closing_finishes_what_waits(database: Path) -> None:
    async def scenario() -> str:
        store = GroupedStore(database)
        waiting = asyncio.ensure_future(store.run("add", _add("a")))
        await asyncio.sleep(0)
        store.close()
        return str(await waiting)

    assert asyncio.run(scenario()) == "a"


_COUNT = """
import asyncio, sys
from pathlib import Path
from sqlalchemy import select, update
from motp_verifier.store.grouped import GroupedStore
from motp_verifier.store.tables import institution

def work(connection):
    row = select(institution.c.created_at).where(institution.c.id == "counter").with_for_update()
    value = connection.execute(row).scalar_one()
    connection.execute(update(institution).values(created_at=value + 1))

async def main():
    store = GroupedStore(Path(sys.argv[1]))
    for _ in range(40):
        await store.run("count", work)
    store.close()

asyncio.run(main())
"""


def test_two_processes_on_one_file_lose_no_update(database: Path) -> None:
    engine = sqlite.writing_engine(database)
    with engine.begin() as connection:
        connection.execute(insert(institution).values(id="counter", name="", created_at=0))
    command = [sys.executable, "-c", _COUNT, str(database)]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    with engine.begin() as connection:
        assert connection.execute(select(institution.c.created_at)).scalar_one() == 80
    engine.dispose()


def test_the_migration_makes_the_tables_that_the_code_uses(database: Path) -> None:
    engine = sqlite.writing_engine(database)
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_migrating_twice_changes_nothing(database: Path) -> None:
    engine = sqlite.writing_engine(database)
    with engine.begin() as connection:
        _add("kept")(connection)
    migrate(database)
    with engine.begin() as connection:
        assert _names(connection) == {"kept"}
    engine.dispose()


def test_a_newer_database_is_refused(database: Path) -> None:
    engine = sqlite.writing_engine(database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(DatabaseTooNew):
        migrate(database)


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "motp.db"
    path.write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        migrate(path)


def test_a_reader_cannot_write(database: Path) -> None:
    async def scenario() -> None:
        store = GroupedStore(database)
        try:
            with pytest.raises(StoreUnavailable):
                await store.read(lambda c: c.execute(update(institution).values(name="x")))
        finally:
            store.close()

    asyncio.run(scenario())
