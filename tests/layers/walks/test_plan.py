"""The order of visit is the shortest, and the plan walks the streets."""

import itertools
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from oracle import split_graph

from geo.base.place import Plane
from geo.network.snap import Snapper
from geo.toy import toy_network
from layers.cards.on_foot import NO_PLACE, NO_WAY, OFF_STREET
from layers.walks.plan import measure_walks, plan_walk, read_ends, reread_walk
from layers.walks.visit_order import EXACT_TO, order_visits, part_reachable, walk_total

METRES = st.floats(0, 5000, allow_nan=False)


def square(low, high, elements=METRES):
    sizes = st.integers(low, high)
    return sizes.flatmap(lambda n: arrays(float, (n, n), elements=elements))


def ends_of(metres, draw):
    some = st.none() | st.integers(0, len(metres) - 1)
    return draw(some), draw(some)


def shortest_by_brute_force(metres, start, end, *, round_trip):
    """Try every order. `start` and `end` hold; one place for both is a ring."""
    if end == start and end is not None:
        round_trip, end = True, None
    best = np.inf
    for order in itertools.permutations(range(len(metres))):
        first = start is None or order[0] == start
        last = end is None or order[-1] == end
        if first and last:
            best = min(best, walk_total(metres, order, round_trip=round_trip))
    return best


@settings(max_examples=150)
@given(square(1, 6), st.booleans(), st.data())
def test_the_order_is_the_shortest_of_all_orders_one_way_streets_too(metres, ring, data):
    start, end = ends_of(metres, data.draw)
    order, total = order_visits(metres, start, end, round_trip=ring)
    assert sorted(order) == list(range(len(metres)))
    assert start is None or order[0] == start
    assert end in (None, start) or order[-1] == end
    ring = ring or (start is not None and start == end)
    assert total == pytest.approx(walk_total(metres, order, round_trip=ring))
    assert total == pytest.approx(shortest_by_brute_force(metres, start, end, round_trip=ring))


@pytest.mark.parametrize("ring", [True, False])
def test_seven_places_the_same_both_ways_are_in_the_shortest_order(ring):
    at = np.random.default_rng(7).uniform(0, 1000, (7, 2))
    metres = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1))
    order, total = order_visits(metres, None, None, round_trip=ring)
    assert sorted(order) == list(range(7))
    assert total == pytest.approx(shortest_by_brute_force(metres, None, None, round_trip=ring))


def test_twelve_open_places_between_two_ends_are_still_exact():
    """On a line the shortest walk from one end to the other is the line itself."""
    at = np.random.default_rng(1).permutation(EXACT_TO + 2) * 100.0
    metres = np.abs(np.subtract.outer(at, at))
    start, end = int(at.argmin()), int(at.argmax())
    order, total = order_visits(metres, start, end, round_trip=False)
    assert [at[row] for row in order] == sorted(at) and total == 100.0 * (EXACT_TO + 1)


@settings(max_examples=40)
@given(square(EXACT_TO + 1, 18), st.booleans(), st.data())
def test_many_places_are_never_walked_longer_than_in_the_order_given(metres, ring, data):
    start, end = ends_of(metres, data.draw)
    order, total = order_visits(metres, start, end, round_trip=ring)
    assert sorted(order) == list(range(len(metres)))
    assert start is None or order[0] == start
    assert end in (None, start) or order[-1] == end
    ring = ring or (start is not None and start == end)
    end = None if end == start else end
    given_ = [row for row in range(len(metres)) if row not in (start, end)]
    whole = [row for row in (start, *given_, end) if row is not None]
    assert total <= walk_total(metres, whole, round_trip=ring) + 1e-6
    assert order_visits(metres, start, end, round_trip=ring) == (order, total)


@pytest.mark.parametrize("count", [13, 20, 40])
def test_many_places_on_a_circle_are_walked_round_it(count):
    """Turning and moving parts finds the circle, whose length is known."""
    turn = np.random.default_rng(count).permutation(count) * 2 * np.pi / count
    at = 500 * np.column_stack([np.cos(turn), np.sin(turn)])
    metres = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1))
    _, total = order_visits(metres, 0, None, round_trip=True)
    assert total == pytest.approx(count * 1000 * np.sin(np.pi / count), rel=1e-9)


def test_places_beyond_a_gap_stand_last_and_in_no_total():
    metres = np.array([[0, np.inf, 50], [np.inf, 0, np.nan], [60, np.inf, 0]])
    assert order_visits(metres, None, None, round_trip=False) == ([0, 2, 1], 50.0)
    assert order_visits(metres, 1, None, round_trip=True) == ([1, 0, 2], 0.0)
    assert order_visits(metres, 0, 1, round_trip=False) == ([0, 2, 1], 50.0)
    assert part_reachable(metres, None) == [0, 2]


def test_no_place_and_one_place_are_walks_too():
    assert order_visits(np.zeros((0, 0)), None, None, round_trip=True) == ([], 0.0)
    assert order_visits(np.zeros((1, 1)), None, None, round_trip=True) == ([0], 0.0)
    with pytest.raises(ValueError, match="square"):
        order_visits(np.zeros((2, 3)), None, None, round_trip=False)


# ---- on the streets ------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ToyTown:
    """As much of a town as a walk's plan looks at."""

    network: object
    plane: object = None
    snap_limit_m: float = 100.0
    relief: object = None
    streetless: bool = False

    def __post_init__(self):
        object.__setattr__(self, "snapper", Snapper(self.network))


@pytest.fixture(scope="module")
def town():
    network = toy_network()
    plane = Plane(lon=139.9, lat=35.6)
    return ToyTown(network, plane)


@st.composite
def points(draw, low=2, high=6):
    """Places up to 30 m off the toy town's streets, none equally near to two of them."""
    row = st.tuples(st.integers(-30, 430), st.integers(-30, 430))
    places = draw(st.lists(row, min_size=low, max_size=high))
    return [np.array((x + 0.137, y + 0.291)) for x, y in places]


@settings(max_examples=40)
@given(points())
def test_the_table_of_walks_is_the_oracles(places):
    network = toy_network()
    town = ToyTown(network)
    metres = measure_walks(town, places)
    graph = split_graph(network, places)
    for one in range(len(places)):
        known = nx.single_source_dijkstra_path_length(graph, ("door", one))
        for other in range(len(places)):
            if one != other:
                assert metres[one, other] == pytest.approx(known["door", other], abs=1e-6)


@settings(max_examples=40)
@given(points(), st.booleans(), st.booleans())
def test_the_plan_is_as_long_as_the_oracles_walk_and_so_is_its_line(places, ring, apart):
    network = toy_network()
    town = ToyTown(network)
    start = np.array([205.5, 193.0]) if apart else None
    plan = plan_walk(town, places, start_m=start, round_trip=ring)
    assert sorted(plan.order) == list(range(len(places))) and not plan.cut_off
    whole = [*([start] if apart else []), *(places[row] for row in plan.order)]
    graph = split_graph(network, whole)
    rows = [*range(len(whole)), 0] if ring else list(range(len(whole)))
    walked = sum(
        nx.dijkstra_path_length(graph, ("door", a), ("door", b))
        for a, b in itertools.pairwise(rows)
        if a != b
    )
    assert plan.metres == pytest.approx(walked, abs=1e-6)
    length = plan.line_m.length if plan.line_m is not None else 0.0
    assert length == pytest.approx(walked, abs=1e-6)


def test_the_walk_round_a_block_is_four_hundred_metres(town):
    corners = [np.array(at, dtype=float) for at in [(0, 0), (100, 100), (100, 0), (0, 100)]]
    plan = plan_walk(town, corners, round_trip=True)
    assert plan.metres == pytest.approx(400)
    assert plan.order[0] == 0 and plan.home.metres == pytest.approx(100)
    assert plan.before[0] is None and [one.metres for one in plan.before[1:]] == [100, 100, 100]
    kept = plan_walk(town, corners, round_trip=True, keep_order=True)
    assert kept.order == (0, 1, 2, 3) and kept.metres == pytest.approx(600)


def test_a_walk_from_a_start_to_an_end_passes_all_places_between(town):
    places = [np.array((300.0, 0.0)), np.array((100.0, 0.0))]
    plan = plan_walk(town, places, start_m=np.array((0.0, 0.0)), end_m=np.array((400.0, 0.0)))
    assert plan.order == (1, 0) and plan.metres == pytest.approx(400)
    assert [one.metres for one in plan.before] == [100, 200] and plan.home.metres == 100


def test_places_that_cannot_be_walked_to_are_last_and_say_why(town):
    places = [None, np.array((100.0, 0.0)), np.array((100.0, -5000.0)), np.array((0.0, 0.0))]
    plan = plan_walk(town, places)
    assert plan.order == (3, 1, 0, 2) and plan.metres == pytest.approx(100)
    assert plan.cut_off == {0: NO_PLACE, 2: OFF_STREET}


def test_a_start_far_from_every_street_is_told_and_takes_no_part(town):
    places = [np.array((100.0, 0.0)), np.array((0.0, 0.0))]
    plan = plan_walk(town, places, start_m=np.array((0.0, 9000.0)), round_trip=True)
    assert plan.start_fault == OFF_STREET and not plan.cut_off
    assert plan.metres == pytest.approx(200)


def test_an_island_of_streets_is_not_walked_to():
    from geo.network.network import make_network

    x = np.array([0.0, 100.0, 500.0, 600.0])
    network = make_network(
        node_x_m=x, node_y_m=np.zeros(4), edge_u=np.array([0, 2]), edge_v=np.array([1, 3]),
        edge_start=np.array([0, 2, 4]), vertex_x_m=x, vertex_y_m=np.zeros(4),
    )  # fmt: skip
    town = ToyTown(network)
    places = [np.array((at, 0.0)) for at in (550.0, 0.0, 50.0)]
    plan = plan_walk(town, places, keep_order=True)
    assert plan.order == (1, 2, 0) and plan.cut_off == {0: NO_WAY}


def test_a_kept_walk_is_read_back_with_its_start_and_its_way_home(town):
    places = [np.array((300.0, 0.0)), np.array((100.0, 0.0))]
    plan = plan_walk(town, places, start_m=np.array((0.0, 100.0)), round_trip=True)
    line = shapely.transform(plan.line_m, town.plane.to_lonlat, interleaved=False)
    line = shapely.transform(line, lambda at: at.round(7))
    again = reread_walk(town, [places[row] for row in plan.order], line)
    assert again.order == (0, 1) and again.metres == pytest.approx(plan.metres, abs=0.1)
    assert again.before[0] is not None and again.home is not None
    assert reread_walk(town, places, None).metres == pytest.approx(200)


def test_a_line_that_does_not_fit_the_places_tells_no_start(town):
    places = [np.array((300.0, 0.0)), np.array((100.0, 0.0))]
    drawn = shapely.LineString([(0, 0), (300, 300), (0, 300)])
    line = shapely.transform(drawn, town.plane.to_lonlat, interleaved=False)
    assert read_ends(town, places, line) == (None, None)
    plan = reread_walk(town, places, line)
    assert plan.before[0] is None and plan.home is None and plan.metres == pytest.approx(200)
