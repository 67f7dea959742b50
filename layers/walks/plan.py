"""A walk planned: in which order to visit places, and the way along the streets (踏査の計画)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.town import ground_of
from geo.walk.travel import walk_pairs
from layers.cards.on_foot import NO_PLACE, NO_WAY, OFF_STREET
from layers.sheets.parts.way import find_legs
from layers.walks.visit_order import order_visits, part_reachable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.arrays import Floats
    from geo.base.words import Words
    from geo.town import Town
    from layers.sheets.parts.way import Leg

# A kept line whose length is not the plan's is another walk's: the office moved a place, or drew it.
_SAME_PART: Final = 0.02
_SAME_M: Final = 10.0
_AT_PLACE_M: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WalkPlan:
    """An order of places, and the ways between them (踏査の計画).

    Attributes
    ----------
    order
        Rows of the places in the order of visit; those nobody can walk to stand last.
    before
        For each of `order`, the way to it from the place or start before; ``None`` for the first
        of a walk that begins there, and for those that cannot be walked to.
    home
        The way from the last place to where the walk ends; ``None`` when it ends there.
    cut_off
        By row, why a place cannot be walked to.
    start_fault
        Why the start takes no part, ``None`` when it does or there is none.
    """

    order: tuple[int, ...]
    before: tuple[Leg | None, ...]
    home: Leg | None
    cut_off: Mapping[int, Words]
    start_fault: Words | None = None

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The ways in the order they are walked (区間)."""
        return tuple(one for one in (*self.before, self.home) if one is not None)

    @property
    def metres(self) -> float:
        """The whole walk along the streets (道のりの合計)."""
        return float(sum(one.metres for one in self.legs if one.metres is not None))

    @property
    def line_m(self) -> shapely.Geometry | None:
        """The way on the town's plane, ``None`` for a walk of one place (歩く線)."""
        parts = [one.points_m for one in self.legs if len(one.points_m) > 1]
        if not parts:
            return None
        return shapely.remove_repeated_points(shapely.LineString(np.vstack(parts)))


def measure_walks(town: Town, points_m: Sequence[Floats | None]) -> Floats:
    """Return the (n, n) metres along the streets from each point to each (道のりの表).

    From door to door, exact; infinite where there is no way, to and from a point that is ``None``
    or too far from a street. Cost: a search over all streets a point.
    """
    count = len(points_m)
    metres = np.full((count, count), np.inf)
    np.fill_diagonal(metres, 0.0)
    if not count:
        return metres
    snaps = town.snapper.snap(*_columns(points_m), limit_m=town.snap_limit_m)
    rows = np.array([row for row, one in enumerate(points_m) if one is not None], dtype=np.int64)
    snaps = snaps.take(rows)
    # No way is longer than all streets together; without streets every two points are joined.
    limit_m = (
        float("inf") if town.streetless else town.network.length_m + 2 * town.snap_limit_m + 1.0
    )
    ground = ground_of(town)
    ends = ground.ends(snaps)
    pairs = walk_pairs(ground.graph, ends, ends, limit_m=limit_m)
    one, other = rows[pairs.cell], rows[pairs.site]
    apart = one != other
    metres[one[apart], other[apart]] = pairs.metres[apart]
    return metres


def plan_walk(
    town: Town,
    places_m: Sequence[Floats | None],
    *,
    start_m: Floats | None = None,
    end_m: Floats | None = None,
    round_trip: bool = False,
    keep_order: bool = False,
) -> WalkPlan:
    """Return the shortest walk through places, or the one in their own order (踏査を計画する).

    Parameters
    ----------
    places_m
        Points on the town's plane; ``None`` for a place that has none.
    start_m, end_m
        Where the walk begins and ends, apart from the places; ``None`` at a place.
    round_trip
        Go back to the start, or to the first place.
    keep_order
        The places are in the order of visit already.
    """
    count = len(places_m)
    points = [*places_m, *(one for one in (start_m, end_m) if one is not None)]
    metres = measure_walks(town, points)
    start = count if start_m is not None else None
    end = len(points) - 1 if end_m is not None else None
    inside = part_reachable(metres, start)
    fault = None
    if start is not None and count and len(inside) == 1 and not _on_street(town, points[start]):
        fault, start = OFF_STREET, None
        metres[count, :] = metres[:, count] = np.inf
        inside = part_reachable(metres, start)
    if keep_order:
        order = [row for row in range(count) if row in inside]
    else:
        order = order_visits(metres, start, end, round_trip=round_trip)[0]
        order = [row for row in order if row < count and row in inside]
    rest = [row for row in range(count) if row not in order]
    whole = [*([start] if start is not None else []), *order]
    if order and end is not None and end in inside:
        whole.append(end)
    elif order and round_trip:
        whole.append(whole[0])
    legs: list[Leg | None] = list(find_legs(town, [points[row] for row in whole]))
    before = legs[: len(order)] if start is not None else [None, *legs[: len(order) - 1]]
    home = legs[-1] if len(whole) - len(order) > (start is not None) else None
    return WalkPlan(
        order=(*order, *rest),
        before=(*before[: len(order)], *(None for _ in rest)),
        home=home,
        cut_off={row: _why(town, points[row]) for row in rest},
        start_fault=fault,
    )


def reread_walk(
    town: Town, places_m: Sequence[Floats | None], line: shapely.Geometry | None
) -> WalkPlan:
    """Return the plan of a walk that was kept, its start and end read from its line (計画を読む).

    Parameters
    ----------
    places_m
        In the order of visit.
    line
        In degrees. One that does not fit the places, because it was drawn by hand or the places
        have moved, tells no start and no end.
    """
    start_m, end_m = read_ends(town, places_m, line)
    return plan_walk(town, places_m, start_m=start_m, end_m=end_m, keep_order=True)


def read_ends(
    town: Town, places_m: Sequence[Floats | None], line: shapely.Geometry | None
) -> tuple[Floats | None, Floats | None]:
    """Return where a kept line begins and ends, ``None`` at the first and last place (線の両端).

    As `reread_walk`; a line as long as no walk through the places tells neither.
    """
    known = [one for one in places_m if one is not None]
    if line is None or line.geom_type != "LineString" or line.is_empty or not known:
        return None, None
    way = shapely.transform(line, town.plane.to_m, interleaved=False)
    at = shapely.get_coordinates(way)
    start_m = at[0] if np.hypot(*(at[0] - known[0])) > _AT_PLACE_M else None
    end_m = at[-1] if np.hypot(*(at[-1] - known[-1])) > _AT_PLACE_M else None
    if start_m is None and end_m is None:
        return None, None
    planned = plan_walk(town, places_m, start_m=start_m, end_m=end_m, keep_order=True)
    fits = abs(planned.metres - way.length) <= max(_SAME_M, _SAME_PART * way.length)
    return (start_m, end_m) if fits else (None, None)


def _columns(points_m: Sequence[Floats | None]) -> tuple[Floats, Floats]:
    at = np.array([(0.0, 0.0) if one is None else one for one in points_m], dtype=float)
    return at[:, 0], at[:, 1]


def _on_street(town: Town, point: Floats | None) -> bool:
    snaps = town.snapper.snap(*_columns([point]), limit_m=town.snap_limit_m)
    return point is not None and int(snaps.edge[0]) >= 0


def _why(town: Town, point: Floats | None) -> Words:
    if point is None:
        return NO_PLACE
    return NO_WAY if _on_street(town, point) else OFF_STREET
