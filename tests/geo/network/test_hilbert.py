"""The curve that puts neighbours beside each other (ヒルベルト曲線)."""

import numpy as np
import pytest

from geo.network.hilbert import hilbert_order


def squares(side):
    return (a.ravel().astype(float) for a in np.meshgrid(np.arange(side), np.arange(side)))


@pytest.mark.parametrize("apart_m", [1, 2])
def test_the_curve_visits_every_square_once_and_steps_to_a_neighbour(apart_m):
    x, y = squares(16)
    number = hilbert_order(x * apart_m, y * apart_m)
    order = np.argsort(number)
    assert np.unique(number).size == 256
    assert (np.abs(np.diff(x[order])) + np.abs(np.diff(y[order])) == 1).all()


def test_a_metre_more_or_less_within_a_square_changes_no_number():
    x, y = squares(16)
    assert (hilbert_order(x, y) == hilbert_order(x + 0.9 * (x > 0), y + 0.9 * (y > 0))).all()


def test_a_town_wider_than_the_curve_loses_nobody_at_its_far_end():
    x, y = squares(8)
    assert np.unique(hilbert_order(x * 20_000.0, y * 20_000.0)).size == 64


def test_no_points_have_no_numbers():
    assert hilbert_order(np.zeros(0), np.zeros(0)).tolist() == []
