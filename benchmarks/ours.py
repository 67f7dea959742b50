"""Our own engine at reading, snapping and searching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.network.snap import Snapper
from geo.walk.ground import make_ground
from geo.walk.search import TOLERANCE_M, walk_field, walk_nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work

    Ask = Callable[[Case], Callable[[], Any]]


def read(work: Work) -> Ask:
    """From the OSM file to the network, islands and all."""
    # Imported here, since the readers' tables would count as the other tasks' memory.
    from city import PLANE  # noqa: PLC0415

    from geo.network.lay import build_network  # noqa: PLC0415
    from geo.sources.streets.osm import load_osm  # noqa: PLC0415

    def answer() -> Any:  # noqa: ANN401 - an array
        network, _ = build_network(load_osm(work.pbf, features=False).streets, PLANE)
        return network.edge_m

    return lambda _: answer


def snap(work: Work) -> Ask:
    """Find every person's nearest street, where on it, and how far off."""
    snapper = Snapper(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        people = work.points["people"][: case.people]
        return lambda: snapper.snap(*people.T).off_m

    return ask


def nearest(work: Work) -> Ask:
    """Every junction's walk to its nearest site, joining the sites to the graph included."""
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        sites = ground.ends(work.snaps("sites", case.sites))
        return lambda: walk_field(ground.graph, sites, limit_m=case.limit_m).metres

    return ask


def points(work: Work) -> Ask:
    """Every person's walk and the share within the limit, from a field that is known."""
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        sites = ground.ends(work.snaps("sites", case.sites))
        people = ground.ends(work.snaps("people", case.people))
        field = walk_field(ground.graph, sites, limit_m=case.limit_m)

        def answer() -> Any:  # noqa: ANN401 - an array
            metres = walk_nearest(ground.graph, people, sites, field).metres
            _ = float((metres <= case.limit_m + TOLERANCE_M).mean())
            return metres

        return answer

    return ask


def again(work: Work) -> Ask:
    """Search and walk, people and sites being on the streets already."""
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        sites = ground.ends(work.snaps("sites", case.sites))
        people = ground.ends(work.snaps("people", case.people))
        return lambda: walk_nearest(ground.graph, people, sites).metres

    return ask


def scratch(work: Work) -> Ask:
    """From points of the plane to every person's walk: putting on streets, search, walks."""
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        people = work.points["people"][: case.people]
        sites = work.points["sites"][: case.sites]

        def answer() -> Any:  # noqa: ANN401 - an array
            metres = walk_nearest(ground.graph, ground.put(*people.T), ground.put(*sites.T)).metres
            return np.where(metres <= case.limit_m + TOLERANCE_M, metres, np.inf)

        return answer

    return ask


TASKS = {
    "read": read,
    "snap": snap,
    "nearest": nearest,
    "points": points,
    "again": again,
    "scratch": scratch,
}
