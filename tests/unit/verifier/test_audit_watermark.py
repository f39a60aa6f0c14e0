"""No row is missed by the sealer or sealed twice, however many write while it seals."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from motp_verifier.services.audit import sealer
from motp_verifier.store import audit as rows
from motp_verifier.store import audit_heads
from motp_verifier.store.audit import AuditEntry
from motp_verifier.store.location import PostgresDatabase
from motp_verifier.store.opening import maintaining, open_store
from tests.support.databases import Cluster, fresh_database
from tests.unit.verifier.audit_world import Audit
from tests.unit.verifier.site_world import World

WRITERS = 4
EACH = 60


@pytest.fixture
def audit(tmp_path: Path, database_url: str) -> Iterator[Audit]:
    world = World(tmp_path, database_url=database_url)
    yield Audit(world)
    world.close()


def _entries(writer: int, number: int) -> list[AuditEntry]:
    count = 1 + number % 5
    return [
        AuditEntry(1, "notice-sent", "system", detail={"w": writer, "n": number, "i": i})
        for i in range(count)
    ]


class _Undone(Exception):
    """A writer changed its mind after it had numbered rows."""


def test_every_row_is_sealed_once_while_several_write_and_two_seal(audit: Audit) -> None:
    world, before = audit.world, audit.count()

    async def write(writer: int) -> None:
        for number in range(EACH):

            def work(connection: Connection, number: int = number) -> None:
                rows.append(connection, _entries(writer, number))
                if number % 7 == 3:
                    raise _Undone

            try:
                await world.store.run("test", work)
            except _Undone:
                continue

    async def seal(done: asyncio.Event) -> None:
        one = audit.new_sealer()
        while not done.is_set():
            # Beneath the lease, so that both really try at once.
            mark = await world.store.run("mark", audit_heads.take_mark)
            assert await one._settled(mark)
            while await one._seal_batch(mark.last_id):
                pass

    async def scenario() -> None:
        done = asyncio.Event()
        sealing = [asyncio.create_task(seal(done)) for _ in range(2)]
        await asyncio.gather(*(write(writer) for writer in range(WRITERS)))
        done.set()
        await asyncio.gather(*sealing)

    world.run(scenario())
    audit.seal()
    expected = WRITERS * sum(len(_entries(0, n)) for n in range(EACH) if n % 7 != 3)
    report = audit.verify(audit.exported())
    assert (report.findings, report.rows, report.unsealed) == ((), before + expected, 0)
    assert report.heads > 2


def test_a_row_that_becomes_visible_late_is_waited_for(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction has its number first and commits last: the trap of serial ids."""
    with fresh_database(cluster) as url:
        audit = Audit(World(tmp_path, database_url=url))
        before = audit.count()
        numbered, may_commit = threading.Event(), threading.Event()

        def slow() -> None:
            with maintaining(PostgresDatabase(url, 1)) as connection:
                rows.append(connection, [AuditEntry(1, "slow", "system")])
                numbered.set()
                may_commit.wait(20)

        thread = threading.Thread(target=slow)
        thread.start()
        try:
            assert numbered.wait(20)
            audit.add(3)
            monkeypatch.setattr(sealer, "_PATIENCE_SECONDS", 0.05)
            audit.seal()
            assert audit.heads() == []
            audit.add(1)  # and meanwhile nobody had to wait
        finally:
            may_commit.set()
            thread.join()
        monkeypatch.setattr(sealer, "_PATIENCE_SECONDS", 20.0)
        audit.seal()
        assert audit.rows()[before].kind == "slow"
        report = audit.verify()
        assert (report.findings, report.rows, report.unsealed) == ((), before + 5, 0)
        audit.world.close()


def test_the_number_of_a_row_comes_after_its_transactions_id(cluster: Cluster) -> None:
    """Also for whoever inserts by a statement of their own: it is the column's default."""
    with fresh_database(cluster) as url:
        store = open_store(PostgresDatabase(url, 1))
        with maintaining(PostgresDatabase(url, 1)) as connection:
            default = connection.exec_driver_sql(
                "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef"
                " WHERE adrelid = 'audit_row'::regclass AND adnum = 1"
            ).scalar_one()
        store.close()
    assert default.index("pg_current_xact_id()") < default.index("nextval")
