"""The igraph library: fast, but without a limit, so a short walk costs a search of the town."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import igraph
import numpy as np

from peers.super_source import merged_size, site_links, undirected

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work


def nearest(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Every junction's metres to its nearest site; cut at the limit afterwards."""
    size = merged_size(work)
    tail, head, metres = undirected(work)
    plain = igraph.Graph(size + 1, np.column_stack([tail, head]), edge_attrs={"m": metres.tolist()})

    def ask(case: Case) -> Callable[[], Any]:
        graph = plain.copy()
        near, far = site_links(work, case.sites)
        graph.add_edges(
            np.column_stack([np.full(near.size, size), near]), attributes={"m": far.tolist()}
        )

        def answer() -> Any:  # noqa: ANN401 - an array
            field = np.array(graph.distances(source=size, weights="m")[0][:-1])
            return np.where(field <= case.limit_m, field, np.inf)

        return answer

    return ask


TASKS = {"nearest": nearest}
