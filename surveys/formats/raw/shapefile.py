"""A shapefile in a zip as a plain table, read as the bytes it is (シェープファイルを素の表に).

No GDAL driver sees it: the shapes, the table beside them and the name of the coordinate system are
measured and read here.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError

from geo.base.delimited import decode_text, name_columns, refusal
from geo.base.located.zones import JGD2011_PLANE
from geo.base.place import LONLAT
from geo.base.problems import InputError, Problem
from geo.base.tokyo import is_tokyo, mean_shift_m, shift_tokyo
from geo.base.words import Words
from geo.sheets.archive import read_tables
from surveys.formats.raw.dbf import read_dbf
from surveys.formats.raw.shp import read_shp
from surveys.formats.raw.table import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    RawFile,
    RawRow,
    RawSheet,
    check_degrees,
    check_row,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Move = Callable[[shapely.Geometry], shapely.Geometry]

_SHP: Final = ".shp"
_NAMES: Final = "attributes.csv"  # what opaque columns are called
_PARTS: Final = (_SHP, ".dbf", ".prj", ".cpg", _NAMES)
_MOST_CRS: Final = 10_000  # signs in a .prj
# PROJ would follow a text that names files.
_LEADS_ON: Final = ("extension", "parameterfile", "nadgrids", "geoidgrids")
# WGS 84, JGD2011 and JGD2000: apart by less than 1 m in a town, below any phone's fix.
_MOST_DEGREES: Final = 180.0
_AS_WGS84: Final = frozenset({4326, 6668, 4612})
_TOKYO: Final = Words(
    "日本測地系（旧測地系）なので、世界測地系に直しました（約450m、北西へ）",
    "in the old Tokyo datum; moved to the world datum (about 450 m to the north-west)",
)
_NO_CRS: Final = Words(
    "座標系（.prj）がないので、緯度・経度（WGS 84）として読みました",
    "without a coordinate system (.prj); read as longitude and latitude (WGS 84)",
)
_NO_SHAPE: Final = Words(
    "地図の形が読めません。QGIS などで書き出し直してください",
    "its shape cannot be read; export it again, for example from QGIS",
)
_OTHER_ENCODING: Final = Words(
    ".cpg に書いてある文字コードとちがうので、合うもので読みました",
    "its .cpg names another encoding than its texts are in; they were read in theirs",
)


def is_shapefile_zip(data: bytes) -> bool:
    """Say whether bytes are a zip with a shapefile in it (シェープファイルのzipか)."""
    return data.startswith(b"PK") and _SHP in data[-65_536:].decode("latin-1").casefold()


class NoZoneError(InputError):
    """A shapefile in metres that does not name their zone (系のないシェープファイル).

    Attributes
    ----------
    points
        A point in each of its shapes, as they stand: easting and northing.
    """

    def __init__(self, file: str, points: Sequence[tuple[float, float]]) -> None:
        said = refusal(
            file,
            "座標系（.prj）がなく、平面直角座標系のメートルのようですが、何系かわかりません。"
            ".prj を付けるか、系を言ってください（--zone 8 など）",
            "has no coordinate system (.prj) and seems to be metres of 平面直角座標系, but of no known zone;"
            " add its .prj or say the zone (such as --zone 8)",
        )
        super().__init__(said.words)
        self.points = tuple(points)


def read_shapefile(data: bytes, *, file: str, zone: int = 0) -> RawFile:
    """Return the features of the one shapefile in a zip (シェープファイルを読む).

    Parameters
    ----------
    zone
        Of 平面直角座標系, where somebody said it of a file without one; 0 for not said.

    Raises
    ------
    NoZoneError
        In metres of which nothing tells the zone.
    InputError
        Broken, several shapefiles, an unknown coordinate system or encoding, too large.
    """
    members = read_tables(data, _PARTS, file=file)
    stems = [name[: -len(_SHP)] for name in members if name.casefold().endswith(_SHP)]
    if len(stems) != 1:
        listed = "、".join(stem.rpartition("/")[2] for stem in stems)
        raise refusal(
            file,
            f"{len(stems)}つのシェープファイルが入っています（{listed}）。一つだけにして渡してください",
            f"holds {len(stems)} shapefiles ({', '.join(stems)}); give one",
        )
    parts = {
        name[len(stems[0]) :].casefold(): content
        for name, content in members.items()
        if name.startswith(stems[0])
    }
    name = stems[0].rpartition("/")[2]
    said: list[Words] = []
    shapes = read_shp(parts[_SHP], file=file, most=MAX_ROWS)
    prj = parts.get(".prj")
    move = _unnamed(shapes, zone, file, said) if prj is None else _mover(prj, shapes, file, said)
    if zone and prj is not None:
        raise refusal(
            file,
            ".prj に座標系があるので、--zone は使えません",
            "names its coordinate system; leave --zone out",
        )
    heads, rows = _table(parts, len(shapes), file, said)
    heads = _show(heads, members, stems[0])
    columns = name_columns(heads, file=file, most=MAX_COLUMNS)
    if len(shapes) * (len(columns) + 1) > MAX_CELLS:
        raise refusal(
            file, "大きすぎます。分けて書き出してください", "is too large; export it in parts"
        )
    where = f"{file} {name}"
    problems = [Problem(file=where, row=None, column="", value="", reason=words) for words in said]
    out: list[RawRow] = []
    for number, (shape, values) in enumerate(zip(shapes, rows, strict=True), start=1):
        if values is None:  # deleted, and not yet swept out
            continue
        cells, wrong = check_row(values[: len(columns)], file=where, number=number, columns=columns)
        place, reason = _place(shape, move)
        if reason is not None:
            wrong.append(
                Problem(file=where, row=number, column="geometry", value="", reason=reason)
            )
        problems += wrong
        out.append(RawRow(number=number, cells=cells, geometry=place))
    sheet = RawSheet(name=name, columns=columns, rows=tuple(out), problems=tuple(problems))
    return RawFile(name=file, kind="gpkg", sheets=(sheet,))


def _table(
    parts: Mapping[str, bytes], count: int, file: str, said: list[Words]
) -> tuple[list[str], list[list[object] | None]]:
    if ".dbf" not in parts:
        raise refusal(
            file,
            "名前などの列の入った .dbf がありません。そろえて zip にしてください",
            "lacks its .dbf with the names; put it into the zip",
        )
    told = parts.get(".cpg", b"")[:100].decode("ascii", "replace")
    heads, rows, fits = read_dbf(parts[".dbf"], told, file=file, most=MAX_ROWS)
    said += [] if fits else [_OTHER_ENCODING]
    if len(rows) != count:
        raise refusal(
            file,
            f"形は{count}件、表は{len(rows)}行で、合いません。書き出し直してください",
            f"has {count} shapes but {len(rows)} rows; export it again",
        )
    return heads, rows


def _show(heads: list[str], members: Mapping[str, bytes], stem: str) -> list[str]:
    """Return the columns as an ``attributes.csv`` beside the shapes calls them."""
    beside = f"{stem.rpartition('/')[0]}/{_NAMES}".lstrip("/").casefold()
    content = next((one for name, one in members.items() if name.casefold() == beside), None)
    if content is None:
        return heads
    try:
        rows = csv.DictReader(decode_text(content, file=_NAMES).splitlines())
        shown = {one.get("original_name"): one.get("display_name") for one in rows}
    except (InputError, csv.Error):
        return heads
    out: list[str] = []
    for head in heads:
        name = shown.get(head) or head
        out.append(head if name in out or (name != head and name in heads) else name)
    return out


def _unnamed(
    shapes: Sequence[shapely.Geometry | None], zone: int, file: str, said: list[Words]
) -> Move | None:
    """Return what moves shapes of a file without a .prj; none where they are degrees."""
    known = [one for one in shapes if one is not None and not one.is_empty]
    points = [one.representative_point() for one in known]
    metres = bool(points) and max(max(abs(one.x), abs(one.y)) for one in points) > _MOST_DEGREES
    if not metres:
        said.append(_NO_CRS)
        if zone:
            raise refusal(
                file, "度の座標なので、--zone は使えません", "is in degrees; leave --zone out"
            )
        return None
    if not zone:
        raise NoZoneError(file, [(one.x, one.y) for one in points])
    said.append(
        Words(
            f"座標系（.prj）がないので、言われたとおり平面直角座標系の{zone}系として読みました",
            f"without a coordinate system (.prj); read in zone {zone} of 平面直角座標系, as was said",
        )
    )
    turn = pyproj.Transformer.from_crs(JGD2011_PLANE + zone, LONLAT, always_xy=True).transform
    return lambda shape: _turn(shape, turn)


def _say_tokyo(shapes: Sequence[shapely.Geometry | None], degrees: Callable[..., object]) -> Words:
    """Return that shapes were moved from the old datum, and by how many metres."""
    first = next((one for one in shapes if one is not None and not one.is_empty), None)
    if first is None:
        return _TOKYO
    at = _turn(first.representative_point(), degrees)
    before = (np.array([at.x]), np.array([at.y]))
    metres = mean_shift_m(before, shift_tokyo(*before))
    return Words(
        _TOKYO.ja.replace("450", f"{metres:.0f}"), _TOKYO.en.replace("450", f"{metres:.0f}")
    )


def _mover(
    prj: bytes, shapes: Sequence[shapely.Geometry | None], file: str, said: list[Words]
) -> Move | None:
    text = prj[:_MOST_CRS].decode("utf-8", "replace")
    leads_on = any(one in text.casefold() for one in _LEADS_ON)
    try:
        crs = pyproj.CRS.from_wkt("" if leads_on else text)
        if is_tokyo(crs):
            degrees = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True).transform
            said.append(_say_tokyo(shapes, degrees))
            return lambda shape: _turn(_turn(shape, degrees), shift_tokyo)
        if crs.is_geographic and crs.to_epsg(min_confidence=20) in _AS_WGS84:
            return None
        to_degrees = pyproj.Transformer.from_crs(crs, LONLAT, always_xy=True).transform
    except (CRSError, ProjError, ValueError) as error:
        raise refusal(
            file,
            "座標系（.prj）がわかりません。緯度・経度（WGS 84）で書き出し直してください",
            "its coordinate system (.prj) is not known; export it in WGS 84 (EPSG:4326)",
        ) from error
    return lambda shape: _turn(shape, to_degrees)


def _turn(shape: shapely.Geometry, turn: Callable[..., object]) -> shapely.Geometry:
    return shapely.transform(shape, turn, interleaved=False)


def _place(
    shape: shapely.Geometry | None, move: Move | None
) -> tuple[shapely.Geometry | None, Words | None]:
    if shape is None or shape.is_empty:
        return None, None
    try:
        moved = shape if move is None else move(shape)
    except (ProjError, ValueError, shapely.errors.ShapelyError):
        return None, _NO_SHAPE
    wrong = check_degrees(moved.bounds)
    return (None, wrong) if wrong else (moved, None)
