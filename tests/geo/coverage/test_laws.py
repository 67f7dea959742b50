"""Laws of coverage that hold in every town."""

import numpy as np
import pytest
from asked_coverage import areas_of, ask
from hypothesis import given, settings
from hypothesis import strategies as st
from random_towns import random_town as random_streets

from geo.measures import MEASURES
from geo.toy import toy_cells, toy_network, toy_sites
from geo.walk.ranges import WalkingRange

SEEDS = st.integers(0, 100_000)
LAW = settings(max_examples=40)


def random_town(seed, cells=30, sites=4):
    rng = np.random.default_rng(seed)
    net = random_streets(rng, nodes=15, steps=0)
    people = toy_cells([tuple(p) for p in rng.uniform(-100, 1100, (cells, 2))])
    people["people_65"] = rng.integers(0, 9, cells)
    people["people_all"] = people["people_65"] + 3
    return net, people, toy_sites([tuple(p) for p in rng.uniform(0, 1000, (sites, 2))]), rng


def share(coverage):
    return coverage.areas["share"].fillna(-1.0).to_numpy()


@given(SEEDS)
@LAW
def test_one_more_site_never_lowers_coverage(seed):
    net, cells, sites, _ = random_town(seed)
    fewer, more = ask(net, cells, sites.iloc[:-1]), ask(net, cells, sites)
    assert (share(more) >= share(fewer)).all()
    assert more.totals["off_network"] == fewer.totals["off_network"]


@given(SEEDS, st.integers(50, 900), st.integers(0, 500))
@LAW
def test_a_longer_range_never_lowers_coverage(seed, metres, more):
    net, cells, sites, _ = random_town(seed)
    near = ask(net, cells, sites, within=WalkingRange(value=metres, unit="m"))
    far = ask(net, cells, sites, within=WalkingRange(value=metres + more, unit="m"))
    assert (share(far) >= share(near)).all()


@given(SEEDS)
@LAW
def test_a_slower_walker_never_raises_coverage(seed):
    net, cells, sites, _ = random_town(seed)
    shares = [
        share(ask(net, cells, sites, within="10min", walker=w))
        for w in ("slow", "elderly", "general")
    ]
    assert (shares[0] <= shares[1]).all() and (shares[1] <= shares[2]).all()


@given(SEEDS)
@LAW
def test_doubling_the_people_changes_no_share(seed):
    net, cells, sites, _ = random_town(seed)
    double = cells.assign(people_65=cells["people_65"] * 2, people_all=cells["people_all"] * 2)
    once, twice = ask(net, cells, sites), ask(net, double, sites)
    assert np.array_equal(share(once), share(twice))
    assert twice.totals == {name: 2 * count for name, count in once.totals.items()}


@given(SEEDS)
@LAW
def test_shuffling_the_rows_changes_nothing(seed):
    net, cells, sites, rng = random_town(seed)
    order = rng.permutation(len(cells))
    shuffled = ask(net, cells.iloc[order].reset_index(drop=True), sites)
    assert ask(net, cells, sites).areas.equals(shuffled.areas)
    assert ask(net, cells, sites.iloc[::-1].reset_index(drop=True)).areas.equals(shuffled.areas)


@given(SEEDS)
@LAW
def test_within_outside_and_off_network_add_up_to_the_people(seed):
    net, cells, sites, _ = random_town(seed)
    answer = ask(net, cells, sites)
    rows = answer.areas
    assert (rows["within"] + rows["outside"] + rows["off_network"] == rows["people"]).all()
    assert answer.totals["people"] == cells["people_65"].sum()


@given(SEEDS)
@LAW
def test_the_straight_line_never_shows_less_than_the_streets(seed):
    net, cells, sites, _ = random_town(seed)
    rows = ask(net, cells, sites).areas
    assert (rows["share_straight"].fillna(0) >= rows["share"].fillna(0)).all()


def test_five_hundred_metres_means_five_hundred_metres():
    cells = toy_cells([(400, 100), (400, 101)])
    answer = ask(toy_network(), cells, toy_sites([(0, 0)]))
    assert answer.cells["status"].tolist() == ["within", "outside"]


def test_people_off_the_network_are_their_own_number():
    cells = toy_cells([(0, 0), (400, 400), (0, -150)])
    answer = ask(toy_network(), cells, toy_sites([(0, 0)]))
    assert answer.totals == {
        "people": 30, "within": 10, "outside": 10, "off_network": 10, "no_rest": 0,
    }  # fmt: skip
    assert answer.areas["share"][0] == pytest.approx(0.5)


def test_two_areas_are_told_apart_and_one_without_people_has_no_share():
    cells = toy_cells([(0, 0), (400, 400)])
    areas = areas_of((-1, -1, 200, 200), (200, 200, 401, 401), (500, 500, 600, 600))
    answer = ask(toy_network(), cells, toy_sites([(0, 0)]), areas=areas, cell_area=np.array([0, 1]))
    assert answer.areas["share"].tolist()[:2] == [1.0, 0.0] and np.isnan(answer.areas["share"][2])
    assert answer.areas["minutes_p50"].tolist()[:2] == [0.0, pytest.approx(800 / 60)]
    assert answer.areas["sites_within"].tolist()[:2] == [1.0, 0.0]


def test_people_no_street_leads_from_are_outside_without_minutes():
    net, far = toy_network(), toy_cells([(0, 0)])
    answer = ask(net, far, toy_sites([(0, -500)]))
    assert answer.totals["outside"] == 10 and answer.left_out["no_path"] == 10
    assert answer.left_out["sites_off_network"] == 1 and np.isnan(answer.areas["minutes_p50"][0])


def test_people_of_no_area_are_left_out_and_counted_and_those_of_the_first_are_not():
    cells = toy_cells([(0, 0), (100, 0), (400, 400)], people=10)
    cells["people_65"] = [1, 2, 4]
    answer = ask(toy_network(), cells, toy_sites([(0, 0)]), cell_area=np.array([0, -1, 0]))
    assert answer.left_out["outside_division"] == 2 and answer.totals["people"] == 5


def test_an_areas_rows_are_its_names_and_figures_and_nothing_else():
    areas = areas_of((-1, -1, 401, 401)).set_index(np.array([7]))
    answer = ask(toy_network(), toy_cells([(0, 0)]), toy_sites([(0, 0)]), areas=areas)
    figures = {column for one in MEASURES.values() for column in one.columns}
    assert set(answer.areas.columns) == figures | {
        "area_id", "area_name", "division", "tier",
        "people", "within", "outside", "off_network", "no_rest", "no_streets", "no_people",
    }  # fmt: skip
