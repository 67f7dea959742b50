"""The dBASE table beside the shapes of a shapefile (シェープファイルの表)."""

from __future__ import annotations

import codecs
import struct
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.base.delimited import refusal
from geo.base.signs import find_encoding, name_codec

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD: Final = 32
_END: Final = 0x0D
_DELETED: Final = b"*"
_TEXTS: Final = b"C"
_LOGICAL: Final = {b"T": True, b"Y": True, b"F": False, b"N": False}
_EXACT: Final = 2**53  # whole numbers up to here are exact

_Field = tuple[bytes, bytes, int, int, int]  # name, kind, first and last byte, decimals


def read_dbf(
    data: bytes, told: str, *, file: str, most: int
) -> tuple[list[str], list[list[object] | None], bool]:
    """Return names, rows, and whether the encoding told is theirs (表を読む).

    A row that is marked as deleted is ``None``.

    Parameters
    ----------
    told
        What the ``.cpg`` says, "" for nothing.
    most
        How many rows there may be.

    Raises
    ------
    InputError
        Cut short, too many rows, or texts that fit no encoding.
    """
    try:
        count, size, width = struct.unpack("<IHH", data[4:12])
    except struct.error:
        raise _broken(file) from None
    fields = _fields(data[_HEAD:size])
    if count > most or not width or size + count * width > len(data) + 1:
        raise _broken(file)
    if any(end > width for _, _, _, end, _ in fields):
        raise _broken(file)
    lines = [data[size + at * width : size + (at + 1) * width] for at in range(count)]
    texts = [name for name, *_ in fields if not name.isascii()]
    texts += [
        cell
        for line in lines
        for _, kind, first, end, _ in fields
        if kind == _TEXTS and not (cell := _trim(line[first:end])).isascii()
    ]
    codec = find_encoding(texts, told)
    if not codec:
        raise refusal(
            file,
            "文字コードがわかりません。.cpg を付けるか、UTF-8 で書き出し直してください",
            "its text cannot be decoded; add a right .cpg, or export it as UTF-8",
        )
    rows: list[list[object] | None] = [
        None if line[:1] == _DELETED else [_value(line, one, codec) for one in fields]
        for line in lines
    ]
    fits = not told.strip() or not texts or codec == name_codec(told)
    return [_decode(name, codec) for name, *_ in fields], rows, fits


def _broken(file: str) -> Exception:
    return refusal(
        file, "表（.dbf）が途中で切れているか、大きすぎます", "its .dbf is cut short or too large"
    )


def _fields(head: bytes) -> Sequence[_Field]:
    out: list[_Field] = []
    start = 1  # after the mark of a deleted row
    for at in range(0, len(head) - _HEAD + 1, _HEAD):
        one = head[at : at + _HEAD]
        if one[0] == _END:
            break
        out.append((_trim(one[:11]), one[11:12], start, start + one[16], one[17]))
        start += one[16]
    return out


def _trim(cell: bytes) -> bytes:
    return cell.split(b"\0")[0].rstrip(b" ")


def _decode(text: bytes, codec: str) -> str:
    # A text may be cut within its last sign.
    return codecs.getincrementaldecoder(codec)("replace").decode(text)


def _value(line: bytes, field: _Field, codec: str) -> object:
    _, kind, first, end, decimals = field
    cell = _trim(line[first:end]).strip()
    if not cell:
        return None
    if kind in (b"N", b"F"):
        return _number(cell, decimals)
    if kind == b"D" and cell.isdigit() and len(cell) == 8:  # noqa: PLR2004 - YYYYMMDD
        try:
            return date(int(cell[:4]), int(cell[4:6]), int(cell[6:]))
        except ValueError:
            return cell.decode("ascii")
    if kind == b"L":
        return _LOGICAL.get(cell[:1].upper())
    return _decode(cell, codec)


def _number(cell: bytes, decimals: int) -> object:
    try:
        number = float(cell)
    except ValueError:
        return cell.decode("ascii", "replace")
    whole = not decimals and number.is_integer() and abs(number) < _EXACT
    return int(number) if whole else number
