"""The tables of accounts, devices and what devices sent (利用者と端末の表)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Float, ForeignKey, Integer, LargeBinary, String, Table, Text

from surveys.store.tables import METADATA, Json

ACCOUNT: Final = Table(
    "account", METADATA,
    Column("id", String(64), primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("title", Text, nullable=False, server_default=""),
    Column("password", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("disabled_at", String(32)),
)  # fmt: skip

# A session's own secret is in the reader's cookie only; its fingerprint is the key.
SESSION: Final = Table(
    "session", METADATA,
    Column("id", String(64), primary_key=True),
    Column("account_id", String(64), ForeignKey("account.id"), nullable=False, index=True),
    Column("made_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("ends_at", String(32), nullable=False),
    Column("ended_at", String(32)),
)  # fmt: skip

SIGN_IN_TRY: Final = Table(
    "sign_in_try", METADATA,
    Column("key", String(120), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("first_at", String(32), nullable=False),
    Column("until_at", String(32), nullable=False, server_default=""),
)  # fmt: skip

DEVICE: Final = Table(
    "device", METADATA,
    Column("id", String(64), primary_key=True),
    Column("code", String(8), nullable=False, unique=True),
    Column("account_id", String(64)),
    Column("made_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("holds", Json, nullable=False),
)  # fmt: skip

# Every submission as it came, once; `state` says whether it became a version or waits for a person.
RECEIVED: Final = Table(
    "received", METADATA,
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
    Column("payload", Json, nullable=False),
    Column("faults", Json, nullable=False),
    Column("settled_at", String(32)),
)  # fmt: skip

# A photo by the fingerprint of what was sent; what no program can open is kept as it came.
RECEIVED_PHOTO: Final = Table(
    "received_photo", METADATA,
    Column("id", String(64), primary_key=True),
    Column("kept_id", String(64)),
    Column("device_id", String(64), nullable=False, index=True),
    Column("account_id", String(64)),
    Column("received_at", String(32), nullable=False),
    Column("size", Integer, nullable=False),
    Column("fault", Json),
    Column("data", LargeBinary),
)  # fmt: skip

FIELD_RECEIPT: Final = Table(
    "field_receipt", METADATA,
    Column("device_id", String(64), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("body", Json, nullable=False),
)  # fmt: skip

# Where a walker went; apart from the records, and really deleted when asked.
TRACK: Final = Table(
    "track", METADATA,
    Column("id", String(64), primary_key=True),
    Column("device_id", String(64), nullable=False),
    Column("account_id", String(64)),
    Column("walk_id", String(64), index=True),
    Column("day", String(10), nullable=False),
    Column("received_at", String(32), nullable=False),
    Column("points", Json, nullable=False),
)  # fmt: skip
