"""Migrations: from every revision that was released, on each database, to the tables in use."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, select, text

from motp_verifier.store.location import Database
from motp_verifier.store.migrate import DatabaseTooNew, migrate
from motp_verifier.store.opening import maintaining
from motp_verifier.store.tables import institution, metadata


def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    with maintaining(database) as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    with maintaining(database) as connection:
        connection.execute(insert(institution).values(id="kept", name="", created_at=1))
    migrate(database)
    with maintaining(database) as connection:
        assert connection.execute(select(institution.c.id)).scalars().all() == ["kept"]


def test_a_newer_database_is_refused(database: Database) -> None:
    with maintaining(database) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew):
        migrate(database)
