"""One change, searched by itself, equals everything searched anew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_towns import ground_of, random_relief, random_town

from geo.walk.costs import Costs, Profile, flat_costs, make_costs
from geo.walk.graph import make_graph
from geo.walk.search import walk_nearest
from geo.walk.standing import make_standing
from geo.walk.walkers import WALKERS

SEEDS = st.integers(0, 10_000_000)
LAW = settings(max_examples=80)


def standing_of(seed):
    rng = np.random.default_rng(seed)
    network = random_town(rng, nodes=int(rng.integers(3, 40)))
    costs = (
        make_costs(network, WALKERS["general"], random_relief(rng, network))
        if rng.random() < 0.5
        else flat_costs(network)
    )
    ground = ground_of(network, costs)
    homes = ground.snapper.snap(*rng.uniform(-50, 1050, (2, 60)), limit_m=150.0)
    sites = ground.snapper.snap(*rng.uniform(0, 1000, (2, int(rng.integers(1, 6)))))
    way = str(rng.choice(["there", "back"]))
    return rng, ground, make_standing(ground.graph, homes, sites, way=way)


def anew(standing, graph=None):
    """The nearest sites by a search from the start; their rows as the standing numbers them."""
    graph = standing.graph if graph is None else graph
    rows = np.flatnonzero(standing.open)
    found = walk_nearest(
        graph, graph.ends(standing.cell_snaps), graph.ends(standing.site_snaps.take(rows)),
        way=standing.field.way,
    )  # fmt: skip
    return found.metres, np.append(rows, -1)[found.site]


def check(standing, graph=None):
    metres, site = anew(standing, graph)
    np.testing.assert_allclose(standing.nearest.metres, metres, atol=1e-6, rtol=0)
    assert ((standing.nearest.site >= 0) == (site >= 0)).all()
    assert standing.open[standing.nearest.site[standing.nearest.site >= 0]].all()


@LAW
@given(SEEDS)
def test_a_site_added_removed_or_moved_is_as_if_asked_anew(seed):
    rng, ground, standing = standing_of(seed)
    for _ in range(4):
        spot = ground.snapper.snap(*rng.uniform(-50, 1050, (2, 1)), limit_m=300.0)
        deed = rng.choice(["add", "remove", "move"])
        here = np.flatnonzero(standing.open)
        if deed == "add" or not here.size:
            standing = standing.add_site(spot)
        elif deed == "remove":
            standing = standing.remove_site(int(rng.choice(here)))
        else:
            standing = standing.move_site(int(rng.choice(here)), spot)
        check(standing)


@LAW
@given(SEEDS)
def test_a_mended_edge_is_as_if_the_town_were_made_with_it(seed):
    rng, ground, standing = standing_of(seed)
    costs = ground.costs
    for _ in range(3):
        edge = int(rng.integers(0, ground.network.edge_count))
        ahead, back = (float(x) for x in ground.network.edge_m[edge] * rng.uniform(0.3, 4.0, 2))
        standing = standing.mend_edge(edge, forward=ahead, backward=back)
        costs = with_edge(ground.network, costs, edge, ahead, back)
        check(standing, make_graph(ground.network, costs))


def with_edge(network, costs, edge, ahead, back):
    forward, backward = costs.forward.copy(), costs.backward.copy()
    forward[edge], backward[edge] = ahead, back
    profile = costs.profile
    if profile is not None:
        part = slice(profile.start[edge], profile.start[edge + 1])
        share = profile.along_m[part] / network.edge_m[edge]
        one, two = profile.forward.copy(), profile.backward.copy()
        one[part], two[part] = share * ahead, share * back
        profile = Profile(start=profile.start, along_m=profile.along_m, forward=one, backward=two)
    return Costs(forward=forward, backward=backward, profile=profile, least_per_m=0.1)


@pytest.mark.parametrize(
    ("costs", "why"),
    [
        ((np.inf, 10.0), "a barred street changes the graph itself"),
        ((0.0, 10.0), "no street is free"),
        ((10.0, -1.0), "nor less than free"),
    ],
)
def test_an_edge_cannot_be_given_costs_that_are_no_lengths(costs, why):
    _, _, standing = standing_of(1)
    with pytest.raises(ValueError, match="cannot be given"):
        standing.mend_edge(0, forward=costs[0], backward=costs[1])


def test_the_standing_before_is_left_as_it_was():
    rng, ground, standing = standing_of(5)
    before = standing.nearest.metres.copy()
    standing.add_site(ground.snapper.snap(*rng.uniform(0, 1000, (2, 1))))
    standing.remove_site(0)
    standing.mend_edge(0, forward=1.0, backward=1.0)
    np.testing.assert_array_equal(standing.nearest.metres, before)
