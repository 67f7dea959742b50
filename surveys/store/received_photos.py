"""Photos from devices: on the shelf, or kept as they came (届いた写真)."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.cannot_keep import CannotKeepError
from surveys.store.devices import meet_device
from surveys.store.engine import reading, writing
from surveys.store.field_tables import RECEIVED_PHOTO
from surveys.store.tables import SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from surveys.declaration.paths import Flat
    from surveys.record.answers import Fault
    from surveys.store.devices import Contact
    from surveys.store.register import Register
    from surveys.sync.submission import Submission

_PHOTO_ID: Final = re.compile(r"[0-9a-f]{64}")
_CHUNK: Final = 500
_LOG: Final = logging.getLogger(__name__)
_UNKNOWN_FAULT: Final = Words(
    "写真として読めませんでした。もとのまま預かっています",
    "it could not be read as a photo, and is kept as it came",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoAnswer:
    """What a device is told of a photo (写真の受取); ``fault`` says why it is only held."""

    id: str
    state: str
    again: bool
    fault: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A patch with the register's own ids of photos (写真の記号を直した答え).

    Attributes
    ----------
    notes
        What was left out because no program can open it.
    missing
        Photos the device has and the register has not yet.
    faults
        Photos nobody has.
    """

    patch: Flat
    notes: list[Fault]
    missing: list[str]
    faults: list[Fault]


def receive_photo(
    register: Register, photo_id: str, data: bytes | Path, contact: Contact
) -> PhotoAnswer:
    """Keep a photo a device sent, under the device's own fingerprint of it (写真を受け取る).

    When this returns it is on disk: remade on the shelf, or, when it cannot be opened, as it
    came, a file that waits for a person (`data` is moved there when it is one). Sent again, it
    is kept once; one that went missing from the shelf is put back.

    Raises
    ------
    CannotKeepError
        When the disk or the database cannot write now.
    """
    with reading(register.engine) as connection:
        held = _rows(connection, [photo_id]).get(photo_id)
    if held is not None and _is_whole(register, held):
        return _answer(photo_id, held, again=True)
    size = len(data) if isinstance(data, bytes) else data.stat().st_size
    kept_id, fault = _take(register, data)
    if fault is not None:
        register.photos.waiting.keep(photo_id, data)
    row = {
        "id": photo_id, "kept_id": kept_id, "device_id": contact.device_id,
        "account_id": contact.account_id, "received_at": contact.now, "size": size,
        "fault": fault and {"ja": fault.ja, "en": fault.en}, "data": None,
    }  # fmt: skip
    with writing(register.engine) as connection:
        own, _ = meet_device(connection, contact)
        connection.execute(delete(RECEIVED_PHOTO).where(RECEIVED_PHOTO.c.id == photo_id))
        connection.execute(insert(RECEIVED_PHOTO).values(row | {"device_id": own.device_id}))
    return _answer(photo_id, row, again=False)


def map_photos(register: Register, connection: Connection, submission: Submission) -> Mapped:
    """Return a submission's answers with the shelf's ids in place of the device's (写真をつなぐ).

    An id the shelf or the site has already is left as it is.
    """
    named = [one["id"] for _, values in _photo_answers(submission.patch) for one in values]
    held = _rows(connection, dict.fromkeys([*submission.photos, *named]))
    here = {id_: row for id_, row in held.items() if _is_here(register, row)}
    missing = [id_ for id_ in submission.photos if id_ not in here and not _own(register, id_)]
    out = Mapped(patch=dict(submission.patch), notes=[], missing=missing, faults=[])
    known = _photos_of_site(connection, submission.site_id) if named else frozenset()
    for path, values in _photo_answers(submission.patch):
        kept = []
        for one in values:
            id_, row = one["id"], here.get(one["id"])
            if row is not None and row["kept_id"]:
                kept.append(one | {"id": row["kept_id"]})
            elif row is not None:
                out.notes.append((path, _say_held(id_)))
            elif _own(register, id_) or id_ in known:
                kept.append(one)
            else:
                out.faults.append((path, _say_missing(id_)))
        # An empty list would take away what the site has.
        out.patch[path] = kept
        if not kept:
            del out.patch[path]
    return out


def count_here(register: Register, connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return which photos are really here: the shelf's file, read whole, or the bytes as they came (ある写真)."""
    rows = _rows(connection, ids)
    return {id_ for id_, row in rows.items() if _is_whole(register, row)}


def load_held_photo(register: Register, photo_id: str) -> bytes | None:
    """Return the bytes of a photo that could not be opened (預かった写真)."""
    wanted = select(RECEIVED_PHOTO.c.data).where(RECEIVED_PHOTO.c.id == photo_id)
    with reading(register.engine) as connection:
        data: bytes | None = connection.scalar(wanted)
    return data or register.photos.waiting.load(photo_id)


def _take(register: Register, data: bytes | Path) -> tuple[str | None, Words | None]:
    try:
        return register.photos.take(data).id, None
    except CannotKeepError:
        raise
    except InputError as error:
        return None, error.words
    except Exception:  # noqa: BLE001 - whatever a decoder trips over, the bytes are kept
        _LOG.exception("a photo could not be opened")
        return None, _UNKNOWN_FAULT


def _rows(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    table, found, wanted = RECEIVED_PHOTO.c, {}, list(ids)
    columns = (table.id, table.kept_id, table.size, table.fault, table.data.is_not(None))
    for at in range(0, len(wanted), _CHUNK):
        rows = connection.execute(select(*columns).where(table.id.in_(wanted[at : at + _CHUNK])))
        for id_, kept_id, size, fault, data in rows:
            row = {"id": id_, "kept_id": kept_id, "size": size, "fault": fault, "data": data}
            found[id_] = row
    return found


def _is_here(register: Register, row: dict[str, Any]) -> bool:
    if row["kept_id"]:
        return register.photos.has(row["kept_id"])
    # What came before there was a folder for it lies in the database.
    return bool(row["data"]) or register.photos.waiting.has(row["id"])


def _is_whole(register: Register, row: dict[str, Any]) -> bool:
    if not row["kept_id"]:
        return bool(row["data"]) or register.photos.waiting.is_whole(row["id"])
    try:
        register.photos.load(row["kept_id"])
    except InputError:
        return False
    return True


def _own(register: Register, photo_id: str) -> bool:
    return bool(_PHOTO_ID.fullmatch(photo_id)) and register.photos.has(photo_id)


def _photo_answers(patch: Flat) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the paths that hold photos; what is no list of photos is the door's to refuse."""
    for path, values in patch.items():
        if path.rpartition("/")[2] == "photos" and isinstance(values, list):
            known = (isinstance(one, dict) and isinstance(one.get("id"), str) for one in values)
            if values and all(known):
                yield path, values


def _photos_of_site(connection: Connection, site_id: str) -> frozenset[str]:
    flat = connection.scalar(select(SITE.c.flat).where(SITE.c.id == site_id)) or {}
    return frozenset(one["id"] for _, values in _photo_answers(flat) for one in values)


def _answer(photo_id: str, row: dict[str, Any], *, again: bool) -> PhotoAnswer:
    fault = Words(row["fault"]["ja"], row["fault"]["en"]) if row["fault"] else None
    state = "kept" if row["kept_id"] else "held"
    return PhotoAnswer(id=photo_id, state=state, again=again, fault=fault)


def _say_held(photo_id: str) -> Words:
    return Words(
        f"写真 {photo_id[:8]}… は開けないので、もとのまま預かっています",
        f"the photo {photo_id[:8]}… cannot be opened and is kept as it came",
    )


def _say_missing(photo_id: str) -> Words:
    return Words(
        f"写真 {photo_id[:8]}… が届いていません", f"the photo {photo_id[:8]}… has not come"
    )
