"""Let a check change fewer pages of the database.

Revision ID: 0009
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a check name its registration without a key and an index of its own.

    On SQLite the table is written anew.
    """
    op.drop_index("ix_verification_registration_id_at", table_name="verification")
    with op.batch_alter_table("verification") as table:
        table.drop_constraint(op.f("fk_verification_registration_id"), type_="foreignkey")
    if op.get_bind().dialect.name == "postgresql":
        # A registration changes with every unlock and code: in a page with room, no index does.
        op.execute("ALTER TABLE registration SET (fillfactor = 80)")
