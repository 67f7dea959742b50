"""Which 通いの場 counted when somebody last looked (前に見たとき)."""

from alembic import op
from sqlalchemy import JSON, Column, String
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table (表をつくる)."""
    op.create_table(
        "look",
        Column("who", String(80), primary_key=True),
        Column("at", String(32), nullable=False),
        Column("salons", JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    )
