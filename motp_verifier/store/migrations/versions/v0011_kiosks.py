"""Kiosks, and which registrations open at which of them.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add kiosks. Registrations so far belong to none."""
    op.create_table(
        "kiosk",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("code_expires_at", sa.BigInteger(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=True),
        sa.Column("keyid", sa.String(length=64), nullable=True),
        sa.Column("exit_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("config_version", sa.Integer(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False, server_default=""),
        sa.Column("app_version", sa.Text(), nullable=False, server_default=""),
        sa.Column("last_contact_at", sa.BigInteger(), nullable=True),
        sa.Column("skew_ms", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("config_known", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("users", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("users_day", sa.String(length=10), nullable=False, server_default=""),
        sa.Column("exit_failures", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("exit_attempt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("exit_locked_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_kiosk_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_kiosk_code_hash")),
        sa.UniqueConstraint("keyid", name=op.f("uq_kiosk_keyid")),
    )
    op.create_index(op.f("ix_kiosk_institution_id"), "kiosk", ["institution_id"], unique=False)
    for table in ("enrolment", "registration"):
        op.add_column(table, sa.Column("kiosk_id", sa.String(length=64), nullable=True))
