"""Pop-ups, requests for approval on the same PC, and proofs of telephones on pop-ups.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what pop-ups keep."""
    op.create_table(
        "popup",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("trainee_id", sa.String(length=64), nullable=True),
        sa.Column("pairwise_id", sa.String(length=64), nullable=True),
        sa.Column("person_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("class", sa.Text(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=32), nullable=False),
        sa.Column("return_origin", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("address_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("notice", sa.String(length=32), nullable=True),
        sa.Column("attempts_left", sa.Integer(), nullable=True),
        sa.Column("verification_id", sa.String(length=64), nullable=True),
        sa.Column("method", sa.String(length=16), nullable=True),
        sa.Column("satisfied_until", sa.BigInteger(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("transaction_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_popup_institution_id")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_popup_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_popup")),
    )
    op.create_index(op.f("ix_popup_trainee_id"), "popup", ["trainee_id"], unique=False)
    op.create_index(op.f("ix_popup_expires_at"), "popup", ["expires_at"], unique=False)
    op.create_table(
        "popup_ticket",
        sa.Column("popup_id", sa.String(length=64), nullable=False),
        sa.Column("ticket", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=2), nullable=False),
        sa.Column("numbers", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("registration_id", sa.String(length=64), nullable=True),
        sa.Column("asked", sa.LargeBinary(), nullable=True),
        sa.Column("answer_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("address_index", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(["popup_id"], ["popup.id"], name=op.f("fk_popup_ticket_popup_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_popup_ticket_registration_id")
        ),
        sa.PrimaryKeyConstraint("popup_id", name=op.f("pk_popup_ticket")),
        sa.UniqueConstraint("ticket", name=op.f("uq_popup_ticket_ticket")),
    )
    op.create_index(
        op.f("ix_popup_ticket_registration_id"), "popup_ticket", ["registration_id"], unique=False
    )
    op.create_table(
        "popup_phone",
        sa.Column("popup_id", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("code_expires_at", sa.BigInteger(), nullable=False),
        sa.Column("code_sent_at", sa.BigInteger(), nullable=True),
        sa.Column("code_attempts", sa.Integer(), nullable=False),
        sa.Column("last_failed", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(["popup_id"], ["popup.id"], name=op.f("fk_popup_phone_popup_id")),
        sa.PrimaryKeyConstraint("popup_id", name=op.f("pk_popup_phone")),
    )
