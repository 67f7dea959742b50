"""Walks with rests: against brute force over all chains of hops, and the laws."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracle import rested_by_brute_force, walks_by_networkx
from random_towns import random_ground

from geo.network.snap import Snaps, join_snaps
from geo.walk.resting import Resting, walk_with_rests

SEEDS = st.integers(0, 10_000_000)


def everywhere(ground, free, stretch_m, *others):
    """Points so close along the free streets that resting at them is resting anywhere."""
    network, edge, along = ground.network, [], []
    for one in np.flatnonzero(free & ground.costs.usable):
        fine = np.linspace(0, network.edge_m[one], 400)
        both = sum(ground.costs.partial(network, np.full(400, one), fine))
        count = 2 * int(np.ceil(both[-1] / stretch_m)) + 2
        edge += [one] * count
        along += list(np.interp(np.linspace(0, both[-1], count), both, fine))
    for snaps in others:
        here = np.flatnonzero((snaps.edge >= 0) & free[np.maximum(snaps.edge, 0)])
        edge += list(snaps.edge[here])
        along += list(snaps.along_m[here])
    return Snaps(
        edge=np.array(edge, dtype=np.int64), along_m=np.array(along), off_m=np.zeros(len(edge))
    )


@settings(max_examples=80)
@given(SEEDS)
@example(36770)  # a salon farther from its street than a stretch, beside a home
def test_the_shortest_walk_with_rests_is_that_of_brute_force(seed):
    rng = np.random.default_rng(seed)
    ground = random_ground(rng)
    if not ground.costs.usable.any():
        return
    snap = ground.snapper.snap
    homes = snap(*rng.uniform(-20, 420, (2, 25)), limit_m=80.0)
    sites = snap(*rng.uniform(0, 400, (2, 3)))
    rests = snap(*rng.uniform(0, 400, (2, int(rng.integers(0, 15)))), limit_m=60.0)
    stretch, limit = float(rng.uniform(50, 300)), float(rng.uniform(200, 3000))
    free = rng.random(ground.network.edge_count) < 0.4 if rng.random() < 0.5 else None
    way = rng.choice(["there", "back"])
    found = walk_with_rests(
        ground, homes, sites, Resting(places=rests, free=free),
        stretch_m=stretch, limit_m=limit, way=way,
    )  # fmt: skip
    points = [homes, rests, sites]
    if free is not None:
        points.insert(2, everywhere(ground, free, stretch, homes, sites))
    points = join_snaps(*points)
    hops = walks_by_networkx(ground.network, ground.costs, points, points)
    rows = np.arange(points.edge.size)
    wanted = rested_by_brute_force(
        hops if way == "there" else hops.T,
        rows[:25], rows[25:-3], rows[-3:], stretch_m=stretch,
    )  # fmt: skip
    wanted = np.where(wanted <= limit + 1e-6, wanted, np.inf)
    wanted[homes.edge < 0] = np.nan
    np.testing.assert_allclose(found, wanted, atol=1e-6, rtol=0)
