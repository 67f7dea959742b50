"""Slopes somebody measured, laid over heights."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_towns import random_relief, random_town
from relief_grades import edge_grades

from geo.relief.relief import MEASURED, Relief
from geo.relief.told import ToldSlope, lay_slopes
from geo.toy import toy_network
from geo.walk.costs import make_costs
from geo.walk.walkers import WALKERS

NETWORK = toy_network()


def plain(slope=0.02):
    """Every street of the toy town rises towards its end v; ten pieces of 10 m each."""
    along = np.tile(np.linspace(0, 100, 11), 40)
    return Relief(
        start=np.arange(0, 441, 11),
        along_m=along,
        height_m=50 + slope * along,
        kind=np.full(40, MEASURED, dtype=np.uint8),
    )


def grades(relief, edge):
    found = edge_grades(relief)
    return found.grade[found.edge == edge].round(6).tolist()


def test_the_measured_part_has_the_measured_grade_and_the_rest_its_own():
    relief, laid = lay_slopes(plain(), [ToldSlope(3, 20, 50, 0.12)])
    assert grades(relief, 3) == [0.02] * 2 + [0.12] * 3 + [0.02] * 5
    assert grades(relief, 2) == [0.02] * 10 and len(laid) == 1
    down, _ = lay_slopes(plain(-0.01), [ToldSlope(3, 20, 50, 0.12)])  # the way up is the model's
    assert grades(down, 3) == [-0.01] * 2 + [-0.12] * 3 + [-0.01] * 5


def test_a_slope_shorter_than_a_piece_has_the_one_it_lies_on():
    relief, _ = lay_slopes(plain(), [ToldSlope(0, 71, 73, 0.2)])
    assert grades(relief, 0) == [0.02] * 7 + [0.2] + [0.02] * 2


def test_the_first_of_two_on_a_street_counts_and_a_measured_level_street_is_level():
    relief, laid = lay_slopes(plain(), [ToldSlope(0, 0, 100, 0.0), ToldSlope(0, 0, 100, 0.3)])
    assert grades(relief, 0) == [0.0] * 10
    assert laid == (ToldSlope(0, 0, 100, 0.0),)


@pytest.mark.parametrize("height", [0.0, np.nan])
def test_where_no_height_tells_the_way_up_nothing_is_laid(height):
    model = replace(plain(), height_m=np.full(440, height))
    relief, laid = lay_slopes(model, [ToldSlope(0, 0, 100, 0.1)])
    assert laid == ()
    np.testing.assert_array_equal(relief.height_m, model.height_m)


def test_heights_beyond_a_gap_stay_known():
    model = plain()
    model.height_m[7] = np.nan  # on the first street, at 70 m
    relief, laid = lay_slopes(model, [ToldSlope(0, 0, 40, 0.1)])
    assert laid and np.isfinite(relief.height_m[[6, 8, 9, 10]]).all()
    assert np.isnan(relief.height_m[7]) and model.height_m[8] == 51.6


def test_it_costs_the_walker_as_such_a_slope_does():
    relief, _ = lay_slopes(plain(0.001), [ToldSlope(5, 0, 100, 0.1)])
    costs = make_costs(NETWORK, WALKERS["elderly"], relief)
    assert costs.forward[5] == pytest.approx(100 * np.exp(3.5 * 0.1))
    assert costs.forward[4] == pytest.approx(100 * np.exp(3.5 * 0.001))


@settings(max_examples=60)
@given(st.integers(0, 1_000_000))
def test_other_streets_and_what_is_given_stay_as_they_are(seed):
    rng = np.random.default_rng(seed)
    network = random_town(rng, nodes=8)
    model = random_relief(rng, network)
    before = model.height_m.copy()
    told = []
    for edge in rng.integers(0, network.edge_count, 5).tolist():
        ends = np.sort(rng.uniform(0, network.edge_m[edge], 2)).tolist()
        told.append(ToldSlope(edge, *ends, float(rng.uniform(0, 0.3))))
    relief, laid = lay_slopes(model, told)
    np.testing.assert_array_equal(model.height_m, before)
    np.testing.assert_array_equal(np.isnan(relief.height_m), np.isnan(before))
    assert set(laid) <= set(told) and len({one.edge for one in laid}) == len(laid)
    at = np.repeat(np.arange(network.edge_count), np.diff(relief.start))
    other = ~np.isin(at, [one.edge for one in laid])
    np.testing.assert_array_equal(relief.height_m[other], before[other])
