"""Plans of a council, version by version (検討案の表をたす)."""

from alembic import op
from sqlalchemy import JSON, Column, Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table (表をつくる)."""
    op.create_table(
        "plan",
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("id", String(64), nullable=False),
        Column("number", Integer, nullable=False),
        Column("parent", Integer, nullable=False),
        Column("redo", Integer, nullable=False, server_default="0"),
        Column("title", Text, nullable=False),
        Column("note", Text, nullable=False, server_default=""),
        Column("changes", JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        Column("state", String(16), nullable=False, server_default=""),
        Column("by", Text, nullable=False, server_default=""),
        Column("made_at", String(32), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_plan_id_number", "plan", ["id", "number"], unique=True)
