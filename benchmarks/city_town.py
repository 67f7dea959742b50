"""A made city as a town that can be served: ``python city_town.py FOLDER``.

Streets, homes, meetings, heights and a register of 2,000 sites with three records each.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

import numpy as np
import register as made_register
from city import PLANE, make_city
from city_pbf import save_pbf
from demand import PEOPLE_SEED, SITES_SEED, scatter
from height_field import make_heights

from geo.cli import main as run_kayoi
from surveys.store.register import open_register

if TYPE_CHECKING:
    from city import City

    from geo.base.arrays import Floats

NODES, HOMES, MEETINGS, RECORDS = 76_000, 100_000, 120, 2_000
DAYS: Final = "月火水木金"
_RIM_M: Final = 300.0
_AREAS: Final = 6  # by six


def make_town(folder: Path) -> None:
    """Make the town and its register."""
    source = folder.parent / "city"
    source.mkdir()
    city = make_city(NODES, 1)
    network = city.network()
    save_pbf(source / "streets.osm.pbf", network)
    save_people(source / "people.csv", scatter(network, HOMES, PEOPLE_SEED))
    save_meetings(source / "sites.csv", scatter(network, MEETINGS, SITES_SEED))
    save_heights(source / "heights.asc", city)
    save_areas(source / "areas.geojson", city)
    words = [
        "build", "--out", str(folder), "--name", "大きな街",
        "--streets", str(source / "streets.osm.pbf"), "--border", str(source / "areas.geojson"),
        "--division", f"町丁目={source / 'areas.geojson'}:S_NAME",
        "--people", str(source / "people.csv"), "--sites", str(source / "sites.csv"),
        "--heights", str(source / "heights.asc"),
    ]  # fmt: skip
    if run_kayoi(words):
        raise SystemExit(1)
    x, y = city.node_x_m, city.node_y_m
    lon, lat = PLANE.to_lonlat([x.min(), x.max()], [y.min(), y.max()])
    made_register.BOX = (float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1]))
    kept = open_register(folder)
    kept.save_all(made_register.make_versions(RECORDS))
    kept.engine.dispose()


def save_people(path: Path, points_m: Floats) -> None:
    """Write a home a row, with its people."""
    rng = np.random.default_rng(4)
    every = rng.integers(1, 6, len(points_m))
    old = rng.binomial(every, 0.35)
    oldest = rng.binomial(old, 0.5)
    lon, lat = PLANE.to_lonlat(*points_m.T)
    lines = ["緯度,経度,総人口,65歳以上,75歳以上"]
    lines += [
        f"{a:.7f},{b:.7f},{c},{d},{e}"
        for a, b, c, d, e in zip(lat, lon, every, old, oldest, strict=True)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")


def save_meetings(path: Path, points_m: Floats) -> None:
    """Write the places where people meet, as the demo's table has them."""
    lines = ["id,名称,種別,会場,曜日,時間,緯度,経度,備考"]
    for at, (lon, lat) in enumerate(zip(*PLANE.to_lonlat(*points_m.T), strict=True)):
        day = DAYS[at % len(DAYS)]
        lines.append(
            f"S{at},集い{at}号,体操,会館{at},毎週{day}曜,10:00～11:30,{lat:.7f},{lon:.7f},"
        )
    path.write_text("\n".join(lines), encoding="utf-8")


def save_heights(path: Path, city: City) -> None:
    """Write the ground's heights as a grid on the city's plane, rows from the north."""
    streets = {"node_x_m": city.node_x_m, "node_y_m": city.node_y_m}
    field = make_heights(SimpleNamespace(streets=streets))  # type: ignore[arg-type]
    rows, columns = field.height_m.shape
    head = (
        f"ncols {columns}\nnrows {rows}\nxllcenter {field.x0}\nyllcenter {field.y0}\n"
        f"cellsize {field.step_m}\nNODATA_value -9999\n"
    )
    with path.open("w", encoding="ascii") as file:
        file.write(head)
        np.savetxt(file, field.height_m[::-1], fmt="%.1f")
    path.with_suffix(".prj").write_text(PLANE.crs.to_wkt("WKT1_ESRI"), encoding="ascii")


def save_areas(path: Path, city: City) -> None:
    """Write the city's areas, a grid of squares."""
    xs, ys = (
        np.linspace(part.min() - _RIM_M, part.max() + _RIM_M, _AREAS + 1)
        for part in (city.node_x_m, city.node_y_m)
    )
    features = []
    for row in range(_AREAS):
        for column in range(_AREAS):
            turn_x, turn_y = (0, 1, 1, 0, 0), (0, 0, 1, 1, 0)
            lon, lat = PLANE.to_lonlat(
                [xs[column + one] for one in turn_x], [ys[row + one] for one in turn_y]
            )
            ring = [[float(a), float(b)] for a, b in zip(lon, lat, strict=True)]
            features.append(
                {
                    "type": "Feature",
                    "properties": {"S_NAME": f"{row + 1}条{column + 1}丁目"},
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
            )
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection), encoding="utf-8")


if __name__ == "__main__":
    make_town(Path(sys.argv[1]))
