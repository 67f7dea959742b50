"""Nodes on one place are one node: on small towns, then as laws on random ones."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laid_ways import PLANE, build, streets

from geo.network.extract import SHAPE_BELOW, StreetWays
from geo.network.lay import build_network
from geo.network.network import BRIDGE, STEPS, TUNNEL
from geo.network.same_place import join_same_place
from geo.network.snap import Snapper
from geo.walk.ground import make_ground
from geo.walk.rules import Rules, walk_sites
from geo.walk.walkers import WALKERS

_HAIR_M = 1e-4
_METRE_BY_METRE = 300.0


def town_of(ways, place):
    """Streets from (nodes, flags) a way; `place` gives x, y in metres."""
    nodes = np.array([node for way, _ in ways for node in way])
    x_m, y_m = np.array([place[node] for node in nodes.tolist()], dtype=float).T
    lon, lat = PLANE.to_lonlat(x_m, y_m)
    # Equal places stay equal to the last digit, as in a file.
    first = {node: row for row, node in reversed(list(enumerate(nodes.tolist())))}
    at = [first[place.get(("same", node), node)] for node in nodes.tolist()]
    return StreetWays(
        way_id=np.arange(1, len(ways) + 1),
        highway=np.array(["steps" if flags else "residential" for _, flags in ways]),
        flags=np.array([flags for _, flags in ways], dtype=np.int64),
        start=np.cumsum([0, *(len(way) for way, _ in ways)]),
        node_id=nodes,
        lon=lon[at],
        lat=lat[at],
    )


def walks(streets, walker, homes, sites):
    network, _ = build_network(streets, PLANE, min_island_m=0.0)
    ground = make_ground(network, walker=WALKERS[walker], snapper=Snapper(network))
    at_homes, at_sites = (
        ground.snapper.snap(*part.T, limit_m=_METRE_BY_METRE) for part in (homes, sites)
    )
    return walk_sites(ground, at_homes, at_sites, Rules(), limit_m=500.0).metres


def doubled(rng, hair_m):
    """A random town with ways that loop and cross; some nodes are two, `hair_m` apart."""
    nodes, drawn = 12, set()
    place = {n: tuple(rng.uniform(0, 600, 2)) for n in range(1, nodes + 1)}

    def is_new(one, other):
        pair = frozenset((one % 100, other % 100))  # of two streets on one line either may be met
        fresh = len(pair) > 1 and pair not in drawn
        drawn.add(pair)
        return fresh

    def twin_of(node):
        twin = 100 * len(place) + node
        turn = rng.uniform(0, 2 * np.pi)
        step = hair_m * np.array([np.cos(turn), np.sin(turn)])
        place[twin] = tuple(np.array(place[node]) + step)
        if not hair_m:
            place["same", twin] = node
        return twin

    def draw_way():
        way = []
        for node in rng.integers(1, nodes + 1, rng.integers(2, 6)).tolist():
            if way and not is_new(way[-1], node):
                continue
            # Some nodes are told twice, some more as a loop of no length.
            more = rng.choice(3, p=[0.7, 0.2, 0.1])
            way += [node, *([twin_of(node)] if more else []), *([node] if more == 2 else [])]
        return way, int(rng.random() < 0.2) * STEPS

    ways = [(way, flags) for way, flags in (draw_way() for _ in range(14)) if len(way) > 1]
    # Some ways begin at the twin of another's node, and some twins are joined by steps alone.
    twins = [n for n in place if isinstance(n, int) and n > nodes]
    for twin in twins[:4]:
        other = int(rng.integers(1, nodes + 1))
        if is_new(twin, other):
            ways.append(([twin, other], 0))
        ways.append(([twin % 100, twin], STEPS))
    return town_of(ways, place)


def beside_streets(streets, seed):
    """Places by the middle of street pieces: at a corner, either of two streets may be nearer."""
    rng = np.random.default_rng([seed, 1])
    x_m, y_m = PLANE.to_m(streets.lon, streets.lat)
    far = np.hypot(np.diff(x_m), np.diff(y_m)) > 1.0
    far[streets.start[1:-1] - 1] = False
    at = rng.choice(np.flatnonzero(far), 24)
    part, off = rng.uniform(0.3, 0.7, 24), rng.uniform(-0.1, 0.1, (24, 2))
    middle = [m[at] + part * (m[at + 1] - m[at]) for m in (x_m, y_m)]
    return np.column_stack(middle) + off


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), walker=st.sampled_from(["elderly", "cane"]))
def test_nodes_a_way_joins_on_one_place_answer_as_nodes_a_hair_apart(seed, walker):
    points = beside_streets(doubled(np.random.default_rng(seed), 0.0), seed)
    homes, sites = points[:20], points[20:]
    same, apart = (
        walks(doubled(np.random.default_rng(seed), hair_m), walker, homes, sites)
        for hair_m in (0.0, _HAIR_M)
    )
    assert np.array_equal(np.isfinite(same), np.isfinite(apart))
    assert np.array_equal(np.isnan(same), np.isnan(apart))
    some = np.isfinite(same)
    assert same[some] == pytest.approx(apart[some], abs=0.01)


def test_a_point_is_put_on_a_street_that_stands_still_for_a_piece():
    at = {1: (0, 0), 2: (100, 0), 3: (100, 0), 4: (300, 0)}
    net, _ = build([1, 2, 3, 4], at=at)
    snaps = Snapper(net).snap(np.array([100.0, 90.0, 250.0]), np.array([5.0, 5.0, 5.0]))
    assert snaps.edge.tolist() == [0, 0, 0]
    assert snaps.along_m == pytest.approx([100, 90, 250], abs=1e-3)
    assert snaps.off_m == pytest.approx([5, 5, 5], abs=1e-3)


def split_nodes(streets, rng):
    """The same streets, each place told under a number of its own by a third of what goes there."""
    again = rng.random(streets.node_id.size) < 0.3
    fresh = 10**6 + np.arange(again.size)
    return dataclasses.replace(streets, node_id=np.where(again, fresh, streets.node_id))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), walker=st.sampled_from(["elderly", "cane"]))
def test_a_node_told_under_several_numbers_is_one_node(seed, walker):
    rng = np.random.default_rng(seed)
    place = {n: tuple(rng.uniform(0, 600, 2)) for n in range(1, 13)}
    ways = [rng.permutation(12)[: rng.integers(2, 5)] + 1 for _ in range(9)]
    clean = town_of([(way.tolist(), int(rng.random() < 0.2) * STEPS) for way in ways], place)
    points = beside_streets(clean, seed)
    one, other = (
        walks(town, walker, points[:20], points[20:]) for town in (clean, split_nodes(clean, rng))
    )
    assert np.array_equal(one, other, equal_nan=True)


APART = [
    ("two ends", [[1, 2], [3, 4]], {}, 1, "one place is one place"),
    ("an end on a bend", [[1, 2, 5], [3, 4]], {}, 1, "OpenStreetMap's bends have numbers"),
    ("over", [[1, 2, 5], [6, 3, 4]], {"flags": [0, BRIDGE]}, 2, "a bridge over a street"),
    ("under", [[1, 2, 5], [6, 3, 4]], {"flags": [TUNNEL, 0]}, 2, "a tunnel under one"),
    ("both over", [[1, 2], [3, 4]], {"flags": [BRIDGE, BRIDGE]}, 1, "two pieces of one bridge"),
    ("comes down", [[1, 2], [3, 4]], {"flags": [0, BRIDGE]}, 1, "where else would it end?"),
    ("down from above", [[1, 2], [3, 4]], {"flags": [0, BRIDGE], "storey": ["", "1/0"]}, 1, "too"),
    ("another floor", [[1, 2], [3, 4]], {"storey": ["0/1", "0/2"]}, 2, "corridors drawn alike"),
    ("the same floor", [[1, 2], [3, 4]], {"storey": ["0/2", "0/2"]}, 1, "one corridor"),
    ("another layer", [[1, 2], [3, 4]], {"storey": ["", "1/0"]}, 2, "decks of a car park"),
    ("stairs between", [[1, 2], [3, 4]], {"storey": ["0/0 0/1", "0/1"]}, 1, "a way of both"),
    ("a locked gate", [[1, 2], [3, 4]], {"closed": [2]}, 2, "nobody passes it"),
    ("bends of a table", [[1, 2], [SHAPE_BELOW - 1, 4]], {}, 2, "its junctions are its nodes"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("_", "ways", "more", "islands", "reason"), APART, ids=[c[0] for c in APART]
)
def test_nodes_on_one_place_are_one_unless_one_is_above_the_other(_, ways, more, islands, reason):
    at = {1: (0, 0), 2: (100, 0), 3: (100, 0), 4: (200, 0), 5: (100, 90), 6: (100, -90)}
    given = streets(*ways, at=at | {SHAPE_BELOW - 1: (100, 0)})
    more = {name: np.array(values) for name, values in more.items()}
    before, given = given.node_id.copy(), dataclasses.replace(given, **more)
    joined, gone = join_same_place(given)
    assert (gone, joined is given) == (2 - islands, islands == 2)
    _, report = build_network(given, PLANE, min_island_m=0)
    assert report.islands == islands, reason
    assert report.joined_nodes == 2 - islands
    assert np.array_equal(given.node_id, before), "what is given is not changed"


def test_nodes_a_hair_apart_that_no_way_joins_stay_apart():
    at = {1: (0, 0), 2: (100, 0), 3: (100, _HAIR_M), 4: (200, 0)}
    _, report = build([1, 2], [3, 4], at=at)
    assert report.islands == 2 and report.joined_nodes == 0


def test_steps_of_no_length_stop_who_cannot_climb():
    at = {1: (0, 0), 2: (100, 0), 3: (100, 0), 4: (200, 0)}
    place = {**at, ("same", 3): 2}
    town = town_of([([1, 2], 0), ([2, 3], STEPS), ([3, 4], 0)], place)
    homes, sites = np.array([[10.0, 0.0]]), np.array([[190.0, 0.0]])
    assert walks(town, "elderly", homes, sites) == pytest.approx([180.0], abs=0.01)
    assert np.isinf(walks(town, "cane", homes, sites))


CURVES = {
    "crossing itself": [1, 2, 3, 4, 1, 3],
    "a loop that comes back": [1, 2, 3, 1],
    "there and back": [1, 2, 1],
    "through one node twice": [1, 2, 3, 4, 2, 5],
}


@pytest.mark.parametrize("way", CURVES.values(), ids=list(CURVES))
def test_a_way_that_meets_itself_is_walked_as_the_same_way_in_pieces(way):
    place = {1: (0, 0), 2: (200, 0), 3: (200, 200), 4: (0, 200), 5: (300, 50)}
    whole = town_of([(way, 0)], place)
    pieces = town_of([(list(pair), 0) for pair in pairwise(way)], place)
    rng = np.random.default_rng(5)
    homes, sites = rng.uniform(-20, 220, (30, 2)), rng.uniform(0, 200, (2, 2))
    assert walks(whole, "elderly", homes, sites) == pytest.approx(
        walks(pieces, "elderly", homes, sites), abs=1e-6
    )
