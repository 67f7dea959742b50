"""Grids of heights: the first wins, sheets fit together, nothing is made up between."""

from dataclasses import replace

import numpy as np
import pytest
from height_ground import CRS, PLANE, ground

from geo.relief.grid import HeightGrid, cut_grid, join_grids, sample_heights


def test_the_first_grid_wins_and_the_next_fills_its_holes():
    first = ground(lambda x, y: np.where(x > 200, np.nan, 1.0))
    coarse = HeightGrid(
        height_m=np.full((40, 40), 2, np.float32), x0=-103, y0=-103, dx=20, dy=20, crs=CRS
    )
    at = np.array([0.0, 198.0, 203.0, 400.0])
    found = sample_heights([first, coarse], at, np.full(4, 50.0), PLANE)
    assert found.tolist() == [1.0, 1.0, 2.0, 2.0]
    assert sample_heights([coarse, first], at, np.full(4, 50.0), PLANE).tolist() == [2.0] * 4


def test_sheets_side_by_side_leave_no_crack_between_them():
    whole = ground(lambda x, y: 0.1 * x)
    left, right = (
        replace(whole, height_m=whole.height_m[:, :70]),
        replace(whole, height_m=whole.height_m[:, 70:], x0=whole.x0 + 70 * 5.0),
    )
    at = np.arange(240.0, 262.0, 0.5)
    for sheets in ([left, right], [right, left]):
        found = sample_heights(sheets, at, np.full(at.size, 33.0), PLANE)
        assert found == pytest.approx(0.1 * at, abs=1e-4)
    assert np.isnan(sample_heights([left], at, np.full(at.size, 33.0), PLANE)).any()
    assert len(join_grids([left, right])) == 1


def test_where_two_sheets_of_one_lattice_overlap_the_first_keeps_its_height():
    one, other = ground(lambda x, y: 1 + 0 * x), ground(lambda x, y: 2 + 0 * x)
    (joined,) = join_grids([one, other])
    assert set(joined.height_m.ravel()) == {1.0}


def test_sheets_far_apart_are_not_made_into_one_grid_of_nothing():
    one = ground(lambda x, y: 1 + 0 * x)
    assert len(join_grids([one, replace(one, x0=one.x0 + 5e6)])) == 2


def test_a_pixel_that_is_not_needed_may_be_missing():
    grid = ground(lambda x, y: np.where(x == 105, np.nan, x))
    at = np.array([100.0, 101.0, 110.0])
    found = sample_heights([grid], at, np.zeros(3), PLANE)
    assert found[[0, 2]] == pytest.approx([100, 110])
    assert np.isnan(found[1])


def test_a_window_keeps_every_pixel_its_points_need():
    grid = ground(lambda x, y: x + 2 * y)
    cut = cut_grid(grid, (101.0, 203.0, 333.0, 222.0))
    at_x, at_y = np.array([101.0, 333.0, 200.0]), np.array([203.0, 222.0, 210.0])
    assert cut.height_m.size < grid.height_m.size / 10
    assert sample_heights([cut], at_x, at_y, PLANE) == pytest.approx(at_x + 2 * at_y)
    assert cut_grid(grid, (5000.0, 0.0, 6000.0, 10.0)) is None


def test_positions_joined_straight_over_a_kilometre_are_within_centimetres():
    rng = np.random.default_rng(0)
    x, y = rng.uniform(-15_000, 15_000, (2, 2000))
    lon, lat = PLANE.to_lonlat(x, y)
    step = 1 / 3600
    west, south = float(lon.min()) - 0.01, float(lat.min()) - 0.01
    shape = (int((lat.max() - south) / step) + 40, int((lon.max() - west) / step) + 40)
    # heights that are metres to the east: an error of place is an error of height
    values = np.broadcast_to(np.arange(shape[1]) * step * 90_000, shape).astype(np.float32)
    grid = HeightGrid(height_m=values, x0=west, y0=south, dx=step, dy=step)
    found = sample_heights([grid], x, y, PLANE)
    assert np.abs(found - (lon - west) * 90_000).max() < 0.03
