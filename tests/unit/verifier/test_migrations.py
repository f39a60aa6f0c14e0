"""Migrations: from every revision that was released, on each database, to the tables in use."""

import ast
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text

from motp_verifier.store import migrations, revision
from motp_verifier.store.location import Database
from motp_verifier.store.migrate import DatabaseTooNew, migrate
from motp_verifier.store.opening import maintaining
from motp_verifier.store.revision import is_behind
from motp_verifier.store.tables import institution, metadata

FIRST_THAT_ONLY_ADDS = "v0010"
ADDING = {"create_table", "add_column", "create_index", "f"}
CONTRACTING: dict[str, str] = {}
"""Migrations that take away, each with the release before it, which used it no more."""


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


def test_a_running_process_goes_on_over_a_newer_database_and_not_over_an_older_one(
    database: Database,
) -> None:
    with maintaining(database) as connection:
        assert not is_behind(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        assert not is_behind(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        assert is_behind(connection)
        connection.execute(text("DELETE FROM alembic_version"))
        assert is_behind(connection)


def added_only(source: str) -> list[str]:
    """What a migration does that could break the release before it (ADR 40)."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if not isinstance(node.func.value, ast.Name) or node.func.value.id != "op":
            continue
        name, said = node.func.attr, ast.unparse(node)
        unique = any(k.arg == "unique" and ast.unparse(k.value) != "False" for k in node.keywords)
        needed = name == "add_column" and "nullable=False" in said and "server_default" not in said
        if name not in ADDING or unique or needed:
            found.append(said)
    return found


def test_migrations_leave_the_last_release_working() -> None:
    folder = Path(str(migrations.__file__)).parent / "versions"
    files = [each for each in sorted(folder.glob("v*.py")) if each.stem >= FIRST_THAT_ONLY_ADDS]
    assert files
    broken = {each.stem: found for each in files if (found := added_only(each.read_text("utf-8")))}
    assert broken.keys() == CONTRACTING.keys(), broken


@pytest.mark.parametrize(
    "statement",
    [
        "op.drop_column('a', 'b')",
        "op.alter_column('a', 'b', nullable=False)",
        "op.execute('UPDATE a SET b = 1')",
        "op.create_index('i', 'a', ['b'], unique=True)",
        "op.add_column('a', sa.Column('b', sa.Integer(), nullable=False))",
    ],
)
def test_what_would_break_the_last_release_is_found(statement: str) -> None:
    assert added_only(statement)


def test_the_revisions_are_those_that_alembic_finds_in_the_modules() -> None:
    config = Config()
    config.set_main_option("script_location", str(revision.SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert revision.newest_revisions() == set(scripts.get_heads())
    assert revision.known_revisions() == {each.revision for each in scripts.walk_revisions()}
