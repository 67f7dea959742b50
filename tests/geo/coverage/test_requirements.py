"""One requirement more never lets more people in, whoever walks and whichever way."""

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unknown_towns import rests_at, unknown_town

from geo.analysis.band import ask_band
from geo.analysis.bench_gain import bench_gains
from geo.analysis.rest_facts import count_rests
from geo.coverage.asking import parse_question
from geo.tables.rests import check_rests, rests_of_sites
from geo.town import ask
from geo.toy import toy_sites
from geo.walk.walkers import WALKERS

SEEDS = st.integers(0, 10_000_000)
# Each pair: what is asked first, and what is asked besides.
RESTS, TOILETS = {"rest": "200"}, {"toilet": "400"}
MORE = (
    ({}, RESTS),
    ({}, TOILETS),
    (TOILETS, RESTS),
    (RESTS, TOILETS),
    (RESTS, {"rest": "100"}),
    (TOILETS, {"toilet": "200"}),
    (RESTS | TOILETS, {"rest": "100", "toilet": "200"}),
)
TRIPS = ("there", "back", "worse", "round")


def asked(walker, *, heights, trip, **stops):
    return parse_question(
        division="町",
        people="65",
        walker=walker,
        within="600m",
        heights=heights,
        trip=trip,
        **stops,
    )


def runs(town, question, rests, seen, eligible=None):
    """Who is within reach with the unknown taken as bad, as known and as good."""
    band = ask_band(town, question, rests=rests, surveyed=seen, eligible=eligible)
    return [
        (run.cells["status"] == "within").to_numpy() for run in (band.bad, band.known, band.good)
    ]


@settings(max_examples=12, deadline=None)
@given(SEEDS, st.sampled_from(sorted(WALKERS)), st.booleans(), st.sampled_from(TRIPS))
def test_a_rule_of_seats_or_toilets_more_never_lets_anybody_in(seed, walker, heights, trip):
    rng = np.random.default_rng(seed)
    town, rests = unknown_town(rng), rests_at(rng, 14)
    seen = rng.random(town.network.edge_count) < 0.5

    @cache
    def found(**stops):
        return runs(town, asked(walker, heights=heights, trip=trip, **stops), rests, seen)

    for fewer, more in MORE:
        before, after = found(**fewer), found(**(fewer | more))
        assert not any((now & ~was).any() for was, now in zip(before, after, strict=True))
        bad, known, good = after
        assert not (bad & ~known).any() and not (known & ~good).any()


@settings(max_examples=12, deadline=None)
@given(SEEDS, st.sampled_from(sorted(WALKERS)), st.booleans(), st.sampled_from(TRIPS))
def test_salons_for_some_people_only_never_let_anybody_in_by_any_rule(seed, walker, heights, trip):
    rng = np.random.default_rng(seed)
    town, rests = unknown_town(rng), rests_at(rng, 14)
    seen = rng.random(town.network.edge_count) < 0.5
    ids = town.sites["site_id"].tolist()
    told = {id_: rng.random(len(town.cells)) < 0.6 for id_ in ids[: int(rng.integers(1, 4))]}
    for stops in ({}, RESTS, TOILETS, RESTS | TOILETS):
        question = asked(walker, heights=heights, trip=trip, **stops)
        before, after = (runs(town, question, rests, seen, one) for one in (None, told))
        assert not any((now & ~was).any() for was, now in zip(before, after, strict=True))
        bad, known, good = after
        assert not (bad & ~known).any() and not (known & ~good).any()


@settings(max_examples=12, deadline=None)
@given(
    SEEDS, st.sampled_from(sorted(WALKERS)), st.sampled_from([{}, RESTS, TOILETS, RESTS | TOILETS])
)
def test_the_harder_of_both_ways_never_lets_in_whom_one_way_leaves_out(seed, walker, stops):
    rng = np.random.default_rng(seed)
    town, rests = unknown_town(rng), rests_at(rng, 14)
    seen = rng.random(town.network.edge_count) < 0.5
    found = {
        trip: runs(town, asked(walker, heights=True, trip=trip, **stops), rests, seen)
        for trip in TRIPS
    }
    for way, run in product(("there", "back", "round"), range(3)):
        assert not (found["worse"][run] & ~found[way][run]).any()


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.sampled_from([{}, RESTS, TOILETS, RESTS | TOILETS]), st.sampled_from(TRIPS))
def test_counting_slopes_never_lets_in_who_is_out_on_level_ground(seed, stops, trip):
    # Of walkers who find no way down easier than the flat and use every street.
    rng = np.random.default_rng(seed)
    town, rests = unknown_town(rng), rests_at(rng, 14)
    for walker in ("elderly", "slow"):
        level, sloped = (
            ask(town, asked(walker, heights=heights, trip=trip, **stops), rests=rests)
            for heights in (False, True)
        )
        was, now = (one.cells["status"] == "within" for one in (level, sloped))
        assert not (now & ~was).any()


def one_toilet_town(rng, at):
    town = unknown_town(rng)
    sites = toy_sites([at]).assign(site_id="t0", kind="toilet", name="公園の便所")
    return town, check_rests(rests_of_sites(sites))


@pytest.mark.parametrize("seed", range(3))
def test_a_toilet_is_counted_and_walked_to_as_a_place_to_sit(seed):
    town, rests = one_toilet_town(np.random.default_rng(seed), (500.0, 500.0))
    town = replace(town, snap_limit_m=2000.0)
    question = asked("elderly", heights=False, trip="there", **RESTS)
    (need,) = count_rests(town, question, rests).needs
    assert (need.need, need.count, need.unknown) == ("seat", 1, {})
    none = rests.assign(toilet="no")
    (without,) = count_rests(town, question, none).needs
    assert without.count == 0
    with_toilet, bare = (ask(town, question, rests=one).totals["within"] for one in (rests, none))
    assert with_toilet >= bare
    gains = [bench_gains(town, question, rests=one) for one in (rests, none)]
    assert gains[0]["people"].sum() <= gains[1]["people"].sum() + bare
