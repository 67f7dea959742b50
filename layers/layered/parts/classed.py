"""Parts of streets by class, as the browser draws them: one feature a class (段ごとの道)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.arrays import gather_runs, running_start
from geo.base.geojson import dump_geojson
from geo.walk.reach import Parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from geo.base.arrays import Flags
    from geo.base.place import Plane
    from geo.network.network import WalkNetwork

# A map's pixel is a metre or more from where lines are looked at.
_SMOOTH_M: Final = 0.3


def take_parts(parts: Parts, rows: Flags) -> Parts:
    """Return some parts of streets, in their order (一部の区間)."""
    return Parts(edge=parts.edge[rows], from_m=parts.from_m[rows], to_m=parts.to_m[rows])


def join_parts(one: Parts, other: Parts) -> Parts:
    """Return the parts of both, by street and place; none of one lies on the other (合わせる)."""
    edge = np.concatenate([one.edge, other.edge])
    from_m = np.concatenate([one.from_m, other.from_m])
    to_m = np.concatenate([one.to_m, other.to_m])
    order = np.lexsort((from_m, edge))
    return Parts(edge=edge[order], from_m=from_m[order], to_m=to_m[order])


def dump_classes(network: WalkNetwork, plane: Plane, classes: Mapping[str, Parts]) -> bytes:
    """Return parts of streets by class for the browser, ``class`` and ``metres`` of each (段の GeoJSON).

    Parts that meet are one line, so that a dash does not begin anew at every corner.
    """
    shapes, rows = [], []
    for id_, parts in classes.items():
        lines = shapely.MultiLineString(list(cut_lines(network, parts)))
        joined = shapely.simplify(shapely.line_merge(lines), _SMOOTH_M, preserve_topology=False)
        shapes.append(plane.to_degrees(joined))
        rows.append({"class": id_, "metres": round(parts.length_m)})
    return dump_geojson(shapes, rows, list(classes), foreign={}).encode()


def cut_lines(network: WalkNetwork, parts: Parts) -> npt.NDArray[np.object_]:
    """Return one LineString a part: its two ends, and the corners between them (区間の線).

    As `geo.walk.reach.part_lines` within a millimetre, but all at once: what is only drawn has
    many parts.
    """
    if not parts.edge.size:
        return np.zeros(0, dtype=object)
    step = np.hypot(np.diff(network.vertex_x_m), np.diff(network.vertex_y_m))
    step[network.edge_start[1:-1] - 1] = 1.0  # all edges one behind another, a metre apart
    reach = np.concatenate([[0.0], np.cumsum(step)])
    begin = reach[network.edge_start[parts.edge]]
    ends = np.column_stack(
        [
            begin + parts.from_m,
            np.minimum(begin + parts.to_m, reach[network.edge_start[parts.edge + 1] - 1]),
        ]
    )
    first = np.searchsorted(reach, ends[:, 0], side="right")
    between = np.maximum(np.searchsorted(reach, ends[:, 1], side="left") - first, 0)
    start = running_start(between + 2)
    at = np.empty(start[-1])
    at[start[:-1]], at[start[1:] - 1] = ends[:, 0], ends[:, 1]
    inner = np.ones(at.size, dtype=bool)
    inner[start[:-1]] = inner[start[1:] - 1] = False
    at[inner] = reach[gather_runs(first, between)]
    points = np.column_stack(
        [np.interp(at, reach, of) for of in (network.vertex_x_m, network.vertex_y_m)]
    )
    lines: npt.NDArray[np.object_] = shapely.linestrings(
        points, indices=np.repeat(np.arange(parts.edge.size), between + 2)
    )
    return lines
