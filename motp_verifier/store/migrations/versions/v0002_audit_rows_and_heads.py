"""Audit rows and their sealed heads in the place of events; a key for each trainee's name there.

The triggers keep the audit append-only. What they let through is retention: a source
address is replaced by its hash, and the rows of a head that is marked as dropped go. Whoever
rebuilds one of these tables must make its triggers again.

Revision ID: 0002
"""

import hashlib
import hmac
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CHUNK = 1000
_LABEL = b"motp/v1 audit subject"
_BY_SYSTEM = ("notice-sent", "notice-dropped")
_SQLITE_TRIGGERS = (
    """CREATE TRIGGER audit_row_update BEFORE UPDATE ON audit_row
       WHEN NOT (
         NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.kind IS OLD.kind
         AND NEW.subject IS OLD.subject AND NEW.institution_id IS OLD.institution_id
         AND NEW.registration_id IS OLD.registration_id AND NEW.actor IS OLD.actor
         AND NEW.reason IS OLD.reason AND NEW.detail IS OLD.detail
         AND OLD.source IS NOT NULL AND NEW.source IS NULL
         AND NEW.source_salt IS NULL AND NEW.source_hash IS NOT NULL
       )
       BEGIN SELECT RAISE(ABORT, 'audit rows are only ever added'); END""",
    """CREATE TRIGGER audit_row_delete BEFORE DELETE ON audit_row
       WHEN (SELECT dropped_at FROM audit_head WHERE last_id >= OLD.id
             ORDER BY last_id LIMIT 1) IS NULL
       BEGIN SELECT RAISE(ABORT, 'audit rows are only ever added'); END""",
    """CREATE TRIGGER audit_head_update BEFORE UPDATE ON audit_head
       WHEN NOT (
         NEW.number IS OLD.number AND NEW.at IS OLD.at AND NEW.first_id IS OLD.first_id
         AND NEW.last_id IS OLD.last_id AND NEW.size IS OLD.size AND NEW.root IS OLD.root
         AND NEW.token IS OLD.token AND NEW.mac IS OLD.mac
         AND OLD.dropped_at IS NULL AND NEW.dropped_at IS NOT NULL
       )
       BEGIN SELECT RAISE(ABORT, 'audit heads are only ever added'); END""",
    """CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head
       BEGIN SELECT RAISE(ABORT, 'audit heads are only ever added'); END""",
)
_POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         RAISE EXCEPTION 'audit rows and heads are only ever added'
           USING ERRCODE = 'restrict_violation';
       END $$""",
    """CREATE FUNCTION audit_row_delete() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF (SELECT dropped_at FROM audit_head WHERE last_id >= OLD.id
             ORDER BY last_id LIMIT 1) IS NULL THEN
           RAISE EXCEPTION 'audit rows are only ever added'
             USING ERRCODE = 'restrict_violation';
         END IF;
         RETURN OLD;
       END $$""",
    """CREATE TRIGGER audit_row_update BEFORE UPDATE ON audit_row FOR EACH ROW
       WHEN (NOT (
         NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.kind = OLD.kind
         AND NEW.subject IS NOT DISTINCT FROM OLD.subject
         AND NEW.institution_id IS NOT DISTINCT FROM OLD.institution_id
         AND NEW.registration_id IS NOT DISTINCT FROM OLD.registration_id
         AND NEW.actor = OLD.actor AND NEW.reason IS NOT DISTINCT FROM OLD.reason
         AND NEW.detail = OLD.detail
         AND OLD.source IS NOT NULL AND NEW.source IS NULL
         AND NEW.source_salt IS NULL AND NEW.source_hash IS NOT NULL
       ))
       EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_row_delete BEFORE DELETE ON audit_row FOR EACH ROW
       EXECUTE FUNCTION audit_row_delete()""",
    """CREATE TRIGGER audit_head_update BEFORE UPDATE ON audit_head FOR EACH ROW
       WHEN (NOT (
         NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.first_id = OLD.first_id
         AND NEW.last_id = OLD.last_id AND NEW.size = OLD.size AND NEW.root = OLD.root
         AND NEW.token = OLD.token AND NEW.mac = OLD.mac
         AND OLD.dropped_at IS NULL AND NEW.dropped_at IS NOT NULL
       ))
       EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head FOR EACH ROW
       EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_row_truncate BEFORE TRUNCATE ON audit_row
       EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_head_truncate BEFORE TRUNCATE ON audit_head
       EXECUTE FUNCTION audit_refuse()""",
)


def upgrade() -> None:
    """Make the tables, move the events into them, and lock them."""
    dialect = op.get_bind().dialect.name
    _create_tables()
    if dialect == "postgresql":
        # The transaction has its id before the row has its number: a number that was
        # handed out belongs to a transaction that a snapshot can tell of.
        op.execute(
            "ALTER TABLE audit_row ALTER COLUMN id SET DEFAULT CASE WHEN "
            "pg_current_xact_id() IS NOT NULL THEN nextval('audit_row_id_seq'::regclass) END"
        )
    random = (
        "randomblob(32)"
        if dialect == "sqlite"
        else "decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')"
    )
    op.add_column("trainee", sa.Column("subject_key", sa.LargeBinary(length=32), nullable=True))
    op.execute(f"UPDATE trainee SET subject_key = {random}")  # noqa: S608 - no values in it
    _move_events(op.get_bind())
    op.drop_table("event")
    for statement in _SQLITE_TRIGGERS if dialect == "sqlite" else _POSTGRESQL_TRIGGERS:
        op.execute(statement)


def _create_tables() -> None:
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit_row",
        sa.Column("id", serial, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=32), nullable=True),
        sa.Column("institution_id", sa.String(length=64), nullable=True),
        sa.Column("registration_id", sa.String(length=64), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=45), nullable=True),
        sa.Column("source_salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("source_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
    )
    op.create_table(
        "audit_head",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("dropped_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_head")),
        sa.UniqueConstraint("last_id", name=op.f("uq_audit_head_last_id")),
    )
    op.create_table(
        "audit_leaf",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_leaf")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )


def _move_events(connection: sa.Connection) -> None:
    found = sa.text(
        "SELECT e.id, e.at, e.kind, e.registration_id, e.institution_id, e.detail, t.subject_key"
        " FROM event e LEFT JOIN registration r ON r.id = e.registration_id"
        " LEFT JOIN trainee t ON t.id = r.trainee_id WHERE e.id > :after ORDER BY e.id LIMIT :most"
    )
    kept = sa.text(
        "INSERT INTO audit_row (at, kind, subject, institution_id, registration_id, actor, detail)"
        " VALUES (:at, :kind, :subject, :institution_id, :registration_id, :actor, :detail)"
    )
    after = 0
    while rows := connection.execute(found, {"after": after, "most": _CHUNK}).all():
        connection.execute(kept, [_row_of_event(row) for row in rows])
        after = rows[-1].id


def _row_of_event(row: sa.Row[Any]) -> dict[str, Any]:
    key = row.subject_key
    return {
        "at": row.at,
        "kind": row.kind,
        "subject": None if key is None else hmac.digest(bytes(key), _LABEL, hashlib.sha256),
        "institution_id": row.institution_id,
        "registration_id": row.registration_id,
        "actor": "system" if row.kind in _BY_SYSTEM else "device",
        "detail": row.detail,
    }
