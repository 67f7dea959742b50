"""Laws of figures in straight lines: what a town without streets counts."""

import numpy as np
import pytest
from asked_coverage import ask
from hypothesis import given, settings
from hypothesis import strategies as st
from random_towns import random_town as random_streets

from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.network.straight import no_streets
from geo.say.sentence import say_coverage
from geo.toy import toy_cells, toy_network, toy_sites

SEEDS = st.integers(0, 100_000)
LAW = settings(max_examples=40)
EVERYWHERE = 1e9  # so far from a street that nobody is off the network


def drawn(seed, sites=4):
    rng = np.random.default_rng(seed)
    people = toy_cells([tuple(p) for p in rng.uniform(-100, 1100, (30, 2))])
    people["people_65"] = rng.integers(0, 9, len(people))
    people["people_all"] = people["people_65"] + 3
    places = toy_sites([tuple(p) for p in rng.uniform(0, 1000, (sites, 2))])
    return random_streets(rng, nodes=15, steps=0), people, places


def ranked(coverage):
    return (coverage.cells["status"] == "within").to_numpy()


@given(SEEDS)
@LAW
def test_without_streets_the_share_is_the_straight_share_of_the_same_homes_with_streets(seed):
    net, cells, sites = drawn(seed)
    with_streets = ask(net, cells, sites, limit=EVERYWHERE)
    straight = ask(no_streets(), cells, sites)
    assert with_streets.totals["off_network"] == straight.totals["off_network"] == 0
    assert straight.areas["share"].equals(with_streets.areas["share_straight"])


@given(SEEDS)
@LAW
def test_whoever_walks_there_within_the_range_is_within_it_in_a_straight_line(seed):
    net, cells, sites = drawn(seed)
    assert (ranked(ask(no_streets(), cells, sites)) >= ranked(ask(net, cells, sites))).all()


@given(SEEDS)
@LAW
def test_one_more_site_never_loses_anybody(seed):
    _, cells, sites = drawn(seed)
    fewer, more = (ask(no_streets(), cells, some) for some in (sites.iloc[:-1], sites))
    assert (ranked(more) >= ranked(fewer)).all() and more.totals["people"] == fewer.totals["people"]


@given(SEEDS)
@LAW
def test_every_home_has_the_metres_and_the_site_that_brute_force_finds(seed):
    _, cells, sites = drawn(seed)
    found = ask(no_streets(), cells, sites).cells
    apart = cells[["x_m", "y_m"]].to_numpy()[:, None] - sites[["x_m", "y_m"]].to_numpy()
    metres = np.hypot(*np.moveaxis(apart, -1, 0))
    assert found["metres"].to_numpy() == pytest.approx(metres.min(axis=1))
    assert found["minutes"].to_numpy() == pytest.approx(metres.min(axis=1) / 60)
    assert (ranked(ask(no_streets(), cells, sites)) == (metres.min(axis=1) <= 500)).all()


def test_a_figure_of_streets_is_never_called_one_of_straight_lines_nor_the_other_way():
    cells, sites = toy_cells([(0, 0), (400, 400)]), toy_sites([(0, 0)])
    for net, straight in ((toy_network(), False), (no_streets(), True)):
        found = ask(net, cells, sites)
        text = " ".join(words.ja for words in say_coverage(found))
        assert ("直線で" in text) is straight and ("徒歩500m" in text) is not straight


@pytest.mark.parametrize("more", [{"heights": True}, {"rest": "150"}, {"toilet": "500"}])
def test_what_only_streets_can_tell_is_refused_with_what_to_do(more):
    with pytest.raises(InputError) as refused:
        parse_question(
            division="町丁目", people="65", walker="elderly", within="500m", straight=True, **more
        )
    assert "道のファイルを入れて街をつくり直す" in refused.value.words.ja


def test_homes_and_sites_of_nobody_are_no_fault():
    none = ask(no_streets(), toy_cells([(0, 0)]), toy_sites([(0, 0)]).iloc[:0])
    assert none.totals["outside"] == 10 and np.isnan(none.areas["minutes_p50"][0])
