"""What an operator's check reads. The caller holds a snapshot."""

from sqlalchemy import Connection, func, select, text

from motp_verifier.store.sealed import SEALED, SealedColumn, SealedValue
from motp_verifier.store.tables import audit_row


def damage(connection: Connection) -> list[str]:
    """What SQLite finds wrong with its own file; PostgreSQL has its own tools for that."""
    if connection.dialect.name != "sqlite":
        return []
    said = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(10)"))]
    found = [line for line in said if line != "ok"]
    orphans = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(10)
    return found + [
        f"a row of {row[0]} refers to one of {row[2]} that is not there" for row in orphans
    ]


def sealed_sample(
    connection: Connection, limit: int
) -> list[tuple[SealedColumn, list[SealedValue]]]:
    """Some values of every sealed column."""
    sample = []
    for where in SEALED:
        query = select(*where.key, where.column).where(where.column.is_not(None)).limit(limit)
        values = [SealedValue(tuple(row[:-1]), row[-1]) for row in connection.execute(query)]
        sample.append((where, values))
    return sample


def newest_time(connection: Connection) -> int | None:
    """When the newest audit row was written, in milliseconds since 1970."""
    newest: int | None = connection.execute(select(func.max(audit_row.c.at))).scalar_one()
    return newest
