"""Sites that are for some people only: against brute force, by every rule, and the laws."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracle import walks_by_networkx
from unknown_towns import rests_at, unknown_town

from geo.analysis.band import ask_band
from geo.analysis.bench_gain import bench_gains
from geo.coverage.asking import parse_question
from geo.measures.floating_catchment import share_supply
from geo.town import ask, cells_on, ground_of, ordered_sites, put_places
from geo.toy import toy_sites
from geo.walk.rules import Rules, walk_each, walk_sites
from geo.walk.welcome import least_of, make_welcome

SEEDS = st.integers(0, 10_000_000)
TOWNS = settings(max_examples=40)
TRIPS = ("there", "back", "worse", "round")


def question(**more):
    asked = {"heights": True, "within": "600m", **more}
    return parse_question(division="町", people="65", walker="elderly", **asked)


def limited_town(rng):
    """A town, and whom its salons are for: all, some, nobody."""
    town = unknown_town(rng)
    sites = toy_sites([tuple(at) for at in rng.uniform(0, 1000, (6, 2))])
    sites["sessions_per_month"] = rng.integers(1, 9, 6).astype(float)
    town = replace(town, sites=sites)
    told = {
        str(id_): rng.random(len(town.cells)) < rng.choice([0.0, 0.3, 0.7])
        for id_ in sites["site_id"]
        if rng.random() < 0.7
    }
    return town, told


def matrix(town, told):
    sites = ordered_sites(town.sites)
    every = np.ones(len(town.cells), dtype=bool)
    return np.column_stack([told.get(id_, every) for id_ in sites["site_id"]])


@TOWNS
@given(SEEDS)
def test_nobody_walks_to_a_site_that_is_not_for_them(seed):
    rng = np.random.default_rng(seed)
    town, told = limited_town(rng)
    asked, sites = question(), ordered_sites(town.sites)
    found = ask(town, asked, eligible=told)
    ground = ground_of(town, walker=asked.walker, heights=True)
    homes, places = cells_on(town, ground), put_places(town, ground, sites)
    truth = walks_by_networkx(town.network, ground.costs, homes, places)
    truth = np.where(matrix(town, told), truth, np.inf)
    on = homes.edge >= 0
    metres = found.cells["metres"].to_numpy()
    np.testing.assert_allclose(metres[on], truth.min(axis=1)[on], atol=1e-6, rtol=0)
    assert np.isnan(metres[~on]).all()
    site = found.cells["site"].to_numpy()
    assert all(matrix(town, told)[cell, site[cell]] for cell in np.flatnonzero(site >= 0))
    near = truth <= asked.limit_m
    if (np.abs(truth - asked.limit_m) < 1e-6).any():
        return
    people = found.cells["people"].to_numpy()
    here = on & (people > 0)
    if not here.any():
        return
    sessions = sites["sessions_per_month"].to_numpy()
    whole, weight = found.whole, people[here] / people[here].sum()
    assert whole["sites_within"] == pytest.approx((near.sum(axis=1)[here] * weight).sum())
    assert whole["sessions_within"] == pytest.approx(((near @ sessions)[here] * weight).sum())
    cell, who = np.nonzero(near & on[:, None])
    access = share_supply(
        people=people, supply=sessions, cell=cell, site=who, weight=np.ones(cell.size)
    )
    assert whole["two_step"] == pytest.approx((access[here] * weight).sum())
    apart = np.hypot(
        town.cells["x_m"].to_numpy()[:, None] - sites["x_m"].to_numpy(),
        town.cells["y_m"].to_numpy()[:, None] - sites["y_m"].to_numpy(),
    )
    straight = np.where(matrix(town, told) & (places.edge >= 0), apart, np.inf).min(axis=1)
    assert whole["share_straight"] == pytest.approx(
        ((straight <= asked.limit_m)[here] * weight).sum()
    )


@TOWNS
@given(
    SEEDS, st.sampled_from(TRIPS), st.sampled_from([None, 200.0]), st.sampled_from([None, 400.0])
)
def test_by_every_rule_it_is_the_best_of_the_sites_that_are_for_one(seed, trip, rest_m, toilet_m):
    rng = np.random.default_rng(seed)
    town, told = limited_town(rng)
    ground = ground_of(town, walker=question().walker, heights=True)
    homes, places = cells_on(town, ground), put_places(town, ground, ordered_sites(town.sites))
    stops = put_places(town, ground, rests_at(rng, 14))
    rules = Rules(trip=trip, rest_m=rest_m, rests=stops, toilet_m=toilet_m, toilets=stops)
    allowed = matrix(town, told)
    welcome = make_welcome(list(allowed.T), len(allowed))
    found = walk_sites(ground, homes, places, rules, limit_m=700.0, welcome=welcome)
    each = np.column_stack(list(walk_each(ground, homes, places, rules)))
    each = np.where(allowed, each, np.inf)
    on = homes.edge >= 0
    np.testing.assert_allclose(found.metres[on], each.min(axis=1)[on], atol=1e-6, rtol=0)
    near = np.full(each.shape, np.inf)
    near[found.pairs.cell, found.pairs.site] = found.pairs.metres
    wanted = np.where((each <= 700.0) & on[:, None], each, np.inf)
    np.testing.assert_allclose(near, wanted, atol=1e-6, rtol=0)
    order = np.lexsort((found.pairs.site, found.pairs.cell))
    assert np.array_equal(order, np.arange(order.size))


@TOWNS
@given(SEEDS)
def test_for_everybody_is_as_if_nothing_were_told_and_fewer_never_let_anybody_in(seed):
    rng = np.random.default_rng(seed)
    town, told = limited_town(rng)
    plain = ask(town, question())
    for nothing in ({}, {"not here": np.zeros(1, dtype=bool)}):
        pd.testing.assert_frame_equal(ask(town, question(), eligible=nothing).areas, plain.areas)
    every = dict.fromkeys(told, np.ones(len(town.cells), dtype=bool))
    same = ask(town, question(), eligible=every)
    np.testing.assert_allclose(same.cells["metres"], plain.cells["metres"], atol=1e-6)
    fewer = {id_: flags & (rng.random(flags.size) < 0.5) for id_, flags in told.items()}
    within = [
        (ask(town, question(), eligible=one).cells["status"] == "within").to_numpy()
        for one in (fewer, told, {})
    ]
    assert not (within[0] & ~within[1]).any() and not (within[1] & ~within[2]).any()


@settings(max_examples=20)
@example(50712)  # a place where two streets cross over one another
@given(SEEDS)
def test_benches_and_surveys_are_looked_for_on_the_ways_of_those_who_may_come(seed):
    rng = np.random.default_rng(seed)
    town, told = limited_town(rng)
    rests, asked = rests_at(rng, 4), question(rest="150", heights=False)
    gains = bench_gains(town, asked, rests=rests, eligible=told, count=3)
    for one in gains.itertuples():
        more = rests.iloc[:1].assign(
            rest_id="new", kind="bench", seat="yes", toilet="no", x_m=one.x_m, y_m=one.y_m
        )
        both = pd.concat([rests, more], ignore_index=True)
        was, now = (ask(town, asked, rests=part, eligible=told).totals for part in (rests, both))
        assert now["within"] - was["within"] == one.people
    band = ask_band(town, asked, rests=rests, eligible=told)
    few = band.good.totals["within"] - band.bad.totals["within"]
    assert (band.streets["people"] <= few).all()


def test_a_welcome_is_of_all_cells_and_of_none_there_is_no_walk():
    with pytest.raises(ValueError, match="all 3 cells"):
        make_welcome([np.ones(2, dtype=bool)], 3)
    nobody = make_welcome([np.zeros(3, dtype=bool)], 3)
    found = least_of(nobody, (3, 1), lambda cells, _: np.zeros(cells.size))
    assert np.isinf(found).all()
