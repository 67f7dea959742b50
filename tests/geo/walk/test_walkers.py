"""Every walker, each new one without being told: figures that can be, and costs that hold."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_towns import random_relief, random_town

from geo.base.problems import InputError
from geo.walk.costs import make_costs, of_kind
from geo.walk.walkers import CUSTOM, WALKERS, parse_walker

SEEDS = st.integers(0, 10_000_000)
SLOWEST, FASTEST = 0.1, 3.0


@pytest.mark.parametrize("id_", WALKERS)
def test_a_walker_has_figures_that_can_be(id_):
    one = WALKERS[id_]
    assert SLOWEST <= one.speed_m_s <= FASTEST, "give speed_m_s in metres a second"
    warn, bar = one.warn_grade, one.bar_grade
    assert warn is None or 0 < warn < 0.5, "grades are rise over run: 0.08 is 8 %"
    assert bar is None or (0 < bar <= 0.5 and (warn is None or warn < bar)), (
        "a street is a warning before it cannot be used: bar_grade above warn_grade, or None"
    )
    assert one.rest_m is None or 20 <= one.rest_m <= 2000, "rest_m is in metres, or None"
    assert 0 <= one.step_s_per_m <= 120, "step_s_per_m is seconds for each metre of rise"


@pytest.mark.parametrize("id_", WALKERS)
def test_a_walker_is_called_and_told_in_both_languages(id_):
    one = WALKERS[id_]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", id_) and id_ != CUSTOM, "an id is a plain word"
    assert parse_walker(id_) is one
    assert all((one.words.ja, one.words.en, one.source.ja, one.source.en))
    others = [other.words for other in WALKERS.values() if other is not one]
    assert not {one.words.ja, one.words.en} & {said for w in others for said in (w.ja, w.en)}, (
        "two walkers of one name cannot be told apart in the list"
    )


def test_a_walker_there_is_not_is_refused_with_all_there_are():
    with pytest.raises(InputError) as told:
        parse_walker("nobody")
    assert all(id_ in told.value.words.ja for id_ in WALKERS)


@pytest.mark.parametrize("id_", WALKERS)
@given(seed=SEEDS)
@settings(max_examples=30)
def test_no_street_costs_a_walker_nothing_and_what_is_barred_costs_no_number(id_, seed):
    rng = np.random.default_rng(seed)
    walker, network = WALKERS[id_], random_town(rng, nodes=int(rng.integers(3, 15)))
    usable = of_kind(network, walker)
    level = make_costs(network, walker)
    np.testing.assert_array_equal(level.forward, np.where(usable, network.edge_m, np.inf))
    hilly = make_costs(network, walker, random_relief(rng, network))
    assert not (hilly.usable & ~usable).any()
    for costs in (hilly.forward, hilly.backward):
        assert not np.isnan(costs).any()
        assert (
            costs[hilly.usable] >= hilly.least_per_m * network.edge_m[hilly.usable] - 1e-6
        ).all()
    assert hilly.least_per_m > 0
    if not walker.downhill_bonus:
        assert hilly.least_per_m >= 1 - 1e-9, "going down is quicker only with downhill_bonus"
