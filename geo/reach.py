"""The part of the streets within a walking range (到達圏)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.search import TOLERANCE_M, walk_field, walk_nearest
from geo.snap import Snaps

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.arrays import Floats, Ints
    from geo.graph import Ends
    from geo.ground import Ground
    from geo.network import WalkNetwork
    from geo.search import Field, Way


# Half the width a street and the plots along it take up; the polygon is a picture of the
# streets, never the answer to "who".
SIDE_M = 15.0
_LINE_M = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Pieces of streets, each from one cut point to another (道の区間).

    Attributes
    ----------
    edge
        (K,) edge of the network, ascending; an edge may come twice (reached from both ends).
    from_m, to_m
        (K,) metres along it from its end u, ``from_m < to_m``.
    """

    edge: Ints
    from_m: Floats
    to_m: Floats

    @property
    def length_m(self) -> float:
        """Total length in metres (延長)."""
        return float((self.to_m - self.from_m).sum())


def reach_parts(
    ground: Ground, sites: Snaps, *, limit_m: float, way: Way = "there", field: Field | None = None
) -> Parts:
    """Return the streets within `limit_m` of any of the sites, with exact cuts (届く道).

    The limit is in flat-equivalent metres of `ground`; the site's own way to the street
    counts. `way` "there": places from which one comes to a site; "back": places one comes to
    from it. Cost: one search, then linear in edges.
    """
    network, costs = ground.network, ground.costs
    ends = ground.ends(sites)
    field = walk_field(ground.graph, ends, way=way, limit_m=limit_m) if field is None else field
    there = field.way == "there"
    node = node_metres(ground, ends, field)
    every = np.flatnonzero(costs.usable)
    length = network.edge_m[every]
    total = (costs.forward if there else costs.backward)[every]
    by_u = limit_m - node[network.edge_u[every]]
    by_v = limit_m - node[network.edge_v[every]]
    from_u = np.where(
        by_u > 0, costs.along(network, every, np.maximum(by_u, 0.0), backward=there), 0.0
    )
    from_v = np.where(
        by_v > 0,
        costs.along(
            network, every, np.maximum(total - np.maximum(by_v, 0.0), 0.0), backward=not there
        ),
        length,
    )
    whole = from_u >= from_v - TOLERANCE_M
    from_u[whole], from_v[whole] = length[whole], length[whole]
    own = np.flatnonzero(ends.on & (sites.off_m <= limit_m))
    lo, hi = _beside(ground, sites.take(own), limit_m, there=there)
    return _merge(
        np.concatenate([every, every, sites.edge[own]]),
        np.concatenate([np.zeros(every.size), from_v, lo]),
        np.concatenate([from_u, length, hi]),
    )


def node_metres(ground: Ground, sites: Ends, field: Field) -> Floats:
    """Return the cost between every node of the network and its nearest site (全節点の道のり).

    (N,) flat-equivalent metres, the nodes inside chains too; infinite where there is no way.
    """
    network, usable = ground.network, np.flatnonzero(ground.costs.usable)
    edge, along = np.full(network.node_count, -1, dtype=np.int64), np.zeros(network.node_count)
    for node, at in (
        (network.edge_v[usable], network.edge_m[usable]),
        (network.edge_u[usable], np.zeros(usable.size)),
    ):
        edge[node], along[node] = usable, at
    snaps = Snaps(edge=edge, along_m=along, off_m=np.zeros(network.node_count))
    metres = walk_nearest(ground.graph, ground.ends(snaps), sites, field).metres
    return np.where(np.isnan(metres), np.inf, metres)


def _beside(ground: Ground, sites: Snaps, limit_m: float, *, there: bool) -> tuple[Floats, Floats]:
    """Return from where to where on its own edge each site is within the limit."""
    network, costs = ground.network, ground.costs
    ahead, behind = costs.partial(network, sites.edge, sites.along_m)
    left = limit_m - sites.off_m
    before, after = (ahead, behind) if there else (behind, ahead)
    lo = costs.along(network, sites.edge, np.maximum(before - left, 0.0), backward=not there)
    hi = costs.along(network, sites.edge, after + left, backward=there)
    return lo, hi


def rest_parts(network: WalkNetwork, reached: Parts, edges: Ints) -> Parts:
    """Return what is left of `edges` once `reached` is taken away (届かない道)."""
    lo, hi = [np.zeros(0)], [np.zeros(0)]
    out = [np.zeros(0, dtype=np.int64)]
    first = np.searchsorted(reached.edge, edges, side="left")
    last = np.searchsorted(reached.edge, edges, side="right")
    for edge, i, j in zip(edges.tolist(), first.tolist(), last.tolist(), strict=True):
        cuts = np.concatenate(
            [[0.0], np.column_stack([reached.from_m[i:j], reached.to_m[i:j]]).ravel()]
        )
        gaps = np.append(cuts, network.edge_m[edge]).reshape(-1, 2)
        gaps = gaps[gaps[:, 1] - gaps[:, 0] > TOLERANCE_M]
        out.append(np.full(len(gaps), edge))
        lo.append(gaps[:, 0])
        hi.append(gaps[:, 1])
    return Parts(edge=np.concatenate(out), from_m=np.concatenate(lo), to_m=np.concatenate(hi))


def part_lines(network: WalkNetwork, parts: Parts) -> npt.NDArray[np.object_]:
    """Return one LineString a part, cut exactly, metres (区間の形)."""
    start = network.edge_start
    whole = (parts.from_m <= 0.0) & (parts.to_m >= network.edge_m[parts.edge])
    lines = np.empty(parts.edge.size, dtype=object)
    rows = np.flatnonzero(whole)
    count = (start[1:] - start[:-1])[parts.edge[rows]]
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    at = np.repeat(start[:-1][parts.edge[rows]], count) + within
    if rows.size:
        lines[rows] = shapely.linestrings(
            network.vertex_x_m[at],
            network.vertex_y_m[at],
            indices=np.repeat(np.arange(rows.size), count),
        )
    for row in np.flatnonzero(~whole):
        lines[row] = _cut(
            network.polyline(int(parts.edge[row])), parts.from_m[row], parts.to_m[row]
        )
    return lines


def reach_polygon(
    network: WalkNetwork, reached: Parts, *, side_m: float = SIDE_M
) -> shapely.Geometry:
    """Return the ground beside the reached streets, metres (届く範囲の面).

    A band of `side_m` on both sides with square-cut ends, less the band of every street
    that is not reached, so that the polygon holds no piece of a street it does not reach.
    It is a picture: who is within reach is answered from distances only.
    """
    if not reached.edge.size:
        return shapely.MultiPolygon()
    lines = part_lines(network, reached)
    near = _edges_near(network, shapely.total_bounds(lines), 2 * side_m)
    rest = part_lines(network, rest_parts(network, reached, near))
    band = _bands(lines, side_m)
    core = _bands(lines, _LINE_M)
    if rest.size:
        band = shapely.union(shapely.difference(band, _bands(rest, side_m)), core)
        band = shapely.difference(band, _bands(rest, _LINE_M / 2))
    return shapely.MultiPolygon(
        [
            part
            for part in shapely.get_parts(band)
            if part.geom_type == "Polygon" and not part.is_empty
        ]
    )


def _edges_near(network: WalkNetwork, bounds: Floats, margin_m: float) -> Ints:
    """Return the edges whose box meets `bounds` (west, south, east, north) and a margin."""
    west, south, east, north = bounds
    x, y, start = network.vertex_x_m, network.vertex_y_m, network.edge_start[:-1]
    across = (np.minimum.reduceat(x, start) <= east + margin_m) & (
        np.maximum.reduceat(x, start) >= west - margin_m
    )
    along = (np.minimum.reduceat(y, start) <= north + margin_m) & (
        np.maximum.reduceat(y, start) >= south - margin_m
    )
    return np.flatnonzero(across & along)


def _bands(lines: npt.NDArray[np.object_], width_m: float) -> shapely.Geometry:
    return shapely.union_all(
        shapely.buffer(lines, width_m, cap_style="flat", join_style="mitre", mitre_limit=2.0)
    )


def _cut(line: Floats, from_m: float, to_m: float) -> shapely.LineString:
    step = np.hypot(*np.diff(line, axis=0).T)
    total = np.concatenate([[0.0], np.cumsum(step)])
    ends = np.column_stack([np.interp([from_m, to_m], total, line[:, axis]) for axis in (0, 1)])
    between = line[(total > from_m) & (total < to_m)]
    return shapely.LineString(np.vstack([ends[:1], between, ends[1:]]))


def _merge(edge: Ints, lo: Floats, hi: Floats) -> Parts:
    some = hi - lo > TOLERANCE_M
    edge, lo, hi = edge[some], lo[some], hi[some]
    order = np.lexsort((hi, lo, edge))
    edge, lo, hi = edge[order], lo[order], hi[order]
    out: list[tuple[int, float, float]] = []
    for piece in zip(edge.tolist(), lo.tolist(), hi.tolist(), strict=True):
        if out and out[-1][0] == piece[0] and piece[1] <= out[-1][2] + TOLERANCE_M:
            out[-1] = (piece[0], out[-1][1], max(out[-1][2], piece[2]))
        else:
            out.append(piece)
    table = np.array(out, dtype=float).reshape(-1, 3)
    return Parts(edge=table[:, 0].astype(np.int64), from_m=table[:, 1], to_m=table[:, 2])
