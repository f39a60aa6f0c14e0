"""Prepared statements past every driver's cursor: only PostgreSQL's own client library."""

from collections.abc import Sequence
from itertools import count
from typing import Any

import psycopg
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

_OBEYED = frozenset({ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK})


class PreparedStatements:
    """Those of one connection, each prepared when it is first run, for as long as it lasts.

    A cursor costs a batch of checks as much as its statements do (docs/adr/0041). Whoever
    calls waits in libpq, which lets other threads go on.
    """

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection
        self._server = connection.pgconn
        self._names: dict[str, bytes] = {}
        self._numbers = count()
        self._are_doubtful = False
        self._reading = Transformer(connection)

    def run(self, statement: str, values: Sequence[str]) -> Sequence[tuple[Any, ...]]:
        """All rows of a statement in the connection's transaction, which begins if need be.

        Its parameters are `$1` and so on. Raises psycopg.Error.
        """
        if self._server.transaction_status == TransactionStatus.IDLE:
            self._obeyed(self._server.exec_(self._begin()))
        if self._are_doubtful:
            self._look()
        name = self._names.get(statement) or self._prepare(statement)
        result = self._obeyed(
            self._server.exec_prepared(name, [value.encode() for value in values])
        )
        self._reading.set_pgresult(result)
        return self._reading.load_rows(0, result.ntuples, tuple)

    def doubt(self) -> None:
        """Somebody else may have removed them: look before one is run again."""
        self._are_doubtful = True

    def _look(self) -> None:
        found = self._obeyed(self._server.exec_(b"SELECT name FROM pg_prepared_statements"))
        left = {found.get_value(row, 0) for row in range(found.ntuples)}
        self._names = {text: name for text, name in self._names.items() if name in left}
        self._are_doubtful = False

    def _prepare(self, statement: str) -> bytes:
        name = b"motp_%d" % next(self._numbers)
        self._obeyed(self._server.prepare(name, statement.encode()))
        self._names[statement] = name
        return name

    def _begin(self) -> bytes:
        """As psycopg itself would begin: SQLAlchemy tells it how."""
        words = ["BEGIN"]
        level = self._connection.isolation_level
        if level is not None:
            words.append(f"ISOLATION LEVEL {level.name.replace('_', ' ')}")
        if self._connection.read_only:
            words.append("READ ONLY")
        return " ".join(words).encode()

    def _obeyed(self, result: PGresult) -> PGresult:
        if result.status in _OBEYED:
            return result
        if self._server.status == ConnStatus.BAD:
            raise psycopg.OperationalError("the connection is lost")
        raise error_from_result(result)
