"""Which streets somebody looked at: ways between places, lines beside streets, and days."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.network.network import make_network
from geo.network.snap import Snapper
from geo.toy import toy_network
from layers.surveyed.streets import Line, Looked, Stop, edges_along, surveyed_edges
from layers.surveyed.ways import find_ways

# Edge 4·row + column runs east from (column, row), 20 + 5·row + column runs north.
NETWORK = toy_network()
SNAPPER = Snapper(NETWORK)
OLD, NEW = "2024-05-01", "2026-11-21"


def walk(*points, on=NEW):
    return [Stop(x_m=float(x), y_m=float(y), on=on) for x, y in points]


def line(*points, on=NEW):
    return Line(shape=shapely.LineString(points), on=on)


def looked(network=NETWORK, **more):
    days = surveyed_edges(network, Looked(**more), snap_limit_m=50.0)
    return {int(edge): str(days[edge]) for edge in np.flatnonzero(days != "")}


def edges(*points, **more):
    return set(looked(walks=[walk(*points)], **more))


def test_nobody_looked_anywhere():
    days = surveyed_edges(NETWORK, Looked(), snap_limit_m=50.0)
    assert days.shape == (40,) and set(days.tolist()) == {""}


@pytest.mark.parametrize(
    ("points", "passed", "why"),
    [
        ([(0, 0), (300, 0)], {0, 1, 2}, "straight along"),
        ([(300, 0), (0, 0)], {0, 1, 2}, "and back"),
        ([(20, 0), (280, 0)], {0, 1, 2}, "80 % of the first and last is enough"),
        ([(21, 0), (279, 0)], {1}, "79 % is not"),
        ([(0, 20), (0, 380)], {20, 25, 30, 35}, "to the north"),
        ([(10, 8), (290, -8)], {0, 1, 2}, "doors beside the street"),
        ([(30, 0), (70, 0)], set(), "a few steps of one street"),
        ([(0, 0)], set(), "one place alone has no way"),
        ([(100, 0), (100, 0)], set(), "nor has a place to itself"),
        ([(0, 0), (50, 0), (100, 0)], {0}, "in two legs, whole together"),
        ([(0, 0), (50, 0), (0, 0)], set(), "out and back of one half is a half"),
        ([(0, 0), (50, 0), (90, 0), (40, 0)], {0}, "overlapping parts count once: 90 %"),
        ([(0, 0), (60, 0), (30, 0), (75, 0)], set(), "overlapping parts count once: 75 %"),
        ([(0, 0), (100, 0), (100, 100)], {0, 21}, "round the corner"),
        ([(0, 0), (900, 0), (100, 0)], set(), "nobody knows the way to a place off the streets"),
    ],
)
def test_a_walk_passes_the_streets_between_its_places(points, passed, why):
    assert edges(*points) == passed, why


def test_the_order_of_the_places_makes_the_way():
    there = [(0, 0), (100, 0), (200, 0)]
    assert edges(*there) == {0, 1}
    assert edges((100, 0), (0, 0), (100, 0)) == {0}
    apart = [(0, 0), (0, 400), (400, 400)]
    assert edges(*apart) == {20, 25, 30, 35, 16, 17, 18, 19}


def test_walks_do_not_run_into_each_other_and_days_do_not_either():
    two = [walk((0, 0), (100, 0)), walk((0, 400), (100, 400))]
    assert set(looked(walks=two)) == {0, 16}
    days = [*walk((0, 0), (100, 0), on=OLD), *walk((400, 0), (400, 100), on=NEW)]
    assert looked(walks=[days]) == {0: OLD, 24: NEW}
    halves = [walk((0, 0), (50, 0), on=OLD), walk((50, 0), (100, 0), on=NEW)]
    assert looked(walks=halves) == {}
    same = [walk((0, 0), (50, 0)), walk((50, 0), (100, 0))]
    assert looked(walks=same) == {0: NEW}


def test_a_stop_without_a_day_parts_the_walk():
    gap = Stop(x_m=0.0, y_m=0.0, on="")
    assert looked(walks=[[*walk((0, 0)), gap, *walk((100, 0))]]) == {}
    assert looked(walks=[walk((0, 0), (100, 0), on="")]) == {}


def test_the_freshest_day_wins_whatever_tells_it_and_an_old_one_still_counts():
    route = {"walks": [walk((0, 0), (100, 0), on=OLD)]}
    assert looked(**route) == {0: OLD}  # older than a bench's 24 months: told with its day
    assert looked(**route, spots=walk((50, 3), on=NEW)) == {0: NEW}
    assert looked(**route, lines=[line((0, 0), (100, 0), on="2025-01-31")]) == {0: "2025-01-31"}
    newest = {"walks": [walk((0, 0), (100, 0))], "spots": walk((50, 3), on=OLD)}
    assert looked(**newest) == {0: NEW}


@pytest.mark.parametrize(
    ("points", "passed", "why"),
    [
        ([(0, 0), (100, 0)], {0}, "on the street"),
        ([(0, 14.9), (100, 14.9)], {0}, "on the other footway"),
        ([(0, 15.1), (100, 15.1)], set(), "beyond 15 m"),
        ([(35, 0), (100, 0)], {0}, "80 % within 15 m of its end"),
        ([(40, 0), (100, 0)], set(), "75 %"),
        ([(0, 50), (400, 50)], set(), "across the blocks"),
        ([(0, 0), (100, 0), (100, 100)], {0, 21}, "round a corner: no side street"),
        ([(0, 0), (100, 0), (0, 0)], {0}, "there and back"),
        ([(40, 0), (100, 0), (100, 6), (40, 6)], set(), "75 %, however often"),
        ([(50, 50), (50, 50)], set(), "standing still"),
    ],
)
def test_a_line_covers_what_lies_along_it(points, passed, why):
    assert set(looked(lines=[line(*points)])) == passed, why


def test_two_lines_that_each_pass_a_half_pass_nothing_and_each_is_named():
    half = [line((0, 0), (40, 0)).shape, line((60, 0), (100, 0)).shape]
    assert edges_along(NETWORK, half)[1].tolist() == []
    row, edge = edges_along(NETWORK, [half[0], line((0, 0), (200, 0)).shape, half[1]])
    assert row.tolist() == [1, 1] and edge.tolist() == [0, 1]


def test_a_line_in_parts_is_one_line():
    parts = shapely.MultiLineString([[(0, 0), (45, 0)], [(50, 0), (100, 0)]])
    assert set(looked(lines=[Line(shape=parts, on=NEW)])) == {0}


@pytest.mark.parametrize(
    ("at", "passed"), [((30, 4), {0}), ((0, 51), {20}), ((49, 30), {0}), ((150, 450.1), set())]
)
def test_a_record_tells_of_its_own_street_alone(at, passed):
    assert set(looked(spots=walk(at))) == passed


@pytest.mark.parametrize(
    ("points", "passed", "why"),
    [
        ([(20, 0), (60, 0)], {0}, "a short slope is on its street, though it covers 55 % of it"),
        ([(0, 0), (200, 0)], {0, 1}, "a long one on both"),
        ([(80, 0), (160, 0)], {1}, "mostly on the second"),
        ([(50, 5), (50, 95)], set(), "through the block"),
    ],
)
def test_a_drawn_slope_tells_of_the_street_it_is_mostly_on(points, passed, why):
    assert set(looked(slopes=[line(*points)])) == passed, why
    assert set(looked(slopes=[line(*points, on="")])) == set()


def test_parallel_and_looped_streets_take_the_shorter_way():
    """Two ways from A to B, and a loop at B with a place on it."""
    network = make_network(
        node_x_m=np.array([0.0, 100.0]),
        node_y_m=np.zeros(2),
        edge_u=np.array([0, 0, 1]),
        edge_v=np.array([1, 1, 1]),
        edge_start=np.array([0, 3, 5, 9]),
        vertex_x_m=np.array([0.0, 50, 100, 0, 100, 100, 200, 200, 100]),
        vertex_y_m=np.array([0.0, 60, 0, 0, 0, 0, 0, 100, 0]),
    )
    assert set(looked(network, walks=[walk((0, 0), (100, 0))])) == {1}
    # 90 m along the loop; back the other way would be 251 m.
    snaps = Snapper(network).snap(np.array([0.0, 190]), np.zeros(2))
    ways = find_ways(network, snaps.take(np.array([0])), snaps.take(np.array([1])))
    found = sorted(zip(ways.edge.tolist(), ways.from_m.tolist(), ways.to_m.tolist(), strict=True))
    assert found == [(1, 0.0, 100.0), (2, 0.0, 90.0)]


def test_no_way_across_a_gap_is_made_up():
    network = make_network(
        node_x_m=np.array([0.0, 100, 110, 210]),
        node_y_m=np.zeros(4),
        edge_u=np.array([0, 2]),
        edge_v=np.array([1, 3]),
        edge_start=np.array([0, 2, 4]),
        vertex_x_m=np.array([0.0, 100, 110, 210]),
        vertex_y_m=np.zeros(4),
    )
    assert looked(network, walks=[walk((0, 0), (210, 0))]) == {}


def graph_with(stops):
    """The streets with the stops between their corners, as networkx has them."""
    snaps = SNAPPER.snap(np.array([s.x_m for s in stops]), np.array([s.y_m for s in stops]))
    graph = nx.Graph()
    for edge in range(NETWORK.edge_count):
        ends = [("n", int(NETWORK.edge_u[edge])), ("n", int(NETWORK.edge_v[edge]))]
        on = [(float(snaps.along_m[at]), ("s", at)) for at in np.flatnonzero(snaps.edge == edge)]
        chain = [(0.0, ends[0]), *sorted(on), (float(NETWORK.edge_m[edge]), ends[1])]
        for (low, a), (high, b) in pairwise(chain):
            graph.add_edge(a, b, weight=high - low)
    return graph


POINT = st.tuples(st.integers(-20, 420), st.integers(-20, 420))


@settings(max_examples=60)
@given(st.lists(POINT, min_size=2, max_size=8))
def test_each_way_is_as_long_as_the_shortest_and_hangs_together(points):
    stops = walk(*((x + 0.137, y + 0.291) for x, y in points))
    snaps = SNAPPER.snap(np.array([s.x_m for s in stops]), np.array([s.y_m for s in stops]))
    legs = np.arange(len(stops) - 1)
    ways = find_ways(NETWORK, snaps.take(legs), snaps.take(legs + 1))
    graph = graph_with(stops)
    for leg in legs:
        shortest = nx.shortest_path_length(graph, ("s", leg), ("s", leg + 1), weight="weight")
        own = ways.leg == leg
        assert (ways.to_m - ways.from_m)[own].sum() == pytest.approx(shortest, abs=1e-6)
        # Every point where pieces meet is met twice, but for the two ends.
        ends = {}
        for edge, low, high in zip(ways.edge[own], ways.from_m[own], ways.to_m[own], strict=True):
            for along in (low, high):
                at = corner(int(edge), float(along))
                ends[at] = ends.get(at, 0) + 1
        assert sum(count % 2 for count in ends.values()) == (2 if shortest > 1e-6 else 0)


def corner(edge, along):
    shape = shapely.LineString(NETWORK.polyline(edge))
    point = shape.interpolate(along)
    return round(point.x, 5), round(point.y, 5)


def test_a_leg_longer_than_the_first_search_is_found_too():
    size = 41
    at = np.arange(size)
    network = make_network(
        node_x_m=at * 100.0, node_y_m=np.zeros(size), edge_u=at[:-1], edge_v=at[1:],
        edge_start=np.arange(0, 2 * size - 1, 2),
        vertex_x_m=np.column_stack([at[:-1], at[1:]]).ravel() * 100.0,
        vertex_y_m=np.zeros(2 * (size - 1)),
    )  # fmt: skip
    found = looked(network, walks=[walk((0, 0), (4000, 0)), walk((0, 0), (300, 0), on=OLD)])
    assert found == dict.fromkeys(range(40), NEW)


def grid(side):
    """A town of side × side corners, 60 m apart."""
    at = np.arange(side * side).reshape(side, side)
    u = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    v = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    x, y = 60.0 * (np.arange(side * side) % side), 60.0 * (np.arange(side * side) // side)
    ends = np.column_stack([u, v]).ravel()
    return make_network(
        node_x_m=x, node_y_m=y, edge_u=u, edge_v=v, edge_start=np.arange(0, 2 * u.size + 1, 2),
        vertex_x_m=x[ends], vertex_y_m=y[ends],
    )  # fmt: skip


def test_a_town_of_five_thousand_streets_and_fifty_walks_is_looked_at_in_part():
    network, rng = grid(51), np.random.default_rng(5)
    walks, lines = [], []
    for _ in range(50):
        steps = rng.normal(0, 250, (10, 2)).cumsum(axis=0) + 1500
        walks.append(walk(*np.clip(steps, 0, 3000)))
    for _ in range(20):
        way = np.clip(rng.normal(0, 6, (400, 2)).cumsum(axis=0) + 1500, 0, 3000)
        lines.append(line(*way))
    seen = Looked(walks=walks, lines=lines, spots=walk(*rng.uniform(0, 3000, (300, 2))))
    days = surveyed_edges(network, seen, snap_limit_m=50.0, snapper=Snapper(network))
    assert network.edge_count == 5100 and 500 < (days != "").sum() < 5000
