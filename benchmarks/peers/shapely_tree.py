"""Shapely's STRtree: exact snapping, and the polygons everyone draws first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from store import Case, Work


def street_lines(work: Work) -> npt.NDArray[np.object_]:
    """Return the streets as LineStrings."""
    arrays = work.streets
    of_edge = np.repeat(np.arange(arrays["edge_u"].size), np.diff(arrays["edge_start"]))
    lines: npt.NDArray[np.object_] = shapely.linestrings(
        arrays["vertex_x_m"], arrays["vertex_y_m"], indices=of_edge
    )
    return lines


def snap(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Find the nearest street, where on it, and how far off: `STRtree.nearest`."""
    lines = street_lines(work)
    tree = shapely.STRtree(lines)

    def ask(case: Case) -> Callable[[], Any]:
        people = work.points["people"][: case.people]

        def answer() -> Any:  # noqa: ANN401 - an array
            places = shapely.points(people)
            found = lines[tree.nearest(places)]
            _ = shapely.line_locate_point(found, places)
            return shapely.distance(found, places)

        return answer

    return ask


TASKS = {"snap": snap}
