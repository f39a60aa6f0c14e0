"""Many processes find an old or an empty database at once, and some are killed on the way."""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, func, select

from motp_verifier.store import tables
from motp_verifier.store.location import Database
from motp_verifier.store.migrate import migrate
from motp_verifier.store.opening import maintaining
from tests.chaos.fleet import Verifier
from tests.released.loading import Dump, dumps, read
from tests.support.databases import Cluster, database_of
from tests.support.nursery import Nursery

AT_ONCE = 6
OLDEST: Dump = read(dumps()[0])


@dataclass(frozen=True)
class Place:
    """A database without tables, and the settings that name it."""

    database: Database
    config: Path

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""

        def count(connection: Connection) -> dict[str, int]:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in tables.metadata.sorted_tables
            }

        with maintaining(self.database) as connection:
            return count(connection)

    def assert_current(self) -> None:
        with maintaining(self.database) as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, tables.metadata) == []


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    cluster: Cluster | None = None
    url = ""
    if request.param == "postgresql":
        cluster = request.getfixturevalue("cluster")
        url = cluster.new_empty_database()
    config = tmp_path / "config.toml"
    named = f'database_url = "{url}"\n' if url else ""
    config.write_text(f'data_dir = "{tmp_path}"\n{named}', "utf-8")
    yield Place(database_of(tmp_path, url), config)
    if cluster is not None:
        cluster.drop(url)


def migrate_in_processes(nursery: Nursery, place: Place) -> list[int]:
    log = place.config.with_name("log")
    children = [
        nursery.start("tests.support.migrating:run", log, config=str(place.config))
        for _ in range(AT_ONCE)
    ]
    return [nursery.wait(each) for each in children]


@pytest.mark.parametrize("is_empty", [True, False])
def test_processes_that_migrate_at_once_all_end_well(
    is_empty: bool, place: Place, nursery: Nursery
) -> None:
    if not is_empty:
        with maintaining(place.database) as connection:
            OLDEST.load(connection)
    log = place.config.with_name("log")
    assert migrate_in_processes(nursery, place) == [0] * AT_ONCE, log.read_text("utf-8")
    place.assert_current()
    expected = 0 if is_empty else len(OLDEST.tables["event"])
    assert place.counts()["audit_row"] == expected


def test_a_migration_that_is_killed_at_any_revision_goes_on_from_where_it_began(
    place: Place, nursery: Nursery
) -> None:
    with maintaining(place.database) as connection:
        OLDEST.load(connection)
    log = place.config.with_name("log")
    for revision in [read(each).revision for each in dumps()[1:]]:
        child = nursery.start(
            "tests.support.migrating:run", log, config=str(place.config), dies_at=revision
        )
        assert nursery.wait(child) == -signal.SIGKILL, log.read_text("utf-8")
        with maintaining(place.database) as connection:
            context = MigrationContext.configure(connection)
            assert context.get_current_revision() == OLDEST.revision
    migrate(place.database)
    place.assert_current()
    counts = place.counts()
    for name in ("verification", "registration", "consent", "share"):
        assert counts[name] == len(OLDEST.tables[name])
    assert counts["audit_row"] == len(OLDEST.tables["event"])


def test_verifiers_that_start_at_once_on_an_empty_database_share_one_set_of_keys(
    place: Place, nursery: Nursery
) -> None:
    fleet = [Verifier(nursery, place.config, number, workers=1) for number in range(3)]
    for each in fleet:
        each.launch()
    for each in fleet:
        each.wait_until_listening()
    published = [
        httpx.get(f"{each.origin}/.well-known/jwks.json", trust_env=False).json() for each in fleet
    ]
    assert len(published[0]["keys"]) == 1
    assert published[1:] == published[:1] * 2
    for each in fleet:
        each.stop()
    counts = place.counts()
    assert (counts["secret"], counts["signing_key"]) == (1, 1)
