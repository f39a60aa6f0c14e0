"""Accounts and sessions of staff, codes that they give out, and what they search by.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NO_CHECK = sa.text("kind <> 'verification'")


def upgrade() -> None:
    """Add what the helpdesk keeps."""
    _people()
    _accounts()
    op.create_table(
        "bypass_code",
        sa.Column("trainee_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("occasion", sa.String(length=32), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_bypass_code_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_bypass_code_trainee_id")
        ),
        sa.PrimaryKeyConstraint("trainee_id", name=op.f("pk_bypass_code")),
    )
    op.create_index(op.f("ix_bypass_code_expires_at"), "bypass_code", ["expires_at"], unique=False)
    op.create_index(
        "ix_audit_row_subject_no_check",
        "audit_row",
        ["subject", "id"],
        unique=False,
        sqlite_where=_NO_CHECK,
        postgresql_where=_NO_CHECK,
    )
    op.create_index(
        "ix_audit_row_at_no_check",
        "audit_row",
        ["at", "kind"],
        unique=False,
        sqlite_where=_NO_CHECK,
        postgresql_where=_NO_CHECK,
    )


def _people() -> None:
    op.add_column("trainee", sa.Column("name_index", sa.LargeBinary(length=16), nullable=True))
    op.add_column("trainee", sa.Column("ending_index", sa.LargeBinary(length=16), nullable=True))
    op.create_index(op.f("ix_trainee_name_index"), "trainee", ["name_index"], unique=False)
    op.create_index(op.f("ix_trainee_ending_index"), "trainee", ["ending_index"], unique=False)
    op.add_column("enrolment", sa.Column("refused_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_enrolment_phone_index", "enrolment", ["phone_index"], unique=False)
    op.add_column("registration", sa.Column("short_code", sa.String(length=9), nullable=True))
    op.create_index(op.f("ix_registration_short_code"), "registration", ["short_code"])
    op.add_column("registration", sa.Column("pin_lock_lifted_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "code_failure", sa.Column("old", sa.Integer(), nullable=False, server_default="0")
    )


def _accounts() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_key", sa.String(length=192), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("password_expires_at", sa.BigInteger(), nullable=True),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name_key", name=op.f("uq_staff_name_key")),
    )
    op.create_table(
        "staff_setup",
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_setup_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_setup")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_setup_token_hash")),
    )
    op.create_index(op.f("ix_staff_setup_expires_at"), "staff_setup", ["expires_at"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
    )
    for column in ("staff_id", "expires_at"):
        op.create_index(op.f(f"ix_staff_session_{column}"), "staff_session", [column], unique=False)
