"""Where the rows of a table are, whatever way they tell it, and what had to be supposed (行の場所)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.located.decimals import tell_decimals
from geo.base.located.degrees import count_decimals, parse_degrees, unpack_degrees
from geo.base.located.heads import PAIR, find_place_heads, is_tokyo_word
from geo.base.located.row_zones import find_rows_zones
from geo.base.located.zones import plane_to_lonlat
from geo.base.place import in_japan
from geo.base.tokyo import SWAPPED, shift_tokyo
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.located.heads import PlaceHeads


_M_PER_DEGREE: Final = 111_000.0
_MOST_ACCURACY_M: Final = 100_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where one row is (一つの場所).

    Attributes
    ----------
    lon, lat
        Degrees as they were told, not yet checked; of a shape a point on it. ``None``: not told,
        or not as a number.
    shape
        Where the row tells one, EPSG:4326.
    accuracy_m
        As a device told it; ``None`` for not at all.
    """

    lon: float | None
    lat: float | None
    shape: shapely.Geometry | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the rows of a table are (表の場所).

    Attributes
    ----------
    spots
        One a row.
    told
        What was supposed, converted, or may be wrong, for all rows.
    heads
        The columns.
    plain
        Whether every filled cell is a plain number of degrees under plain headings: then nothing
        was done to it.
    """

    spots: tuple[Spot, ...]
    told: tuple[Words, ...]
    heads: PlaceHeads
    plain: bool


@dataclass(slots=True)
class _Reading:
    heads: PlaceHeads
    rows: Sequence[Mapping[str, str]]
    border: shapely.Geometry | None
    told: list[Words] = field(default_factory=list)
    plain: bool = True


def read_places(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    *,
    border: shapely.Geometry | None = None,
) -> Places | None:
    """Return where the rows of a table are, ``None`` where no column tells it (行の場所を読む).

    Parameters
    ----------
    rows
        The texts of each row by column.
    border
        The town in degrees, where it is known: it tells a zone of 平面直角座標系 that nothing else does.

    Raises
    ------
    InputError
        Metres of a zone that nothing tells.
    """
    heads = find_place_heads(columns, lambda name: [row.get(name, "") for row in rows])
    if heads is None:
        return None
    reading = _Reading(heads, rows, border)
    reader = {
        "degrees": _read_degrees, "parts": _read_parts, "pair": _read_pairs, "wkt": _read_wkt,
        "plane": _read_plane,
    }[heads.kind]  # fmt: skip
    spots = reader(reading)
    reading.told += tell_decimals(heads, rows, [(one.lon, one.lat) for one in spots])
    spots = _swap(reading, spots)
    spots = _from_tokyo(reading, spots)
    spots = [
        _with_accuracy(spot, row, heads.accuracy) for spot, row in zip(spots, rows, strict=True)
    ]
    return Places(
        spots=tuple(spots), told=tuple(reading.told), heads=heads,
        plain=reading.plain and heads.kind == "degrees" and not reading.told,
    )  # fmt: skip


def _read_degrees(reading: _Reading) -> list[Spot]:
    (lat_of,), (lon_of,) = reading.heads.north, reading.heads.east
    texts = [(row.get(lat_of, ""), row.get(lon_of, "")) for row in reading.rows]
    numbers = [(parse_degrees(lat), parse_degrees(lon)) for lat, lon in texts]
    filled = [one for pair in texts for one in pair if one]
    reading.plain = all(count_decimals(one) is not None and "," not in one for one in filled)
    packed = [
        (unpack_degrees(lat, "lat"), unpack_degrees(lon, "lon"))
        if lat is not None and lon is not None
        else (None, None)
        for lat, lon in numbers
    ]
    count = sum(lat is not None and lon is not None for lat, lon in packed)
    if count:
        reading.told.append(
            Words(
                f"{count}か所の緯度・経度は、度分秒（または100万分の1度）を続けた数なので、そう読みました",
                f"{count} places packed degrees, minutes and seconds (or millionths) into one "
                "number, and were read so",
            )
        )
    pairs = [p if None not in p else n for p, n in zip(packed, numbers, strict=True)]
    return [Spot(lon=lon, lat=lat) for lat, lon in pairs]


def _read_parts(reading: _Reading) -> list[Spot]:
    def degrees(row: Mapping[str, str], parts: Sequence[str]) -> float | None:
        texts = [row.get(one, "") for one in parts]
        numbers = [parse_degrees(one) if one else 0.0 for one in texts]
        if not texts[0] or any(one is None or one < 0 for one in numbers):
            return None
        if any(one is not None and one >= 60 for one in numbers[1:]):  # noqa: PLR2004 - minutes
            return None
        return sum((one or 0.0) / 60.0**at for at, one in enumerate(numbers))

    heads = reading.heads
    return [
        Spot(lon=degrees(row, heads.east), lat=degrees(row, heads.north)) for row in reading.rows
    ]


def _read_pairs(reading: _Reading) -> list[Spot]:
    (column,) = reading.heads.north
    spots = []
    for row in reading.rows:
        found = PAIR.fullmatch(row.get(column, ""))
        if found is None:
            spots.append(Spot(lon=None, lat=None))
            continue
        # Kobo and ODK: latitude longitude altitude accuracy.
        told = float(found[4]) if found[4] else None
        spots.append(Spot(lat=float(found[1]), lon=float(found[2]), accuracy_m=told))
    return spots


def _read_wkt(reading: _Reading) -> list[Spot]:
    (column,) = reading.heads.north
    spots = []
    for row in reading.rows:
        try:
            shape = shapely.force_2d(shapely.from_wkt(row.get(column, "")))
        except shapely.errors.ShapelyError:
            shape = None
        if shape is None or shape.is_empty:
            spots.append(Spot(lon=None, lat=None))
            continue
        if shape.geom_type == "Point":
            spots.append(Spot(lon=shape.x, lat=shape.y, shape=shape))
        else:
            point = shapely.point_on_surface(shape)
            spots.append(Spot(lon=point.x, lat=point.y, shape=shape))
    return spots


def _read_plane(reading: _Reading) -> list[Spot]:
    (x_of,), (y_of,) = reading.heads.north, reading.heads.east
    x, y = (np.array([_metres(row.get(one, "")) for row in reading.rows]) for one in (x_of, y_of))
    zones = find_rows_zones(reading.heads, reading.rows, x, y, reading.border)
    reading.told.append(zones.told)
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    for zone in sorted(set(zones.of_rows) - {0}):
        own = (
            (np.array(zones.of_rows) == zone)
            & np.isfinite(x)
            & np.isfinite(y)
            & ((x != 0) | (y != 0))
        )
        east, north = (y, x) if zones.x_is_north else (x, y)
        lon[own], lat[own] = plane_to_lonlat(zone, east[own], north[own])
    good = np.isfinite(lon) & np.isfinite(lat)
    return [
        Spot(lon=float(a) if ok else None, lat=float(b) if ok else None)
        for a, b, ok in zip(lon, lat, good, strict=True)
    ]


def _metres(text: str) -> float:
    found = parse_degrees(text.replace(",", ""))
    return np.nan if found is None else found


def _swap(reading: _Reading, spots: list[Spot]) -> list[Spot]:
    """Exchange latitude and longitude where every row of the table has them so."""
    known = [(one.lon, one.lat) for one in spots if one.lon is not None and one.lat is not None]
    turned = [in_japan(lat, lon) for lon, lat in known]
    if not any(turned) or any(in_japan(lon, lat) for lon, lat in known):
        return spots
    if sum(turned) < len(known) / 2:
        return spots
    reading.told.append(SWAPPED)
    return [_turn(one) for one in spots]


def _turn(one: Spot) -> Spot:
    if one.lon is None or one.lat is None or not in_japan(one.lat, one.lon):
        return one
    shape = None
    if one.shape is not None:
        shape = shapely.transform(one.shape, lambda xy: xy[:, ::-1])
    return Spot(lon=one.lat, lat=one.lon, shape=shape, accuracy_m=one.accuracy_m)


def _from_tokyo(reading: _Reading, spots: list[Spot]) -> list[Spot]:
    heads = reading.heads
    old = [
        one.lon is not None and one.lat is not None
        and (heads.tokyo or is_tokyo_word(row.get(heads.datum, "") if heads.datum else ""))
        for one, row in zip(spots, reading.rows, strict=True)
    ]  # fmt: skip
    if not any(old):
        return spots
    at = np.flatnonzero(old)
    lon, lat = (
        np.array([getattr(spots[n], one) for n in at], dtype=float) for one in ("lon", "lat")
    )
    moved = np.column_stack(shift_tokyo(lon, lat))
    out = list(spots)
    for n, (new_lon, new_lat) in zip(at, moved, strict=True):
        one = spots[n]
        shape = one.shape
        if shape is not None:
            shape = shapely.transform(shape, lambda xy: np.column_stack(shift_tokyo(*xy.T)))
        out[n] = Spot(
            lon=float(new_lon), lat=float(new_lat), shape=shape, accuracy_m=one.accuracy_m
        )
    metres = (
        np.hypot((moved[:, 0] - lon) * np.cos(np.radians(lat)), moved[:, 1] - lat) * _M_PER_DEGREE
    )
    reading.told.append(
        Words(
            f"{at.size}か所は日本測地系（旧測地系）の座標なので、世界測地系に直しました（約{metres.mean():.0f}m、北西へ）",
            f"{at.size} places are in the old Tokyo datum and were moved to the world datum (about "
            f"{metres.mean():.0f} m to the north-west)",
        )
    )
    return out


def _with_accuracy(spot: Spot, row: Mapping[str, str], column: str) -> Spot:
    told = parse_degrees(row.get(column, "")) if column else None
    if spot.lon is None or told is None or not 0 < told < _MOST_ACCURACY_M:
        return spot
    return Spot(lon=spot.lon, lat=spot.lat, shape=spot.shape, accuracy_m=told)
