"""Heights of the ground on a regular grid, and what they say at a point (標高の格子)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer

from geo.base.place import LONLAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.arrays import Floats, Ints
    from geo.base.place import Plane

Heights = npt.NDArray[np.float32]
Window = tuple[float, float, float, float]  # west, south, east, north

# Exact positions are worked out this far apart and joined straight: in Japan the error is
# (1 km)² / 8 · tan 45° / 6,371 km, less than 2 cm on the ground.
_LATTICE_M: Final = 1000.0
_CHUNK: Final = 1 << 18  # points at a time, so that what lies between stays in the cache
_ON_CENTRE: Final = 0.01  # of a pixel: nearer than this to a centre needs no other pixel
_ALIKE: Final = 0.01  # of a pixel: grids that fit so well are pieces of one
# Two far towns in one list are not worth one grid of the sea between them.
_SPARSE: Final = 8
# The lowest land, at the Dead Sea, and the highest, with a margin: files that name no value
# for "nothing" mean it by -9999, -32768 or 1e38.
_LOWEST_M: Final = -500.0
_HIGHEST_M: Final = 9000.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeightGrid:
    """Heights at the centres of pixels (標高の格子).

    Attributes
    ----------
    height_m
        (rows, columns) metres above the sea; NaN where nothing was measured.
    x0, y0
        The centre of the first pixel of the first row, x before y: longitude first.
    dx, dy
        From one column to the next, and from one row to the next, in the unit of `crs`;
        `dy` is negative where the first row is the northernmost.
    crs
        The frame of x and y, in any form pyproj reads (``EPSG:6668``, WKT).
    """

    height_m: Heights
    x0: float
    y0: float
    dx: float
    dy: float
    crs: str = LONLAT


def sample_heights(grids: Sequence[HeightGrid], x_m: Floats, y_m: Floats, plane: Plane) -> Floats:
    """Return the height at each point, from the first grid that knows it (地点の標高).

    Parameters
    ----------
    grids
        In order of preference; those that fit together are one (`join_grids`).
    x_m, y_m
        (n,) metres on `plane`.

    Returns
    -------
        (n,) metres, drawn straight between the four pixel centres around a point; NaN where
        one that is needed has no height, and outside.
    """
    found = np.full(x_m.size, np.nan)
    if not x_m.size:
        return found
    for grid in join_grids(grids):
        lattice = _lay_lattice(grid, x_m, y_m, plane)
        for first in range(0, x_m.size, _CHUNK):
            part = slice(first, first + _CHUNK)
            here = found[part]  # a view: what is filled in here is filled in there
            missing = np.isnan(here)
            if missing.any():
                here[missing] = _read(grid, *lattice.at(x_m[part][missing], y_m[part][missing]))
    return found


def join_grids(grids: Sequence[HeightGrid]) -> list[HeightGrid]:
    """Return grids with pieces of one lattice put together (格子をつなぐ).

    Pieces of the same frame, pixel size and offset become one grid, so that no point falls
    into the crack between two sheets. Where two have a height, the first in the list keeps
    it; a joined grid stands where its first piece stood.
    """
    groups: list[list[HeightGrid]] = []
    for grid in grids:
        group = next((group for group in groups if _fits(group[0], grid)), None)
        if group is None:
            groups.append([grid])
        else:
            group.append(grid)
    return [joined for group in groups for joined in _join(group)]


def cut_grid(grid: HeightGrid, window: Window) -> HeightGrid | None:
    """Return the part of a grid that a window needs, or None (窓で切り取る).

    Parameters
    ----------
    window
        West, south, east, north in the grid's own frame. A pixel more is kept all round.
    """
    west, south, east, north = window
    rows, columns = grid.height_m.shape
    a, b = sorted(((west - grid.x0) / grid.dx, (east - grid.x0) / grid.dx))
    c, d = sorted(((south - grid.y0) / grid.dy, (north - grid.y0) / grid.dy))
    first, last = max(0, math.floor(a) - 1), min(columns, math.ceil(b) + 2)
    top, bottom = max(0, math.floor(c) - 1), min(rows, math.ceil(d) + 2)
    if first >= last or top >= bottom:
        return None
    return replace(
        grid,
        height_m=np.ascontiguousarray(grid.height_m[top:bottom, first:last]),
        x0=grid.x0 + first * grid.dx,
        y0=grid.y0 + top * grid.dy,
    )


def possible_heights(values: npt.NDArray[np.float32]) -> Heights:
    """Return heights with those no land on Earth has as NaN (ありえない値を除く).

    Examples
    --------
    >>> possible_heights(np.array([0.0, -9999, 3776, 1e38], dtype=np.float32)).tolist()
    [0.0, nan, 3776.0, nan]
    """
    with np.errstate(invalid="ignore"):
        there = (values > _LOWEST_M) & (values < _HIGHEST_M)
    return np.where(there, values, np.float32(np.nan))


def _fits(one: HeightGrid, other: HeightGrid) -> bool:
    if one.crs != other.crs:
        return False
    reach = max(*one.height_m.shape, *other.height_m.shape)
    for size, step, offset in (
        (one.dx, other.dx, other.x0 - one.x0),
        (one.dy, other.dy, other.y0 - one.y0),
    ):
        pixels = offset / size
        if abs(step / size - 1) * reach > _ALIKE or abs(pixels - round(pixels)) > _ALIKE:
            return False
    return True


def _join(group: list[HeightGrid]) -> list[HeightGrid]:
    head = group[0]
    at = [(round((g.y0 - head.y0) / head.dy), round((g.x0 - head.x0) / head.dx)) for g in group]
    top, left = min(row for row, _ in at), min(column for _, column in at)
    rows = max(row + g.height_m.shape[0] for (row, _), g in zip(at, group, strict=True)) - top
    columns = max(c + g.height_m.shape[1] for (_, c), g in zip(at, group, strict=True)) - left
    if len(group) == 1 or rows * columns > _SPARSE * sum(g.height_m.size for g in group):
        return group
    height = np.full((rows, columns), np.nan, dtype=np.float32)
    for (row, column), grid in zip(at, group, strict=True):
        high, wide = grid.height_m.shape
        part = height[row - top : row - top + high, column - left : column - left + wide]
        np.copyto(part, grid.height_m, where=np.isnan(part))
    return [replace(head, height_m=height, x0=head.x0 + left * head.dx, y0=head.y0 + top * head.dy)]


class _Lattice(NamedTuple):
    """Pixel positions at points `_LATTICE_M` apart, joined straight."""

    x0: float
    y0: float
    column: Floats
    row: Floats

    def at(self, x_m: Floats, y_m: Floats) -> tuple[Floats, Floats]:
        """Return the column and row, in pixels, of points in metres."""
        p, q = (x_m - self.x0) / _LATTICE_M, (y_m - self.y0) / _LATTICE_M
        i, j = p.astype(np.int64), q.astype(np.int64)
        p -= i
        q -= j
        wide = self.column.shape[1]
        corner = j * wide + i
        one, two = (
            (values[corner] * (1 - p) + values[corner + 1] * p) * (1 - q)
            + (values[corner + wide] * (1 - p) + values[corner + wide + 1] * p) * q
            for values in (self.column.ravel(), self.row.ravel())
        )
        return one, two


def _lay_lattice(grid: HeightGrid, x_m: Floats, y_m: Floats, plane: Plane) -> _Lattice:
    x0, y0 = float(x_m.min()), float(y_m.min())
    x = x0 + _LATTICE_M * np.arange(int((x_m.max() - x0) / _LATTICE_M) + 2)
    y = y0 + _LATTICE_M * np.arange(int((y_m.max() - y0) / _LATTICE_M) + 2)
    lon, lat = plane.to_lonlat(*(each.ravel() for each in np.meshgrid(x, y)))
    to_grid = Transformer.from_crs(LONLAT, CRS.from_user_input(grid.crs), always_xy=True)
    gx, gy = to_grid.transform(lon, lat)
    shape = (y.size, x.size)
    return _Lattice(
        x0, y0, ((gx - grid.x0) / grid.dx).reshape(shape), ((gy - grid.y0) / grid.dy).reshape(shape)
    )


def _read(grid: HeightGrid, column: Floats, row: Floats) -> Floats:
    """Heights at pixel positions, straight between the four centres around each."""
    rows, columns = grid.height_m.shape
    values = grid.height_m.ravel()
    height = np.full(column.size, np.nan)
    left, right_of = _split(column, columns)
    top, below = _split(row, rows)
    inside = np.flatnonzero((left >= 0) & (top >= 0))
    left, top, p, q = left[inside], top[inside], right_of[inside], below[inside]
    corner = top * columns + left
    beside, under = (left + 1 < columns).astype(np.int64), (top + 1 < rows) * columns
    upper = _between(values, corner, corner + beside, p)
    lower = _between(values, corner + under, corner + under + beside, p)
    height[inside] = _mix(upper, lower, q)
    return height


def _split(at: Floats, count: int) -> tuple[Ints, Floats]:
    """Return the pixel before each position, -1 outside, and the part of the way to the next."""
    inside = (at >= -_ON_CENTRE) & (at <= count - 1 + _ON_CENTRE)
    at = np.clip(np.where(inside, at, 0.0), 0.0, count - 1)
    whole = np.minimum(np.floor(at), max(count - 2, 0))
    return np.where(inside, whole, -1).astype(np.int64), at - whole


def _between(values: Heights, one: Ints, other: Ints, part: Floats) -> Floats:
    return _mix(values[one].astype(float), values[other].astype(float), part)


def _mix(a: Floats, b: Floats, part: Floats) -> Floats:
    """Return what lies between; one of the two may be missing where the other is met."""
    mixed = a + (b - a) * part
    missing = np.isnan(mixed)
    if missing.any():
        alone = np.where(part < _ON_CENTRE, a, np.where(part > 1 - _ON_CENTRE, b, np.nan))
        mixed[missing] = alone[missing]
    return mixed
