"""Writing the database's files anew, so that nothing that was deleted is left in them.

SQLite overwrites what is deleted, but its log keeps older pages until they are reused.
PostgreSQL keeps deleted rows in its files until something overwrites them.
"""

from typing import assert_never

from sqlalchemy.exc import DBAPIError

from motp_verifier.store import sqlite
from motp_verifier.store.location import Database, PostgresDatabase, SqliteFile
from motp_verifier.store.port import StoreUnavailable
from motp_verifier.store.tables import metadata

_AUDIT = ("audit_row", "audit_head", "audit_leaf")
"""Large, and never with a name in them."""


def compact(database: Database) -> None:
    """Write the files anew. Others wait meanwhile. Raises StoreUnavailable.

    On PostgreSQL the write-ahead log and backups keep what they have until they expire.
    """
    match database:
        case SqliteFile(path):
            engine = sqlite.writing_engine(path)
            statements = ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
        case PostgresDatabase(url):
            from motp_verifier.store import postgres  # noqa: PLC0415 - an extra that not all have

            engine = postgres.maintenance_engine(url)
            names = [table.name for table in metadata.sorted_tables if table.name not in _AUDIT]
            statements = [f'VACUUM FULL "{name}"' for name in names]
        case never:
            assert_never(never)
    try:
        # Beneath SQLAlchemy: neither may run inside a transaction.
        connection = engine.raw_connection()
        try:
            driver = connection.driver_connection
            if driver is None:
                raise StoreUnavailable(f"{database} cannot be opened")
            if isinstance(database, PostgresDatabase):
                driver.rollback()
                driver.autocommit = True
            for statement in statements:
                driver.execute(statement)
        finally:
            connection.close()
    except (DBAPIError, engine.dialect.loaded_dbapi.OperationalError) as error:
        raise StoreUnavailable(f"{database} cannot be written anew now") from error
    finally:
        engine.dispose()
