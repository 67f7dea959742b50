"""Parts of streets by class, as the browser draws them: one feature a class (段ごとの道)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.geojson import dump_geojson
from geo.walk.reach import Parts, part_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        lines = shapely.MultiLineString(list(part_lines(network, parts)))
        joined = shapely.simplify(shapely.line_merge(lines), _SMOOTH_M, preserve_topology=False)
        shapes.append(plane.to_degrees(joined))
        rows.append({"class": id_, "metres": round(parts.length_m)})
    return dump_geojson(shapes, rows, list(classes), foreign={}).encode()
