"""What people said of places of the map and sites (「同じ所か」の答えの表をたす)."""

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table (表をつくる)."""
    op.create_table(
        "claim",
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("id", String(64), nullable=False, unique=True),
        Column("place_id", String(200), nullable=False, index=True),
        Column("site_id", String(64), ForeignKey("site.id"), nullable=False, index=True),
        Column("inside", String(80), nullable=False, server_default=""),
        Column("same", Boolean, nullable=False),
        Column("by", Text, nullable=False, server_default=""),
        Column("made_at", String(32), nullable=False),
        Column("undone_at", String(32)),
        sqlite_autoincrement=True,
    )
