"""Of a large table of squares, the lines near the town alone (大きなメッシュの表から、街の近くだけ)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.words import Words
from geo.people.mesh import mesh_code
from geo.sheets.archive import read_tables
from geo.sheets.book import TABLE_ENDINGS, is_table_zip
from geo.sources.age_heads import read_head
from geo.sources.people_estat import MESH_TABLES
from geo.sources.people_keys import MESHES
from geo.sources.tabular import column_key

if TYPE_CHECKING:
    import shapely

    from geo.base.place import Plane

# A table below this is read whole: then its rows beyond the border are told with their people.
LARGE_BYTES: Final = 4_000_000
_LOOKED: Final = 40  # lines among which the headings are looked for
_KM: Final = 8  # digits of a 1 km square
_LAT, _LON = 30 / 3600, 45 / 3600  # of one, in degrees
# A hidden square's receiver is near it: squares of 1 km around the town that are read, too.
_MARGIN: Final = 6


def keep_near(
    data: bytes, file: str, border: shapely.Geometry, plane: Plane, *, large: int = LARGE_BYTES
) -> tuple[bytes, list[Words]]:
    """Return a large table's bytes with its lines far from the town empty (街の近くの行だけにする).

    So that a file of a whole prefecture, of millions of squares, costs no more than the town. Row
    numbers stay. Anything but plain text with a column of mesh codes comes back as it is.

    Parameters
    ----------
    border
        In the plane.
    large
        Bytes from which on it is done.
    """
    if is_table_zip(data):
        tables = read_tables(data, TABLE_ENDINGS, file=file)
        data = next(iter(tables.values())) if len(tables) == 1 else data
    if len(data) < large or data[:2] in (b"PK", b"\xd0\xcf", b"\xff\xfe", b"\xfe\xff"):
        return data, []
    found = _find_columns(data)
    if found is None:
        return data, []
    first, delimiter, key, everyone = found
    near = _near_codes(border, plane)
    lines = io.BytesIO(data)
    out = [next(lines) for _ in range(first)]
    rows = people = 0
    for line in lines:
        if line.count(b'"') % 2:
            return data, []  # a cell of several lines: no line is a row by itself
        cells = line.split(delimiter)
        code = cells[key].strip(b'" \r\n') if key < len(cells) else b""
        if code[:_KM] in near or not code.isdigit() or len(code) < _KM:
            out.append(line)
            continue
        out.append(b"\n")
        rows += 1
        if everyone < len(cells) and (count := cells[everyone].strip(b'" \r\n')).isdigit():
            people += int(count)
    if not rows:
        return data, []
    words = Words(
        f"{file} の{rows:,}メッシュ（{people:,}人）は街から遠いので読みませんでした",
        f"{file}: {rows:,} squares ({people:,} people) are far from the town and were not read",
    )
    return b"".join(out), [words]


def _find_columns(data: bytes) -> tuple[int, bytes, int, int] | None:
    """Return how many lines the headings end at, the delimiter, and the columns of code and people."""
    head = data[: data.find(b"\n", 200_000) + 1 or 200_000].splitlines()[:_LOOKED]
    for at, line in enumerate(head):
        for encoding in ("utf-8-sig", "cp932"):
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError:
                continue
            for delimiter in (",", "\t", ";"):
                cells = next(csv.reader([text], delimiter=delimiter), [])
                keys = [column_key(cell) for cell in cells]
                coded = any(key.startswith(MESH_TABLES) for key in keys)
                names = {column_key(one) for one in MESHES} | ({"key_code"} if coded else set())
                where = next((n for n, key in enumerate(keys) if key in names), None)
                if where is None:
                    continue
                total = next(
                    (n for n, key in enumerate(keys)
                     if (key.startswith(MESH_TABLES) and key.endswith("001"))
                     or ((told := read_head(cells[n])) and told.told == "all" and not told.sex)),
                    len(cells),
                )  # fmt: skip
                return at + 1, delimiter.encode(), where, total
    return None


def _near_codes(border: shapely.Geometry, plane: Plane) -> set[bytes]:
    west, south, east, north = plane.to_degrees(border).bounds
    lons = np.arange(west - _MARGIN * _LON, east + (_MARGIN + 1) * _LON, _LON)
    lats = np.arange(south - _MARGIN * _LAT, north + (_MARGIN + 1) * _LAT, _LAT)
    return {mesh_code(float(lon), float(lat), _KM).encode() for lon in lons for lat in lats}
