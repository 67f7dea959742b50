"""Slopes on real steep streets: Monaco with heights from space, with and without them."""

import numpy as np
import pytest
from oracle import walks_by_networkx

from geo.base.place import choose_plane
from geo.network.lay import build_network
from geo.relief.relief import measure_relief
from geo.sources.heights.heights import load_heights
from geo.sources.streets.streets import load_streets
from geo.walk.ground import make_ground
from geo.walk.search import walk_nearest
from geo.walk.walkers import WALKERS

pytestmark = pytest.mark.data
LIMIT_M = 500.0


@pytest.fixture(scope="module")
def streets(data):
    plane = choose_plane(7.42, 43.74)
    network, _ = build_network(load_streets(data / "osm" / "monaco.osm.gz").streets, plane)
    grids = load_heights(data / "osm" / "N43E007.hgt.zip", (7.39, 43.71, 7.46, 43.77))
    return network, measure_relief(network, grids, plane)


@pytest.fixture(scope="module")
def places(streets):
    """Homes and sites along the streets, by street length."""
    network, _ = streets
    rng = np.random.default_rng(43)
    ground = make_ground(network)
    at = rng.choice(network.edge_count, 3020, p=network.edge_m / network.length_m)
    middle = (network.edge_start[at] + network.edge_start[at + 1]) // 2
    x, y = network.vertex_x_m[middle], network.vertex_y_m[middle]
    return ground.snapper.snap(x[:3000], y[:3000]), ground.snapper.snap(x[3000:], y[3000:])


def walked(network, relief, places, way="there"):
    ground = make_ground(network, walker=WALKERS["elderly"], relief=relief)
    homes, sites = (ground.ends(part) for part in places)
    return ground, walk_nearest(ground.graph, homes, sites, way=way).metres


def test_slopes_change_who_is_within_and_never_flatter(streets, places):
    network, relief = streets
    _, level = walked(network, None, places)
    _, there = walked(network, relief, places)
    reached = np.isfinite(level)
    assert reached.sum() > 2500
    # Of an elder no metre costs less than a metre of flat street.
    assert (there[reached] >= level[reached] - 1e-6).all()
    lost = (level <= LIMIT_M) & ~(there <= LIMIT_M)
    assert lost.sum() > 0.15 * (level <= LIMIT_M).sum()
    assert not ((level > LIMIT_M) & (there <= LIMIT_M)).any()


def test_uphill_and_downhill_differ_where_streets_are_steep(streets, places):
    network, relief = streets
    _, there = walked(network, relief, places)
    _, back = walked(network, relief, places, way="back")
    both = np.isfinite(there) & np.isfinite(back)
    assert (np.abs(there[both] - back[both]) > 1.0).mean() > 0.8


def test_every_walk_is_the_oracles_on_real_slopes(streets, places):
    network, relief = streets
    ground, metres = walked(network, relief, places)
    homes, sites = places
    few = homes.take(np.arange(300))
    truth = walks_by_networkx(network, ground.costs, few, sites).min(axis=1)
    np.testing.assert_allclose(metres[:300], truth, atol=0.01, rtol=0)
    assert not ((metres[:300] <= LIMIT_M) != (truth <= LIMIT_M)).any()
