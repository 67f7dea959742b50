"""The figures of many areas at once are those of each alone, to the last digit."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.summing import summarise_areas
from geo.measures import MEASURES
from geo.measures.measure import summarise_area

SCORES = st.one_of(
    st.floats(0, 1e5, width=32), st.sampled_from([np.inf, np.nan, 0.0, 1.0, 0.1, 500.0])
)


def one_by_one(measure, scores, people, cuts):
    alone = [summarise_area(measure, scores[lo:hi], people[lo:hi]) for lo, hi in pairwise(cuts)]
    return {name: np.array([one[name] for one in alone], dtype=float) for name in measure.columns}


def check(measure, scores, people, cuts):
    found = summarise_areas(measure, scores, people, cuts)
    wanted = one_by_one(measure, scores, people, cuts)
    assert list(found) == list(wanted)
    for name, values in wanted.items():
        assert np.array_equal(found[name], values, equal_nan=True), name


@pytest.mark.parametrize("id_", MEASURES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_each_area_has_the_figure_it_has_alone(id_, data):
    count = data.draw(st.integers(0, 30))
    scores = np.array(data.draw(st.lists(SCORES, min_size=count, max_size=count)), dtype=float)
    people = np.array(
        data.draw(st.lists(st.integers(0, 9), min_size=count, max_size=count)), dtype=np.int64
    )
    # Cells before the first and after the last are of no area.
    inner = data.draw(st.lists(st.integers(0, count), min_size=1, max_size=7))
    cuts = np.array(sorted(inner), dtype=np.int64)
    check(MEASURES[id_], scores, people, cuts)


@pytest.mark.parametrize("id_", MEASURES)
def test_many_cells_of_many_areas(id_):
    rng = np.random.default_rng(4)
    scores = rng.uniform(0, 3_000, 5_000)
    scores[rng.random(5_000) < 0.1] = np.inf
    cuts = np.sort(rng.integers(100, 4_900, 80))
    check(MEASURES[id_], scores, rng.integers(0, 40, 5_000), cuts)
