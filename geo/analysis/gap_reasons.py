"""What stands in the way between a place left out and its nearest 通いの場, street by street (わけの道)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import ops

from geo.analysis.gap_ways import put_seats, seat_stops
from geo.network.network import STEPS
from geo.tables.rests import rests_of_sites, usable
from geo.town import ground_of, put_places
from geo.walk.path import find_path
from geo.walk.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from geo.coverage.question import Question
    from geo.relief.relief import Relief
    from geo.town import Town
    from geo.walk.ground import Ground
    from geo.walk.path import Path

    # Along the way: from, to, and whether it is steps, or its grade; None for neither.
    _Bit = tuple[float, float, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A flight of steps or a slope on the way (わけの所).

    Attributes
    ----------
    grade
        The steepest of a slope; NaN for steps.
    x_m, y_m
        In its middle.
    """

    grade: float
    x_m: float
    y_m: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reasons:
    """The streets that keep people of a place from the nearest 通いの場 (わけの道).

    Attributes
    ----------
    way
        Along the streets, metres on the town's plane.
    spots
        Flights of steps and slopes, in the order they are come to.
    lines
        Their streets, and the longest stretch without a known seat where it is long.
    """

    way: shapely.Geometry
    spots: tuple[Spot, ...]
    lines: shapely.Geometry


def find_reasons(
    town: Town,
    question: Question,
    at_m: tuple[float, float],
    site_id: str,
    *,
    steep: float,
    seatless_m: float,
    rests: pd.DataFrame | None = None,
) -> Reasons | None:
    """Return what is met on the way to a 通いの場, None where no streets lead there (わけの道をさがす).

    Parameters
    ----------
    town
        With the 通いの場 that were asked of.
    at_m
        On its plane.
    steep, seatless_m
        The least grade, and the least stretch without a seat, that are told.
    rests
        As `geo.analysis.gaps.find_gaps`.
    """
    if town.streetless:
        return None
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    sites = town.salons[town.salons["site_id"] == site_id]
    here = ground.snapper.snap(np.array([at_m[0]]), np.array([at_m[1]]), limit_m=town.snap_limit_m)
    if sites.empty or here.edge[0] < 0:
        return None
    path = find_path(ground, here, put_places(town, ground, sites), Rules())
    if path is None or len(path.points_m) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    way = shapely.LineString(path.points_m)
    spots, lines = [], []
    bits = _bits(ground, path, town.relief, steep)
    for kind, run in groupby(bits, key=lambda one: None if one[2] is None else np.isnan(one[2])):
        part = list(run)
        if kind is None:
            continue
        middle = way.interpolate((part[0][0] + part[-1][1]) / 2)
        worst = np.nan if kind else max(grade for _, _, grade in part if grade is not None)
        spots.append(Spot(grade=float(worst), x_m=middle.x, y_m=middle.y))
        lines.append(ops.substring(way, part[0][0], part[-1][1]))
    rests = rests_of_sites(town.sites) if rests is None else rests
    stops = seat_stops(path, put_seats(town, ground, rests[usable(rests, "seat", "known")]))
    at = int(np.argmax(np.diff(stops)))
    if stops[at + 1] - stops[at] > seatless_m:
        lines.append(ops.substring(way, stops[at], stops[at + 1]))
    return Reasons(way=way, spots=tuple(spots), lines=shapely.MultiLineString(lines))


def _bits(ground: Ground, path: Path, relief: Relief | None, steep: float) -> Iterator[_Bit]:
    """Yield the way bit by bit, with NaN for steps, the grade of what is steep, None for the rest."""
    flags, gone = ground.network.edge_flags, 0.0
    for edge, begin, end in path.pieces:
        if begin == end:
            continue
        low, high = min(begin, end), max(begin, end)
        at, grade = np.array([low, high]), np.zeros(1)
        if flags[edge] & STEPS:
            grade[:] = np.nan
        elif relief is not None:
            part = slice(int(relief.start[edge]), int(relief.start[edge + 1]))
            along, height = relief.along_m[part], relief.height_m[part]
            at = np.unique(np.concatenate([[low], along[(along > low) & (along < high)], [high]]))
            grade = np.abs(np.diff(np.interp(at, along, height)) / np.diff(at))
            grade = np.where(grade >= steep, grade, 0.0)  # what is not known is not told
        far = gone + np.abs(at - begin)
        rows = range(len(grade)) if end > begin else reversed(range(len(grade)))
        for row in rows:
            first, last = sorted((float(far[row]), float(far[row + 1])))
            yield first, last, float(grade[row]) if grade[row] != 0.0 else None
        gone += high - low
