"""What is particular to SQLite: commits in groups, a full disk, a file that is not there."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text

from motp_verifier.store.checkpointing import ROWS_BETWEEN, Checkpointer
from motp_verifier.store.grouped import GroupedStore
from motp_verifier.store.location import SqliteFile
from motp_verifier.store.migrate import migrate
from motp_verifier.store.port import StoreUnavailable
from motp_verifier.store.tables import institution


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "motp.db"
    migrate(SqliteFile(path))
    return path


def _add(name: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(insert(institution).values(id=name, name=name, created_at=1))
        return name

    return work


def _names(connection: Connection) -> set[str]:
    return set(connection.execute(select(institution.c.id)).scalars())


def test_many_works_share_a_commit(file: Path) -> None:
    steps: list[str] = []

    async def scenario() -> None:
        store = GroupedStore(file, steps.append)
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


def test_a_full_database_is_unavailable_and_recovers(file: Path) -> None:
    async def scenario() -> set[str]:
        store = GroupedStore(file)
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


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "motp.db"
    path.write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        migrate(SqliteFile(path))


def test_a_work_that_fails_alone_leaves_nothing(file: Path) -> None:
    async def scenario() -> set[str]:
        store = GroupedStore(file)
        try:

            def half(connection: Connection) -> None:
                _add("half")(connection)
                raise LookupError

            with pytest.raises(LookupError):
                await store.run("half", half)
            await store.run("add", _add("whole"))
            return await store.read(_names)
        finally:
            store.close()

    assert asyncio.run(scenario()) == {"whole"}


def test_what_was_committed_moves_into_the_file_while_the_store_is_in_use(file: Path) -> None:
    def much(connection: Connection) -> None:
        rows = [{"id": f"m{each}", "name": "m" * 500, "created_at": 1} for each in range(1500)]
        connection.execute(insert(institution), rows)

    async def scenario() -> None:
        store = GroupedStore(file)
        try:
            await store.run("much", much)
            for _ in range(500):
                if file.stat().st_size > before + 500 * 1000:
                    return
                await asyncio.sleep(0.01)
            raise AssertionError("everything still lies in the log")
        finally:
            store.close()

    before = file.stat().st_size
    asyncio.run(scenario())


def test_a_checkpoint_that_fails_is_logged_and_the_next_one_is_tried(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    checkpointer = Checkpointer(tmp_path / "missing" / "motp.db")
    for rows in (ROWS_BETWEEN, 2 * ROWS_BETWEEN):
        before = len(caplog.records)
        checkpointer.committed(rows)
        for _ in range(500):
            if len(caplog.records) > before:
                break
            time.sleep(0.01)
    checkpointer.close()
    assert [each.getMessage() for each in caplog.records] == [
        "a checkpoint failed: OperationalError"
    ] * 2
