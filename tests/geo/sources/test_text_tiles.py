"""標高タイル in text laid together as one GeoTIFF (`geo.sources.heights.text_tiles`)."""

import numpy as np
import pytest
from height_files import at_lonlat

from geo.base.problems import InputError
from geo.sources.get.around import tile_at, tile_box
from geo.sources.heights.heights import load_heights, tell_source
from geo.sources.heights.text_tiles import SIDE, parse_text_tile, save_tiles

LON, LAT, ZOOM = 138.6, 35.0, 14


def rows(values):
    return "\n".join(",".join("e" if np.isnan(one) else f"{one}" for one in row) for row in values)


def test_a_tile_is_read_with_its_holes():
    values = np.full((SIDE, SIDE), 2.5, dtype=np.float32)
    values[0, :3] = np.nan
    assert np.array_equal(parse_text_tile("a", rows(values)), values, equal_nan=True)


@pytest.mark.parametrize("text", ["", "1,2\n3,4", "<html>", "\n".join(["1," * 256] * 256)])
def test_what_is_no_tile_is_refused(text):
    with pytest.raises(InputError, match="256 lines"):
        parse_text_tile("14-1-1", text)


def test_heights_stand_where_the_tiles_lie(tmp_path):
    x, y = tile_at(LON, LAT, ZOOM)
    east = np.arange(2 * SIDE, dtype=np.float32)[None, :] + np.zeros((SIDE, 1), dtype=np.float32)
    tiles = {(x, y): east[:, :SIDE], (x + 1, y): east[:, SIDE:]}
    path = tmp_path / "gsi-dem10b-22212.tif"
    save_tiles(tiles, ZOOM, path)
    grids = load_heights(path, (138.5, 34.9, 138.7, 35.1))
    west, south, far, north = tile_box(x, y, ZOOM).bounds
    middle = (south + north) / 2
    step = (far - west) / SIDE
    found = at_lonlat(grids, west + step * np.array([10.5, 255.5, 300.5]), np.full(3, middle))
    assert found == pytest.approx([10, 255, 300], abs=0.01)
    assert np.isnan(at_lonlat(grids, west - step, middle)).all()
    assert tell_source(path).credit == "地理院タイル（標高タイル）を加工して作成"
    assert load_heights(path, (-180.0, -90.0, 180.0, 90.0))  # as a look at the file alone asks


def test_none_and_too_far_apart_are_refused(tmp_path):
    tile = np.zeros((SIDE, SIDE), dtype=np.float32)
    with pytest.raises(InputError, match="no tile"):
        save_tiles({}, ZOOM, tmp_path / "a.tif")
    with pytest.raises(InputError, match="too far apart"):
        save_tiles({(1, 1): tile, (900, 900): tile}, ZOOM, tmp_path / "a.tif")
