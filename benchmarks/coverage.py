"""Coverage of 100,000 people points by 100 sites on a real city's streets, beside its peers.

    python benchmarks/coverage.py [--streets liege_streets.parquet] [--repeats 5] [--out DIR]

Every engine starts from the same loaded arrays, prepares its own graph or index ("build"),
then answers "how far is each point's nearest site" ("ask": snapping and search). Reported are
medians, ratios to this project, and each peer's error against the exact walk. Peers snap to
junctions; what that costs is their error. Peers: `pip install -r benchmarks/requirements.txt`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import networkx as nx
import numpy as np
import osmnx as ox
import shapely

from geo.network import make_network
from geo.search import points_along, walk_nearest
from geo.snap import Snapper

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.arrays import Floats
    from geo.network import WalkNetwork

LIMIT_M = 500.0
NO_LIMIT_M = 100_000.0
PEOPLE, SITES = 100_000, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The work everyone is given: streets, people (n, 2) and sites (m, 2) in metres."""

    network: WalkNetwork
    people: Floats
    sites: Floats


def load_work(path: Path) -> Work:
    """Return the streets of a parquet file of LineStrings, with seeded people and sites."""
    frame = gpd.read_parquet(path)
    lines = frame.geometry.to_numpy()
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(lines, i)) for i in (0, -1)])
    nodes, number = np.unique(ends.round(3), axis=0, return_inverse=True)
    vertex, at = shapely.get_coordinates(lines, return_index=True)
    network = make_network(
        node_x_m=nodes[:, 0],
        node_y_m=nodes[:, 1],
        edge_u=number[: len(lines)],
        edge_v=number[len(lines) :],
        edge_start=np.searchsorted(at, np.arange(len(lines) + 1)),
        vertex_x_m=vertex[:, 0].copy(),
        vertex_y_m=vertex[:, 1].copy(),
    )

    def scatter(count: int, seed: int) -> Floats:
        rng = np.random.default_rng(seed)
        edge = rng.choice(network.edge_count, count, p=network.edge_m / network.length_m)
        on = points_along(network, edge, rng.uniform(0, 1, count) * network.edge_m[edge])
        return on + rng.normal(0, 15, (count, 2))

    return Work(network=network, people=scatter(PEOPLE, 2), sites=scatter(SITES, 1))


def kayoi(work: Work) -> tuple[object, Callable[[object], Floats]]:
    """Build and ask of this project: exact, door to door."""

    def ask(snapper: object) -> Floats:
        assert isinstance(snapper, Snapper)  # noqa: S101
        people, sites = snapper.snap(*work.people.T), snapper.snap(*work.sites.T)
        return walk_nearest(work.network, people, sites).metres

    return Snapper(work.network), ask


def osmnx_networkx(work: Work) -> tuple[object, Callable[[object], Floats]]:
    """Build and ask of OSMnx's nearest nodes with networkx's Dijkstra, as its guides show."""
    net = work.network
    graph = nx.MultiDiGraph(crs="EPSG:32631")
    nodes = zip(net.node_x_m.tolist(), net.node_y_m.tolist(), strict=True)
    graph.add_nodes_from((n, {"x": x, "y": y}) for n, (x, y) in enumerate(nodes))
    edges = list(zip(net.edge_u.tolist(), net.edge_v.tolist(), net.edge_m.tolist(), strict=True))
    graph.add_weighted_edges_from(edges + [(v, u, m) for u, v, m in edges], weight="length")

    def ask(graph: object) -> Floats:
        people = ox.distance.nearest_nodes(graph, *work.people.T)
        sites = set(ox.distance.nearest_nodes(graph, *work.sites.T))
        found = nx.multi_source_dijkstra_path_length(graph, sites, weight="length")
        return np.array([found.get(node, np.inf) for node in people])

    return graph, ask


def pandana(work: Work) -> tuple[object, Callable[[object], Floats]] | None:
    """Build and ask of pandana's contraction hierarchy, or None where it is not installed."""
    try:
        import pandana as pdna  # noqa: PLC0415 - optional peer
    except ImportError:
        return None
    import pandas as pd  # noqa: PLC0415

    net = work.network
    graph = pdna.Network(
        pd.Series(net.node_x_m),
        pd.Series(net.node_y_m),
        pd.Series(net.edge_u),
        pd.Series(net.edge_v),
        pd.DataFrame({"m": net.edge_m}),
        twoway=True,
    )

    def ask(graph: object) -> Floats:
        assert isinstance(graph, pdna.Network)  # noqa: S101
        graph.set_pois("site", NO_LIMIT_M, 1, work.sites[:, 0], work.sites[:, 1])
        near = graph.nearest_pois(NO_LIMIT_M, "site", num_pois=1)
        nodes = graph.get_node_ids(work.people[:, 0], work.people[:, 1])
        metres = near.loc[nodes, 1].to_numpy()
        return np.where(metres >= NO_LIMIT_M, np.inf, metres)

    return graph, ask


def measure(work: Work, repeats: int) -> list[dict[str, object]]:
    """Return one row an engine: seconds, ratios and errors."""
    rows: list[dict[str, object]] = []
    exact: Floats | None = None
    for name, engine in (
        ("kayoi", kayoi),
        ("osmnx+networkx", osmnx_networkx),
        ("pandana", pandana),
    ):
        began = time.perf_counter()
        made = engine(work)
        build = time.perf_counter() - began
        if made is None:
            rows.append({"engine": name, "note": "not installed"})
            continue
        graph, ask = made
        ask(graph)
        seconds = []
        for _ in range(repeats):
            began = time.perf_counter()
            metres = ask(graph)
            seconds.append(time.perf_counter() - began)
        exact = metres if exact is None else exact
        near = np.isfinite(exact) & np.isfinite(metres) & (exact <= 2000)
        rows.append(
            {
                "engine": name,
                "build_s": round(build, 3),
                "ask_s": round(statistics.median(seconds), 4),
                "covered_500m": round(float((metres <= LIMIT_M).mean()), 4),
                "wrong_side_500m": round(
                    float(((metres <= LIMIT_M) != (exact <= LIMIT_M)).mean()), 4
                ),
                "median_error_m": round(float(np.median(np.abs(metres - exact)[near])), 1),
                "p95_error_m": round(float(np.percentile(np.abs(metres - exact)[near], 95)), 1),
            }
        )
    first = rows[0]
    for row in rows:
        if "ask_s" in row:
            row["ask_ratio"] = round(float(str(row["ask_s"])) / float(str(first["ask_s"])), 2)
            whole = [float(str(r["ask_s"])) + float(str(r["build_s"])) for r in (row, first)]
            row["whole_ratio"] = round(whole[0] / whole[1], 2)
    return rows


def report(rows: list[dict[str, object]], work: Work) -> str:
    """Return the rows as a Markdown table with what was measured."""
    columns = list(rows[0])
    net = work.network
    return "\n".join(
        [
            (
                f"{net.node_count:,} nodes, {net.edge_count:,} edges, {net.length_m / 1000:,.0f} km; "
                f"{len(work.people):,} people points, {len(work.sites)} sites; "
                f"Python {platform.python_version()}, {os.cpu_count()} cores"
            ),
            "",
            "| " + " | ".join(columns) + " |",
            "|" + "---|" * len(columns),
            *(
                "| " + " | ".join(str(row.get(c, row.get("note", ""))) for c in columns) + " |"
                for row in rows
            ),
            "",
        ]
    )


def main() -> None:
    """Run the benchmark and write its report."""
    parser = argparse.ArgumentParser(description=__doc__)
    data = Path(__file__).parents[2] / "shared" / "data" / "perf" / "liege_streets.parquet"
    parser.add_argument("--streets", type=Path, default=data)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results")
    args = parser.parse_args()
    work = load_work(args.streets)
    rows = measure(work, args.repeats)
    text = report(rows, work)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "coverage.md").write_text(text, encoding="utf-8")
    (args.out / "coverage.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
