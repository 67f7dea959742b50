"""Snapping and walking, on the toy town known by head and against the oracle."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import nearest_by_brute_force
from random_towns import random_town

from geo.network.network import make_network, number_islands
from geo.network.snap import Snapper
from geo.toy import toy_network
from geo.walk.ground import make_ground
from geo.walk.reach import part_lines, reach_parts, reach_polygon, rest_parts
from geo.walk.search import walk_nearest
from geo.walk.travel import walk_pairs

TOY = toy_network()
SNAP = Snapper(TOY)
GROUND = make_ground(TOY, snapper=SNAP)


def walk(network, cells, sites):
    snapper = Snapper(network)
    c = snapper.snap(*np.array(cells, dtype=float).reshape(-1, 2).T)
    s = snapper.snap(*np.array(sites, dtype=float).reshape(-1, 2).T)
    graph = make_ground(network, snapper=snapper).graph
    return walk_nearest(graph, graph.ends(c), graph.ends(s))


@pytest.mark.parametrize(
    ("cell", "site", "metres", "why"),
    [
        ((0, 0), (400, 400), 800, "corner to corner is eight blocks"),
        ((50, 0), (0, 50), 100, "half a block each way, by the corner"),
        ((20, 0), (80, 0), 60, "on one street: straight along it"),
        ((20, 10), (80, 5), 75, "both ways from door to street count"),
        ((50, 0), (50, 100), 200, "on the next street: round by either end"),
        ((0, 0), (0, 0), 0, "at the door"),
        ((-30, 0), (0, 0), 30, "beyond the last street end, straight to it"),
    ],
)
def test_walks_in_the_toy_town_are_those_in_the_head(cell, site, metres, why):
    assert walk(TOY, [cell], [site]).metres[0] == pytest.approx(metres, abs=1e-9), why


def test_an_unreachable_site_is_no_number_of_metres():
    net = make_network(
        node_x_m=np.array([0.0, 100, 0, 100]),
        node_y_m=np.array([0.0, 0, 500, 500]),
        edge_u=np.array([0, 2]),
        edge_v=np.array([1, 3]),
        edge_start=np.array([0, 2, 4]),
        vertex_x_m=np.array([0.0, 100, 0, 100]),
        vertex_y_m=np.array([0.0, 0, 500, 500]),
    )
    found = walk(net, [(50, 0)], [(50, 500)])
    assert np.isinf(found.metres[0]) and found.site[0] == -1


def test_a_point_beyond_the_snap_limit_is_off_the_network_and_keeps_its_distance():
    snaps = SNAP.snap(np.array([50.0, 50.0]), np.array([-100.0, -100.001]), limit_m=100)
    assert snaps.edge[0] >= 0 and snaps.edge[1] == -1
    assert snaps.off_m[1] == pytest.approx(100.001) and np.isnan(snaps.along_m[1])


def test_of_parallel_streets_the_shorter_is_walked():
    net = make_network(
        node_x_m=np.array([0.0, 100]),
        node_y_m=np.zeros(2),
        edge_u=np.array([0, 0]),
        edge_v=np.array([1, 1]),
        edge_start=np.array([0, 3, 5]),
        vertex_x_m=np.array([0.0, 50, 100, 0, 100]),
        vertex_y_m=np.array([0.0, 50, 0, 0, 0]),
    )
    assert walk(net, [(0, 0)], [(100, 0)]).metres[0] == pytest.approx(100)


def test_islands_are_numbered_from_the_largest():
    assert number_islands(5, np.array([0, 2, 3]), np.array([1, 3, 4])).tolist() == [1, 1, 0, 0, 0]


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_every_walk_agrees_with_the_oracle(seed):
    rng = np.random.default_rng(seed)
    net = random_town(rng, steps=0)
    cells, sites = rng.uniform(-50, 1050, (25, 2)), rng.uniform(-50, 1050, (4, 2))
    np.testing.assert_allclose(
        walk(net, cells, sites).metres, nearest_by_brute_force(net, cells, sites), atol=1e-6
    )


@given(st.integers(0, 10_000), st.sampled_from([150.0, 400.0, 900.0]))
@settings(max_examples=30)
def test_travel_holds_just_the_pairs_within_the_limit(seed, limit):
    rng = np.random.default_rng(seed)
    net = random_town(rng, steps=0)
    cells, sites = rng.uniform(0, 1000, (20, 2)), rng.uniform(0, 1000, (5, 2))
    ground = make_ground(net)
    pairs = walk_pairs(ground.graph, ground.put(*cells.T), ground.put(*sites.T), limit_m=limit)
    expected = {
        (c, s): metres
        for s in range(len(sites))
        for c, metres in enumerate(nearest_by_brute_force(net, cells, sites[s : s + 1]))
        if metres <= limit
    }
    found = dict(zip(zip(pairs.cell, pairs.site, strict=True), pairs.metres, strict=True))
    assert len(found) == pairs.cell.size and set(found) == set(expected)
    assert all(found[pair] == pytest.approx(metres, abs=1e-6) for pair, metres in expected.items())


def test_order_and_chunks_change_no_bit(monkeypatch):
    rng = np.random.default_rng(7)
    net = random_town(rng, steps=0)
    points = rng.uniform(0, 1000, (500, 2))
    whole = Snapper(net).snap(*points.T)
    monkeypatch.setattr("geo.network.snap._CHUNK", 37)
    order = rng.permutation(500)
    again = Snapper(net).snap(*points[order].T)
    assert np.array_equal(whole.edge[order], again.edge)
    assert np.array_equal(whole.along_m[order], again.along_m)
    assert np.array_equal(whole.off_m[order], again.off_m)


def test_a_walk_of_exactly_the_range_reaches_and_the_cut_is_exact():
    site = SNAP.snap(np.array([0.0]), np.array([0.0]))
    parts = reach_parts(GROUND, site, limit_m=150)
    assert parts.length_m == pytest.approx(100 * 2 + 50 * 4)
    cuts = sorted(
        tuple(np.round(line.coords[-1], 6)) for line in part_lines(TOY, parts) if line.length < 99
    )
    assert cuts == [(0, 150), (50, 100), (100, 50), (150, 0)]


def test_a_cut_just_beyond_a_crossing_is_told_on_each_street_that_leaves_it():
    site = SNAP.snap(np.array([0.0]), np.array([0.0]))
    parts = reach_parts(GROUND, site, limit_m=100.5)
    assert np.sort(parts.to_m - parts.from_m) == pytest.approx([0.5] * 4 + [100.0] * 2)


@given(st.integers(0, 10_000), st.sampled_from([80.0, 300.0, 700.0]))
@settings(max_examples=25)
def test_a_street_point_is_in_the_reached_parts_when_and_only_when_the_walk_says_so(seed, limit):
    rng = np.random.default_rng(seed)
    net = random_town(rng, nodes=12, steps=0)
    ground = make_ground(net)
    sites = ground.snapper.snap(*rng.uniform(0, 1000, (2, 2)).T)
    parts = reach_parts(ground, sites, limit_m=limit)
    for edge in range(net.edge_count):
        at = rng.uniform(0, net.edge_m[edge], 5)
        cells = type(sites)(edge=np.full(5, edge), along_m=at, off_m=np.zeros(5))
        metres = walk_nearest(ground.graph, ground.ends(cells), ground.ends(sites)).metres
        mine = parts.edge == edge
        inside = ((parts.from_m[mine] <= at[:, None]) & (at[:, None] <= parts.to_m[mine])).any(
            axis=1
        )
        clear = np.abs(metres - limit) > 1e-6
        assert np.array_equal(inside[clear], (metres <= limit)[clear])


def test_the_polygon_holds_no_unreached_street():
    site = SNAP.snap(np.array([210.0]), np.array([190.0]))
    for limit in (60.0, 130.0, 260.0):
        parts = reach_parts(GROUND, site, limit_m=limit)
        polygon = reach_polygon(TOY, parts)
        rest = part_lines(TOY, rest_parts(TOY, parts, np.arange(TOY.edge_count)))
        assert polygon.is_valid and polygon.area > 0
        assert sum(polygon.intersection(line).length for line in rest) == pytest.approx(0, abs=1e-6)
        streets = part_lines(TOY, parts)
        held = sum(polygon.intersection(line).length for line in streets)
        assert held > 0.9 * parts.length_m


def test_the_polygon_keeps_off_a_long_bridge_that_only_passes_through():
    net = make_network(
        node_x_m=np.array([0.0, 200, -900, 900]), node_y_m=np.array([0.0, 0, -900, 900]),
        edge_u=np.array([0, 2]), edge_v=np.array([1, 3]), edge_start=np.array([0, 2, 4]),
        vertex_x_m=np.array([0.0, 200, -900, 900]), vertex_y_m=np.array([0.0, 0, -900, 900]),
    )  # fmt: skip
    ground = make_ground(net)
    site = ground.snapper.snap(np.array([150.0]), np.array([0.0]))
    parts = reach_parts(ground, site, limit_m=300)
    assert set(parts.edge) == {0}
    bridge = part_lines(net, rest_parts(net, parts, np.array([1])))[0]
    assert reach_polygon(net, parts).intersection(bridge).length == pytest.approx(0, abs=1e-6)
