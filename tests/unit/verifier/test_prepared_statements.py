"""Statements that are run past the driver's cursors: prepared once, and never missed."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from motp_verifier.store.postgres import is_overtaken, run_bare, serving_engine, snapshots
from tests.support.databases import Cluster, fresh_database

_ECHO = "SELECT $1::text, $2::bigint"
_OFTEN = 7
"""So often run, psycopg has prepared a statement of its own."""


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    with fresh_database(cluster) as made:
        yield made


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """One whose works all have the same connection."""
    made = serving_engine(url, 1)
    yield made
    made.dispose()


def echo(connection: Connection) -> list[tuple[object, ...]]:
    return list(run_bare(connection, _ECHO, ("가", "7")))


def prepared(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT name, statement FROM pg_prepared_statements"))
    return {name: statement for name, statement in rows if name.startswith("motp_")}


def have_psycopg_prepare(connection: Connection) -> None:
    for _ in range(_OFTEN):
        connection.execute(text("SELECT 1"))


def test_a_statement_is_prepared_once_for_all_transactions_of_a_connection(engine: Engine) -> None:
    for _ in range(3):
        with engine.begin() as connection:
            assert echo(connection) == [("가", 7)]
    with engine.begin() as connection:
        assert list(prepared(connection).values()) == [_ECHO]


@pytest.mark.parametrize("of_reading", [False, True])
def test_what_a_rollback_removes_is_prepared_anew(engine: Engine, of_reading: bool) -> None:
    undone = snapshots(engine) if of_reading else engine
    with undone.connect() as connection, connection.begin() as transaction:
        have_psycopg_prepare(connection)
        echo(connection)
        transaction.rollback()
    with engine.begin() as connection:
        assert prepared(connection) == {}
        assert echo(connection) == [("가", 7)]


def test_what_a_rollback_leaves_is_not_prepared_twice(engine: Engine) -> None:
    for _ in range(3):
        with engine.connect() as connection, connection.begin() as transaction:
            echo(connection)
            transaction.rollback()
    with engine.begin() as connection:
        assert echo(connection) == [("가", 7)]
        assert len(prepared(connection)) == 1


def test_it_is_there_after_a_part_of_its_transaction_was_undone(engine: Engine) -> None:
    with engine.begin() as connection:
        have_psycopg_prepare(connection)
        echo(connection)
        with connection.begin_nested() as part:
            part.rollback()
        assert echo(connection) == [("가", 7)]


def test_the_transaction_begins_as_the_engine_is_told_to(engine: Engine) -> None:
    asked = "SELECT current_setting('transaction_isolation'), current_setting($1::text)"
    only = ("transaction_read_only",)
    with engine.begin() as connection:
        assert run_bare(connection, asked, only) == [("read committed", "off")]
    with snapshots(engine).begin() as connection:
        assert run_bare(connection, asked, only) == [("repeatable read", "on")]


def test_a_refused_value_is_not_in_the_error(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as raised, engine.begin() as connection:
        run_bare(connection, "SELECT $1::bigint", ("unspeakable",))
    assert "unspeakable" not in f"{raised.value} {raised.value.orig}"
    assert not is_overtaken(raised.value)


def test_a_session_that_ended_may_be_tried_afresh(engine: Engine, url: str) -> None:
    with pytest.raises(DBAPIError) as raised, engine.begin() as connection:
        echo(connection)
        session = int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (session,))
        echo(connection)
    assert is_overtaken(raised.value)
    with engine.begin() as connection:
        assert echo(connection) == [("가", 7)]
