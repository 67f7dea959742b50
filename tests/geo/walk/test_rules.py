"""Walks under rules, told apart by site: against the oracle and brute force, and the laws."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import rested_by_brute_force, walks_by_networkx
from random_towns import ground_of, people_of, random_ground, random_relief, random_town

from geo.analysis.bench_gain import gain_of
from geo.network.snap import join_snaps
from geo.walk.costs import make_costs
from geo.walk.ground import make_ground
from geo.walk.ranges import PRESETS
from geo.walk.reach import reach_parts, reach_parts_each
from geo.walk.resting import Resting, walk_with_rests
from geo.walk.rules import Rules, walk_sites
from geo.walk.search import walk_nearest
from geo.walk.travel import walk_pairs
from geo.walk.walkers import WALKERS, parse_walker

SEEDS = st.integers(0, 10_000_000)
TOWNS = settings(max_examples=100)
SMALL = settings(max_examples=60)
FAR = 5000.0


def placed(rng, ground, homes=40, sites=6, box=1000.0):
    """Homes and sites of a town: some far off, on junctions, on one street, at one place."""
    snap = ground.snapper.snap
    at = rng.uniform(-50, box + 50, (homes, 2))
    nodes = rng.integers(0, ground.network.node_count, 6)
    at[:6] = np.column_stack([ground.network.node_x_m[nodes], ground.network.node_y_m[nodes]])
    there = rng.uniform(0, box, (sites, 2))
    there[1] = there[0]  # two at one place
    there[2] = at[7]  # at somebody's door
    return snap(*at.T.copy(), limit_m=150.0), snap(*there.T.copy(), limit_m=300.0)


def sloping_ground(rng):
    """A town with slopes, steps, streets without heights and streets too steep."""
    network = random_town(rng, nodes=int(rng.integers(3, 25)))
    walker = parse_walker(str(rng.choice([*WALKERS, "custom:speed=0.7,bar=20"])))
    relief = random_relief(rng, network) if rng.random() < 0.8 else None
    return walker, make_ground(network, walker=walker, relief=relief)


@settings(max_examples=200)
@given(SEEDS)
def test_every_walk_is_the_oracles_and_nobody_is_on_the_wrong_side_of_a_range(seed):
    rng = np.random.default_rng(seed)
    walker, ground = sloping_ground(rng)
    homes, sites = placed(rng, ground)
    people = people_of(rng, homes.edge.size)
    truth = walks_by_networkx(ground.network, ground.costs, homes, sites)
    home, site = ground.ends(homes), ground.ends(sites)
    nearest = walk_nearest(ground.graph, home, site).metres
    on = homes.edge >= 0
    assert np.isnan(nearest[~on]).all()
    best = truth.min(axis=1)
    np.testing.assert_allclose(nearest[on], best[on], atol=1e-6, rtol=0)
    for preset in PRESETS:
        limit = preset.range.limit_m(walker)
        clear = on & (np.abs(best - limit) > 1e-6)
        assert people[clear & ((nearest <= limit) != (best <= limit))].sum() == 0
    limit = float(rng.uniform(100, 2000))
    pairs = walk_pairs(ground.graph, home, site, limit_m=limit)
    found = np.full(truth.shape, np.inf)
    found[pairs.cell, pairs.site] = pairs.metres
    np.testing.assert_allclose(found, np.where(truth <= limit, truth, np.inf), atol=1e-6, rtol=0)


@TOWNS
@given(SEEDS)
def test_the_way_back_the_worse_and_the_round_trip_are_of_one_site(seed):
    rng = np.random.default_rng(seed)
    _, ground = sloping_ground(rng)
    homes, sites = placed(rng, ground)
    there = walks_by_networkx(ground.network, ground.costs, homes, sites)
    back = walks_by_networkx(ground.network, ground.costs, sites, homes).T
    for trip, wanted in (
        ("there", there), ("back", back), ("worse", np.maximum(there, back)),
        ("round", (there + back) / 2),
    ):  # fmt: skip
        found = walk_sites(ground, homes, sites, Rules(trip=trip), limit_m=800.0)
        on = homes.edge >= 0
        np.testing.assert_allclose(found.metres[on], wanted.min(axis=1)[on], atol=1e-6, rtol=0)
        table = np.full(wanted.shape, np.inf)
        table[found.pairs.cell, found.pairs.site] = found.pairs.metres
        near = np.where(wanted <= 800.0, wanted, np.inf)
        np.testing.assert_allclose(table, near, atol=1e-6, rtol=0)


@SMALL
@given(SEEDS)
def test_rests_and_toilets_each_and_both_are_those_of_brute_force(seed):
    rng = np.random.default_rng(seed)
    ground = random_ground(rng)
    if not ground.costs.usable.any():
        return
    snap = ground.snapper.snap
    homes = snap(*rng.uniform(-20, 420, (2, 12)), limit_m=80.0)
    sites = snap(*rng.uniform(0, 400, (2, 3)))
    rests = snap(*rng.uniform(0, 400, (2, int(rng.integers(0, 12)))), limit_m=60.0)
    toilets = snap(*rng.uniform(0, 400, (2, int(rng.integers(0, 5)))), limit_m=60.0)
    rest_m, toilet_m = float(rng.uniform(50, 250)), float(rng.uniform(150, 700))
    points = join_snaps(homes, rests, toilets, sites)
    hops = walks_by_networkx(ground.network, ground.costs, points, points)
    rows = np.split(
        np.arange(points.edge.size), np.cumsum([12, rests.edge.size, toilets.edge.size])
    )
    home, rest, toilet, site = rows
    on = homes.edge >= 0
    places = {"rests": rests, "toilets": toilets}
    for rules, wanted in (
        (Rules(rest_m=rest_m, **places),
         rested_by_brute_force(hops, home, np.concatenate([rest, toilet]), site, stretch_m=rest_m)),
        (Rules(toilet_m=toilet_m, **places),
         rested_by_brute_force(hops, home, toilet, site, stretch_m=toilet_m)),
        (Rules(rest_m=rest_m, toilet_m=toilet_m, **places),
         both_by_brute_force(hops, rows, rest_m, toilet_m)),
    ):  # fmt: skip
        found = walk_sites(ground, homes, sites, rules, limit_m=FAR)
        np.testing.assert_allclose(found.metres[on], wanted[on], atol=1e-6, rtol=0)
        assert (found.site[np.isfinite(found.metres)] >= 0).all()


def both_by_brute_force(hops, rows, rest_m, toilet_m):
    """Chains of hops between toilets, each of them the shortest chain of hops between rests."""
    home, rest, toilet, site = rows
    sits = np.concatenate([rest, toilet])
    rested = np.full(hops.shape, np.inf)
    for goal in np.concatenate([toilet, site]):
        one = np.array([goal])
        starts = np.concatenate([home, toilet])
        rested[starts, goal] = rested_by_brute_force(hops, starts, sits, one, stretch_m=rest_m)
    return rested_by_brute_force(rested, home, toilet, site, stretch_m=toilet_m)


@SMALL
@given(SEEDS)
def test_the_form_for_a_million_homes_and_the_form_by_site_agree(seed):
    rng = np.random.default_rng(seed)
    _, ground = sloping_ground(rng)
    homes, sites = placed(rng, ground, homes=80)
    rests = ground.snapper.snap(*rng.uniform(0, 1000, (2, 30)), limit_m=100.0)
    by_site = walk_sites(ground, homes, sites, Rules(rest_m=200.0, rests=rests), limit_m=FAR)
    at_once = walk_with_rests(ground, homes, sites, Resting(places=rests), stretch_m=200.0)
    np.testing.assert_allclose(by_site.metres, at_once, atol=1e-6, rtol=0)


@SMALL
@given(SEEDS)
def test_a_bench_never_hurts_and_a_shorter_stretch_never_helps(seed):
    rng = np.random.default_rng(seed)
    _, ground = sloping_ground(rng)
    homes, sites = placed(rng, ground)
    rests = ground.snapper.snap(*rng.uniform(0, 1000, (2, 25)), limit_m=100.0)
    fewer = rests.take(np.arange(20))

    def walked(rests, stretch):
        rules = Rules(rest_m=stretch, rests=rests)
        return walk_sites(ground, homes, sites, rules, limit_m=FAR).metres[homes.edge >= 0]

    plain = walk_sites(ground, homes, sites, Rules(), limit_m=FAR).metres[homes.edge >= 0]
    more = walked(rests, 150.0)
    assert (more <= walked(fewer, 150.0) + 1e-6).all()
    assert (more <= walked(rests, 100.0) + 1e-6).all()
    assert (plain <= more + 1e-6).all()


@SMALL
@given(SEEDS)
def test_the_gain_of_a_bench_is_that_of_asking_again_with_it(seed):
    rng = np.random.default_rng(seed)
    ground = random_ground(rng)
    if not ground.costs.usable.any():
        return
    snap = ground.snapper.snap
    homes = snap(*rng.uniform(-20, 420, (2, 40)), limit_m=80.0)
    sites = snap(*rng.uniform(0, 400, (2, 2)))
    rests = snap(*rng.uniform(0, 400, (2, 6)), limit_m=60.0)
    places = snap(*rng.uniform(0, 400, (2, 12)))
    people, stretch, limit = people_of(rng, 40), float(rng.uniform(60, 200)), 600.0

    def within(rests):
        rules = Rules(rest_m=stretch, rests=rests)
        return walk_sites(ground, homes, sites, rules, limit_m=limit).metres <= limit + 1e-6

    before = within(rests)
    lacking = np.flatnonzero(~before & (homes.edge >= 0))
    found = gain_of(
        ground, homes=homes.take(lacking), people=people[lacking], sites=sites, rests=rests,
        places=places, stretch_m=stretch, limit_m=limit,
    )  # fmt: skip
    for row in range(12):
        after = within(join_snaps(rests, places.take(np.array([row]))))
        assert found[row] == people[after & ~before].sum()


@SMALL
@given(SEEDS)
def test_barring_steps_never_helps_who_does_not_live_on_steps(seed):
    rng = np.random.default_rng(seed)
    network = random_town(rng, nodes=20, steps=0.3)
    walks, bars = (
        make_ground(network, walker=parse_walker(f"custom:steps={steps}"))
        for steps in ("walk", "bar")
    )
    homes, sites = placed(rng, bars)  # put on streets that both may use
    with_steps = walk_sites(walks, homes, sites, Rules(), limit_m=FAR).metres
    without = walk_sites(bars, homes, sites, Rules(), limit_m=FAR).metres
    on = homes.edge >= 0
    assert (with_steps[on] <= without[on] + 1e-6).all()


def test_a_slower_walker_never_reaches_more():
    rng = np.random.default_rng(3)
    network = random_town(rng, nodes=30)
    relief = random_relief(rng, network)
    for heights in (None, relief):
        reached = []
        for speed in (0.5, 0.8, 1.0, 1.33):
            walker = parse_walker(f"custom:speed={speed}")
            ground = make_ground(network, walker=walker, relief=heights)
            homes, sites = placed(np.random.default_rng(1), ground)
            metres = walk_sites(ground, homes, sites, Rules(), limit_m=FAR).metres
            reached.append(metres / walker.metres_per_min <= 10.0)
        for slower, faster in itertools.pairwise(reached):
            assert (faster | ~slower).all()


@pytest.mark.parametrize("walker", [id_ for id_, one in WALKERS.items() if one.slope != "none"])
def test_uphill_and_downhill_differ(walker):
    rng = np.random.default_rng(8)
    network = random_town(rng, steps=0.0)
    costs = make_costs(network, WALKERS[walker], random_relief(rng, network))
    assert not costs.symmetric
    ground = ground_of(network, costs)
    homes, sites = placed(rng, ground)
    there = walk_sites(ground, homes, sites, Rules(trip="there"), limit_m=FAR).metres
    back = walk_sites(ground, homes, sites, Rules(trip="back"), limit_m=FAR).metres
    assert (np.abs(there - back) > 1.0).any()


@SMALL
@given(SEEDS, st.sampled_from(["there", "back"]))
def test_the_reach_of_each_site_side_by_side_is_that_of_it_alone(seed, way):
    rng = np.random.default_rng(seed)
    _, ground = sloping_ground(rng)
    _, sites = placed(rng, ground)
    limit = float(rng.uniform(20, 1500))
    each = reach_parts_each(ground, sites, limit_m=limit, way=way)
    assert len(each) == sites.edge.size
    for row, found in enumerate(each):
        alone = reach_parts(ground, sites.take(np.array([row])), limit_m=limit, way=way)
        np.testing.assert_array_equal(found.edge, alone.edge)
        np.testing.assert_allclose(found.from_m, alone.from_m, atol=1e-6, rtol=0)
        np.testing.assert_allclose(found.to_m, alone.to_m, atol=1e-6, rtol=0)
