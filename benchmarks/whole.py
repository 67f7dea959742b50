"""T10, the whole process, start-up and all: ``python whole.py ENGINE FOLDER``.

Streets of a file, people and sites put on them, nearest site, coverage, GeoJSON. Everyone gets
the streets as they are in the file, chains unmerged. Prints the share and the memory.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from areas import save_shares
from store import Work
from worker import measure_memory_mib

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

NO_LIMIT_M: Final = 100_000.0


def ours(work: Work) -> Floats:
    """Ask this project: exact, door to door."""
    from geo.walk.ground import make_ground  # noqa: PLC0415 - start-up is timed

    ground = make_ground(work.network)
    people, sites = (ground.snapper.snap(*work.points[name].T) for name in ("people", "sites"))
    return ground.nearest(people, sites).metres


def pandana(work: Work) -> Floats:
    """Ask pandana: nearest junctions, a contraction hierarchy."""
    import pandana as pdna  # noqa: PLC0415 - start-up is timed
    import pandas as pd  # noqa: PLC0415

    arrays = work.streets
    network = pdna.Network(
        pd.Series(arrays["node_x_m"]),
        pd.Series(arrays["node_y_m"]),
        pd.Series(arrays["edge_u"]),
        pd.Series(arrays["edge_v"]),
        pd.DataFrame({"m": arrays["edge_m"]}),
        twoway=True,
    )
    network.set_pois("site", NO_LIMIT_M, 1, *work.points["sites"].T)
    field = network.nearest_pois(NO_LIMIT_M, "site", num_pois=1)[1]
    metres = field.loc[network.get_node_ids(*work.points["people"].T)].to_numpy()
    return np.where(metres >= NO_LIMIT_M, np.inf, metres)


def osmnx(work: Work) -> Floats:
    """Ask OSMnx with networkx: nearest junctions, Dijkstra in Python."""
    import networkx as nx  # noqa: PLC0415 - start-up is timed
    import osmnx as ox  # noqa: PLC0415

    arrays = work.streets
    graph = nx.MultiDiGraph(crs="EPSG:32653")
    places = zip(arrays["node_x_m"].tolist(), arrays["node_y_m"].tolist(), strict=True)
    graph.add_nodes_from((n, {"x": x, "y": y}) for n, (x, y) in enumerate(places))
    u, v, metres = (arrays[name].tolist() for name in ("edge_u", "edge_v", "edge_m"))
    graph.add_weighted_edges_from(zip(u, v, metres, strict=True), weight="length")
    graph.add_weighted_edges_from(zip(v, u, metres, strict=True), weight="length")
    people: Any = ox.distance.nearest_nodes(graph, *work.points["people"].T)
    sites: Any = ox.distance.nearest_nodes(graph, *work.points["sites"].T)
    found = nx.multi_source_dijkstra_path_length(graph, set(sites), weight="length")
    return np.array([found.get(node, np.inf) for node in people])


ENGINES: Final[dict[str, Callable[[Work], Floats]]] = {
    "this project": ours,
    "pandana": pandana,
    "OSMnx + networkx": osmnx,
}


def main() -> None:
    """Run one engine and print the share within 500 m and the memory."""
    name, folder = sys.argv[1:3]
    work = Work(folder=Path(folder))
    reply: dict[str, Any] = {}
    try:
        metres = ENGINES[name](work)
    except ImportError as error:
        reply["missing"] = str(error)
    else:
        path = work.folder / "shares.geojson"
        reply["share"] = save_shares(path, work.points["people"], metres)
    reply |= {"cpu_s": time.process_time(), "mib": measure_memory_mib()}
    print("\n" + json.dumps(reply))  # some engines print without an end of line


if __name__ == "__main__":
    main()
