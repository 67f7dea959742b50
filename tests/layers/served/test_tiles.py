"""Vector tiles: what is seen from where, and what is asked for wrongly."""

import math

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from layers.served.tiles import TILES_TO, load_tile, save_base_tiles, save_cell_tiles

LON, LAT = 139.9, 35.65
BORDER = shapely.box(LON - 0.05, LAT - 0.05, LON + 0.05, LAT + 0.05)


def square(z, lon=LON, lat=LAT):
    n = 2**z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n
    return z, int((lon + 180) / 360 * n), int(y)


def read(path, z, tmp_path, layer):
    body = load_tile(path, *square(z))
    if not body:
        return None
    file = tmp_path / "one.mvt"
    file.write_bytes(body)
    return pyogrio.read_dataframe(f"MVT:{file}", layer=layer)


@pytest.fixture
def base():
    line = shapely.LineString([(LON - 0.001, LAT), (LON + 0.001, LAT + 0.0005)])
    kinds = [("road", 1), ("road", 2), ("road", 3), ("road", 4), ("path", 0), ("steps", 0)]
    rows = {"k": [k for k, _ in kinds], "name": [""] * 6, "rank": [r for _, r in kinds]}
    homes = {"k": ["building"], "name": [""], "rank": [0]}
    house = shapely.box(LON - 0.0005, LAT - 0.0005, LON + 0.0005, LAT)
    return gpd.GeoDataFrame(
        pd.concat([pd.DataFrame(rows), pd.DataFrame(homes)], ignore_index=True),
        geometry=[line] * 6 + [house],
        crs=4326,
    )


SEEN = [
    (9, {1}, set(), "the widest view holds trunk roads alone"),
    (10, {1, 2}, set(), "then primary"),
    (11, {1, 2, 3}, set(), "then secondary"),
    (13, {1, 2, 3, 4}, set(), "then every road"),
    (14, {1, 2, 3, 4}, {"path", "steps", "building"}, "then paths, steps, buildings"),
    (TILES_TO, {1, 2, 3, 4}, {"path", "steps", "building"}, "and all of it to the end"),
]


@pytest.mark.parametrize(("z", "ranks", "others", "reason"), SEEN)
def test_small_things_are_left_out_of_wide_views(base, tmp_path, z, ranks, others, reason):
    path = tmp_path / "base.pmtiles"
    save_base_tiles(base, BORDER, path)
    tile = read(path, z, tmp_path, "base")
    assert set(tile.loc[tile["k"] == "road", "rank"]) == ranks, reason
    assert set(tile["k"]) - {"road", "land"} == others, reason
    assert "land" in set(tile["k"])


def test_only_the_finished_file_is_left(base, tmp_path):
    before = base.copy()
    save_base_tiles(base, BORDER, tmp_path / "base.pmtiles")
    assert [path.name for path in tmp_path.iterdir()] == ["base.pmtiles"]
    assert base.equals(before)


def test_the_same_map_gives_the_same_tiles(base, tmp_path):
    for name in ("a", "b"):
        save_base_tiles(base, BORDER, tmp_path / f"{name}.pmtiles")
    for z in range(9, TILES_TO + 1):
        one, two = (load_tile(tmp_path / f"{name}.pmtiles", *square(z)) for name in ("a", "b"))
        assert one and one == two


def test_every_home_is_in_its_tile_by_its_row(tmp_path):
    path = tmp_path / "cells.pmtiles"
    places = pd.DataFrame({"lon": [LON + 1e-5 * i for i in range(300)], "lat": [LAT] * 300})
    save_cell_tiles(places, path)
    assert sorted(read(path, 14, tmp_path, "cells")["i"]) == list(range(300))
    save_cell_tiles(places.iloc[:2], path)
    assert sorted(read(path, 14, tmp_path, "cells")["i"]) == [0, 1]
    save_cell_tiles(places.iloc[:0], path)
    assert load_tile(path, *square(14)) is None


NOTHING = [
    ((14, 0, 0), "far from the town"),
    ((5, 99, 0), "x beyond the zoom"),
    ((15, 0, 2**40), "y beyond the zoom"),
    ((-1, 0, 0), "a zoom below the world"),
    ((16, 0, 0), "a zoom we do not make"),
    ((40, 1, 1), "a zoom nobody makes"),
]


@pytest.mark.parametrize(("place", "reason"), NOTHING)
def test_a_tile_that_cannot_be_is_nothing(tmp_path, place, reason):
    path = tmp_path / "cells.pmtiles"
    save_cell_tiles(pd.DataFrame({"lon": [LON], "lat": [LAT]}), path)
    assert load_tile(path, *place) is None, reason
