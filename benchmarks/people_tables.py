"""How long large tables of people take, and how much memory: `python benchmarks/people_tables.py`.

1.5 million squares of 250 m with ages, as the census of several prefectures, clipped to one city of
10 × 10 km; and 5,000 areas with five-year classes by sex. Each is a process of its own, and its seconds
are the processor's. The goal: both together under 20 s and 1 GB.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.base.place import choose_plane
from geo.people.mesh import mesh_code
from geo.sources.people_files import PeopleFile
from geo.sources.place_people import place_people
from geo.toy import toy_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.place import Plane

SQUARES: Final = 1_500_000
AREAS: Final = 5_000
CITY_M: Final = 10_000
HOMES: Final = 50_000
GOAL_S, GOAL_MB = 20, 1000
_COLUMNS: Final = 30
_ITEMS: Final = (1, 4, 7, 10, 13, 16, 19, 22, 25)


def make_squares(path: Path, rows: int, plane: Plane) -> None:
    """Write a T001142 table of `rows` squares around the city, seeded."""
    lon, lat = plane.to_lonlat(CITY_M / 2, CITY_M / 2)
    rng = np.random.default_rng(1142)
    side = int(np.ceil(np.sqrt(rows)))
    lons = float(lon) + (np.arange(side) - side // 2) * 11.25 / 3600
    lats = float(lat) + (np.arange(side) - side // 2) * 7.5 / 3600
    head = [f"T001142{n:03d}" for n in range(1, _COLUMNS + 1)]
    with path.open("w", encoding="cp932", newline="\n") as out:
        out.write("KEY_CODE,HTKSYORI,HTKSAKI,GASSAN," + ",".join(head) + "\n")
        for start in range(0, rows, side):
            y = float(lats[start // side])
            ages = rng.integers(0, 90, (min(side, rows - start), 5))
            over = np.cumsum(ages[:, ::-1], axis=1)[:, ::-1]  # 0, 15, 65, 75, 85
            cells = np.ones((len(ages), _COLUMNS), dtype=np.int64)
            of = (
                over[:, 0],
                ages[:, 0],
                over[:, 1],
                ages[:, 1],
                over[:, 1],
                over[:, 1],
                *over[:, 2:].T,
            )
            cells[:, [item - 1 for item in _ITEMS]] = np.column_stack(of)
            out.writelines(
                f"{mesh_code(x, y, 10)},0,,,{','.join(map(str, row))}\n"
                for x, row in zip(lons.tolist(), cells.tolist(), strict=False)
            )


def make_areas(path: Path, count: int) -> gpd.GeoDataFrame:
    """Write a table of `count` areas with five-year classes by sex, seeded; return the areas."""
    side = int(np.ceil(np.sqrt(count)))
    step = CITY_M / side
    x, y = np.divmod(np.arange(count), side)
    ids = [f"13101{n // 100:04d}{n % 100:02d}" for n in range(count)]
    bands = [f"{low}-{low + 4}歳" for low in range(0, 85, 5)] + ["85歳以上"]
    heads = [f"{band}の{sex}" for band in bands for sex in ("男性", "女性")]
    rng = np.random.default_rng(5000)
    people = rng.integers(0, 60, (count, len(heads)))
    lines = [
        f"{i},{row.sum()},{','.join(map(str, row))}" for i, row in zip(ids, people, strict=True)
    ]
    path.write_text(
        "地域コード,総人口," + ",".join(heads) + "\n" + "\n".join(lines) + "\n", "utf-8"
    )
    shapes = shapely.box(x * step, y * step, (x + 1) * step, (y + 1) * step)
    return _areas(ids, shapes)


def _areas(ids: list[str], shapes: Sequence[shapely.Geometry]) -> gpd.GeoDataFrame:
    columns = {"area_id": ids, "area_name": ids, "division": "町丁目", "tier": ""}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=_plane().crs)


def _plane() -> Plane:
    return choose_plane(139.8334, 36.0)


def _homes() -> gpd.GeoDataFrame:
    rng = np.random.default_rng(7)
    x, y = rng.uniform(-500, CITY_M + 500, (2, HOMES))
    frame = gpd.GeoDataFrame(
        {"building_id": [f"b{n}" for n in range(HOMES)], "floor_m2_factor": 1.0},
        geometry=shapely.box(x - 5, y - 5, x + 5, y + 5), crs=_plane().crs,
    )  # fmt: skip
    return frame.to_crs("EPSG:4326")


def time_one(kind: str, path: Path, rows: int) -> tuple[float, float, int, list[str]]:
    """Place the people of one table; return seconds of work, megabytes, people, and what was told."""
    plane = _plane()
    border = shapely.box(0, 0, CITY_M, CITY_M)
    areas = make_areas(path, rows) if kind == "areas" else _areas(["1"], [border])
    homes, network = _homes(), toy_network()
    began = time.process_time()
    placed = place_people(
        [PeopleFile(path=path)], areas, {}, border=border, plane=plane, network=network,
        buildings=homes,
    )  # fmt: skip
    took = time.process_time() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return took, most, int(placed.cells["people_all"].sum()), [str(one) for one in placed.found[:4]]


def main() -> None:
    """Make both tables, time both, and say whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--squares", type=int, default=SQUARES)
    parser.add_argument("--areas", type=int, default=AREAS)
    args = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    met = True
    together = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for kind, rows in (("squares", args.squares), ("areas", args.areas)):
            path = Path(folder) / f"{kind}.csv"
            if kind == "squares":
                make_squares(path, rows, _plane())
            with spawn.Pool(1) as pool:
                took, most, people, found = pool.apply(time_one, (kind, path, rows))
            together += took
            met &= most < GOAL_MB
            size = path.stat().st_size / 1e6
            print(
                f"{kind}: {rows:,} rows, {size:,.0f} MB: {took:.1f} s, {most:,.0f} MB, {people:,} people"
            )
            for one in found:
                print("   ", one[:160])
    met &= together < GOAL_S
    print(
        f"together {together:.1f} s: the goal of {GOAL_S} s and {GOAL_MB} MB is {'met' if met else 'missed'}"
    )
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
