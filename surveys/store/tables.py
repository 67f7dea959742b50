"""The register's tables (台帳の表).

`version` is the truth and only ever grows; `site` is what the versions of a site come to, kept
beside them so that a list of ten thousand is read without folding anything (`check` folds them
all anew and compares).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from surveys.store.shape_type import ShapeType

NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: Final = MetaData(naming_convention=NAMES)
Json: Final = JSON().with_variant(JSONB(), "postgresql")

SITE: Final = Table(
    "site", METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("type", String(40), nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    Column("search", Text, nullable=False, server_default=""),
    Column("shape", ShapeType()),
    Column("lon", Float),
    Column("lat", Float),
    Column("status", String(20), nullable=False, server_default="active"),
    Column("flat", Json, nullable=False),
    Column("setters", Json, nullable=False),
    Column("conflicts", Json, nullable=False),
    Column("differs", Boolean, nullable=False),
    Column("head", Integer, nullable=False),
    Column("seen_on", String(10), nullable=False, server_default=""),
    Column("first_on", String(10), nullable=False, server_default=""),
    Column("due_on", String(10), nullable=False, server_default=""),
    Column("visits", Integer, nullable=False),
    Column("photos", Integer, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("changed_at", String(32), nullable=False),
    Index("ix_site_list", "hidden", "type", "due_on"),
)  # fmt: skip

RECORD: Final = Table(
    "record", METADATA,
    Column("id", String(64), primary_key=True),
    Column("site_id", String(64), ForeignKey("site.id"), nullable=False, index=True),
    Column("walk_id", String(64), index=True),
    Column("made_at", String(32), nullable=False),
)  # fmt: skip

VERSION: Final = Table(
    "version", METADATA,
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
    Column("patch", Json, nullable=False),
    Column("placed", Boolean, nullable=False),
    Column("shape", ShapeType()),
    Column("origins", Json, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("seen_on", String(10), nullable=False, server_default=""),
    Column("digest", String(64), nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip

BATCH: Final = Table(
    "batch", METADATA,
    Column("id", String(64), primary_key=True),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("type", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("counts", Json, nullable=False),
    Column("undone_at", String(32)),
)  # fmt: skip

DRAFT: Final = Table(
    "draft", METADATA,
    Column("id", String(64), primary_key=True),
    Column("type", String(40), nullable=False),
    Column("site_id", String(64)),
    Column("walk_id", String(64)),
    Column("base", Integer, nullable=False),
    Column("answers", Json, nullable=False),
    Column("shape", ShapeType()),
    Column("by", Text, nullable=False, server_default=""),
    Column("on", String(10), nullable=False, server_default=""),
    Column("changed_at", String(32), nullable=False),
)  # fmt: skip

SETTING: Final = Table(
    "setting", METADATA,
    Column("key", String(80), primary_key=True),
    Column("value", Json, nullable=False),
)  # fmt: skip

LOOK: Final = Table(
    "look", METADATA,
    Column("who", String(80), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("salons", Json, nullable=False),
)  # fmt: skip

# What a person said of a place of the map and a site; `inside` names a thing of the site.
CLAIM: Final = Table(
    "claim", METADATA,
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
)  # fmt: skip

PLAN: Final = Table(
    "plan", METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("parent", Integer, nullable=False),
    Column("redo", Integer, nullable=False, server_default="0"),
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("changes", Json, nullable=False),
    Column("state", String(16), nullable=False, server_default=""),
    Column("by", Text, nullable=False, server_default=""),
    Column("made_at", String(32), nullable=False),
    Index("uq_plan_id_number", "id", "number", unique=True),
    sqlite_autoincrement=True,
)  # fmt: skip

# What an office wrote into a report, version by version: texts, and numbers beside counted ones.
REPORT_WORD: Final = Table(
    "report_word", METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("form", String(40), nullable=False),
    Column("span", String(21), nullable=False),
    Column("ground", Text, nullable=False, server_default=""),
    Column("key", Text, nullable=False),
    Column("value", Json, nullable=False),
    Column("why", Text, nullable=False, server_default=""),
    Column("by", Text, nullable=False, server_default=""),
    Column("made_at", String(32), nullable=False),
    Index("ix_report_word_form_span", "form", "span"),
    sqlite_autoincrement=True,
)  # fmt: skip
