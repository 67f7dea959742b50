"""The part of the streets within a walking range (到達圏)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.base.arrays import gather_runs, number_runs
from geo.network.snap import Snaps
from geo.walk.search import TOLERANCE_M, walk_field, walk_nearest
from geo.walk.travel import walk_pairs

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.base.arrays import Floats, Ints
    from geo.network.network import WalkNetwork
    from geo.walk.graph import Ends
    from geo.walk.ground import Ground
    from geo.walk.search import Field, Way


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
    left = limit_m - node
    edge, lo, hi = _from_ends(
        ground, every, left[network.edge_u[every]], left[network.edge_v[every]], there=there
    )
    own, own_lo, own_hi = _beside(ground, sites, limit_m, there=there)
    edge, lo, hi = _merge(
        np.concatenate([edge, sites.edge[own]]),
        np.concatenate([lo, own_lo]),
        np.concatenate([hi, own_hi]),
    )
    return Parts(edge=edge, from_m=lo, to_m=hi)


def reach_parts_each(
    ground: Ground, sites: Snaps, *, limit_m: float, way: Way = "there"
) -> list[Parts]:
    """Return the streets within `limit_m` of each site, as `reach_parts` of it alone (それぞれの届く道).

    Cost: one search of all sites side by side, then linear in the pieces: many times faster
    than one site after another.
    """
    network, edges = ground.network, ground.network.edge_count
    there = way == "there"
    pairs = walk_pairs(
        ground.graph, ground.ends(_node_snaps(ground)), ground.ends(sites), limit_m=limit_m, way=way
    )
    usable = np.flatnonzero(ground.costs.usable)
    tail = np.concatenate([network.edge_u[usable], network.edge_v[usable]])
    order = np.argsort(tail, kind="stable")
    start = np.searchsorted(tail[order], np.arange(network.node_count + 1))
    pair, nth = number_runs(start[pairs.cell + 1] - start[pairs.cell])
    at = start[pairs.cell[pair]] + nth
    end, of = np.divmod(order[at], max(usable.size, 1))
    keys, row = np.unique(pairs.site[pair] * edges + usable[of], return_inverse=True)
    left = np.full((2, keys.size), -np.inf)
    left[end, row] = limit_m - pairs.metres[pair]
    _, lo, hi = _from_ends(ground, keys % max(edges, 1), *left, there=there)
    own, own_lo, own_hi = _beside(ground, sites, limit_m, there=there)
    key, lo, hi = _merge(
        np.concatenate([keys, keys, own * edges + sites.edge[own]]),
        np.concatenate([lo, own_lo]),
        np.concatenate([hi, own_hi]),
    )
    site, edge = np.divmod(key, max(edges, 1))
    cuts = np.searchsorted(site, np.arange(sites.edge.size + 1))
    return [Parts(edge=edge[i:j], from_m=lo[i:j], to_m=hi[i:j]) for i, j in pairwise(cuts.tolist())]


def _from_ends(
    ground: Ground, edge: Ints, by_u: Floats, by_v: Floats, *, there: bool
) -> tuple[Ints, Floats, Floats]:
    """Return the pieces of edges that what is left at their ends reaches: two an edge."""
    network, costs = ground.network, ground.costs
    length = network.edge_m[edge]
    total = (costs.forward if there else costs.backward)[edge]
    from_u = np.where(
        by_u > 0, costs.along(network, edge, np.maximum(by_u, 0.0), backward=there), 0.0
    )
    from_v = np.where(
        by_v > 0,
        costs.along(
            network, edge, np.maximum(total - np.maximum(by_v, 0.0), 0.0), backward=not there
        ),
        length,
    )
    whole = from_u >= from_v - TOLERANCE_M
    from_u[whole], from_v[whole] = length[whole], length[whole]
    return (
        np.concatenate([edge, edge]),
        np.concatenate([np.zeros(edge.size), from_v]),
        np.concatenate([from_u, length]),
    )


def node_metres(ground: Ground, sites: Ends, field: Field) -> Floats:
    """Return the cost between every node of the network and its nearest site (全節点の道のり).

    (N,) flat-equivalent metres, the nodes inside chains too; infinite where there is no way.
    """
    metres = walk_nearest(ground.graph, ground.ends(_node_snaps(ground)), sites, field).metres
    return np.where(np.isnan(metres), np.inf, metres)


def _node_snaps(ground: Ground) -> Snaps:
    """Return every node of the network as a point at the end of one of its streets."""
    network, usable = ground.network, np.flatnonzero(ground.costs.usable)
    edge, along = np.full(network.node_count, -1, dtype=np.int64), np.zeros(network.node_count)
    for node, at in (
        (network.edge_v[usable], network.edge_m[usable]),
        (network.edge_u[usable], np.zeros(usable.size)),
    ):
        edge[node], along[node] = usable, at
    return Snaps(edge=edge, along_m=along, off_m=np.zeros(network.node_count))


def _beside(
    ground: Ground, sites: Snaps, limit_m: float, *, there: bool
) -> tuple[Ints, Floats, Floats]:
    """Return the sites that can be left, and from where to where each one's own edge is reached."""
    network, costs = ground.network, ground.costs
    own = np.flatnonzero(ground.ends(sites).on & (sites.off_m <= limit_m))
    sites = sites.take(own)
    ahead, behind = costs.partial(network, sites.edge, sites.along_m)
    left = limit_m - sites.off_m
    before, after = (ahead, behind) if there else (behind, ahead)
    lo = costs.along(network, sites.edge, np.maximum(before - left, 0.0), backward=not there)
    hi = costs.along(network, sites.edge, after + left, backward=there)
    return own, lo, hi


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
    at = gather_runs(start[:-1][parts.edge[rows]], count)
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


def cut_to(shape: shapely.Geometry, ground: shapely.Geometry) -> shapely.Geometry:
    """Return what of reached streets or ground lies on a ground, of the same kind (中だけを残す)."""
    lines = shape.geom_type in ("LineString", "MultiLineString")
    kinds = ("LineString", "LinearRing") if lines else ("Polygon",)
    parts = shapely.get_parts(shapely.intersection(shape, ground), return_index=False)
    flat = [one for part in parts for one in shapely.get_parts(part)]
    kept = [one for one in flat if one.geom_type in kinds and not one.is_empty]
    return shapely.MultiLineString(kept) if lines else shapely.MultiPolygon(kept)


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


def _merge(key: Ints, lo: Floats, hi: Floats) -> tuple[Ints, Floats, Floats]:
    """Return pieces with those joined that are of one key and touch, by key and place."""
    some = hi - lo > TOLERANCE_M
    key, lo, hi = key[some], lo[some], hi[some]
    order = np.lexsort((hi, lo, key))
    key, lo, hi = key[order], lo[order], hi[order]
    again = key[1:] == key[:-1]
    while True:  # the farthest so far of each key: a few pieces each
        farther = np.where(again, np.maximum(hi[1:], hi[:-1]), hi[1:])
        if np.array_equal(farther, hi[1:]):
            break
        hi[1:] = farther
    first = np.ones(key.size, dtype=bool)
    first[1:] = ~again | (lo[1:] > hi[:-1] + TOLERANCE_M)
    last = np.append(first[1:], np.ones(min(key.size, 1), dtype=bool))
    return key[first], lo[first], hi[last]
