"""Slopes and stairs people measured, on the streets they run along (測った坂・階段).

A line that was drawn along a street and the grade that was measured there stand beside what the
town's heights say; the engine may take them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.network.snap import Snapper
from layers.surveyed.read import to_plane
from layers.surveyed.streets import BESIDE_M, edge_lines, edges_along, find_main_edge, points_on
from surveys.store.listing import SiteQuery, each_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.base.arrays import Floats
    from geo.base.place import Plane
    from geo.network.network import WalkNetwork
    from geo.town import Town
    from surveys.record.site import Site
    from surveys.store.register import Register

_HALF: Final = 0.5
_STEPPED: Final = ("stairs", "step")  # kinds whose rise and length make no grade of a street


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slope:
    """One measured slope (測った坂).

    Attributes
    ----------
    shape
        The drawn line on the town's plane.
    grade
        Rise over run, ≥ 0, whichever way is up; NaN when it was not measured.
    steps
        Whether it is stairs, or steps were counted.
    as_of
        The day it was last seen, or "".
    """

    site_id: str
    shape: shapely.Geometry
    grade: float
    steps: bool
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeFact:
    """What was measured of an edge (辺の坂).

    Attributes
    ----------
    edge
        Row of the network's edges.
    from_m, to_m
        The part of the edge the line runs along, metres from its end u.
    grade, steps, as_of, site_id
        As in `Slope`.
    """

    edge: int
    from_m: float
    to_m: float
    grade: float
    steps: bool
    as_of: str
    site_id: str


def read_slopes(register: Register, town: Town) -> tuple[SlopeFact, ...]:
    """Return the register's measured slopes on the town's edges (台帳から読む). One query."""
    sites = each_site(register, SiteQuery(types=("slope",), statuses=("active",), order="number"))
    return match_slopes(town.network, slopes_of(sites, town.plane), snapper=town.snapper)


def count_inside(register: Register) -> int:
    """Return how many slopes and steps stand in records of parks (公園の中の坂・段差・階段).

    They lie on no street in particular, so `read_slopes` does not take them: a person draws one
    along its street as a record of its own.
    """
    parks = each_site(register, SiteQuery(types=("park",), statuses=("active",), order="number"))
    listed = (site.answers.get("slopes") for site in parks)
    return sum(len(one) for one in listed if isinstance(one, list))


def slopes_of(sites: Iterable[Site], plane: Plane) -> list[Slope]:
    """Return what slope records measured (坂の記録を読む).

    Only those in use that were drawn as a line and tell a grade or steps. A grade is as measured
    in per cent, else the rise over the length where both were. What people differ on was not
    measured; what was mended is no more as it was written. A point lies on no street in
    particular, and rough or narrow ways have neither.
    """
    found = []
    for site in sites:
        place, open_ = site.place, site.state.status["is"] == "active"
        answers = {key: one for key, one in site.answers.items() if key not in site.state.conflicts}
        if place is None or place.is_empty or not place.geom_type.endswith("LineString"):
            continue
        grade, steps = _grade(answers), _has_steps(answers)
        if not open_ or answers.get("state") == "mended" or (np.isnan(grade) and not steps):
            continue
        found.append(
            Slope(
                site_id=site.id, shape=to_plane(plane, place), grade=grade, steps=steps,
                as_of=site.state.seen_on,
            )
        )  # fmt: skip
    return found


def match_slopes(
    network: WalkNetwork, slopes: Sequence[Slope], *, snapper: Snapper | None = None
) -> tuple[SlopeFact, ...]:
    """Return slopes on the edges their lines run along, by edge, the last seen first (坂を辺に置く).

    An edge of which 80 % lies within 15 m of the line, and that runs the same way for half its
    length at least (a short side street begins within 15 m, too); and the edge that is nearest
    along half the line or more, though the line covers only a part of it.
    """
    snapper = Snapper(network) if snapper is None else snapper
    line, edge = edges_along(network, [one.shape for one in slopes])
    lines = edge_lines(network)
    facts: list[SlopeFact] = []
    for row, slope in enumerate(slopes):
        points = points_on(slope.shape)
        most = find_main_edge(snapper, slope.shape)
        for on in sorted({*edge[line == row].tolist(), most} - {-1}):
            low, high = _part(lines[on], points)
            if on == most or high - low >= _HALF * network.edge_m[on]:
                facts.append(
                    SlopeFact(
                        edge=on, from_m=low, to_m=high, grade=slope.grade, steps=slope.steps,
                        as_of=slope.as_of, site_id=slope.site_id,
                    )
                )  # fmt: skip
    facts.sort(key=lambda one: one.site_id)
    facts.sort(key=lambda one: one.as_of, reverse=True)
    return tuple(sorted(facts, key=lambda one: one.edge))


def _part(edge: shapely.Geometry, points: Floats) -> tuple[float, float]:
    """Return from where to where the points run along an edge, metres from its end u."""
    at = shapely.points(points)
    at = at[shapely.dwithin(edge, at, BESIDE_M)]
    along = shapely.line_locate_point(edge, at)
    return (float(along.min()), float(along.max())) if along.size else (0.0, 0.0)


def _grade(answers: dict[str, object]) -> float:
    percent, rise_cm, length_m = (
        _number(answers.get(one)) for one in ("grade_percent", "height_cm", "length_m")
    )
    if np.isnan(percent) and answers.get("kind") not in _STEPPED and rise_cm < 100 * length_m:
        run_m = np.sqrt(length_m**2 - (rise_cm / 100) ** 2)  # the length is walked, not its shadow
        return float(rise_cm / 100 / run_m)
    return percent / 100


def _has_steps(answers: dict[str, object]) -> bool:
    return answers.get("kind") == "stairs" or _number(answers.get("step_count")) >= 1


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else np.nan
