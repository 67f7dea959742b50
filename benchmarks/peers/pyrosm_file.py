"""The pyrosm library: a table of nodes and one of edges; keeps the largest island only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyrosm import OSM

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work


def read(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Nodes and edges of the walking network, one row a straight piece."""

    def answer() -> Any:  # noqa: ANN401 - a table
        _, edges = OSM(str(work.pbf)).get_network(network_type="walking", nodes=True)
        return edges["length"].to_numpy()

    return lambda _: answer


TASKS = {"read": read}
