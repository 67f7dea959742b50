"""Plain tables from files, before anyone says what their columns mean (素の表)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from geo.base.place import JAPAN_LONLAT
from geo.base.problems import Problem
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import shapely

Cell = str | int | float | bool | date | datetime | time | list[object] | dict[str, object] | None

# Far above a town's register (a few thousand records of some sixty fields), and low enough
# that the worst file is read or refused within 10 s and 600 MB (tests/surveys/formats/test_upload_fuzz.py).
MAX_BYTES: Final = 50_000_000
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 3_000_000
MAX_SHEETS: Final = 100
MAX_TEXT: Final = 100_000  # characters in one cell; Excel itself holds 32,767
MAX_DEPTH: Final = 20  # lists and objects within one cell

_HALF_SIGN = re.compile("[\ud800-\udfff]")
_WEST, _SOUTH, _EAST, _NORTH = JAPAN_LONLAT
_LON_MOST, _LAT_MOST = 180.0, 90.0

_TOO_LONG = Words(
    f"文が長すぎます（1つの欄は {MAX_TEXT:,} 字まで）。分けて書いてください",
    f"the text is too long (at most {MAX_TEXT:,} characters a cell); write it in parts",
)
_TOO_DEEP = Words(
    f"データが何重にも重なりすぎています（{MAX_DEPTH}段まで）。文字か数だけの値にしてください",
    f"nested too deep (at most {MAX_DEPTH} levels); give plain values",
)
_BROKEN_SIGN = Words(
    "途中で切れた文字があります（「\ufffd」にしました）。書き直してください",
    "holds half a character (shown as “\ufffd”); write it again",
)
_NOT_FINITE = Words(
    "大きすぎて数として読めません。直してください", "is too large to be a number; mend it"
)
_BINARY = Words(
    "文字や数でない値（写真など）は読めません。その列を除いてください",
    "a value that is neither text nor number (such as a photo) is not read; leave that column out",
)
_NO_COORDINATES = Words(
    "座標に数でない値があります。地図の上で直してください",
    "has coordinates that are not numbers; mend it on a map",
)
SWAPPED = Words(
    "緯度と経度が入れかわっているようです。経度・緯度の順で書き出してください",
    "latitude and longitude seem swapped; export longitude first",
)
_NOT_DEGREES = Words(
    "座標が緯度・経度の範囲にありません。緯度・経度（WGS 84）で書き出してください",
    "its coordinates are no degrees; export as longitude and latitude (WGS 84)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """One row as the file gives it (素の行).

    Attributes
    ----------
    number
        The row as Excel counts (CSV, XLSX), or the feature counted from 1 (GeoJSON, GeoPackage).
    cells
        One a column; ``None`` when empty or absent. Text exactly as typed: "" only where the
        file itself says so.
    geometry
        Longitude and latitude, EPSG:4326 or within 1 m of it (JGD2011, JGD2000); never empty.
    id
        A GeoJSON feature's ``id`` or a GeoPackage row's key.
    extra
        What belongs to no column: other members of a GeoJSON feature.
    """

    number: int
    cells: tuple[Cell, ...]
    geometry: shapely.Geometry | None = None
    id: str | None = None
    extra: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One table of a file (素の表).

    Attributes
    ----------
    name
        The sheet's or the layer's; for CSV and GeoJSON the file's name without its ending.
    columns
        Tidied and unique, in the file's order.
    problems
        What could not be read, each with its row and column; the cell is then ``None``.
    extra
        Other members of a GeoJSON collection.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """What an uploaded file holds (素のファイル).

    Attributes
    ----------
    kind
        The id of its format.
    aside
        Rows and sheets that are not used, each with its place and why.
    mended
        What was read otherwise than it stands, told the same way.
    """

    name: str
    kind: str
    sheets: tuple[RawSheet, ...]
    aside: tuple[Problem, ...] = ()
    mended: tuple[Problem, ...] = ()


def check_cell(value: object) -> tuple[Cell, Words | None]:
    """Return a value as a cell, and what is wrong with it (値を確かめる).

    Examples
    --------
    >>> check_cell("　全角 "), check_cell(float("inf"))[1] is None
    (('　全角 ', None), False)
    """
    if value is None or isinstance(value, (bool, int, date, time)):
        return value, None
    if isinstance(value, str):
        return _check_text(value)
    if isinstance(value, float):
        return (value, None) if math.isfinite(value) else (None, _NOT_FINITE)
    if isinstance(value, (list, dict)):
        wrong = _check_nested(value, MAX_DEPTH)
        return (value, None) if wrong is None else (None, wrong)
    return None, _BINARY


def check_row(
    values: Sequence[object], *, file: str, number: int, columns: Sequence[str]
) -> tuple[tuple[Cell, ...], list[Problem]]:
    """Return a row's values as cells, and the problems among them (行を確かめる)."""
    cells: list[Cell] = []
    problems: list[Problem] = []
    for column, value in zip(columns, values, strict=True):
        cell, reason = check_cell(value)
        cells.append(cell)
        if reason is not None:
            shown = "" if isinstance(value, bytes) else f"{value!s:.40}"
            shown = _HALF_SIGN.sub("\ufffd", shown)
            problems.append(
                Problem(file=file, row=number, column=column, value=shown, reason=reason)
            )
    return tuple(cells), problems


def check_degrees(bounds: Sequence[float]) -> Words | None:
    """Return what is wrong with a shape's (west, south, east, north) (緯度経度を確かめる).

    Examples
    --------
    >>> check_degrees((139.8, 35.6, 139.9, 35.7)) is None
    True
    >>> check_degrees((35.6, 139.8, 35.6, 139.8)).en
    'latitude and longitude seem swapped; export longitude first'
    """
    west, south, east, north = bounds
    if not all(map(math.isfinite, bounds)):
        return _NO_COORDINATES
    if west >= _SOUTH and east <= _NORTH and south >= _WEST and north <= _EAST:
        return SWAPPED
    if west < -_LON_MOST or east > _LON_MOST or south < -_LAT_MOST or north > _LAT_MOST:
        return _NOT_DEGREES
    return None


def _check_text(text: str) -> tuple[Cell, Words | None]:
    if len(text) > MAX_TEXT:
        return None, _TOO_LONG
    if not text.isascii() and _HALF_SIGN.search(text):
        return _HALF_SIGN.sub("\ufffd", text), _BROKEN_SIGN
    return text, None


def _check_nested(value: object, depth: int) -> Words | None:
    if isinstance(value, str):
        return _check_text(value)[1]
    if not isinstance(value, (list, dict)):
        return None
    if depth == 0:
        return _TOO_DEEP
    inner = [*value, *value.values()] if isinstance(value, dict) else value
    return next((bad for one in inner if (bad := _check_nested(one, depth - 1))), None)
