"""The pandana library: points at their nearest junction, after a contraction hierarchy is built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandana
import pandas as pd

from peers.super_source import undirected

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work

NO_LIMIT_M = 100_000.0


def make_network(work: Work) -> pandana.Network:
    """Return the junctions as a pandana network."""
    tail, head, metres = undirected(work)
    kept = work.merged
    return pandana.Network(
        pd.Series(kept["x"]),
        pd.Series(kept["y"]),
        pd.Series(tail),
        pd.Series(head),
        pd.DataFrame({"m": metres}),
        twoway=True,
    )


def nearest(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Every junction's metres to the junction nearest to a site."""
    network = make_network(work)
    return lambda case: _field(network, work, case)


def points(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Look up every person's junction in the field."""
    network = make_network(work)

    def ask(case: Case) -> Callable[[], Any]:
        people = work.points["people"][: case.people]
        node = network.get_node_ids(people[:, 0], people[:, 1]).to_numpy()
        field = _field(network, work, case)()

        def answer() -> Any:  # noqa: ANN401 - an array
            metres = field[node]
            _ = float((metres <= case.limit_m).mean())
            return metres

        return answer

    return ask


def parts(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Each site's junctions within the limit; no part of a street."""
    network = make_network(work)

    def ask(case: Case) -> Callable[[], Any]:
        start = work.merged["sites_a"][: case.sites].tolist()
        return lambda: len(network.nodes_in_range(start, case.limit_m))

    return ask


def snap(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Find every person's nearest junction, not the nearest street."""
    network = make_network(work)

    def ask(case: Case) -> Callable[[], Any]:
        people = work.points["people"][: case.people]
        return lambda: network.get_node_ids(people[:, 0], people[:, 1]).to_numpy()

    return ask


def _field(network: pandana.Network, work: Work, case: Case) -> Callable[[], Any]:
    far = min(case.limit_m, NO_LIMIT_M)
    sites = work.points["sites"][: case.sites]
    network.set_pois("site", far, 1, sites[:, 0], sites[:, 1])

    def answer() -> Any:  # noqa: ANN401 - an array
        metres = network.nearest_pois(far, "site", num_pois=1)[1].to_numpy()
        return np.where(metres >= far, np.inf, metres)

    return answer


TASKS = {"nearest": nearest, "points": points, "parts": parts, "snap_nodes": snap}
