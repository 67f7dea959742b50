"""In which zone of 平面直角座標系 a table's metres are, and whether X is north (表の系)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.delimited import column_key, find_column
from geo.base.located.zones import ZONES, plane_to_lonlat, read_zone, zone_of_prefecture
from geo.base.place import in_japan
from geo.base.prefectures import PREFECTURES
from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from geo.base.located.heads import PlaceHeads

    Floats = npt.NDArray[np.float64]

_PREFECTURE_HEADS: Final = ("都道府県名", "所在地_都道府県", "都道府県")
_CODE_HEADS: Final = (
    "全国地方公共団体コード", "都道府県コード又は市区町村コード", "市区町村コード", "都道府県コード",
    "所在地_全国地方公共団体コード",
)  # fmt: skip
_ADDRESS_HEADS: Final = ("住所", "所在地", "所在地_連結表記")
_INSIDE: Final = 0.5  # of the points, for a zone to be the town's


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsZones:
    """Of each row its zone, 0 for none, and which way the axes go (行の系)."""

    of_rows: tuple[int, ...]
    x_is_north: bool
    told: Words


def find_rows_zones(
    heads: PlaceHeads,
    rows: Sequence[Mapping[str, str]],
    x: Floats,
    y: Floats,
    border: shapely.Geometry | None,
) -> RowsZones:
    """Return the zones of a table's rows: as told, else by prefecture, else where they fall in the town (系を決める).

    Raises
    ------
    InputError
        Nothing tells the zone, or which axis is north.
    """
    told = _told_zones(heads, rows)
    how = Words("書いてある", "as written")
    if told is None:
        told, how = _by_prefecture(rows), Words("都道府県から", "by prefecture")
    if told is not None and heads.surveyors:
        return _say(told, how, x_is_north=True)
    fitting = _fitting(told, x, y, border)
    if len(fitting) == 1:
        zone, north = fitting[0]
        return _say((zone,) * len(rows), Words("市の中に入る", "by the border"), x_is_north=north)
    raise InputError(
        Words(
            f"「{heads.north[0]}」「{heads.east[0]}」は平面直角座標系のメートルのようですが、何系かわかりません。"
            "「系」の列（例 9）を足すか、緯度・経度に直してください",
            f"{heads.north[0]} and {heads.east[0]} seem to be metres of 平面直角座標系, but of no known zone; "
            "add a column 系 (such as 9), or convert them to degrees",
        )
    )


def _told_zones(heads: PlaceHeads, rows: Sequence[Mapping[str, str]]) -> tuple[int, ...] | None:
    if heads.zone is not None:
        return (heads.zone,) * len(rows)
    found = [read_zone(row.get(heads.zones, "")) if heads.zones else None for row in rows]
    zones = tuple(one[0] if one else 0 for one in found)
    return zones if any(zones) else None


def _by_prefecture(rows: Sequence[Mapping[str, str]]) -> tuple[int, ...] | None:
    columns = list(rows[0]) if rows else []
    name, code = find_column(columns, _PREFECTURE_HEADS), find_column(columns, _CODE_HEADS)
    address = find_column(columns, _ADDRESS_HEADS)
    numbers = set()
    for row in rows:
        text = row.get(name or "", "") or row.get(address or "", "")
        found = next((n for n, one in enumerate(PREFECTURES, 1) if text.startswith(one)), 0)
        digits = column_key(row.get(code or "", ""))
        if not found and digits.isdecimal() and len(digits) in (2, 5, 6):
            found = int(digits[:2])
        if found:
            numbers.add(found)
    zone = zone_of_prefecture(numbers.pop()) if len(numbers) == 1 else None
    return None if zone is None else (zone,) * len(rows)


def _fitting(
    told: tuple[int, ...] | None, x: Floats, y: Floats, border: shapely.Geometry | None
) -> list[tuple[int, bool]]:
    """Return the zones and ways of the axes by which most points lie in the town, or else in Japan."""
    known = np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
    zones = sorted(set(told) - {0}) if told else ZONES if border is not None else ()
    out = []
    for zone in zones:
        for north in (True, False):
            east, up = (y, x) if north else (x, y)
            lon, lat = plane_to_lonlat(zone, east[known], up[known])
            if border is not None:
                inside = shapely.intersects_xy(border, lon, lat)
            else:
                inside = np.array([in_japan(*one) for one in zip(lon, lat, strict=True)])
            if inside.size and inside.mean() > _INSIDE:
                out.append((zone, north))
    return out


def _say(zones: tuple[int, ...], how: Words, *, x_is_north: bool) -> RowsZones:
    listed = "・".join(str(one) for one in sorted(set(zones) - {0}))
    axes = (
        Words("Xを北、Yを東", "X north and Y east")
        if x_is_north
        else Words("Xを東、Yを北", "X east and Y north")
    )
    return RowsZones(
        of_rows=zones,
        x_is_north=x_is_north,
        told=Words(
            f"平面直角座標系の{listed}系（{how.ja}）のメートルとして、{axes.ja}として読みました",
            f"read as metres of zone {listed} of 平面直角座標系 ({how.en}), {axes.en}",
        ),
    )
