"""What is right: networkx with the points put into the streets, nothing merged or left out.

It shares no code with this project's engine: the nearest street is Shapely's, the search is
networkx's, and a point on a street is a node of its own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import networkx as nx
import numpy as np
import shapely

if TYPE_CHECKING:
    from geo.base.arrays import Floats, Ints
    from geo.network.network import WalkNetwork

SAMPLE: Final = 2_000
# What this project's answers may differ by: 1 cm, far above rounding, far below any map.
ALLOWED_M: Final = 0.01


class Truth(NamedTuple):
    """Metres from each person of the sample to the nearest site.

    `door` is from door to door; `street` leaves out the ways between street and door, for
    engines that know none.
    """

    door: Floats
    street: Floats


def find_truth(
    network: WalkNetwork, people: Floats, sites: Floats, counts: list[int]
) -> dict[int, Truth]:
    """Return the truth for the first `count` sites, for each of `counts`; infinite for no way."""
    place = np.concatenate([people, sites])
    edge, along, off = _meet_streets(network, place)
    graph = _insert(network, edge, along)
    found = {}
    for count in counts:
        last = len(people) + count
        metres = []
        for ways in (off, np.zeros_like(off)):
            graph.add_node("start")
            graph.add_weighted_edges_from(
                ("start", ("p", row), ways[row]) for row in range(len(people), last)
            )
            walked = nx.single_source_dijkstra_path_length(graph, "start")
            graph.remove_node("start")
            rows = range(len(people))
            metres.append(np.array([walked.get(("p", r), np.inf) for r in rows]) + ways[rows])
        found[count] = Truth(*metres)
    return found


def _meet_streets(network: WalkNetwork, points: Floats) -> tuple[Ints, Floats, Floats]:
    of_edge = np.repeat(np.arange(network.edge_count), np.diff(network.edge_start))
    lines = shapely.linestrings(network.vertex_x_m, network.vertex_y_m, indices=of_edge)
    shapes = shapely.points(points)
    edge = shapely.STRtree(lines).nearest(shapes)
    along = shapely.line_locate_point(lines[edge], shapes)
    return edge, along, shapely.distance(lines[edge], shapes)


def _insert(network: WalkNetwork, edge: Ints, along: Floats) -> nx.Graph:
    graph = nx.Graph()
    held = np.zeros(network.edge_count, dtype=bool)
    held[edge] = True
    free = zip(
        network.edge_u[~held].tolist(),
        network.edge_v[~held].tolist(),
        network.edge_m[~held].tolist(),
        strict=True,
    )
    for tail, head, metres in free:
        _join(graph, tail, head, metres)
    order = np.lexsort((along, edge))
    for points in np.split(order, np.flatnonzero(np.diff(edge[order])) + 1):
        street = int(edge[points[0]])
        stops: list[tuple[object, float]] = [(int(network.edge_u[street]), 0.0)]
        stops += [(("p", int(row)), float(along[row])) for row in points]
        stops += [(int(network.edge_v[street]), float(network.edge_m[street]))]
        for (near, begin), (far, end) in pairwise(stops):
            _join(graph, near, far, max(end - begin, 0.0))
    return graph


def _join(graph: nx.Graph, tail: object, head: object, metres: float) -> None:
    """Join two nodes; of parallel streets the shortest counts."""
    known = graph.get_edge_data(tail, head)
    if known is None or metres < known["weight"]:
        graph.add_edge(tail, head, weight=metres)
