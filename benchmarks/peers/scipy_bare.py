"""SciPy's Dijkstra with nothing around it, and the floor: a plain breadth-first walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, dijkstra

from peers.super_source import merged_size, site_links

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work

_AT_ONCE = 32
_TOLERANCE_M = 1e-6


def nearest(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Every junction's metres to its nearest site."""
    return lambda case: _search(_with_source(work, case.sites), case.limit_m)


def floor(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Touch the same junctions by the same links, first in first out, no order by distance."""

    def ask(case: Case) -> Callable[[], Any]:
        graph = _with_source(work, case.sites)
        metres = np.append(_search(graph, case.limit_m)(), 0.0)
        touched = np.flatnonzero(np.isfinite(metres))
        part = csr_array(graph[touched][:, touched])
        source = touched.size - 1
        return lambda: breadth_first_order(part, source, return_predecessors=False)

    return ask


def parts(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Each site's junctions within the limit, as rows of 32 dense searches at a time."""
    graph = _plain(work)

    def ask(case: Case) -> Callable[[], Any]:
        start = work.merged["sites_a"][: case.sites]

        def answer() -> int:
            found = 0
            for at in range(0, start.size, _AT_ONCE):
                metres = dijkstra(graph, indices=start[at : at + _AT_ONCE], limit=case.limit_m)
                found += int(np.isfinite(metres).sum())
            return found

        return answer

    return ask


def _plain(work: Work) -> csr_array:
    kept, size = work.merged, merged_size(work)
    return csr_array((kept["metres"], kept["head"], kept["indptr"]), shape=(size, size))


def _with_source(work: Work, sites: int) -> csr_array:
    head, metres = site_links(work, sites)
    kept, size = work.merged, merged_size(work)
    indptr = np.append(kept["indptr"], kept["indptr"][-1] + head.size).astype(np.int32)
    heads = np.concatenate([kept["head"], head]).astype(np.int32)
    weights = np.concatenate([kept["metres"], metres])
    return csr_array((weights, heads, indptr), shape=(size + 1, size + 1))


def _search(graph: csr_array, limit_m: float) -> Callable[[], Any]:
    source = graph.shape[0] - 1
    return lambda: dijkstra(graph, indices=source, limit=limit_m + _TOLERANCE_M)[:-1]


TASKS = {"nearest": nearest, "parts": parts}
