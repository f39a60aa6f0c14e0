"""Count messages in one row for each subject, and keep how a number was proven.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Carry the messages of the last days over into counts."""
    op.create_table(
        "send_quota",
        sa.Column("scope", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=32), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "subject", "day", name=op.f("pk_send_quota")),
    )
    op.execute(
        "INSERT INTO send_quota (scope, subject, day, used) "
        "SELECT 'number ' || purpose, phone_index, day, count(*) FROM message_sent "
        "GROUP BY purpose, phone_index, day"
    )
    op.drop_table("message_sent")
    op.create_table(
        "name_proof",
        sa.Column("registration_id", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("code_expires_at", sa.BigInteger(), nullable=False),
        sa.Column("code_sent_at", sa.BigInteger(), nullable=True),
        sa.Column("code_attempts", sa.Integer(), nullable=False),
        sa.Column("last_failed", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_name_proof_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_name_proof")),
    )
    op.add_column(
        "registration",
        sa.Column("identity_method", sa.String(length=16), nullable=False, server_default="sms"),
    )
    op.add_column("registration", sa.Column("name_verified_at", sa.BigInteger(), nullable=True))
