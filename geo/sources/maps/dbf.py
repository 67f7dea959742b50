"""In which signs the texts of a shapefile are written, whatever its .cpg says (dbfの文字)."""

from __future__ import annotations

import codecs
import struct
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.signs import find_encoding, name_codec
from geo.base.text import visible
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import geopandas as gpd

# A Western encoding in which every byte is a sign: GDAL passes the bytes on as they are.
AS_BYTES: Final = "ISO-8859-1"
_BYTES: Final = "latin-1"
_MOST_ROWS: Final = 200_000
_FIELD: Final = 32  # bytes a column takes in the head of a dBASE file
_END: Final = 0x0D
_SHOWN: Final = 3


def find_texts(path: Path) -> list[bytes]:
    """Return the different texts of a .dbf that are not plain ASCII, the columns' names too (文字の欄)."""
    with path.open("rb") as file:
        head = file.read(_FIELD)
        if len(head) < _FIELD:
            return []
        rows, size, width = struct.unpack("<IHH", head[4:12])
        fields = file.read(max(size - _FIELD, 0))
        body = file.read(min(rows, _MOST_ROWS) * width) if width else b""
    found: dict[bytes, None] = {}
    table = np.frombuffer(body[: len(body) // width * width], np.uint8).reshape(-1, width)
    for name, start, end in _columns(fields):
        cells = table[:, start:end]
        cells = np.ascontiguousarray(cells[(cells > 127).any(axis=1)])  # noqa: PLR2004 - ASCII
        for text in [name, *(row.tobytes() for row in cells)]:
            if not text.isascii():
                found.setdefault(text.split(b"\0")[0].rstrip(b" "), None)
    return list(found)


def _columns(fields: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, first and last byte of each column of texts."""
    start = 1  # after the mark of a deleted row
    for at in range(0, len(fields) - _FIELD + 1, _FIELD):
        one = fields[at : at + _FIELD]
        if one[0] == _END:
            return
        end = start + one[16]
        # A date or a number has no signs to decode; its column's name may.
        yield one[:11].split(b"\0")[0], start, end if one[11:12] == b"C" else start
        start = end


def choose_codec(texts: Iterable[bytes], declared: str, file: str) -> tuple[str, list[Words]]:
    """Return the codec of a shapefile's texts, "" for none that fits, and what is to be told (文字コード).

    Parameters
    ----------
    declared
        What its .cpg holds; "" for nothing.
    """
    declared = visible(declared.strip())[:30]
    codec = find_encoding(texts, declared)
    if not codec or not declared or codec == name_codec(declared):
        return codec, []
    named = {"cp932": "Shift_JIS（cp932）", "utf-8": "UTF-8"}.get(codec, codec)
    return codec, [
        Words(
            f"{file} の文字は、.cpg には「{declared}」とありますが、{named}なので、そう読みました",
            f"{file}: its .cpg says {declared!r}, but its texts are {named} and were read so",
        )
    ]


def decode_frame(
    frame: gpd.GeoDataFrame, codec: str, file: str
) -> tuple[gpd.GeoDataFrame, list[Words]]:
    """Return a frame read as `AS_BYTES` with its texts decoded, and which were cut (文字に直す)."""
    frame = frame.rename(columns={c: _decode(c, codec) for c in frame.columns if c != "geometry"})
    cut: dict[str, None] = {}
    for column in frame.columns:
        if column == "geometry" or frame[column].dtype.kind in "biufcmM":
            continue
        texts = []
        for value in frame[column]:
            text = _decode(value, codec) if isinstance(value, str) else value
            texts.append(text)
            if text is not value and _is_cut(value, codec):
                cut.setdefault(text, None)
        frame[column] = texts
    if not cut:
        return frame, []
    some = "、".join(visible(one) for one in list(cut)[:_SHOWN])
    return frame, [
        Words(
            f"{file} の{len(cut)}つの文字は、欄の長さで途中で切れています（{some}）",
            f"{file}: {len(cut)} texts are cut at the width of their column ({some})",
        )
    ]


def _decode(text: str, codec: str) -> str:
    if text.isascii():
        return text
    return codecs.getincrementaldecoder(codec)("replace").decode(text.encode(_BYTES))


def _is_cut(text: str, codec: str) -> bool:
    try:
        text.encode(_BYTES).decode(codec)
    except UnicodeDecodeError:
        return True
    return False
