"""What an office wrote into its reports, version by version (報告に書いたことの表をたす)."""

from alembic import op
from sqlalchemy import JSON, Column, Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table (表をつくる)."""
    op.create_table(
        "report_word",
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("form", String(40), nullable=False),
        Column("span", String(21), nullable=False),
        Column("ground", Text, nullable=False, server_default=""),
        Column("key", Text, nullable=False),
        Column("value", JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        Column("why", Text, nullable=False, server_default=""),
        Column("by", Text, nullable=False, server_default=""),
        Column("made_at", String(32), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_report_word_form_span", "report_word", ["form", "span"])
