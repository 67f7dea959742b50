"""The NetworKit library: fast and parallel elsewhere, but its search has no limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkit
import numpy as np

from peers.super_source import merged_size, site_links, undirected

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work

_NO_WAY = 1e300


def nearest(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Every junction's metres to its nearest site; cut at the limit afterwards."""
    size = merged_size(work)
    tail, head, metres = undirected(work)

    def ask(case: Case) -> Callable[[], Any]:
        near, far = site_links(work, case.sites)
        ends = (np.concatenate([tail, np.full(near.size, size)]), np.concatenate([head, near]))
        graph = networkit.GraphFromCoo(
            (np.concatenate([metres, far]), ends), n=size + 1, weighted=True
        )

        def answer() -> Any:  # noqa: ANN401 - an array
            search = networkit.distance.Dijkstra(graph, size, storePaths=False)
            search.run()
            field = np.asarray(search.getDistances(asarray=True))[:-1]
            return np.where(field <= min(case.limit_m, _NO_WAY), field, np.inf)

        return answer

    return ask


TASKS = {"nearest": nearest}
