"""Metres of which nothing tells the zone: which put them into the town, and what somebody says (系を聞く)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.located.degrees import parse_degrees
from geo.base.located.heads import find_place_heads
from geo.base.located.row_zones import find_rows_zones
from geo.base.located.zones import ZONES, plane_to_lonlat
from geo.base.place import in_japan
from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from geo.base.located.heads import PlaceHeads

    Floats = npt.NDArray[np.float64]

_INSIDE: Final = 0.5  # of the points, for a zone to be the town's
_AXES: Final = {
    True: Words("Xを北、Yを東", "X north and Y east"),
    False: Words("Xを東、Yを北", "X east and Y north"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFit:
    """A zone of 平面直角座標系 that puts points into the town (合う系).

    Attributes
    ----------
    x_is_north
        Which way the axes go then.
    inside, count
        How many of the points lie in the town, and how many there are.
    """

    zone: int
    x_is_north: bool
    inside: int
    count: int


def fit_zones(x: npt.ArrayLike, y: npt.ArrayLike, border: shapely.Geometry) -> list[ZoneFit]:
    """Return the zones by which most points lie in the town (街に入る系).

    Parameters
    ----------
    x, y
        Metres, as they are told; NaN for none.
    border
        The town in degrees.

    Examples
    --------
    >>> town = shapely.box(139.7, 35.6, 139.8, 35.7)
    >>> [(one.zone, one.x_is_north) for one in fit_zones([-35363.2], [-5992.9], town)]
    [(9, True)]
    """
    north, east = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    known = np.isfinite(north) & np.isfinite(east) & ((north != 0) | (east != 0))
    north, east = north[known], east[known]
    out: list[ZoneFit] = []
    for zone in ZONES if north.size else ():
        for turned in (True, False):
            lon, lat = plane_to_lonlat(zone, *((east, north) if turned else (north, east)))
            inside = int(shapely.intersects_xy(border, lon, lat).sum())
            if inside > _INSIDE * north.size:
                out.append(
                    ZoneFit(zone=zone, x_is_north=turned, inside=inside, count=int(north.size))
                )
    return out


def say_fits(fits: Sequence[ZoneFit]) -> Words:
    """Return what the town says of the zone, as a question to be answered (系を聞く文).

    Examples
    --------
    >>> say_fits([ZoneFit(zone=8, x_is_north=True, inside=11, count=12)]).en
    'zone 8 (X north and Y east) puts 11 of 12 points into the town, no other does; if that is it, say so (--zone 8)'
    """
    if not fits:
        return Words(
            "1～19系のどれとしても、半分以上が街の外になります。ほかの市区町村の一覧か、別の座標ではありませんか",
            "no zone from 1 to 19 puts half of them into the town: another town's list, or other coordinates?",
        )
    listed = "、".join(f"{one.zone}系（{_AXES[one.x_is_north].ja}）" for one in fits)
    zones = ", ".join(f"zone {one.zone} ({_AXES[one.x_is_north].en})" for one in fits)
    if len(fits) > 1:
        return Words(
            f"街の中に入る読み方がいくつかあります: {listed}。"
            "作った人に系を確かめてください（--zone 8 のように言えます）",
            f"several ways put them into the town: {zones}; ask whoever made it (and say so: --zone 8)",
        )
    (one,) = fits
    return Words(
        f"{listed}とすると、{one.count}か所のうち{one.inside}か所が街の中に入ります（ほかの系では入りません）。"
        f"これでよければ、そう言ってください（--zone {one.zone}）",
        f"{zones} puts {one.inside} of {one.count} points into the town, no other does; if that is it, "
        f"say so (--zone {one.zone})",
    )


def find_unzoned(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> PlaceHeads | None:
    """Return the columns of metres whose zone the table does not tell, ``None`` for none (系のない列)."""
    heads = find_place_heads(columns, lambda name: [row.get(name, "") for row in rows])
    if heads is None or heads.kind != "plane":
        return None
    try:
        find_rows_zones(heads, rows, *metres_of(heads, rows), None)
    except InputError:
        return heads
    return None


def metres_of(heads: PlaceHeads, rows: Sequence[Mapping[str, str]]) -> tuple[Floats, Floats]:
    """Return the metres of both columns, NaN for none (列のメートル)."""

    def read(column: str) -> Floats:
        found = (parse_degrees(row.get(column, "").replace(",", "")) for row in rows)
        return np.array([np.nan if one is None else one for one in found], dtype=float)

    return read(heads.north[0]), read(heads.east[0])


def read_in_zone(
    heads: PlaceHeads,
    rows: Sequence[Mapping[str, str]],
    zone: int,
    border: shapely.Geometry | None,
) -> tuple[list[tuple[float, float] | None], Words]:
    """Return each row's longitude and latitude in the zone somebody said, and how it was read (言われた系で読む).

    Where the headings do not say that X is north, the town does, else Japan.

    Raises
    ------
    InputError
        It is not told which axis is north.
    """
    x, y = metres_of(heads, rows)
    north = True if heads.surveyors else _x_is_north(x, y, zone, border)
    lon, lat = plane_to_lonlat(zone, *((y, x) if north else (x, y)))
    good = np.isfinite(lon) & np.isfinite(lat) & ((x != 0) | (y != 0))
    places = [
        (round(float(a), 8), round(float(b), 8)) if ok else None
        for a, b, ok in zip(lon, lat, good, strict=True)
    ]
    axes = _AXES[north]
    said = Words(
        f"言われたとおり平面直角座標系の{zone}系のメートルとして、{axes.ja}として読みました",
        f"read as metres of zone {zone} of 平面直角座標系, as was said, {axes.en}",
    )
    return places, said


def _x_is_north(x: Floats, y: Floats, zone: int, border: shapely.Geometry | None) -> bool:
    known = np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
    ways = []
    for north in (True, False):
        east, up = (y, x) if north else (x, y)
        lon, lat = plane_to_lonlat(zone, east[known], up[known])
        if border is not None:
            inside = shapely.intersects_xy(border, lon, lat)
        else:
            inside = np.array([in_japan(*one) for one in zip(lon, lat, strict=True)])
        if inside.size and inside.mean() > _INSIDE:
            ways.append(north)
    if len(ways) != 1:
        raise InputError(
            Words(
                f"{zone}系としても、XとYのどちらが北かわかりません。見出しを「X座標」（北）「Y座標」（東）にしてください",
                f"in zone {zone} X and Y fit either way or neither; call the columns X座標 (north) and Y座標 (east)",
            )
        )
    return ways[0]
