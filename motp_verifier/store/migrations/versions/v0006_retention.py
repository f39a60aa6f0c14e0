"""When a roster listed somebody last, and how far retention got.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what retention needs to know."""
    op.add_column("roster_entry", sa.Column("listed_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "retention_mark",
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_retention_mark")),
    )
