"""Which streets somebody has looked at for benches, and when last (見て歩いた道).

On a street nobody has looked at, that no bench is known says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.arrays import number_runs
from geo.network.snap import Snapper
from layers.surveyed.ways import find_ways

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geo.base.arrays import Flags, Floats, Ints
    from geo.network.network import WalkNetwork

# A phone's fix strays some 5 m under open sky and more beside houses; a street and its footways
# are mostly within 15 m of its middle line, the next street is farther.
BESIDE_M: Final = 15.0
# An edge counts when this much of it was passed: the rest is a corner seen from where one turned.
MOST_OF: Final = 0.8
_EVERY_M: Final = 5.0
_LEAST_SAMPLES: Final = 10
_SMOOTH_M: Final = 1.0
_STEP_M: Final = 2.0
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stop:
    """A place somebody stood at, on the town's plane, and the day (行った所)."""

    x_m: float
    y_m: float
    on: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """A line somebody walked, on the town's plane, and the day (歩いた線)."""

    shape: shapely.Geometry
    on: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Looked:
    """All that tells where somebody has looked (見て歩いた跡).

    Attributes
    ----------
    walks
        The places each walk came to, in the order it came to them.
    lines
        Tracks of the field app, drawn ways.
    slopes
        Drawn slopes somebody saw: mostly shorter than a street.
    spots
        Benches and steps somebody saw: each tells of its own street alone.
    """

    walks: Sequence[Sequence[Stop]] = ()
    lines: Sequence[Line] = ()
    slopes: Sequence[Line] = ()
    spots: Sequence[Stop] = ()


def surveyed_edges(
    network: WalkNetwork,
    looked: Looked,
    *,
    snap_limit_m: float,
    snapper: Snapper | None = None,
) -> npt.NDArray[np.str_]:
    """Return the last day somebody looked at each edge, (E,) (見て歩いた道と日).

    Parameters
    ----------
    looked
        Days are ISO; what has no day ("") tells nothing.
    snap_limit_m
        A place farther from every street was not walked to along one: no way leads to or from it.
    snapper
        The network's own, made anew when not given.

    Returns
    -------
    numpy.ndarray
        ISO days as text, "" where nobody looked. However long ago, a day is a day: who shows it
        says how old it is.

    Notes
    -----
    A walk passes along the shortest streets from place to place of one day; of an edge it turned
    round in, the parts of one day are put together, and 80 % must be passed. A line covers an
    edge of which 80 % lies within 15 m of it, a slope also the edge nearest along half of it. A
    spot is on its nearest street only.
    """
    snapper = Snapper(network) if snapper is None else snapper
    days = np.full(network.edge_count, _NEVER)
    for edge, day in (
        _of_walks(network, snapper, looked.walks, snap_limit_m),
        _of_lines(network, [*looked.lines, *looked.slopes]),
        _of_slopes(snapper, looked.slopes),
        _of_spots(snapper, looked.spots, snap_limit_m),
    ):
        np.maximum.at(days, edge, day)
    text = np.datetime_as_string(days.astype("datetime64[D]"))
    return np.where(days == _NEVER, "", text)


_NEVER: Final = int(np.datetime64("NaT").astype(np.int64))


def edges_along(network: WalkNetwork, lines: Sequence[shapely.Geometry]) -> tuple[Ints, Ints]:
    """Return which lines cover which edges: rows of `lines`, edges (線が覆う辺).

    An edge is covered when at least 80 % of it lies within 15 m of the line, looked at every 5 m
    and at ten points of an edge at least. Sorted by line, then edge; only near edges cost.

    Parameters
    ----------
    lines
        Lines or parts of lines, on the town's plane.
    """
    none = np.zeros(0, dtype=np.int64)
    pairs, line_of = _segments(lines)
    if not pairs.size or not network.edge_count:
        return none, none
    tree = shapely.STRtree(pairs)
    near = np.unique(tree.query(edge_lines(network), predicate="dwithin", distance=BESIDE_M)[0])
    if not near.size:
        return none, none
    edge, points = _samples(network, near)
    point, segment = tree.query(points, predicate="dwithin", distance=BESIDE_M)
    hit = np.unique(line_of[segment] * len(points) + point)  # each point once a line
    line, on = hit // len(points), edge[hit % len(points)]
    key, count = np.unique(line * network.edge_count + on, return_counts=True)
    samples = np.bincount(edge, minlength=network.edge_count)
    keep = count >= MOST_OF * samples[key % network.edge_count] - 1e-9
    return key[keep] // network.edge_count, key[keep] % network.edge_count


def find_main_edge(snapper: Snapper, shape: shapely.Geometry) -> int:
    """Return the edge that is nearest along half of a line or more, -1 when none is (主な辺).

    Nearest of all, and within 15 m; of two with a half each, the one with the lower number.
    """
    points = points_on(shape)
    near = snapper.snap(points[:, 0], points[:, 1], limit_m=BESIDE_M).edge
    edges, count = np.unique(near[near >= 0], return_counts=True)
    if not edges.size or count.max() < _HALF * len(points):
        return -1
    return int(edges[count.argmax()])


def points_on(shape: shapely.Geometry) -> Floats:
    """Return the middles of equal parts of a line, 2 m or less each, (n, 2) (線の上の点)."""
    found = []
    for part in shapely.get_parts(shape):
        count = max(1, int(np.ceil(part.length / _STEP_M)))
        at_m = (np.arange(count) + 0.5) / count * part.length
        found.append(shapely.get_coordinates(shapely.line_interpolate_point(part, at_m)))
    return np.vstack(found)


def edge_lines(network: WalkNetwork) -> npt.NDArray[np.object_]:
    """Return the edges' polylines, (E,) (辺の線)."""
    at = np.repeat(np.arange(network.edge_count), np.diff(network.edge_start))
    vertex = np.column_stack([network.vertex_x_m, network.vertex_y_m])
    lines: npt.NDArray[np.object_] = shapely.linestrings(vertex, indices=at)
    return lines


def parse_days(days: Sequence[str]) -> Ints:
    """Return ISO days as numbers that sort, (n,); "" sorts before every day (日を数にする)."""
    numbers: Ints = np.array(list(days), dtype="datetime64[D]").astype(np.int64)
    return numbers


# ---- walks -----------------------------------------------------------------------------------


def _of_walks(
    network: WalkNetwork, snapper: Snapper, walks: Sequence[Sequence[Stop]], limit_m: float
) -> tuple[Ints, Ints]:
    stops = [stop for walk in walks for stop in walk]
    if len(stops) <= 1:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    walk = np.repeat(np.arange(len(walks)), [len(one) for one in walks])
    day = parse_days([stop.on for stop in stops])
    snaps = snapper.snap(*_columns(stops), limit_m=limit_m)
    on = snaps.edge >= 0
    leg = np.flatnonzero(
        (walk[1:] == walk[:-1]) & (day[1:] == day[:-1]) & (day[1:] != _NEVER) & on[1:] & on[:-1]
    )
    pieces = find_ways(network, snaps.take(leg), snaps.take(leg + 1))
    return _passed(network, pieces.edge, pieces.from_m, pieces.to_m, day[leg[pieces.leg]])


def _passed(
    network: WalkNetwork, edge: Ints, from_m: Floats, to_m: Floats, day: Ints
) -> tuple[Ints, Ints]:
    """Edges, with the day, of which the pieces of that day together pass enough."""
    if not edge.size:
        return edge, day
    order = np.lexsort((from_m, day, edge))
    edge, day, from_m, to_m = edge[order], day[order], from_m[order], to_m[order]
    new = np.ones(edge.size, dtype=bool)
    new[1:] = (edge[1:] != edge[:-1]) | (day[1:] != day[:-1])
    group = np.cumsum(new) - 1
    # Each group a length apart from the last, so that one running maximum serves all.
    apart = (float(network.edge_m.max()) + 1.0) * group
    reach = np.maximum.accumulate(to_m + apart)
    before = np.concatenate([[-np.inf], reach[:-1]])
    added = np.maximum(0.0, to_m + apart - np.maximum(from_m + apart, before))
    metres = np.bincount(group, weights=added)
    head = np.flatnonzero(new)
    enough = metres >= MOST_OF * network.edge_m[edge[head]] - 1e-6
    return edge[head[enough]], day[head[enough]]


def _columns(stops: Sequence[Stop]) -> tuple[Floats, Floats]:
    at = np.array([(stop.x_m, stop.y_m) for stop in stops], dtype=float).reshape(-1, 2)
    return at[:, 0], at[:, 1]


# ---- lines and spots -------------------------------------------------------------------------


def _of_lines(network: WalkNetwork, lines: Sequence[Line]) -> tuple[Ints, Ints]:
    line, edge = edges_along(network, [one.shape for one in lines])
    return edge, parse_days([one.on for one in lines])[line]


def _of_slopes(snapper: Snapper, slopes: Sequence[Line]) -> tuple[Ints, Ints]:
    edge = np.array([find_main_edge(snapper, one.shape) for one in slopes], dtype=np.int64)
    return edge[edge >= 0], parse_days([one.on for one in slopes])[edge >= 0]


def _of_spots(snapper: Snapper, spots: Sequence[Stop], limit_m: float) -> tuple[Ints, Ints]:
    snaps = snapper.snap(*_columns(spots), limit_m=limit_m)
    on: Flags = snaps.edge >= 0
    return snaps.edge[on], parse_days([spot.on for spot in spots])[on]


def _segments(lines: Sequence[shapely.Geometry]) -> tuple[npt.NDArray[np.object_], Ints]:
    """Straight parts of the lines, and the row of the line each is of."""
    parts, row = shapely.get_parts(np.array(list(lines), dtype=object), return_index=True)
    # A receiver at rest draws a ball of wool: a metre's detail says nothing here.
    parts = shapely.simplify(parts, _SMOOTH_M)
    at, part = shapely.get_coordinates(parts, return_index=True)
    on = np.flatnonzero(part[1:] == part[:-1])
    pairs = shapely.linestrings(np.stack([at[on], at[on + 1]], axis=1))
    return pairs, row[part[on]].astype(np.int64)


def _samples(network: WalkNetwork, near: Ints) -> tuple[Ints, npt.NDArray[np.object_]]:
    """Points at equal parts of some edges: the edge of each, and the point."""
    metres = network.edge_m[near]
    count = np.maximum(_LEAST_SAMPLES, np.ceil(metres / _EVERY_M).astype(np.int64))
    row, step = number_runs(count)
    at_m = (step + 0.5) / count[row] * metres[row]
    points = shapely.line_interpolate_point(edge_lines(network)[near[row]], at_m)
    return near[row], points
