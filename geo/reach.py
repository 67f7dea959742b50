"""The part of the streets within a walking range (到達圏)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.search import TOLERANCE_M, walk_field

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.arrays import Floats, Ints
    from geo.network import WalkNetwork
    from geo.search import Field
    from geo.snap import Snaps


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
    network: WalkNetwork, sites: Snaps, *, limit_m: float, field: Field | None = None
) -> Parts:
    """Return the streets within `limit_m` of any of the sites, with exact cuts (届く道).

    The site's own way to the street counts. Cost: one search, then linear in edges.
    """
    field = walk_field(network, sites, limit_m=limit_m) if field is None else field
    length = network.edge_m
    from_u = np.clip(limit_m - field.metres[network.edge_u], 0.0, length)
    from_v = np.clip(limit_m - field.metres[network.edge_v], 0.0, length)
    whole = from_u + from_v >= length - TOLERANCE_M
    from_u[whole], from_v[whole] = length[whole], 0.0
    every = np.arange(network.edge_count)
    edge = np.concatenate([every, every])
    lo = np.concatenate([np.zeros(length.size), length - from_v])
    hi = np.concatenate([from_u, length])
    own = np.flatnonzero((sites.edge >= 0) & (sites.off_m <= limit_m))
    left = limit_m - sites.off_m[own]
    edge = np.concatenate([edge, sites.edge[own]])
    lo = np.concatenate([lo, np.maximum(sites.along_m[own] - left, 0.0)])
    hi = np.concatenate([hi, np.minimum(sites.along_m[own] + left, length[sites.edge[own]])])
    return _merge(edge, lo, hi)


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
