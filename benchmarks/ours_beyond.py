"""Our own engine beyond the nearest site: reach, slopes, rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from city import PLANE
from height_field import make_heights

from geo.relief.grid import HeightGrid
from geo.relief.relief import measure_relief
from geo.walk.costs import make_costs
from geo.walk.ground import make_ground
from geo.walk.reach import part_lines, reach_parts_each, reach_polygon
from geo.walk.resting import Resting, walk_with_rests
from geo.walk.walkers import parse_walker

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import numpy.typing as npt
    from store import Case, Work

    Ask = Callable[[Case], Callable[[], Any]]

STRETCH_M: Final = 150.0


def parts(work: Work) -> Ask:
    """Each site's streets within the limit, cut where the walk ends."""
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        sites = work.snaps("sites", case.sites)
        return lambda: reach_parts_each(ground, sites, limit_m=case.limit_m)

    return ask


def polygons(work: Work) -> Ask:
    """Draw a polygon of each site's reach, the streets within reach being known."""
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        found = reach_parts_each(ground, work.snaps("sites", case.sites), limit_m=case.limit_m)
        return lambda: [reach_polygon(ground.network, one) for one in found]

    return ask


def site_lines(work: Work, case: Case) -> list[npt.NDArray[np.object_]]:
    """Return each site's streets within the limit as LineStrings, for those who draw them."""
    ground = make_ground(work.network)
    found = reach_parts_each(ground, work.snaps("sites", case.sites), limit_m=case.limit_m)
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


def rests_scratch(work: Work) -> Ask:
    """Walk as `ours.scratch` does, from points of the plane, with a rest at least every 150 m."""
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        people, sites = (
            work.points[name][:count]
            for name, count in (("people", case.people), ("sites", case.sites))
        )

        def answer() -> Any:  # noqa: ANN401 - an array
            snap = ground.snapper.snap
            return walk_with_rests(
                ground, snap(*people.T), snap(*sites.T),
                Resting(places=snap(*work.points["rests"].T)),
                stretch_m=STRETCH_M, limit_m=case.limit_m,
            )  # fmt: skip

        return answer

    return ask


TASKS = {
    "parts": parts,
    "polygons": polygons,
    "slopes": slopes,
    "rests": rests,
    "rests_scratch": rests_scratch,
}
