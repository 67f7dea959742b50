"""Homes left out, joined to places: squares that touch within one neighbourhood (取り残された所).

A place is told by squares and never by its homes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.base.square import PER_DEGREE_LAT, PER_DEGREE_LON
from geo.town import WHOLE

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.base.arrays import Flags, Floats, Ints
    from geo.base.place import Plane
    from geo.town import Town

# A square is a quarter of one of `geo.base.square`: about 125 m, 1/960° high and 1/640° wide.
_PARTS: Final = 2
_EDGE_DECIMALS: Final = 7
_BITS: Final = 18
_ZERO: Final = 1 << (_BITS - 1)
_NEXT: Final = ((0, 1), (1, -1), (1, 0), (1, 1))
# A place of fewer people is told by the larger square, as a private home is.
FEW: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Squares:
    """The squares homes lie in, those of one neighbourhood that touch being one place (ますと所).

    Attributes
    ----------
    home
        (H,) the square of each home.
    north, east
        (S,) number of each square counted from the south and from the west.
    area
        (S,) row of its area, -1 for none.
    place
        (S,) number of its place, from 0.
    """

    home: Ints
    north: Ints
    east: Ints
    area: Ints
    place: Ints

    @property
    def count(self) -> int:
        """Number of places (所の数)."""
        return int(self.place.max()) + 1 if self.place.size else 0

    @property
    def place_of_home(self) -> Ints:
        """(H,) the place of each home (家の所)."""
        return self.place[self.home]


def smallest_division(town: Town) -> str:
    """Return the division of the most areas, the first of several (いちばん細かい区分)."""
    counts = town.areas["division"].value_counts()
    named = [one for one in town.divisions if one != WHOLE] or list(town.divisions)
    return max(named, key=lambda one: (int(counts[one]), -town.divisions.index(one)))


def join_homes(plane: Plane, x_m: Floats, y_m: Floats, area: Ints) -> Squares:
    """Return the squares of some homes, and which of them are one place (家をまとめる).

    Squares are one place when they lie in one area and touch, by a side or by a corner, over
    however many others: the same homes always make the same places, in whatever order they come.

    Parameters
    ----------
    x_m, y_m
        (H,) on the town's plane.
    area
        (H,) row of the area each home belongs to, -1 for none.

    Notes
    -----
    Places are numbered by their first square: by area, then from south-west. Cost: a sort.
    """
    lon, lat = (np.asarray(one, dtype=float) for one in plane.to_lonlat(x_m, y_m))
    north = _number(lat, PER_DEGREE_LAT)
    east = _number(lon, PER_DEGREE_LON)
    key = ((area + 1) << (2 * _BITS)) | (north << _BITS) | east
    keys, home = np.unique(key, return_inverse=True)
    ones, others = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for up, right in _NEXT:
        wanted = keys + (up << _BITS) + right
        at = np.minimum(np.searchsorted(keys, wanted), max(keys.size - 1, 0))
        found = np.flatnonzero(keys[at] == wanted) if keys.size else at
        ones.append(found)
        others.append(at[found])
    one, other = np.concatenate(ones), np.concatenate(others)
    graph = coo_array((np.ones(one.size), (one, other)), shape=(keys.size, keys.size))
    count, label = connected_components(graph, directed=False) if keys.size else (0, keys)
    first = np.full(count, keys.size)
    np.minimum.at(first, label, np.arange(keys.size))
    rank = np.empty(count, dtype=np.int64)
    rank[np.argsort(first)] = np.arange(count)
    mask = (1 << _BITS) - 1
    return Squares(
        home=home.astype(np.int64), north=(keys >> _BITS) & mask, east=keys & mask,
        area=(keys >> (2 * _BITS)) - 1, place=rank[label],
    )  # fmt: skip


def count_squares(
    plane: Plane, x_m: Floats, y_m: Floats, people: Ints
) -> tuple[list[shapely.Geometry], list[int]]:
    """Return the squares of about 125 m anybody lives in, and how many do (ますごとの人数).

    Parameters
    ----------
    x_m, y_m, people
        (H,) homes on the town's plane, and who lives there.

    Returns
    -------
    shapes, counts
        A square with nobody is left out; from south-west on.
    """
    lon, lat = (np.asarray(one, dtype=float) for one in plane.to_lonlat(x_m, y_m))
    key = (_number(lat, PER_DEGREE_LAT) << _BITS) | _number(lon, PER_DEGREE_LON)
    keys, home = np.unique(key, return_inverse=True)
    sums = np.zeros(keys.size, dtype=np.int64)
    np.add.at(sums, home, people)
    keys, sums = keys[sums > 0], sums[sums > 0]
    north, east = (one.astype(float) for one in (keys >> _BITS, keys & ((1 << _BITS) - 1)))
    return [*_squares(plane, north, east, 1)], sums.tolist()


def _number(degrees: Floats, per_degree: int) -> Ints:
    """Return the number of the square of each, as `geo.base.square.square_of` draws edges."""
    at = np.floor(np.round(degrees * per_degree * _PARTS, _EDGE_DECIMALS))
    return at.astype(np.int64) + _ZERO


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """Where places are (所の形).

    Attributes
    ----------
    shapes
        (K,) the ground of their squares within their area, on the town's plane.
    ids
        (K,) the area's id and the first square: the same as long as that square is left out.
    """

    shapes: list[shapely.Geometry]
    ids: list[str]


def draw_places(plane: Plane, squares: Squares, areas: gpd.GeoDataFrame, *, few: Flags) -> Drawn:
    """Return the ground of each place (所を描く).

    Parameters
    ----------
    areas
        Those whose rows the squares name.
    few
        (K,) places told by larger squares.
    """
    shapes, ids = [], []
    order = np.argsort(squares.place, kind="stable")
    cuts = np.searchsorted(squares.place[order], np.arange(squares.count + 1))
    geometry, area_ids = areas.geometry.to_numpy(), areas["area_id"].astype(str).tolist()
    for place in range(squares.count):
        mine = order[cuts[place] : cuts[place + 1]]
        north, east, side = squares.north[mine], squares.east[mine], 1
        if few[place]:
            north, east, side = north // _PARTS, east // _PARTS, _PARTS
        area = int(squares.area[mine[0]])
        shapes.append(_ground(plane, north, east, side, geometry, area))
        name = area_ids[area] if area >= 0 else "-"
        ids.append(f"{name}/{north[0]}-{east[0]}")
    return Drawn(shapes=shapes, ids=ids)


def _corner(plane: Plane, north: Floats, east: Floats, side: int) -> Floats:
    """Return (n, 2) metres of places counted in squares."""
    zero = _ZERO // side
    lon = (east - zero) * side / (PER_DEGREE_LON * _PARTS)
    lat = (north - zero) * side / (PER_DEGREE_LAT * _PARTS)
    return np.column_stack([np.asarray(one, dtype=float) for one in plane.to_m(lon, lat)])


def _squares(plane: Plane, north: Floats, east: Floats, side: int) -> np.ndarray:
    """Return (n,) squares."""
    ring = [
        _corner(plane, north + up, east + right, side)
        for up, right in ((0, 0), (0, 1), (1, 1), (1, 0))
    ]
    found: np.ndarray = shapely.polygons(np.stack(ring, axis=1))
    return found


def _ground(
    plane: Plane, north: Ints, east: Ints, side: int, areas: np.ndarray, area: int
) -> shapely.Geometry:
    """Return the squares as one shape, what lies in the area of them, or in none."""
    each = np.unique(np.column_stack([north, east]), axis=0).astype(float)
    whole = shapely.coverage_union_all(_squares(plane, each[:, 0], each[:, 1], side))
    if area >= 0:
        cut = shapely.intersection(whole, areas[area])
    else:
        near = areas[shapely.intersects(areas, whole)]
        cut = shapely.difference(whole, shapely.union_all(near))
    flat = [one for one in shapely.get_parts(cut) if one.geom_type == "Polygon" and one.area > 0]
    # Who is counted in an area may live beside it.
    return shapely.union_all(flat) if flat else whole
