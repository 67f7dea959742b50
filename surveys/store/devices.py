"""Devices that send, what each still holds, and the lines they walked (端末)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, update

from surveys.store.engine import reading, writing
from surveys.store.field_tables import ACCOUNT, DEVICE, TRACK
from surveys.sync.received import day_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from surveys.store.register import Register

# Of an id that somebody else has taken: with what is added it fits its column.
_STEM: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who sends, from which device, when (だれの端末から).

    Attributes
    ----------
    device_id
        "" for a body that names none.
    account_id
        ``None`` where nobody signs in.
    now
        UTC to the millisecond, by the server's clock.
    acting
        Somebody in the office does it for the device, which stays whose it is.
    """

    device_id: str
    account_id: str | None
    now: str
    acting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device as the office sees it (端末のいま).

    Attributes
    ----------
    code
        The letter people call it by.
    holds
        What it said it had when it was last seen: ``walk_title``, ``sites``, ``drafts``,
        ``records``, ``photos`` (unsent), ``erased_at``, ``clock``.
    """

    id: str
    code: str
    account_id: str | None
    made_at: str
    seen_at: str
    holds: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A line somebody walked (歩いた線); `points` are longitude, latitude, metres, moment."""

    id: str
    device_id: str
    account_id: str | None
    walk_id: str | None
    day: str
    received_at: str
    points: Sequence[Sequence[Any]]


def code_of(number: int) -> str:
    """Return the letters of the n-th device, from 1 (端末の記号).

    Examples
    --------
    >>> [code_of(one) for one in (1, 26, 27, 703)]
    ['A', 'Z', 'AA', 'AAA']
    """
    letters = ""
    while number:
        number, at = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[at] + letters
    return letters


def own_device(connection: Connection, contact: Contact) -> Contact:
    """Return a contact under the id its account's device is kept under (自分の端末として).

    A device is its account's: under its id another account sees, changes and deletes nothing.
    Who else signs in on the same tablet has a device of their own there, with its own letter.
    Where nobody signs in, all devices are one person's; the first account takes them over.
    """
    if contact.account_id is None or contact.acting:
        return contact
    owned = select(DEVICE.c.account_id).where(DEVICE.c.id == contact.device_id)
    if connection.scalar(owned) in {None, contact.account_id}:
        return contact
    return replace(contact, device_id=id_apart(contact.device_id, contact.account_id))


def meet_device(connection: Connection, contact: Contact) -> tuple[Contact, str]:
    """Return a contact as `own_device` has it, and the device's letter, given at the first (端末をおぼえる)."""
    contact = own_device(connection, contact)
    own = DEVICE.c.id == contact.device_id
    code = connection.scalar(select(DEVICE.c.code).where(own))
    account_id = None if contact.acting else contact.account_id
    if code is None:
        count = connection.scalar(select(func.count()).select_from(DEVICE)) or 0
        code = code_of(count + 1)
        connection.execute(
            insert(DEVICE).values(
                id=contact.device_id, code=code, account_id=account_id,
                made_at=contact.now, seen_at=contact.now, holds={},
            )
        )  # fmt: skip
    elif not contact.acting:
        connection.execute(update(DEVICE).where(own).values(seen_at=contact.now))
        if account_id is not None:
            connection.execute(update(DEVICE).where(own).values(account_id=account_id))
    return contact, str(code)


def keep_holds(register: Register, contact: Contact, holds: Mapping[str, Any]) -> str:
    """Keep what a device says it has, and return its letter (端末が持つものを残す)."""
    with writing(register.engine) as connection:
        contact, code = meet_device(connection, contact)
        connection.execute(
            update(DEVICE).where(DEVICE.c.id == contact.device_id).values(holds=dict(holds))
        )
    return code


def find_clock_off(connection: Connection, device_id: str) -> float | None:
    """Return how far a device's clock was off when it last said so, in seconds (時計のずれ)."""
    holds = connection.scalar(select(DEVICE.c.holds).where(DEVICE.c.id == device_id)) or {}
    off = holds.get("clock_off_s")
    return float(off) if isinstance(off, int | float) else None


def list_devices(register: Register) -> list[Device]:
    """Return all devices, the last seen first (端末の一覧)."""
    with reading(register.engine) as connection:
        rows = connection.execute(select(DEVICE).order_by(DEVICE.c.seen_at.desc())).mappings()
        return [Device(**row) for row in rows]


def find_account(register: Register, account_id: str | None) -> dict[str, str] | None:
    """Return an account's name and role, ``None`` for none (利用者の名前と役職)."""
    if account_id is None:
        return None
    wanted = select(ACCOUNT.c.name, ACCOUNT.c.title).where(ACCOUNT.c.id == account_id)
    with reading(register.engine) as connection:
        row = connection.execute(wanted).first()
    return {"name": row.name, "title": row.title} if row else None


def title_of_account(connection: Connection, account_id: str | None) -> str:
    """Return an account's role, "" where there is none (利用者の役職)."""
    wanted = select(ACCOUNT.c.title).where(ACCOUNT.c.id == account_id)
    return str(connection.scalar(wanted) or "") if account_id else ""


def keep_track(register: Register, track: Track) -> bool:
    """Keep a line, and return whether the same was here already (歩いた跡を残す).

    A line that grew since takes the place of its earlier self; another device's never does.
    """
    points = [list(one) for one in track.points]
    values = {name: getattr(track, name) for name in Track.__dataclass_fields__}
    contact = Contact(
        device_id=track.device_id, account_id=track.account_id, now=track.received_at
    )  # fmt: skip
    with writing(register.engine) as connection:
        device_id = meet_device(connection, contact)[0].device_id
        owner = connection.scalar(select(TRACK.c.device_id).where(TRACK.c.id == track.id))
        id_ = track.id if owner in (None, device_id) else id_apart(track.id, device_id)
        held = connection.scalar(select(TRACK.c.points).where(TRACK.c.id == id_))
        if held == points:
            return True
        connection.execute(delete(TRACK).where(TRACK.c.id == id_))
        own = {"id": id_, "device_id": device_id, "points": points}
        connection.execute(insert(TRACK).values(values | own))
    return False


def drop_track(register: Register, track_id: str) -> None:
    """Delete a line for good, as a person in the office does; one that is not here is no fault (歩いた跡を消す)."""
    with writing(register.engine) as connection:
        connection.execute(delete(TRACK).where(TRACK.c.id == track_id))


def drop_own_track(register: Register, track_id: str, contact: Contact) -> bool:
    """Delete a device's own line for good; return whether none of it is left here (端末の歩いた跡を消す).

    ``False`` where it was sent from the same device by another account, whose it stays.
    """
    with writing(register.engine) as connection:
        own = own_device(connection, contact).device_id
        ids = TRACK.c.id.in_((track_id, id_apart(track_id, own)))
        connection.execute(delete(TRACK).where(ids, TRACK.c.device_id == own))
        if contact.account_id is None:
            return True
        left = connection.scalar(
            select(TRACK.c.device_id).where(
                TRACK.c.id == track_id, TRACK.c.account_id != contact.account_id
            )
        )
    return left is None or not str(left).startswith(contact.device_id[:_STEM])


def id_apart(id_: str, other: str) -> str:
    """Return what something is kept under whose id somebody else has taken (別の記号).

    Examples
    --------
    >>> id_apart("d1", "u2"), len(id_apart("d" * 64, "u2"))
    ('d1-6ca202c88e54', 63)
    """
    return f"{id_[:_STEM]}-{hashlib.sha256(other.encode()).hexdigest()[:12]}"


def track_marks(register: Register) -> tuple[tuple[str, str], ...]:
    """Return id and day of arrival of each line, which tell whether any came or went (歩いた跡のしるし)."""
    with reading(register.engine) as connection:
        rows = connection.execute(select(TRACK.c.id, TRACK.c.received_at).order_by(TRACK.c.id))
        return tuple((id_, at) for id_, at in rows)


def list_tracks(register: Register) -> list[Track]:
    """Return all lines, the newest day first, none later than it came (歩いた跡の一覧)."""
    with reading(register.engine) as connection:
        rows = connection.execute(select(TRACK).order_by(TRACK.c.id)).mappings()
        found = [Track(**row) for row in rows]
    return sorted(found, key=lambda one: day_by(one.day, one.received_at), reverse=True)
