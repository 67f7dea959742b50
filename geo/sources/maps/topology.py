"""TopoJSON: shapes that share their lines, written out as features (TopoJSON)."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from geo.sources.maps.opened import choose_layer, too_many

if TYPE_CHECKING:
    from collections.abc import Sequence

Position = list[float]

# How deep the numbers of arcs lie in each kind (the TopoJSON format specification 1.0, 2.2).
_DEPTH: Final = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
_MOST_POSITIONS: Final = 20_000_000  # arcs may be used again and again


def is_topology(tree: object) -> bool:
    """Say whether JSON is TopoJSON (TopoJSONか)."""
    return isinstance(tree, dict) and tree.get("type") == "Topology"


def read_topology(tree: dict[str, Any], layer: str, file: str) -> list[dict[str, Any]]:
    """Return one object of a topology as features of GeoJSON (地物に直す).

    Parameters
    ----------
    layer
        The object; "" for the only one.

    Raises
    ------
    InputError
        Several objects and none chosen.
    ValueError, TypeError, LookupError
        Not as the format asks.
    """
    names = [str(name) for name in tree["objects"]]
    chosen = tree["objects"][names[choose_layer(names, layer, file)]]
    arcs = [_decode(arc, tree.get("transform")) for arc in tree["arcs"]]
    parts = chosen["geometries"] if chosen["type"] == "GeometryCollection" else [chosen]
    left = _MOST_POSITIONS
    out = []
    for one in parts:
        shape, used = _shape(one, arcs, tree.get("transform"))
        left -= used
        if left < 0:
            raise too_many(file)
        out.append(
            {"type": "Feature", "geometry": shape, "properties": one.get("properties") or {}}
        )
    return out


def _shape(
    one: dict[str, Any], arcs: Sequence[list[Position]], transform: dict[str, Any] | None
) -> tuple[dict[str, Any] | None, int]:
    kind = one.get("type")
    if kind is None:
        return None, 0
    if kind in ("Point", "MultiPoint"):
        points = [one["coordinates"]] if kind == "Point" else one["coordinates"]
        moved = [_place(point, transform) for point in points]
        return {"type": kind, "coordinates": moved[0] if kind == "Point" else moved}, len(moved)
    depth = _DEPTH[str(kind)]
    lines = one["arcs"]
    for _ in range(depth):
        lines = [each for group in lines for each in group]
    used = sum(len(arcs[at]) for at in lines)
    return {"type": kind, "coordinates": _join(one["arcs"], arcs, depth)}, used


def _join(numbers: Sequence[Any], arcs: Sequence[list[Position]], depth: int) -> list[Any]:
    if depth:
        return [_join(each, arcs, depth - 1) for each in numbers]
    out: list[Position] = []
    for at in numbers:
        line = arcs[at] if at >= 0 else arcs[~at][::-1]
        out += line[1:] if out else line
    return out


def _decode(arc: Sequence[Sequence[float]], transform: dict[str, Any] | None) -> list[Position]:
    if transform is None:
        return [[float(x), float(y)] for x, y, *_ in arc]
    xs, ys = accumulate(point[0] for point in arc), accumulate(point[1] for point in arc)
    return [_place((x, y), transform) for x, y in zip(xs, ys, strict=True)]


def _place(point: Sequence[float], transform: dict[str, Any] | None) -> Position:
    if transform is None:
        return [float(point[0]), float(point[1])]
    scale, move = transform["scale"], transform["translate"]
    return [float(point[axis] * scale[axis] + move[axis]) for axis in (0, 1)]
