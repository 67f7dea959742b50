"""Our own engine beyond the nearest site: reach, slopes, rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from city import PLANE
from height_field import make_heights

from geo.costs import make_costs
from geo.ground import make_ground
from geo.height_grid import HeightGrid
from geo.reach import part_lines, reach_parts, reach_polygon
from geo.relief import measure_relief
from geo.resting import Resting, walk_with_rests
from geo.walkers import parse_walker

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from store import Case, Work

    from geo.ground import Ground
    from geo.reach import Parts
    from geo.snap import Snaps

    Ask = Callable[[Case], Callable[[], Any]]

STRETCH_M: Final = 150.0


def parts(work: Work) -> Ask:
    """Each site's streets within the limit, cut where the walk ends."""
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        sites = work.snaps("sites", case.sites)
        return lambda: _parts_of_each(ground, sites, case.limit_m)

    return ask


def polygons(work: Work) -> Ask:
    """Draw a polygon of each site's reach, the streets within reach being known."""
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        found = _parts_of_each(ground, work.snaps("sites", case.sites), case.limit_m)
        return lambda: [reach_polygon(ground.network, one) for one in found]

    return ask


def site_lines(work: Work, case: Case) -> list[npt.NDArray[np.object_]]:
    """Return each site's streets within the limit as LineStrings, for those who draw them."""
    ground = make_ground(work.network)
    found = _parts_of_each(ground, work.snaps("sites", case.sites), case.limit_m)
    return [part_lines(ground.network, one) for one in found]


def slopes(work: Work) -> Ask:
    """Heights along all streets, smoothed, and what an elder walker pays both ways."""
    field = make_heights(work)
    grid = HeightGrid(
        height_m=field.height_m,
        x0=field.x0,
        y0=field.y0,
        dx=field.step_m,
        dy=field.step_m,
        crs=PLANE.crs.to_wkt(),
    )
    network, walker = work.network, parse_walker("elderly")

    def answer() -> Any:  # noqa: ANN401 - an array
        return make_costs(network, walker, measure_relief(network, grid, PLANE)).forward

    return lambda _: answer


def rests(work: Work) -> Ask:
    """Walk as `again` does, with a rest at least every 150 m; the rests are the city's."""
    ground = make_ground(work.network)
    resting = Resting(places=work.snaps("rests", work.points["rests"].shape[0]))

    def ask(case: Case) -> Callable[[], Any]:
        sites = work.snaps("sites", case.sites)
        people = work.snaps("people", case.people)
        return lambda: walk_with_rests(
            ground, people, sites, resting, stretch_m=STRETCH_M, limit_m=case.limit_m
        )

    return ask


def _parts_of_each(ground: Ground, sites: Snaps, limit_m: float) -> list[Parts]:
    every = range(sites.edge.size)
    return [reach_parts(ground, sites.take(np.array([row])), limit_m=limit_m) for row in every]


TASKS = {
    "parts": parts,
    "polygons": polygons,
    "slopes": slopes,
    "rests": rests,
}
