"""What is particular to PostgreSQL: others are faster, connections die, the server goes away."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import psycopg
import pytest
from sqlalchemy import Connection, insert, select, text, update

from motp_verifier.store import pooled
from motp_verifier.store.location import BadDatabaseUrl, PostgresDatabase
from motp_verifier.store.opening import maintaining
from motp_verifier.store.pooled import PooledStore
from motp_verifier.store.port import OutcomeUnknown, StoreUnavailable
from motp_verifier.store.tables import institution
from tests.support.databases import Cluster, fresh_database

T = TypeVar("T")


@pytest.fixture
def database(cluster: Cluster) -> Iterator[PostgresDatabase]:
    with fresh_database(cluster) as url:
        yield PostgresDatabase(url, 4)


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A server that a test may stop."""
    with Cluster() as started:
        yield started


def _with(
    database: PostgresDatabase,
    scenario: Callable[[PooledStore], Coroutine[Any, Any, T]],
    on_step: Callable[[str], None] = lambda step: None,
) -> T:
    async def run() -> T:
        store = PooledStore(database, on_step)
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


def _end_session(database: PostgresDatabase, session: int) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", (session,))


def _session(connection: Connection) -> int:
    return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_a_transaction_is_durable_and_bounded_whatever_the_server_s_defaults(
    database: PostgresDatabase,
) -> None:
    names = (
        "synchronous_commit",
        "transaction_isolation",
        "transaction_read_only",
        "statement_timeout",
        "lock_timeout",
        "idle_in_transaction_session_timeout",
    )

    def settings(connection: Connection) -> list[str]:
        return [str(connection.execute(text(f"SHOW {name}")).scalar_one()) for name in names]

    async def scenario(store: PooledStore) -> tuple[list[str], list[str]]:
        return await store.run("test", settings), await store.read(settings)

    bounds = ["20s", "5s", "20s"]
    assert _with(database, scenario) == (
        ["on", "read committed", "off", *bounds],
        ["on", "repeatable read", "on", *bounds],
    )


def test_works_that_block_each_other_are_done_afresh(database: PostgresDatabase) -> None:
    meeting = threading.Barrier(2)

    def crossing(first: str, second: str) -> Callable[[Connection], None]:
        met = False

        def work(connection: Connection) -> None:
            nonlocal met
            for name in (first, second):
                row = update(institution).where(institution.c.id == name)
                connection.execute(row.values(created_at=institution.c.created_at + 1))
                if not met:
                    met = True
                    meeting.wait(10)

        return work

    def counts(connection: Connection) -> list[int]:
        return list(connection.execute(select(institution.c.created_at)).scalars())

    async def scenario(store: PooledStore) -> list[int]:
        for name in "ab":
            await store.run("add", _add(name))
        await asyncio.gather(
            store.run("one", crossing("a", "b")), store.run("other", crossing("b", "a"))
        )
        return await store.read(counts)

    assert _with(database, scenario) == [3, 3]


def test_whoever_comes_second_to_a_key_sees_the_first_one_s_row(
    database: PostgresDatabase,
) -> None:
    meeting = threading.Barrier(2)

    def first_insert() -> Callable[[Connection], str]:
        met = False

        def work(connection: Connection) -> str:
            nonlocal met
            if "a" in _names(connection):
                return "found"
            if not met:
                met = True
                meeting.wait(10)
            return _add("a")(connection)

        return work

    async def scenario(store: PooledStore) -> list[str]:
        return sorted(await asyncio.gather(*(store.run("add", first_insert()) for _ in range(2))))

    assert _with(database, scenario) == ["a", "found"]


def test_a_dead_connection_is_replaced_before_anybody_notices(database: PostgresDatabase) -> None:
    async def scenario(store: PooledStore) -> set[str]:
        _end_session(database, await store.run("test", _session))
        await store.run("add", _add("a"))
        _end_session(database, await store.read(_session))
        return await store.read(_names)

    assert _with(database, scenario) == {"a"}


def test_a_session_that_ends_in_the_midst_of_a_work_lets_it_be_done_once(
    database: PostgresDatabase,
) -> None:
    sessions: list[int] = []

    def work(connection: Connection) -> None:
        _add("a")(connection)
        sessions.append(_session(connection))
        if len(sessions) == 1:
            _end_session(database, sessions[0])
        _add("b")(connection)

    async def scenario(store: PooledStore) -> set[str]:
        await store.run("add", work)
        return await store.read(_names)

    assert _with(database, scenario) == {"a", "b"}
    assert len(sessions) == 2


def test_a_commit_whose_outcome_is_unknown_is_never_repeated(database: PostgresDatabase) -> None:
    """The session ends after the work, so that the loss is met by COMMIT itself."""
    sessions: list[int] = []

    def work(connection: Connection) -> None:
        _add("a")(connection)
        sessions.append(_session(connection))

    def on_step(step: str) -> None:
        if step == "add:commit":
            _end_session(database, sessions[-1])

    async def scenario(store: PooledStore) -> set[str]:
        with pytest.raises(OutcomeUnknown):
            await store.run("add", work)
        return await store.read(_names)

    assert _with(database, scenario, on_step) == set()
    assert len(sessions) == 1


def test_a_server_that_was_restarted_is_used_again_at_once(own_cluster: Cluster) -> None:
    database = PostgresDatabase(own_cluster.new_database(), 4)

    async def scenario(store: PooledStore) -> set[str]:
        await asyncio.gather(*(store.run("add", _add(name)) for name in "abcd"))
        own_cluster.stop()
        with pytest.raises(StoreUnavailable):
            await store.run("add", _add("lost"))
        with pytest.raises(StoreUnavailable):
            await store.read(_names)
        own_cluster.start()
        await asyncio.gather(*(store.run("add", _add(name)) for name in "efgh"))
        return await store.read(_names)

    assert _with(database, scenario) == set("abcdefgh")


def test_too_many_connections_are_unavailable(cluster: Cluster) -> None:
    url = cluster.new_database()
    with maintaining(PostgresDatabase(url, 1)) as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text("CREATE ROLE narrow LOGIN PASSWORD 'narrow' CONNECTION LIMIT 0"))
        connection.execute(text(f'GRANT ALL ON DATABASE "{name}" TO narrow'))
    rest = url.rpartition("@")[2]
    narrow = PostgresDatabase(f"postgresql://narrow:narrow@{rest}", 1)

    async def scenario(store: PooledStore) -> None:
        with pytest.raises(StoreUnavailable):
            await store.run("add", _add("a"))

    _with(narrow, scenario)
    cluster.drop(url)


def test_a_row_that_somebody_holds_for_too_long_is_unavailable(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motp_verifier.store.postgres.LOCK_SECONDS", 0.1)

    async def scenario(store: PooledStore) -> None:
        await store.run("add", _add("a"))
        with maintaining(database) as connection:
            connection.execute(select(institution).with_for_update())
            with pytest.raises(StoreUnavailable):
                await store.run("change", lambda c: c.execute(update(institution).values(name="")))

    _with(database, scenario)


def test_a_work_that_waits_too_long_for_its_turn_is_unavailable_and_never_begun(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pooled, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(pooled, "MAX_WAITING", 2)
    released = threading.Event()

    async def scenario(store: PooledStore) -> set[str]:
        busy = [
            asyncio.ensure_future(store.run("hold", lambda _: released.wait(10))) for _ in range(4)
        ]
        waiting = [asyncio.ensure_future(store.run("add", _add(name))) for name in "ab"]
        await asyncio.sleep(0)
        with pytest.raises(StoreUnavailable, match="too much waits"):
            await store.run("add", _add("c"))
        for each in waiting:
            with pytest.raises(StoreUnavailable, match="too busy"):
                await each
        released.set()
        await asyncio.gather(*busy)
        return await store.read(_names)

    assert _with(database, scenario) == set()


def test_whoever_stops_waiting_is_told_so_and_not_that_the_database_is_busy(
    database: PostgresDatabase,
) -> None:
    released = threading.Event()

    async def scenario(store: PooledStore) -> None:
        held = asyncio.ensure_future(store.run("hold", lambda _: released.wait(10)))
        await asyncio.sleep(0)
        held.cancel()
        with pytest.raises(asyncio.CancelledError):
            await held
        released.set()

    _with(database, scenario)


@pytest.mark.parametrize("url", ["postgresql://h/%zz", "postgresql://h/x?colour=s3cret", "x"])
def test_an_address_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(BadDatabaseUrl) as caught:
        PooledStore(PostgresDatabase(url, 1))
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_wrong_password_is_unavailable_and_stays_secret(database: PostgresDatabase) -> None:
    account, _, rest = database.url.rpartition("@")
    wrong = PostgresDatabase(f"{account}s3cret@{rest}", 1)
    with pytest.raises(StoreUnavailable) as caught, maintaining(wrong):
        raise AssertionError("it let us in")
    assert "password authentication failed" in str(caught.value)
    assert "s3cret" not in f"{caught.value} {wrong!r} {wrong}"
