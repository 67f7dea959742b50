"""Accounts, devices and what devices sent (利用者と端末の表をたす)."""

from alembic import op
from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

_JSON = JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables (表をつくる)."""
    _make_accounts()
    _make_devices()
    _make_received()


def _make_accounts() -> None:
    op.create_table(
        "account",
        Column("id", String(64), primary_key=True),
        Column("name", String(80), nullable=False, unique=True),
        Column("title", Text, nullable=False, server_default=""),
        Column("password", Text, nullable=False),
        Column("made_at", String(32), nullable=False),
        Column("disabled_at", String(32)),
    )
    op.create_table(
        "session",
        Column("id", String(64), primary_key=True),
        Column("account_id", String(64), ForeignKey("account.id"), nullable=False, index=True),
        Column("made_at", String(32), nullable=False),
        Column("seen_at", String(32), nullable=False),
        Column("ends_at", String(32), nullable=False),
        Column("ended_at", String(32)),
    )
    op.create_table(
        "sign_in_try",
        Column("key", String(120), primary_key=True),
        Column("count", Integer, nullable=False),
        Column("first_at", String(32), nullable=False),
        Column("until_at", String(32), nullable=False, server_default=""),
    )


def _make_devices() -> None:
    op.create_table(
        "device",
        Column("id", String(64), primary_key=True),
        Column("code", String(8), nullable=False, unique=True),
        Column("account_id", String(64)),
        Column("made_at", String(32), nullable=False),
        Column("seen_at", String(32), nullable=False),
        Column("holds", _JSON, nullable=False),
    )
    op.create_table(
        "field_receipt",
        Column("device_id", String(64), primary_key=True),
        Column("day", String(10), primary_key=True),
        Column("at", String(32), nullable=False),
        Column("body", _JSON, nullable=False),
    )
    op.create_table(
        "track",
        Column("id", String(64), primary_key=True),
        Column("device_id", String(64), nullable=False),
        Column("account_id", String(64)),
        Column("walk_id", String(64), index=True),
        Column("day", String(10), nullable=False),
        Column("received_at", String(32), nullable=False),
        Column("points", _JSON, nullable=False),
    )


def _make_received() -> None:
    op.create_table(
        "received",
        Column("id", String(64), primary_key=True),
        Column("device_id", String(64), nullable=False, index=True),
        Column("account_id", String(64)),
        Column("label", String(40), nullable=False),
        Column("site_id", String(64), nullable=False),
        Column("type", String(40), nullable=False),
        Column("title", Text, nullable=False, server_default=""),
        Column("day", String(10), nullable=False, index=True),
        Column("received_at", String(32), nullable=False),
        Column("clock_off_s", Float, nullable=False, server_default="0"),
        Column("state", String(10), nullable=False, index=True),
        Column("seq", Integer),
        Column("digest", String(64), nullable=False),
        Column("payload", _JSON, nullable=False),
        Column("faults", _JSON, nullable=False),
        Column("settled_at", String(32)),
    )
    op.create_table(
        "received_photo",
        Column("id", String(64), primary_key=True),
        Column("kept_id", String(64)),
        Column("device_id", String(64), nullable=False, index=True),
        Column("account_id", String(64)),
        Column("received_at", String(32), nullable=False),
        Column("size", Integer, nullable=False),
        Column("fault", _JSON),
        Column("data", LargeBinary),
    )
