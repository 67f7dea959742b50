"""Receipts that prove what is here, counted by reading it again; and lists for the office (照合)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Text, cast, delete, insert, select

from surveys.store.devices import meet_device
from surveys.store.engine import reading, writing
from surveys.store.field_tables import DEVICE, FIELD_RECEIPT, RECEIVED, RECEIVED_PHOTO, TRACK
from surveys.store.received_photos import count_here
from surveys.store.rows import read_version, version_values
from surveys.store.tables import VERSION
from surveys.sync.received import day_by
from surveys.types import LOGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, RowMapping

    from surveys.store.devices import Contact
    from surveys.store.register import Register

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A submission as the office sees it (届いた記録)."""

    id: str
    device_id: str
    account_id: str | None
    label: str
    site_id: str
    type: str
    title: str
    day: str
    received_at: str
    clock_off_s: float
    state: str
    seq: int | None
    faults: Sequence[Mapping[str, Any]]
    payload: Mapping[str, Any]
    settled_at: str | None


def make_receipt(
    register: Register, contact: Contact, day: str, records: Sequence[str], photos: Sequence[str]
) -> dict[str, Any]:
    """Count what of a device's day is really here, keep that and return it (受取をつくる).

    A record counts when its version is read again whole, or it is held; a photo when its file is
    read again whole, or its bytes are held.

    Returns
    -------
    dict
        JSON: ``device_id code day at device server missing held matches``.
    """
    records, photos = list(dict.fromkeys(records)), list(dict.fromkeys(photos))
    # Before the transaction: files take their time, and nobody else could write meanwhile.
    with reading(register.engine) as connection:
        here = count_here(register, connection, photos)
    with writing(register.engine) as connection:
        # To the device under the id it knows itself by.
        own, code = meet_device(connection, contact)
        kept, held = _find_records(connection, records)
        missing = {
            "records": [one for one in records if one not in kept and one not in held],
            "photos": [one for one in photos if one not in here],
        }
        body: dict[str, Any] = {
            "device_id": contact.device_id, "code": code, "day": day, "at": contact.now,
            "device": {"records": len(records), "photos": len(photos)},
            "server": {
                "records": len(records) - len(missing["records"]),
                "photos": len(photos) - len(missing["photos"]),
            },
            "missing": missing,
            "held": [one for one in records if one in held],
            "matches": not missing["records"] and not missing["photos"],
        }  # fmt: skip
        before = (FIELD_RECEIPT.c.device_id == own.device_id) & (FIELD_RECEIPT.c.day == day)
        connection.execute(delete(FIELD_RECEIPT).where(before))
        # The device has its ids; the office reads them here.
        told = body | {
            "device_id": own.device_id, "ids": {"records": records, "photos": photos},
        }  # fmt: skip
        values = {"device_id": own.device_id, "day": day, "at": contact.now, "body": told}
        connection.execute(insert(FIELD_RECEIPT).values(values))
    return body


def list_receipts(register: Register) -> list[dict[str, Any]]:
    """Return the last receipt of each device and day, the newest day first (受取の一覧).

    A day that had not come when it was counted stands where the day of the counting does.
    """
    with reading(register.engine) as connection:
        rows = connection.execute(
            select(FIELD_RECEIPT.c.day, FIELD_RECEIPT.c.at, FIELD_RECEIPT.c.body)
        ).all()
    rows = sorted(rows, key=lambda row: (day_by(row.day, row.at), row.at), reverse=True)
    return [row.body for row in rows]


def name_received(register: Register, ids: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Return the label, title and site of submissions by id (届いた記録の呼び名)."""
    columns = (
        RECEIVED.c.id,
        RECEIVED.c.label,
        RECEIVED.c.title,
        RECEIVED.c.site_id,
        RECEIVED.c.type,
    )
    found: dict[str, tuple[str, str, str]] = {}
    with reading(register.engine) as connection:
        for at in range(0, len(ids), _CHUNK):
            part = select(*columns).where(RECEIVED.c.id.in_(ids[at : at + _CHUNK]))
            for row in connection.execute(part):
                # A log is opened, and told of, on its own page alone.
                is_log = row.type in LOGS
                found[row.id] = (row.label, *(("", "") if is_log else (row.title, row.site_id)))
    return found


def list_received(
    register: Register, *, state: str = "", most: int | None = None
) -> list[Received]:
    """Return submissions, the last received first (届いた記録の一覧).

    Parameters
    ----------
    state
        ``kept`` or ``held``; "" for both.
    """
    columns = [RECEIVED.c[name] for name in Received.__dataclass_fields__]
    wanted = select(*columns).order_by(RECEIVED.c.received_at.desc(), RECEIVED.c.id).limit(most)
    if state:
        wanted = wanted.where(RECEIVED.c.state == state)
    with reading(register.engine) as connection:
        return [_read(row) for row in connection.execute(wanted).mappings()]


def list_noted(register: Register, most: int = 50) -> list[Received]:
    """Return kept submissions of which something is to be said, the last first (注意のある記録)."""
    columns = [RECEIVED.c[name] for name in Received.__dataclass_fields__]
    wanted = (
        select(*columns)
        .where(RECEIVED.c.state == "kept", cast(RECEIVED.c.faults, Text) != "[]")
        .order_by(RECEIVED.c.received_at.desc(), RECEIVED.c.id)
        .limit(most)
    )
    with reading(register.engine) as connection:
        return [_read(row) for row in connection.execute(wanted).mappings()]


def list_held_photos(register: Register) -> list[dict[str, Any]]:
    """Return the photos that could not be opened, without their bytes (開けなかった写真)."""
    table = RECEIVED_PHOTO.c
    wanted = select(table.id, table.device_id, table.received_at, table.size, table.fault)
    with reading(register.engine) as connection:
        rows = connection.execute(wanted.where(table.kept_id.is_(None)).order_by(table.received_at))
        return [dict(row) for row in rows.mappings()]


def received_anything(register: Register) -> bool:
    """Say whether any device was ever here (届いたものがあるか)."""
    with reading(register.engine) as connection:
        return any(
            connection.execute(select(*table.primary_key).limit(1)).first() is not None
            for table in (DEVICE, RECEIVED, RECEIVED_PHOTO, TRACK)
        )


def _read(row: RowMapping) -> Received:
    """Return a submission; what a log is called stands on its own page alone."""
    found = Received(**row)
    return replace(found, title="") if found.type in LOGS else found


def _find_records(connection: Connection, ids: Sequence[str]) -> tuple[set[str], set[str]]:
    """Return which records are whole versions, and which are held."""
    kept: set[str] = set()
    held: set[str] = set()
    for at in range(0, len(ids), _CHUNK):
        part = ids[at : at + _CHUNK]
        states = select(RECEIVED.c.id, RECEIVED.c.state).where(RECEIVED.c.id.in_(part))
        named = {row.id: row.state for row in connection.execute(states)}
        held |= {id_ for id_, state in named.items() if state == "held"}
        rows = connection.execute(select(VERSION).where(VERSION.c.id.in_(part))).mappings()
        for row in rows:
            if version_values(read_version(row))["digest"] == row["digest"]:
                kept |= {row["id"]} & named.keys()
    return kept, held
