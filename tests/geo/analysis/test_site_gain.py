"""Where a candidate's seat may help on the way to another salon, and its figures by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from toy_town import toy_town

from geo.analysis.site_gain import make_setting, newly_within
from geo.analysis.siting_figures import count_people, names_beside, walk_minutes
from geo.coverage.asking import parse_question
from geo.network.snap import Snaps
from geo.walk.travel import Pairs
from geo.walk.welcome import Welcome

QUESTION = parse_question(division="町", people="65", walker="elderly", within="300m")
LIMITED = Welcome(group=np.array([0]), cells=np.array([[True, False, True, True]]))


@pytest.mark.parametrize(
    ("trip", "rest_m", "toilet_m", "best", "welcome", "anew"),
    [
        ("there", 100.0, 300.0, False, LIMITED, False),  # one way: who sits there has arrived
        ("worse", None, None, False, None, False),  # no rule: its seat is of no use
        ("worse", 100.0, None, False, None, True),
        ("round", None, 300.0, False, None, True),
        ("worse", 100.0, None, True, None, False),  # each way by its own nearest
        ("worse", 100.0, None, True, LIMITED, True),
        ("there", 100.0, 300.0, True, LIMITED, True),
        ("there", 100.0, 300.0, True, None, False),
    ],
)
def test_homes_are_asked_anew_where_a_seat_helps_on_other_ways(
    trip, rest_m, toilet_m, best, welcome, anew
):
    setting = make_setting(toy_town(), QUESTION)
    free = np.ones(40, dtype=bool) if best else None
    rules = replace(setting.rules, trip=trip, rest_m=rest_m, toilet_m=toilet_m, free=free)
    assert replace(setting, rules=rules, welcome=welcome).anew is anew


def test_a_place_off_the_network_gains_nobody():
    setting = make_setting(toy_town(), QUESTION)
    nowhere = Snaps(edge=np.array([-1]), along_m=np.array([np.nan]), off_m=np.array([900.0]))
    found = newly_within(setting, nowhere, np.array([1, 2, 3]))
    assert not found.cell.size


def test_half_of_the_people_and_the_farthest_by_hand():
    # Of the first place one person walks 60 m, three walk 120; nobody lives in the last home.
    pairs = Pairs(
        cell=np.array([0, 1, 2]), site=np.array([0, 0, 0]), metres=np.array([60.0, 120, 240])
    )
    people = np.array([1, 3, 0])
    half, most = walk_minutes(pairs, people, 2, 60.0)
    assert half[0] == 2 and most[0] == 2 and np.isnan(half[1]) and np.isnan(most[1])
    half, _ = walk_minutes(pairs, np.array([3, 3, 0]), 1, 60.0)
    assert half[0] == 1  # just half of them
    assert count_people(pairs, people, 2).tolist() == [4, 0]


def test_places_within_25_metres_are_at_one_place():
    table = pd.DataFrame({"x_m": [0.0, 25.0, 51.0], "y_m": [0.0] * 3, "name": ["あ", "い", "う"]})
    assert names_beside(table) == [("い",), ("あ",), ()]
