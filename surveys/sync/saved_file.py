"""A file saved from a device that cannot reach the server (端末から保存したファイル)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.sync.received import parse_sent

if TYPE_CHECKING:
    from surveys.sync.received import Sent

MOST_FILE_BYTES: Final = 200_000_000
MOST_ROWS: Final = 20_000
_FORMAT: Final = 1
_LONGEST_NUMBER: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFile:
    """What a saved file holds (ファイルの中身).

    Attributes
    ----------
    device_id
        "" where the file does not tell.
    photos
        Bytes by their fingerprint.
    faults
        What could not be read, one text each; the rest is whole.
    """

    device_id: str
    sent: tuple[Sent, ...]
    photos: dict[str, bytes]
    faults: tuple[Words, ...]


def parse_saved_file(data: bytes) -> SavedFile:
    """Return what a file saved from a device holds (ファイルを読む).

    Raises
    ------
    InputError
        When it is no such file.
    """
    if len(data) > MOST_FILE_BYTES:
        raise InputError(
            Words(
                "ファイルが大きすぎます（200MBまで）。電波のある所で、端末から送ってください",
                "the file is over 200 MB; send from the device where there is a signal",
            )
        )
    try:
        whole = json.loads(data, parse_int=_whole)
    except (ValueError, RecursionError):
        whole = None
    if not isinstance(whole, dict) or whole.get("format") != _FORMAT:
        raise InputError(
            Words(
                "端末から保存したファイルではありません。端末の「ファイルに保存する」でつくったものを選んでください",
                "this is no file saved from a device; choose one made there by “Save to a file”",
            )
        )
    faults: list[Words] = []
    photos = _photos(_rows(whole, "photos"), faults)
    device = whole.get("device")
    device_id = device.get("id") if isinstance(device, dict) else ""
    return SavedFile(
        device_id=device_id if isinstance(device_id, str) else "",
        sent=tuple(_in_order(_submissions(_rows(whole, "submissions"), faults))),
        photos=photos, faults=tuple(faults),
    )  # fmt: skip


def _rows(whole: dict[str, Any], name: str) -> list[Any]:
    rows = whole.get(name, [])
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise InputError(Words(f"「{name}」が一覧ではありません", f"{name} is no list"))
    return rows


def _whole(text: str) -> int | float:
    """Return a number; one of thousands of digits must not cost the whole file."""
    return int(text) if len(text) <= _LONGEST_NUMBER else float("inf")


def _in_order(rows: list[Sent]) -> list[Sent]:
    """Return records with each after the one it follows, so that none has to be asked for twice."""
    after = {one.id: one.submission.after for one in rows if one.submission}
    depth: dict[str, int] = {}
    for id_ in after:
        way: dict[str, None] = {}
        at: str | None = id_
        while at is not None and at in after and at not in depth and at not in way:
            way[at] = None
            at = after[at]
        # One that leads back to itself has no beginning; any order will do.
        start = depth.get(at, -1) if at is not None else -1
        depth |= {one: at for at, one in enumerate(reversed(way), start=start + 1)}
    return sorted(rows, key=lambda one: depth.get(one.id, 0))


def _submissions(rows: list[Any], faults: list[Words]) -> list[Sent]:
    out = []
    for number, row in enumerate(rows, start=1):
        try:
            out.append(parse_sent(json.dumps(row)))
        except (InputError, ValueError, RecursionError) as error:
            said = (
                error.words if isinstance(error, InputError) else Words("読めません", "unreadable")
            )
            faults.append(Words(f"{number}件目の記録：{said.ja}", f"record {number}: {said.en}"))
    return out


def _photos(rows: list[Any], faults: list[Words]) -> dict[str, bytes]:
    out: dict[str, bytes] = {}
    for number, row in enumerate(rows, start=1):
        text = row.get("base64") if isinstance(row, dict) else None
        try:
            data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
        except (binascii.Error, ValueError):
            data = b""
        if not data or hashlib.sha256(data).hexdigest() != row.get("id"):
            words = Words(f"{number}枚目の写真は、こわれています", f"the photo {number} is damaged")
            faults.append(words)
        else:
            out[row["id"]] = data
    return out
