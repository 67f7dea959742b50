"""Heights along the streets (道に沿った高さ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from geo.base.arrays import running_start
from geo.network.network import BRIDGE, STEPS, TUNNEL
from geo.relief.grid import HeightGrid, sample_heights
from geo.relief.smooth import smooth_heights
from geo.relief.spans import span_heights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.arrays import Flags, Floats, Ints
    from geo.base.place import Plane
    from geo.network.network import WalkNetwork

# A model of the ground is read this often: slopes are to be told from stretches of 10–20 m at
# least (DOMAIN §1.5), and 国土地理院's own models have 5 m or 10 m pixels.
SPACING_M: Final = 10.0
UNKNOWN, MEASURED, SPAN = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Relief:
    """Heights at samples along every edge, from its end u to v (道に沿った高さ).

    E edges, S samples of all edges together, at least two an edge.

    Attributes
    ----------
    start
        (E + 1,) first sample of each edge.
    along_m
        (S,) metres from end u: 0 at the first sample of an edge, its length at the last.
    height_m
        (S,) metres above the sea, smoothed along the street; NaN where not measured.
    kind
        (E,) 0 not measured all along, 1 measured, 2 a bridge or tunnel, drawn straight
        between its ends.
    """

    start: Ints
    along_m: Floats
    height_m: Floats
    kind: npt.NDArray[np.uint8]

    @property
    def known(self) -> Flags:
        """(E,) whether the height is known all along (高さがわかる道)."""
        known: Flags = self.kind != UNKNOWN
        return known

    def share_known(self, network: WalkNetwork) -> float:
        """Return the share of street length with heights, 0 to 1 (高さのわかる道の割合)."""
        known_m = float(network.edge_m[self.known].sum())
        return known_m / network.length_m if network.edge_count else 0.0

    def span_m(self, network: WalkNetwork) -> float:
        """Return the metres of bridges and tunnels drawn straight (橋とトンネルの長さ)."""
        return float(network.edge_m[self.kind == SPAN].sum())


def measure_relief(
    network: WalkNetwork, grids: HeightGrid | Sequence[HeightGrid], plane: Plane
) -> Relief:
    """Return the heights along the streets of a network (道の高さを測る).

    Parameters
    ----------
    grids
        Models of the ground in order of preference: the first that knows a point gives its
        height.
    plane
        The plane of the network's metres.

    Returns
    -------
        Samples at most 10 m apart. All edges that meet at a node have one height there.

    Notes
    -----
    Streets on the ground are smoothed (`geo.relief.smooth`), so that a model's noise makes no
    slopes. A bridge or tunnel, of however many edges, is straight between the places where it
    meets the ground (`geo.relief.spans`): the river bed and the hill above never count. Steps
    are straight between their ends; steps to a deck whose own height nobody can know, as of a
    footbridge reached by steps only, are not measured. Cost: about 0.5 µs a sample.
    """
    pieces = np.maximum(np.ceil(network.edge_m / SPACING_M), 1).astype(np.int64)
    start, along_m = lay_samples(network, pieces)
    x_m, y_m = _points(network, start, along_m)
    models = [grids] if isinstance(grids, HeightGrid) else grids
    raw = sample_heights(models, x_m, y_m, plane)
    node_raw = sample_heights(models, network.node_x_m, network.node_y_m, plane)
    first, last = start[:-1], start[1:] - 1
    raw[first], raw[last] = node_raw[network.edge_u], node_raw[network.edge_v]
    steps = (network.edge_flags & STEPS) > 0
    spans = ((network.edge_flags & (BRIDGE | TUNNEL)) > 0) & ~steps
    ground = ~steps & ~spans
    height, node = smooth_heights(network, start, (x_m, y_m, raw), ground=ground)
    node = span_heights(network, spans, ground=ground, node=node, node_raw=node_raw)
    straight = np.repeat(steps | spans, np.diff(start))
    height[straight] = _straight(network, start, along_m, node)[straight]
    told = np.logical_and.reduceat(np.isfinite(height), first) if first.size else steps
    kind = np.where(told, np.where(spans, SPAN, MEASURED), UNKNOWN).astype(np.uint8)
    return Relief(start=start, along_m=along_m, height_m=height, kind=kind)


def lay_samples(network: WalkNetwork, pieces: Ints) -> tuple[Ints, Floats]:
    """Return where each edge's samples start, and how far along it each is (点を置く).

    Parameters
    ----------
    pieces
        (E,) how many equal pieces each edge is cut into, at least 1.

    Returns
    -------
        (E + 1,) first sample of each edge; (S,) metres from its end u.
    """
    start = running_start(pieces + 1)
    number = np.arange(start[-1]) - np.repeat(start[:-1], pieces + 1)
    along = number * np.repeat(network.edge_m / pieces, pieces + 1)
    along[start[1:] - 1] = network.edge_m
    return start, along


def steepest_grades(relief: Relief) -> Floats:
    """Return the steepest grade along each edge, whichever way is up (いちばん急な所).

    Returns
    -------
        (E,) rise over run between samples, ≥ 0; NaN where a height is not known.

    Examples
    --------
    >>> one = Relief(
    ...     start=np.array([0, 3, 5]), along_m=np.array([0.0, 10, 20, 0, 10]),
    ...     height_m=np.array([1.0, 1.2, 0.4, 3, np.nan]), kind=np.array([1, 0], dtype=np.uint8),
    ... )
    >>> steepest_grades(one).round(3).tolist()
    [0.08, nan]
    """
    if not relief.along_m.size:
        return np.zeros(0)
    inner = np.ones(relief.along_m.size, dtype=bool)
    inner[relief.start[:-1]] = False  # from the sample before, which is of another edge there
    grade = np.zeros(relief.along_m.size)
    rise, run = np.diff(relief.height_m), np.diff(relief.along_m)
    grade[1:][inner[1:]] = np.abs(rise[inner[1:]] / run[inner[1:]])
    steepest: Floats = np.maximum.reduceat(grade, relief.start[:-1])
    return steepest


def _points(network: WalkNetwork, start: Ints, along_m: Floats) -> tuple[Floats, Floats]:
    """Return the samples' places, all polylines laid end to end with a metre between."""
    if not network.edge_count:
        return np.zeros(0), np.zeros(0)
    step = np.hypot(np.diff(network.vertex_x_m), np.diff(network.vertex_y_m))
    step[network.edge_start[1:-1] - 1] = 1.0
    reach = np.concatenate([np.zeros(1), np.cumsum(step)])
    ahead = np.repeat(reach[network.edge_start[:-1]], np.diff(start)) + along_m
    return (
        np.interp(ahead, reach, network.vertex_x_m),
        np.interp(ahead, reach, network.vertex_y_m),
    )


def _straight(network: WalkNetwork, start: Ints, along_m: Floats, node: Floats) -> Floats:
    samples = np.diff(start)
    u, rise = node[network.edge_u], node[network.edge_v] - node[network.edge_u]
    return np.repeat(u, samples) + along_m * np.repeat(rise / network.edge_m, samples)
