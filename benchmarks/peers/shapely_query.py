"""Shapely's other way to the nearest street, which GeoPandas' `sjoin_nearest` uses too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from peers.shapely_tree import street_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work


def snap(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Find the nearest street, where on it, and how far off: `STRtree.query_nearest`."""
    lines = street_lines(work)
    tree = shapely.STRtree(lines)

    def ask(case: Case) -> Callable[[], Any]:
        people = work.points["people"][: case.people]

        def answer() -> Any:  # noqa: ANN401 - an array
            places = shapely.points(people)
            (row, street), away = tree.query_nearest(
                places, all_matches=False, return_distance=True
            )
            _ = shapely.line_locate_point(lines[street], places[row])
            off = np.empty(len(places))
            off[row] = away
            return off

        return answer

    return ask


TASKS = {"snap": snap}
