"""OSMnx with networkx, as its guides show: points at their nearest junction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import osmnx as ox
import shapely

from peers.super_source import merged_size, undirected

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work

CRS = "EPSG:32653"


def make_graph(work: Work) -> nx.MultiDiGraph:
    """Return the junctions as an OSMnx graph."""
    graph = nx.MultiDiGraph(crs=CRS)
    places = zip(work.merged["x"].tolist(), work.merged["y"].tolist(), strict=True)
    graph.add_nodes_from((n, {"x": x, "y": y}) for n, (x, y) in enumerate(places))
    tail, head, metres = (part.tolist() for part in undirected(work))
    graph.add_weighted_edges_from(zip(tail, head, metres, strict=True), weight="length")
    graph.add_weighted_edges_from(zip(head, tail, metres, strict=True), weight="length")
    return graph


def nearest(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Every junction's metres to the junction nearest to a site."""
    graph = make_graph(work)
    return lambda case: _field(graph, work, case)


def points(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Look up every person's junction in the field."""
    graph = make_graph(work)

    def ask(case: Case) -> Callable[[], Any]:
        node = np.array(ox.distance.nearest_nodes(graph, *work.points["people"][: case.people].T))
        field = _field(graph, work, case)()

        def answer() -> Any:  # noqa: ANN401 - an array
            metres = field[node]
            _ = float((metres <= case.limit_m).mean())
            return metres

        return answer

    return ask


def snap(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Find every person's nearest street; says which, not where on it."""
    graph = nx.MultiDiGraph(crs=CRS)
    arrays = work.streets
    places = zip(arrays["node_x_m"].tolist(), arrays["node_y_m"].tolist(), strict=True)
    graph.add_nodes_from((n, {"x": x, "y": y}) for n, (x, y) in enumerate(places))
    of_edge = np.repeat(np.arange(arrays["edge_u"].size), np.diff(arrays["edge_start"]))
    lines = shapely.linestrings(arrays["vertex_x_m"], arrays["vertex_y_m"], indices=of_edge)
    ends = zip(arrays["edge_u"].tolist(), arrays["edge_v"].tolist(), lines, strict=True)
    graph.add_edges_from((u, v, {"geometry": line, "length": line.length}) for u, v, line in ends)

    def ask(case: Case) -> Callable[[], Any]:
        people = work.points["people"][: case.people]
        return lambda: ox.distance.nearest_edges(graph, *people.T, return_dist=True)[1]

    return ask


def _field(graph: nx.MultiDiGraph, work: Work, case: Case) -> Callable[[], Any]:
    near: Any = ox.distance.nearest_nodes(graph, *work.points["sites"][: case.sites].T)
    sites = set(near)
    cutoff = None if np.isinf(case.limit_m) else case.limit_m

    def answer() -> Any:  # noqa: ANN401 - an array
        found = nx.multi_source_dijkstra_path_length(graph, sites, cutoff, weight="length")
        field = np.full(merged_size(work), np.inf)
        nodes = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
        field[nodes] = np.fromiter(found.values(), dtype=float, count=len(found))
        return field

    return answer


TASKS = {"nearest": nearest, "points": points, "snap": snap}
