"""The register as it began (台帳の最初の形)."""

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    String,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from surveys.store.shape_type import ShapeType

revision = "0001"
down_revision = None

_JSON = JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables and the boxes of shapes (表をつくる)."""
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    _make_sites()
    _make_versions()
    _make_drafts()
    if postgres:
        op.execute("CREATE INDEX site_box ON site USING gist (shape)")
    else:
        op.execute("CREATE VIRTUAL TABLE site_box USING rtree(number, west, east, south, north)")


def _make_sites() -> None:
    op.create_table(
        "site",
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("id", String(64), nullable=False, unique=True),
        Column("type", String(40), nullable=False),
        Column("title", Text, nullable=False, server_default=""),
        Column("search", Text, nullable=False, server_default=""),
        Column("shape", ShapeType()),
        Column("lon", Float),
        Column("lat", Float),
        Column("status", String(20), nullable=False, server_default="active"),
        Column("flat", _JSON, nullable=False),
        Column("setters", _JSON, nullable=False),
        Column("conflicts", _JSON, nullable=False),
        Column("differs", Boolean, nullable=False),
        Column("head", Integer, nullable=False),
        Column("seen_on", String(10), nullable=False, server_default=""),
        Column("first_on", String(10), nullable=False, server_default=""),
        Column("due_on", String(10), nullable=False, server_default=""),
        Column("visits", Integer, nullable=False),
        Column("photos", Integer, nullable=False),
        Column("hidden", Boolean, nullable=False),
        Column("changed_at", String(32), nullable=False),
    )
    op.create_index("ix_site_list", "site", ["hidden", "type", "due_on"])


def _make_versions() -> None:
    op.create_table(
        "batch",
        Column("id", String(64), primary_key=True),
        Column("file", Text, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("type", String(40), nullable=False),
        Column("by", Text, nullable=False),
        Column("made_at", String(32), nullable=False),
        Column("counts", _JSON, nullable=False),
        Column("undone_at", String(32)),
    )
    op.create_table(
        "record",
        Column("id", String(64), primary_key=True),
        Column("site_id", String(64), ForeignKey("site.id"), nullable=False, index=True),
        Column("walk_id", String(64), index=True),
        Column("made_at", String(32), nullable=False),
    )
    op.create_table(
        "version",
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("id", String(64), nullable=False, unique=True),
        Column("record_id", String(64), ForeignKey("record.id"), nullable=False, index=True),
        Column("site_id", String(64), ForeignKey("site.id"), nullable=False, index=True),
        Column("type", String(40), nullable=False),
        Column("kind", String(20), nullable=False),
        Column("walk_id", String(64), index=True),
        Column("batch_id", String(64), ForeignKey("batch.id"), index=True),
        Column("made_at", String(32), nullable=False),
        Column("source", String(20), nullable=False),
        Column("sure", String(20), nullable=False),
        Column("by", Text, nullable=False),
        Column("on", String(10), nullable=False),
        Column("base", Integer, nullable=False),
        Column("patch", _JSON, nullable=False),
        Column("placed", Boolean, nullable=False),
        Column("shape", ShapeType()),
        Column("origins", _JSON, nullable=False),
        Column("note", Text, nullable=False, server_default=""),
        Column("seen_on", String(10), nullable=False, server_default=""),
        Column("digest", String(64), nullable=False),
        sqlite_autoincrement=True,
    )


def _make_drafts() -> None:
    op.create_table(
        "draft",
        Column("id", String(64), primary_key=True),
        Column("type", String(40), nullable=False),
        Column("site_id", String(64)),
        Column("walk_id", String(64)),
        Column("base", Integer, nullable=False),
        Column("answers", _JSON, nullable=False),
        Column("shape", ShapeType()),
        Column("by", Text, nullable=False, server_default=""),
        Column("on", String(10), nullable=False, server_default=""),
        Column("changed_at", String(32), nullable=False),
    )
    op.create_table(
        "setting",
        Column("key", String(80), primary_key=True),
        Column("value", _JSON, nullable=False),
    )
