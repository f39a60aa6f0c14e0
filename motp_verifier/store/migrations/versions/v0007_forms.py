"""Phone identity verifications that a site may use once, and what browsers were refused.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the agency's form interface and the fallback keep."""
    op.create_table(
        "phone_transaction",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("trainee_id", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_phone_transaction_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_phone_transaction_trainee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_transaction")),
    )
    op.create_index(
        op.f("ix_phone_transaction_trainee_id"), "phone_transaction", ["trainee_id"], unique=False
    )
    op.create_index(
        op.f("ix_phone_transaction_expires_at"), "phone_transaction", ["expires_at"], unique=False
    )
    op.create_table(
        "browser_refusal",
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("person_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "person_index", name=op.f("pk_browser_refusal")),
    )
    op.create_index(op.f("ix_browser_refusal_at"), "browser_refusal", ["at"], unique=False)
