"""The networkx library: exact too, in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from peers.super_source import merged_size, site_links, undirected

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work

_SOURCE = -1


def make_graph(work: Work) -> nx.Graph:
    """Return the junctions as a networkx graph."""
    graph = nx.Graph()
    graph.add_nodes_from(range(merged_size(work)))
    graph.add_weighted_edges_from(zip(*(a.tolist() for a in undirected(work)), strict=True))
    return graph


def nearest(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Every junction's metres to its nearest site."""
    graph = make_graph(work)

    def ask(case: Case) -> Callable[[], Any]:
        if graph.has_node(_SOURCE):
            graph.remove_node(_SOURCE)
        head, metres = site_links(work, case.sites)
        graph.add_weighted_edges_from(
            (_SOURCE, h, m) for h, m in zip(head.tolist(), metres.tolist(), strict=True)
        )
        cutoff = None if np.isinf(case.limit_m) else case.limit_m

        def answer() -> Any:  # noqa: ANN401 - an array
            found = nx.single_source_dijkstra_path_length(graph, _SOURCE, cutoff=cutoff)
            field = np.full(merged_size(work), np.inf)
            nodes = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
            field[nodes[1:]] = np.fromiter(found.values(), dtype=float, count=len(found))[1:]
            return field

        return answer

    return ask


def parts(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Each site's junctions within the limit, from its nearest junction; no part of a street."""
    graph = make_graph(work)

    def ask(case: Case) -> Callable[[], Any]:
        start = work.merged["sites_a"][: case.sites].tolist()
        return lambda: sum(
            len(nx.single_source_dijkstra_path_length(graph, node, cutoff=case.limit_m))
            for node in start
        )

    return ask


TASKS = {"nearest": nearest, "parts": parts}
