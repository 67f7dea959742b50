"""The columns of a table that tell where its rows are, under anybody's headings (場所の列)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.delimited import column_key, find_column
from geo.base.list_heads import LATS, LONS
from geo.base.located.degrees import parse_degrees
from geo.base.located.zones import find_zone
from geo.base.place import in_japan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Cells = Callable[[str], Sequence[str]]

Kind = Literal["degrees", "parts", "pair", "wkt", "plane"]

_WORDS: Final = {
    "lat": "latitude|lat|fy|緯度|北緯", "lon": "longitude|long|lon|lng|fx|経度|東経",
}  # fmt: skip
_TAIL: Final = (
    r"(?:[_\-]?(?:dec|decimal|deg|degrees?|wgs84|jgd2?0?\d*|tokyo|10進法?|10進数|十進法?|十進数|"
    r"世界測地系|日本測地系|旧測地系|世界|日本|旧|値|情報|座標))*"
)
_BRACKETS: Final = re.compile(r"[(\[【<].*?[)\]】>]")
_AXIS: Final = {
    axis: (
        re.compile(rf"(.*[_\-:./]|)(?:{words}){_TAIL}"),
        re.compile(rf"()(?:{words})_\d+_?.*"),  # Epicollect: lat_1_場所
        re.compile(rf"(.{{0,8}})(?:{words.rpartition('|')[0].rpartition('|')[2]}){_TAIL}"),
    )
    for axis, words in _WORDS.items()
}
_TOKYO: Final = re.compile(r"日本測地系|旧測地|tokyo|(?<![a-z])td(?![a-z])|bessel")
_WORLD: Final = re.compile(r"世界測地|jgd|wgs")
_PAIRS: Final = re.compile(
    r"(?:.*[_\-:./]|)(?:geolocation|location|gps|geopoint|latlng|latlon|lat_lng|位置|位置情報|座標|緯度経度|"
    r"緯度・経度|緯度,経度|緯度/経度|地図座標|経緯度)"
)
PAIR: Final = re.compile(
    r"[\[(]?\s*([+-]?\d{1,3}\.\d+)\s*(?:[,、;/]\s*|\s+)([+-]?\d{1,3}\.\d+)"
    r"(?:[,\s]+([+-]?\d+(?:\.\d+)?))?(?:[,\s]+(\d+(?:\.\d+)?))?\s*[\])]?"
)
# No collections: GEOS follows one within another without end.
WKT: Final = re.compile(
    r"\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*+(?:ZM?|M)?[0-9eE+\-.,()\s]+", re.IGNORECASE
)
_WKT_HEADS: Final = ("wkt", "wkt_geom", "geometry", "geom", "the_geom", "形")
_PLANE: Final = {
    axis: re.compile(
        rf"(?:平面直角|平面|公共|測量|座標|中心)*(?:座標)?[_\-]?{axis}[_\-]?(?:座標)?(?:値)?(?:\(?m\)?|[_\-]m)?"
    )
    for axis in ("x", "y")
}  # fmt: skip
_ZONE_HEADS: Final = (
    "系",
    "系番号",
    "座標系",
    "平面直角座標系",
    "座標系番号",
    "zone",
    "epsg",
    "測地系・座標系",
)
_DATUM_HEADS: Final = ("測地系", "測地系名", "datum", "座標系", "緯度経度の測地系")
_ACCURACY: Final = re.compile(
    r"(?:.*[_\-:./]|)(?:precision|accuracy|精度|位置の精度)(?:\(m\)|_m)?|accuracy_\d+_.*"
)
_MOST_DEGREES: Final = 180.0
_SHARE: Final = 0.5
# Metres in a zone stay below some 400 km; 度分秒 in one number begins with 20 00 00.
_LARGEST_PLANE_M: Final = 1_000_000
_FIRST_PACKED: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHeads:
    """Which columns tell where a table's rows are, and in what writing (場所の列).

    Attributes
    ----------
    kind
        ``degrees`` in two columns; ``parts``: 度, 分 and 秒 in six; ``pair`` and ``wkt`` in one;
        ``plane``: metres.
    north, east
        The columns, one each but for ``parts``; of ``pair`` and ``wkt`` both are the one.
    surveyors
        Of a plane: whether X is north, as the headings say it.
    tokyo
        Whether the headings name the old datum.
    zone
        Of a plane: as the headings name it.
    datum, zones, accuracy
        Columns that tell it row by row, "" for none.
    """

    kind: Kind
    north: tuple[str, ...]
    east: tuple[str, ...]
    surveyors: bool = False
    tokyo: bool = False
    zone: int | None = None
    datum: str = ""
    zones: str = ""
    accuracy: str = ""

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are read (使う列)."""
        every = (*self.north, *self.east, self.datum, self.zones, self.accuracy)
        return tuple(dict.fromkeys(filter(None, every)))


def find_place_heads(columns: Sequence[str], cells: Cells) -> PlaceHeads | None:
    """Return which columns of a table tell its rows' places, ``None`` for none (場所の列を探す).

    Parameters
    ----------
    cells
        A column's texts, by its name.

    Examples
    --------
    >>> find_place_heads(["name", "_gps_latitude", "_gps_longitude", "_gps_precision"], lambda _: []).used
    ('_gps_latitude', '_gps_longitude', '_gps_precision')
    >>> find_place_heads(["名称", "備考"], lambda _: []) is None
    True
    """
    return (
        _plain(columns, cells)
        or _parts(columns)
        or _named_degrees(columns)
        or _wkt(columns, cells)
        or _pair(columns, cells)
        or _plane(columns, cells)
    )


def _more(columns: Sequence[str], taken: Sequence[str]) -> dict[str, str]:
    rest = [one for one in columns if one not in taken]
    accuracy = [one for one in rest if _ACCURACY.fullmatch(column_key(one))]
    return {
        "datum": find_column(rest, _DATUM_HEADS) or "",
        "accuracy": accuracy[0] if len(accuracy) == 1 else "",
    }


def _plain(columns: Sequence[str], cells: Cells) -> PlaceHeads | None:
    lat, lon = find_column(columns, LATS), find_column(columns, LONS)
    if lat is None or lon is None or _is_plane(cells(lat), cells(lon)):
        return None
    return PlaceHeads(kind="degrees", north=(lat,), east=(lon,), **_more(columns, (lat, lon)))  # type: ignore[arg-type]


def _is_plane(*sides: Sequence[str]) -> bool:
    """Say whether the numbers of two columns are mostly too large for degrees, and too small for packed ones."""
    numbers = [
        found for side in sides for text in side if (found := parse_degrees(text)) is not None
    ]
    far = [one for one in numbers if _MOST_DEGREES < abs(one) < _LARGEST_PLANE_M]
    return bool(numbers) and len(far) > _SHARE * len(numbers) and not _all_packed(*sides)


def _all_packed(north: Sequence[str], east: Sequence[str]) -> bool:
    lats, lons = ([parse_degrees(text) for text in side if text] for side in (north, east))
    return all(one is not None and one > _FIRST_PACKED for one in (*lats, *lons)) and any(
        one is not None and one > _LARGEST_PLANE_M for one in lons
    )


def _parts(columns: Sequence[str]) -> PlaceHeads | None:
    by_key = {column_key(one): one for one in reversed(columns)}

    def three(name: str) -> tuple[str, ...]:
        for mark in ("", "_", "-", "・"):
            keys = [f"{name}{mark}{unit}" for unit in "度分秒"]
            bracketed = [f"{name}({unit})" for unit in "度分秒"]
            for some in (keys, bracketed):
                if some[0] in by_key and some[1] in by_key:
                    return tuple(by_key[key] for key in some if key in by_key)
        return ()

    north, east = three("緯度") or three("北緯"), three("経度") or three("東経")
    if not north or len(north) != len(east):
        return None
    return PlaceHeads(kind="parts", north=north, east=east, **_more(columns, (*north, *east)))  # type: ignore[arg-type]


def _named_degrees(columns: Sequence[str]) -> PlaceHeads | None:
    """Find one pair of headings that are alike but for latitude and longitude."""
    sides: dict[str, dict[tuple[str, bool], str]] = {"lat": {}, "lon": {}}
    for column in columns:
        for axis, side in sides.items():
            if (named := _name_of(column, axis)) is not None:
                side.setdefault(named, column)
    both = [named for named in sides["lat"] if named in sides["lon"]]
    world = [named for named in both if not named[1]]
    some = world or both
    if len(some) != 1:
        return None
    lat, lon = sides["lat"][some[0]], sides["lon"][some[0]]
    more = _more(columns, (lat, lon))
    return PlaceHeads(kind="degrees", north=(lat,), east=(lon,), tokyo=some[0][1], **more)  # type: ignore[arg-type]


def _name_of(column: str, axis: str) -> tuple[str, bool] | None:
    """Return what a heading has beside the axis, and whether it names the old datum."""
    key = column_key(column)
    bare = _BRACKETS.sub("", key)
    for pattern in _AXIS[axis]:
        if found := pattern.fullmatch(bare):
            return found[1], is_tokyo_word(key)
    return None


def _wkt(columns: Sequence[str], cells: Cells) -> PlaceHeads | None:
    column = find_column(columns, _WKT_HEADS)
    texts = [text for text in cells(column) if text] if column else []
    if column is None or not texts or not all(map(WKT.fullmatch, texts)):
        return None
    return PlaceHeads(kind="wkt", north=(column,), east=(column,))


def _pair(columns: Sequence[str], cells: Cells) -> PlaceHeads | None:
    named = [one for one in columns if _PAIRS.fullmatch(_BRACKETS.sub("", column_key(one)))]
    some = [one for one in named if _are_pairs(cells(one))]
    if not some:
        some = [one for one in columns if one not in named and _are_pairs(cells(one), all_of=True)]
    if len(some) != 1:
        return None
    more = _more(columns, some)
    tokyo = is_tokyo_word(some[0])
    return PlaceHeads(kind="pair", north=(some[0],), east=(some[0],), tokyo=tokyo, **more)  # type: ignore[arg-type]


def _are_pairs(texts: Sequence[str], *, all_of: bool = False) -> bool:
    found = [PAIR.fullmatch(text) for text in texts if text]
    if all_of:  # under a heading that says nothing, only what can be nothing else
        return bool(found) and all(one is not None and _in_japan(one) for one in found)
    return sum(one is not None for one in found) > _SHARE * len(found)


def _in_japan(pair: re.Match[str]) -> bool:
    one, other = float(pair[1]), float(pair[2])
    return in_japan(one, other) or in_japan(other, one)


def _plane(columns: Sequence[str], cells: Cells) -> PlaceHeads | None:
    found = {}
    for axis, pattern in _PLANE.items():
        some = [one for one in columns if pattern.fullmatch(_BRACKETS.sub("", column_key(one)))]
        if len(some) != 1:
            return None
        found[axis] = some[0]
    x, y = found["x"], found["y"]
    if not _is_plane(cells(x), cells(y)):
        return None
    rest = [one for one in columns if one not in (x, y)]
    told = find_zone(x) or find_zone(y)
    zones = find_column(rest, _ZONE_HEADS) or ""
    surveyors = bool(told or zones) or any("座標" in one or "平面" in one for one in (x, y))
    return PlaceHeads(
        kind="plane", north=(x,), east=(y,), surveyors=surveyors, zones=zones,
        zone=told[0] if told else None, tokyo=bool(told and told[1]),
        datum=find_column([one for one in rest if one != zones], _DATUM_HEADS) or "",
    )  # fmt: skip


def is_tokyo_word(text: str) -> bool:
    """Say whether a cell names the old datum (旧測地系と書いてあるか).

    Examples
    --------
    >>> is_tokyo_word("日本測地系"), is_tokyo_word("世界測地系（JGD2011）"), is_tokyo_word("日本測地系2011")
    (True, False, False)
    """
    key = column_key(text)
    return _TOKYO.search(key) is not None and _WORLD.search(key) is None and "20" not in key
