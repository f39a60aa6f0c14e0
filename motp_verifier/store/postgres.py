"""PostgreSQL connections: durable commits, bounded waits, and what their errors mean."""

from collections.abc import Sequence
from typing import Any, cast

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    NullPool,
    QueuePool,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError

from motp_verifier.store.location import BadDatabaseUrl
from motp_verifier.store.prepared import PreparedStatements

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 20
LOCK_SECONDS = 5
MIGRATION_LOCK_SECONDS = 60

# Whole classes and single conditions (PostgreSQL manual, appendix A) that speak of the server
# and not of the statement: connection, resources, operator, system, data files.
_UNAVAILABLE_CLASSES = frozenset({"08", "28", "53", "57", "58", "XX"})
_UNAVAILABLE = frozenset(
    {
        "25006",  # read-only: a standby
        "25P03",  # idle in the transaction for too long
        "3D000",  # no such database
        "55P03",  # a lock was not to be had in time
    }
)
# Others were faster: done afresh, the work sees what they did.
_OVERTAKEN = frozenset(
    {
        "23503",  # the row that is referred to is gone
        "23505",  # the key is taken
        "40001",  # serialization failure
        "40P01",  # deadlock
    }
)
_DATA_EXCEPTION = "22"
_PREPARED = "motp_prepared"


def serving_engine(url: str, connections: int) -> Engine:
    """An engine whose transactions are READ COMMITTED and durable, over a pool.

    A dead connection is noticed when it is used, and takes all the others that are as old
    out of the pool. Raises BadDatabaseUrl.
    """
    settings = {
        "statement_timeout": f"{STATEMENT_SECONDS}s",
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{STATEMENT_SECONDS}s",
    }
    return _engine(
        url,
        settings,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_use_lifo=True,
    )


def maintenance_engine(url: str) -> Engine:
    """An engine for an operator's work, which may take its time. Raises BadDatabaseUrl."""
    settings = {"statement_timeout": "0", "lock_timeout": f"{MIGRATION_LOCK_SECONDS}s"}
    return _engine(url, settings, poolclass=NullPool)


def snapshots(engine: Engine) -> Engine:
    """The same connections for transactions that read one snapshot and write nothing."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def run_bare(
    connection: Connection, statement: str, values: Sequence[str]
) -> Sequence[tuple[Any, ...]]:
    """Run a statement that returns rows past SQLAlchemy and psycopg's cursors; all of its rows.

    What they do around a statement takes as long as a check's share of it. SQLAlchemy's
    transactions, its pool and its errors stay in force: raises DBAPIError.
    """
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    prepared = _prepared(connection)
    if prepared is None:
        # SQLAlchemy forgets it with the connection that it is about.
        prepared = connection.info[_PREPARED] = PreparedStatements(driver)
    try:
        return prepared.run(statement, values)
    except psycopg.Error as error:
        is_lost = driver.closed
        if is_lost:
            connection.invalidate(error)
        wrapped = DBAPIError("", None, error, hide_parameters=True, connection_invalidated=is_lost)
        _hide(error, wrapped)
        raise wrapped from error


def is_unavailable(error: BaseException) -> bool:
    """Whether an error means that the database can't be used now."""
    if not isinstance(error, DBAPIError):
        return False
    state = _state(error)
    if state is None:
        return error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError)
    return state[:2] in _UNAVAILABLE_CLASSES or state in _UNAVAILABLE


def is_overtaken(error: BaseException) -> bool:
    """Whether work that failed so may succeed when it is done afresh."""
    return isinstance(error, DBAPIError) and (
        error.connection_invalidated or _state(error) in _OVERTAKEN
    )


def was_undone(error: DBAPIError) -> bool:
    """Whether the server itself said that the transaction was rolled back.

    A session that ended during COMMIT leaves open whether it was kept.
    """
    cause = error.orig
    return isinstance(cause, psycopg.Error) and cause.diag.severity_nonlocalized == "ERROR"


def _engine(url: str, settings: dict[str, str], **pool: Any) -> Engine:
    arguments = _arguments(url, {"synchronous_commit": "on"} | settings)
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(**arguments),
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        use_native_hstore=False,
        **pool,
    )
    event.listen(engine, "handle_error", _hide_values)
    event.listen(engine, "rollback", _doubt)
    event.listen(engine, "rollback_savepoint", lambda connection, *_: _doubt(connection))
    return engine


def _prepared(connection: Connection) -> PreparedStatements | None:
    return cast(PreparedStatements | None, connection.info.get(_PREPARED))


def _doubt(connection: Connection) -> None:
    """After a rollback psycopg may have all prepared statements removed, ours among them."""
    if not connection.invalidated and (prepared := _prepared(connection)) is not None:
        prepared.doubt()


def _arguments(url: str, settings: dict[str, str]) -> dict[str, Any]:
    try:
        given = conninfo_to_dict(url)
    except psycopg.Error:
        raise BadDatabaseUrl(
            "database_url: is not of the form postgresql://user@host:port/name"
        ) from None
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    ours: dict[str, Any] = {
        # A network that swallows packets must not hold a thread for longer than a lock may.
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": STATEMENT_SECONDS * 1000,
        "application_name": "motp-verifier",
    }
    own_options = f"{given.pop('options', '')} {options}".strip()
    return ours | given | {"options": own_options, "client_encoding": "utf8"}


def _state(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _hide_values(context: ExceptionContext) -> None:
    """Take the values out of a server's message: "Key (name)=(…) already exists"."""
    _hide(context.original_exception, context.sqlalchemy_exception)


def _hide(cause: BaseException, wrapped: Exception | None) -> None:
    if not isinstance(cause, psycopg.Error) or cause.sqlstate is None:
        return
    message = cause.diag.message_primary or ""
    if cause.sqlstate.startswith(_DATA_EXCEPTION):
        message = "a value does not fit"
    cause.args = (f"{message} ({cause.sqlstate})",)
    if isinstance(wrapped, DBAPIError):
        wrapped.args = (f"({type(cause).__name__}) {cause}",)
