"""Make a city's folder: ``python prepare.py FOLDER NAME [--nodes N] [--people N] [--sites N] …``.

Run in a process of its own, so that nothing of it weighs on what is measured.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from city import PLANE, make_city
from city_pbf import save_pbf
from demand import PEOPLE_SEED, SITES_SEED, scatter, scatter_rests
from networkx_oracle import SAMPLE, find_truth
from real_cities import load_real
from store import save_network

from geo.network.snap import Snapper
from geo.walk.costs import flat_costs
from geo.walk.graph import make_graph

if TYPE_CHECKING:
    from geo.base.arrays import Floats
    from geo.network.network import WalkNetwork

CITY_SEED = 7


def main() -> None:
    """Make the folder and print what is in it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nodes", type=int, default=0, help="of a generated city")
    parser.add_argument("--real", type=Path, help="a file of streets instead")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--truth", type=int, nargs="+", default=[100], help="numbers of sites")
    parser.add_argument("--pbf", action="store_true")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    network = load_real(args.real) if args.real else make_city(args.nodes, CITY_SEED).network()
    made_s = time.perf_counter() - began
    save_network(args.folder / "streets.npz", network)
    points = _save_points(args.folder, network, args.people, args.sites)
    facts = _save_merged(args.folder, network, points)
    truth = find_truth(network, points["people"][:SAMPLE], points["sites"], args.truth)
    told: dict[str, Any] = {f"door_{count}": both.door for count, both in truth.items()}
    told |= {f"street_{count}": both.street for count, both in truth.items()}
    np.savez(args.folder / "truth.npz", **told)
    if args.pbf:
        save_pbf(args.folder / "streets.osm.pbf", network)
    facts |= {
        "made_s": round(made_s, 2),
        "nodes": network.node_count,
        "edges": network.edge_count,
        "km": round(network.length_m / 1000, 1),
        "islands": int(network.island.max()) + 1,
        "rests": len(points["rests"]),
    }
    print(json.dumps(facts))


def _save_points(folder: Path, network: WalkNetwork, people: int, sites: int) -> dict[str, Floats]:
    points = {
        "people": scatter(network, people, PEOPLE_SEED),
        "sites": scatter(network, sites, SITES_SEED),
        "rests": scatter_rests(network),
    }
    degrees: dict[str, Any] = {
        f"{k}_lonlat": np.column_stack(PLANE.to_lonlat(*v.T)) for k, v in points.items()
    }
    np.savez(folder / "points.npz", **(degrees | points))
    return points


def _save_merged(folder: Path, network: WalkNetwork, points: dict[str, Floats]) -> dict[str, Any]:
    """Write where the points meet the streets, and the graph of junctions peers are given."""
    snapper = Snapper(network)
    graph = make_graph(network, flat_costs(network))
    arrays: dict[str, Any] = {
        "x": graph.node_x_m,
        "y": graph.node_y_m,
        "indptr": graph.out.indptr,
        "head": graph.out.indices,
        "metres": graph.out.data,
    }
    kept: dict[str, Any] = {}
    for name, place in points.items():
        snaps = snapper.snap(*place.T)
        ends = graph.ends(snaps)
        kept |= {f"{name}_{part}": getattr(snaps, part) for part in ("edge", "along_m", "off_m")}
        parts = {"a": "a", "b": "b", "to_a": "to_a", "to_b": "to_b", "off": "off_m", "on": "on"}
        arrays |= {f"{name}_{short}": getattr(ends, part) for short, part in parts.items()}
    np.savez(folder / "snaps.npz", **kept)
    np.savez(folder / "merged.npz", **arrays)
    arms = np.bincount(graph.out.indptr[1:] - graph.out.indptr[:-1])
    return {
        "junctions": graph.node_count,
        "arms": round(float((np.arange(arms.size) * arms).sum() / graph.node_count), 2),
    }


if __name__ == "__main__":
    main()
