"""Drawing lines: smooth curves, pieces, rectangles beside a street (線を引く)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.interpolate import CubicSpline
from shapely.geometry import LineString, Polygon
from shapely.ops import substring

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from geo.base.arrays import Floats


def smooth(points: npt.ArrayLike, step: float = 22.0) -> LineString:
    """Return a curve through `points` with a vertex about every `step` metres (なめらかな線).

    Examples
    --------
    >>> round(smooth([(0, 0), (50, 0), (100, 0)], step=50).length)
    100
    """
    knots = np.asarray(points, dtype=float)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(knots, axis=0).T))])
    closed = bool((knots[0] == knots[-1]).all())
    curve = CubicSpline(along, knots, bc_type="periodic" if closed else "natural")
    count = max(2, math.ceil(along[-1] / step) + 1)
    where = np.union1d(np.linspace(0.0, along[-1], count), along[[0, -1]])
    drawn = np.round(curve(where), 3)
    if closed:
        drawn[-1] = drawn[0]
    return LineString(drawn)


def pieces(shape: BaseGeometry, shortest: float = 0.0) -> list[LineString]:
    """Return the lines in `shape` that are at least `shortest` metres long (線の部分)."""
    found = [part for part in shapely.get_parts(shape) if isinstance(part, LineString)]
    return [part for part in found if part.length >= max(shortest, 0.01)]


def cut_out(
    line: LineString, areas: Iterable[BaseGeometry], shortest: float = 12.0
) -> list[LineString]:
    """Return what is left of `line` outside the areas, without stubs (地区の外の線)."""
    rest: BaseGeometry = line
    for area in areas:
        if rest.intersects(area):
            rest = rest.difference(area)
    return [line] if rest is line else pieces(rest, shortest)


def spans(line: LineString, crossed: BaseGeometry, margin: float) -> list[tuple[float, float]]:
    """Return the stretches of `line` (metres along it) within `margin` of crossings (またぐ区間).

    Stretches that touch are joined.
    """
    stretches: list[tuple[float, float]] = []
    for part in shapely.get_parts(line.intersection(crossed)):
        at = [line.project(point) for point in shapely.points(shapely.get_coordinates(part))]
        stretches.append((max(0.0, min(at) - margin), min(line.length, max(at) + margin)))
    joined: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def split_at(
    line: LineString, stretches: Sequence[tuple[float, float]]
) -> list[tuple[LineString, bool]]:
    """Return the line in order as (part, whether inside a stretch) (線を切り分ける).

    Neighbouring parts share their end coordinates exactly.
    """
    parts: list[tuple[LineString, bool]] = []
    done = 0.0
    for start, end in stretches:
        if start > done:
            parts.append((substring(line, done, start), False))
        parts.append((substring(line, start, end), True))
        done = end
    if done < line.length:
        parts.append((substring(line, done, line.length), False))
    return parts


def rectangle(middle: npt.ArrayLike, along: npt.ArrayLike, width: float, depth: float) -> Polygon:
    """Return a rectangle, `width` along the unit direction `along` (向きのある長方形)."""
    mid, way = np.asarray(middle, dtype=float), np.asarray(along, dtype=float)
    side = np.array([-way[1], way[0]])
    a, b = way * width / 2, side * depth / 2
    return Polygon([mid - a - b, mid + a - b, mid + a + b, mid - a + b])


def direction(line: LineString, at: float) -> Floats:
    """Return the unit direction of `line`, `at` metres along it (線の向き)."""
    start, end = max(0.0, at - 1.5), min(line.length, at + 1.5)
    ends = shapely.get_coordinates(line.interpolate([start, end]))
    step = ends[1] - ends[0]
    unit: Floats = step / np.hypot(*step)
    return unit
