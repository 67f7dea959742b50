"""The edsger library: a fast search in Cython, without a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from edsger.path import Dijkstra

from peers.super_source import merged_size, site_links, undirected

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work


def nearest(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Every junction's metres to its nearest site; cut at the limit afterwards."""
    size = merged_size(work)
    tail, head, metres = undirected(work)

    def ask(case: Case) -> Callable[[], Any]:
        near, far = site_links(work, case.sites)
        links = pd.DataFrame(
            {
                "tail": np.concatenate([tail, head, np.full(near.size, size)]),
                "head": np.concatenate([head, tail, near]),
                "weight": np.concatenate([metres, metres, far]),
            }
        )
        search = Dijkstra(links, orientation="out", check_edges=False)

        def answer() -> Any:  # noqa: ANN401 - an array
            field = search.run(size, return_inf=True)[:size]
            return np.where(field <= case.limit_m, field, np.inf)

        return answer

    return ask


TASKS = {"nearest": nearest}
