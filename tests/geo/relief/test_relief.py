"""Heights along streets: even slopes stay, noise goes, bridges are straight."""

from dataclasses import replace

import numpy as np
import pytest
from height_ground import PLANE, ground
from hypothesis import given
from hypothesis import strategies as st
from relief_grades import edge_grades

from geo.network.network import BRIDGE, STEPS, TUNNEL, make_network
from geo.relief.grid import sample_heights
from geo.relief.relief import measure_relief
from geo.toy import toy_network


def streets(lines, flags=None):
    """A network of polylines that meet where their ends are alike."""
    ends = sorted({point for line in lines for point in (line[0], line[-1])})
    vertex = np.array([point for line in lines for point in line], dtype=float)
    node = np.array(ends, dtype=float)
    return make_network(
        node_x_m=node[:, 0],
        node_y_m=node[:, 1],
        edge_u=np.array([ends.index(line[0]) for line in lines]),
        edge_v=np.array([ends.index(line[-1]) for line in lines]),
        edge_start=np.cumsum([0, *(len(line) for line in lines)]),
        vertex_x_m=vertex[:, 0],
        vertex_y_m=vertex[:, 1],
        edge_flags=None if flags is None else np.array(flags),
    )


def heights_of(relief, edge):
    return relief.height_m[relief.start[edge] : relief.start[edge + 1]]


@given(east=st.floats(-0.3, 0.3), north=st.floats(-0.3, 0.3), level=st.floats(-5, 3000))
def test_an_even_slope_is_that_slope_on_every_edge_and_in_every_direction(east, north, level):
    net = toy_network()
    relief = measure_relief(net, ground(lambda x, y: level + east * x + north * y), PLANE)
    grade = edge_grades(relief)
    rise = (
        east * (net.node_x_m[net.edge_v] - net.node_x_m[net.edge_u])
        + north * (net.node_y_m[net.edge_v] - net.node_y_m[net.edge_u])
    ) / net.edge_m
    assert grade.grade == pytest.approx(rise[grade.edge], abs=2e-4)  # heights are float32
    assert relief.kind.tolist() == [1] * net.edge_count
    assert relief.share_known(net) == 1.0


def test_a_winding_street_on_an_even_slope_has_the_slope_of_each_of_its_parts():
    net = streets([[(0, 0), (200, 0), (200, 200), (0, 200)], [(0, 0), (0, 200)]])
    relief = measure_relief(net, ground(lambda x, y: 50 + 0.1 * y), PLANE)
    heights, along = heights_of(relief, 0), relief.along_m[: relief.start[1]]
    true = 50 + 0.1 * np.clip(along - 200, 0, 200)
    straight = np.min(np.abs(along[:, None] - [200, 400]), axis=1) > 30
    assert heights[straight] == pytest.approx(true[straight], abs=1e-3)
    assert heights == pytest.approx(true, abs=0.76)  # a bend is rounded: 10 % of 30 m / 4


def test_a_slope_that_ends_where_nothing_is_measured_stays_a_slope_to_there():
    line = streets([[(0, 0), (500, 0)], [(0, 0), (0, 500)]])
    holes = ground(
        lambda x, y: np.where((x > 203) & (x < 290) | (x > 400), np.nan, 0.1 * x) + 0 * y
    )
    relief = measure_relief(line, holes, PLANE)
    heights = heights_of(relief, 0)
    along = relief.along_m[: relief.start[1]]
    assert np.isnan(heights).tolist() == (((along > 203) & (along < 290)) | (along > 400)).tolist()
    told = np.isfinite(heights)
    assert heights[told] == pytest.approx(0.1 * along[told], abs=1e-3)


def test_samples_run_from_end_to_end_at_most_ten_metres_apart():
    net = streets([[(0, 0), (3, 4)], [(3, 4), (100, 4)], [(100, 4), (111, 4)]])
    relief = measure_relief(net, ground(lambda x, y: 0 * x), PLANE)
    for edge, metres in enumerate((5.0, 97.0, 11.0)):
        along = relief.along_m[relief.start[edge] : relief.start[edge + 1]]
        assert along[0] == 0
        assert along[-1] == metres == net.edge_m[edge]
        assert np.diff(along).max() <= 10.0
    assert np.diff(relief.start).tolist() == [2, 11, 3]


@pytest.mark.parametrize("seed", range(5))
def test_noise_of_thirty_centimetres_on_flat_ground_makes_no_slope_of_two_per_cent(seed):
    rng = np.random.default_rng(seed)
    grid = ground(lambda x, y: 10 + rng.uniform(-0.3, 0.3, x.shape))
    relief = measure_relief(toy_network(), grid, PLANE)
    assert np.abs(edge_grades(relief).grade).max() < 0.02
    short = streets([[(10 * i, 300), (10 * i + 10, 300)] for i in range(40)])  # a node every 10 m
    assert np.abs(edge_grades(measure_relief(short, grid, PLANE)).grade).max() < 0.02
    raw = sample_heights([grid], np.arange(0, 400, 10.0), np.full(40, 302.0), PLANE)
    assert np.abs(np.diff(raw) / 10).max() > 0.02  # so there was noise to take away


def test_a_real_hill_is_not_smoothed_away():
    net = streets([[(0, 0), (500, 0)]])
    relief = measure_relief(net, ground(lambda x, y: 20 * np.exp(-(((x - 250) / 80) ** 2))), PLANE)
    steep = np.abs(edge_grades(relief).grade).max()
    assert 0.17 < steep < 0.2145  # the hill's own steepest place
    assert heights_of(relief, 0).max() == pytest.approx(20, abs=1.5)


def test_edges_that_meet_share_one_height():
    rng = np.random.default_rng(3)
    net = toy_network()
    relief = measure_relief(net, ground(lambda x, y: rng.uniform(0, 30, x.shape)), PLANE)
    at_node = {}
    for edge in range(net.edge_count):
        own = heights_of(relief, edge)
        for node, height in ((net.edge_u[edge], own[0]), (net.edge_v[edge], own[-1])):
            assert at_node.setdefault(int(node), height) == height
    assert len(at_node) == net.node_count


def valley(x, y):
    return 30 - 20 * np.exp(-(((x - 250) / 60) ** 2)) + 0 * y


def test_a_bridge_of_several_edges_over_a_valley_is_flat():
    line = [[(a, 0), (b, 0)] for a, b in ((0, 50), (50, 180), (180, 250), (250, 450), (450, 500))]
    net = streets(line, [0, BRIDGE, BRIDGE, BRIDGE, 0])
    relief = measure_relief(net, ground(valley), PLANE)
    assert relief.kind.tolist() == [1, 2, 2, 2, 1]
    for edge in (1, 2, 3):
        assert heights_of(relief, edge) == pytest.approx(30, abs=0.3)
    assert relief.span_m(net) == 400.0
    without = measure_relief(
        replace(net, edge_flags=np.zeros(5, dtype=np.int64)), ground(valley), PLANE
    )
    assert without.height_m.min() < 15


def test_a_tunnel_through_a_hill_climbs_evenly_from_mouth_to_mouth():
    net = streets([[(0, 0), (50, 0)], [(50, 0), (450, 0)], [(450, 0), (500, 0)]], [0, TUNNEL, 0])
    hill = ground(lambda x, y: 0.02 * x + 80 * np.exp(-(((x - 250) / 50) ** 2)))
    relief = measure_relief(net, hill, PLANE)
    assert np.diff(heights_of(relief, 1)) / 10 == pytest.approx(0.02, abs=0.002)


def test_spans_that_branch_are_straight_on_every_branch():
    net = streets(
        [[(0, 0), (100, 0)], [(100, 0), (200, 0)], [(200, 0), (300, 0)], [(200, 0), (200, 100)],
         [(300, 0), (400, 0)], [(200, 100), (200, 200)]],
        [0, BRIDGE, BRIDGE, BRIDGE, 0, 0],
    )  # fmt: skip
    relief = measure_relief(net, ground(lambda x, y: 10 + 0.03 * x + 0 * y), PLANE)
    meet = heights_of(relief, 1)[-1]
    assert meet == pytest.approx((13 + 19 + 16) / 3, abs=0.01)
    for edge in (1, 2, 3):
        assert np.ptp(np.diff(heights_of(relief, edge))) < 1e-9


def test_a_deck_reached_by_steps_alone_is_not_measured_and_nor_are_its_steps():
    net = streets(
        [[(0, 0), (100, 0)], [(100, 0), (110, 0)], [(110, 0), (150, 0)], [(150, 0), (160, 0)],
         [(160, 0), (300, 0)]],
        [0, STEPS | BRIDGE, BRIDGE, STEPS, 0],
    )  # fmt: skip
    relief = measure_relief(net, ground(lambda x, y: 5 + 0 * x), PLANE)
    assert relief.kind.tolist() == [1, 0, 0, 0, 1]
    assert np.isnan(heights_of(relief, 2)).all()


def test_steps_from_a_path_to_the_middle_of_a_bridge_rise_to_its_deck():
    net = streets(
        [[(0, 0), (100, 0)], [(100, 0), (250, 0)], [(250, 0), (400, 0)], [(400, 0), (500, 0)],
         [(250, 0), (250, 20)], [(250, 20), (250, 200)]],
        [0, BRIDGE, BRIDGE, 0, STEPS, 0],
    )  # fmt: skip
    relief = measure_relief(net, ground(valley), PLANE)
    flight = heights_of(relief, 4)
    assert flight[0] - flight[-1] == pytest.approx(20, abs=0.5)
    assert relief.kind[4] == 1


def test_steps_have_the_heights_of_their_ends_and_are_straight_between():
    net = streets([[(0, 0), (0, 240)], [(0, 240), (0, 260)], [(0, 260), (0, 500)]], [0, STEPS, 0])
    cliff = ground(lambda x, y: np.where(y > 250, 16.0, 10.0) + 0 * x)
    relief = measure_relief(net, cliff, PLANE)
    assert heights_of(relief, 1) == pytest.approx([10, 13, 16], abs=0.35)


def test_a_street_on_a_levee_stays_above_the_fields():
    net = streets([[(0, 200), (500, 200)], [(0, 150), (500, 150)], [(0, 250), (500, 250)]])
    levee = ground(lambda x, y: np.where(np.abs(y - 200) < 6, 6.0, 2.0) + 0 * x)
    relief = measure_relief(net, levee, PLANE)
    assert heights_of(relief, 0) == pytest.approx(6, abs=0.05)
    assert heights_of(relief, 1) == pytest.approx(2, abs=0.05)


def test_a_missing_sheet_leaves_its_streets_unknown_and_the_share_tells():
    west = ground(lambda x, y: 4 + 0 * x, x=np.arange(-100.0, 251.0, 5.0))
    net = toy_network()
    relief = measure_relief(net, west, PLANE)
    outside = np.maximum(net.node_x_m[net.edge_u], net.node_x_m[net.edge_v]) > 250
    assert ((relief.kind == 0) == outside).all()
    assert np.isnan(relief.height_m).any()
    assert relief.share_known(net) == pytest.approx(1 - outside.mean())
    crossing = np.flatnonzero(outside & (net.node_x_m[net.edge_u] == 200))[0]
    assert np.isfinite(heights_of(relief, crossing)).tolist() == [True] * 6 + [False] * 5
    assert heights_of(relief, crossing)[:6] == pytest.approx(4)


def test_zero_is_a_height_and_nothing_is_not():
    grid = ground(lambda x, y: np.where(x > 300, np.nan, 0.0) + 0 * y)
    relief = measure_relief(toy_network(), grid, PLANE)
    assert set(relief.height_m[np.isfinite(relief.height_m)]) == {0.0}
    assert relief.share_known(toy_network()) == pytest.approx(31 / 40)


def test_without_any_grid_nothing_is_known():
    relief = measure_relief(toy_network(), [], PLANE)
    assert np.isnan(relief.height_m).all()
    assert relief.share_known(toy_network()) == 0.0


def test_a_network_without_edges_has_no_heights():
    empty = np.zeros(0)
    none = np.zeros(0, dtype=np.int64)
    net = make_network(
        node_x_m=empty, node_y_m=empty, edge_u=none, edge_v=none,
        edge_start=np.zeros(1, dtype=np.int64), vertex_x_m=empty, vertex_y_m=empty,
    )  # fmt: skip
    relief = measure_relief(net, ground(lambda x, y: x), PLANE)
    assert relief.height_m.size == 0
    assert relief.share_known(net) == 0.0


def test_measuring_twice_gives_the_same_bytes_and_changes_no_input():
    net, grid = toy_network(), ground(valley)
    before = grid.height_m.copy()
    one, two = measure_relief(net, grid, PLANE), measure_relief(net, [grid], PLANE)
    assert one.height_m.tobytes() == two.height_m.tobytes()
    assert np.array_equal(grid.height_m, before)
