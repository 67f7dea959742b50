"""Joining ways into a network, on towns that fit in the head and on real ones."""

import dataclasses

import geopandas as gpd
import numpy as np
import pytest
import shapely
from laid_ways import PLANE, build, streets

from geo.base.place import choose_plane
from geo.network.lay import build_network
from geo.network.network import BRIDGE
from geo.sources.streets.streets import load_streets


def ends(net):
    """Each edge as the ids of its two nodes."""
    return [
        (int(net.node_id[u]), int(net.node_id[v]))
        for u, v in zip(net.edge_u, net.edge_v, strict=True)
    ]


CROSS = {1: (-100, 0), 2: (100, 0), 3: (0, -100), 4: (0, 100), 5: (0, 0), 6: (0, 0)}


def test_two_ways_sharing_a_middle_node_cross_there():
    net, report = build([1, 5, 2], [3, 5, 4], at=CROSS)
    assert ends(net) == [(1, 5), (5, 2), (3, 5), (5, 4)]
    assert report.islands == 1
    assert net.length_m == pytest.approx(400, abs=1e-3)


def test_a_crossing_without_a_shared_node_does_not_join():
    net, report = build([1, 2], [3, 4], at=CROSS)
    assert ends(net) == [(1, 2), (3, 4)]
    assert report.islands == 2


def test_a_bridge_with_a_node_right_above_the_streets_node_does_not_join():
    given = streets([1, 5, 2], [3, 6, 4], at=CROSS)
    given = dataclasses.replace(given, flags=np.array([0, BRIDGE]))
    net, report = build_network(given, PLANE, min_island_m=0)
    assert ends(net) == [(1, 2), (3, 4)]
    assert report.islands == 2 and report.joined_nodes == 0


def test_a_node_used_once_is_only_a_bend():
    net, _ = build([1, 5, 4], at=CROSS)
    assert ends(net) == [(1, 4)]
    assert net.polyline(0) == pytest.approx(np.array([[-100, 0], [0, 0], [0, 100]]), abs=1e-6)
    assert net.edge_m == pytest.approx([200], abs=1e-3)


def test_a_loop_way_is_one_edge_from_its_node_to_itself():
    net, report = build([1, 3, 2, 4, 1], at=CROSS)
    assert ends(net) == [(1, 1)]
    assert report.length_m == pytest.approx(4 * 100 * 2**0.5, abs=1e-3)


def test_a_way_that_touches_itself_is_cut_there():
    net, _ = build([1, 5, 3, 2, 5, 4], at=CROSS)
    assert ends(net) == [(1, 5), (5, 5), (5, 4)]


def test_ways_meeting_end_to_end_stay_two_edges():
    net, _ = build([1, 5], [5, 2], at=CROSS)
    assert ends(net) == [(1, 5), (5, 2)]


def test_the_same_piece_drawn_twice_is_kept_once_also_when_reversed():
    net, _ = build([1, 5, 2], [2, 5, 1], [1, 5], at=CROSS)
    assert ends(net) == [(1, 5), (5, 2)]
    assert net.edge_way.tolist() == [1, 1]


def test_two_lanes_between_the_same_nodes_are_both_kept():
    net, _ = build([1, 3, 2], [1, 4, 2], at=CROSS)
    assert ends(net) == [(1, 2), (1, 2)]


def test_two_rings_over_the_same_corners_in_another_order_are_both_kept():
    net, _ = build([1, 3, 2, 4, 1], [1, 2, 3, 4, 1], at=CROSS | {2: (100, 7)})
    assert net.node_count == 4
    assert net.edge_count == 6  # two of the eight sides are shared


def test_a_node_told_twice_in_a_row_is_no_junction():
    net, _ = build([1, 5, 5, 2], at=CROSS)
    assert ends(net) == [(1, 2)]


def test_a_piece_of_no_length_joins_its_two_nodes():
    net, report = build([1, 5], [5, 6], [6, 2], at=CROSS)
    assert ends(net) == [(1, 5), (5, 2)]
    assert report.islands == 1
    assert report.nodes == 3


def test_a_way_of_no_length_at_all_leaves_nothing():
    net, report = build([5, 6], at=CROSS)
    assert (net.node_count, net.edge_count, report.ways) == (0, 0, 0)


def test_a_way_out_and_back_is_a_dead_end_not_a_loop():
    net, _ = build([1, 5, 2, 5, 1], [3, 4, 3], at=CROSS)
    assert ends(net) == [(1, 5), (5, 2), (3, 4)]
    assert net.length_m == pytest.approx(400, abs=1e-3)


def test_at_a_closed_node_every_way_ends_by_itself():
    given = streets([1, 5, 2], [3, 5, 4], at=CROSS)
    net, report = build_network(
        dataclasses.replace(given, closed=np.array([5, 77])), PLANE, min_island_m=0
    )
    assert ends(net) == [(1, 5), (5, 2), (3, 5), (5, 4)]
    assert net.node_id.tolist() == [1, 2, 3, 4, 5, 5, 5, 5]
    assert report.islands == 4


def test_no_piece_of_no_length_leads_through_a_closed_node():
    given = streets([1, 5], [5, 6], [6, 2], at=CROSS)
    _, report = build_network(
        dataclasses.replace(given, closed=np.array([5])), PLANE, min_island_m=0
    )
    assert report.islands == 2


def test_short_islands_are_dropped_and_counted():
    at = {1: (0, 0), 2: (250, 0), 3: (0, 50), 4: (199, 50), 5: (0, 90), 6: (30, 90)}
    net, report = build([1, 2], [3, 4], [5, 6], at=at, min_island_m=200.0)
    assert ends(net) == [(1, 2)]
    assert (report.dropped_parts, report.islands, report.ways) == (2, 1, 1)
    assert report.dropped_parts_m == pytest.approx(229, abs=1e-3)


def test_edges_wholly_outside_are_left_out_and_those_across_stay_whole():
    at = {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (300, 0)}
    net, _ = build([1, 2], [2, 3], [3, 4], at=at, keep=shapely.box(-10, -10, 150, 10))
    assert ends(net) == [(1, 2), (2, 3)]
    assert net.length_m == pytest.approx(200, abs=1e-3)


def test_nodes_stand_by_id_and_edges_by_way():
    net, _ = build_network(
        streets([5, 2], [5, 1], [4, 5], at=CROSS, flags=BRIDGE, way_ids=[7, 8, 9]),
        PLANE,
        min_island_m=0,
    )
    assert net.node_id.tolist() == [1, 2, 4, 5]
    assert net.edge_way.tolist() == [7, 8, 9]
    assert net.edge_flags.tolist() == [BRIDGE] * 3
    assert net.kinds == ("residential",)


def test_each_polyline_starts_and_ends_at_its_nodes():
    net, _ = build([1, 5, 3, 2, 5, 4], [1, 3], at=CROSS)
    for edge in range(net.edge_count):
        line = net.polyline(edge)
        u, v = net.edge_u[edge], net.edge_v[edge]
        assert line[0].tolist() == [net.node_x_m[u], net.node_y_m[u]]
        assert line[-1].tolist() == [net.node_x_m[v], net.node_y_m[v]]


def brute_force(ways):
    """Edges by the definition, one vertex at a time."""
    uses = {}
    for way in ways:
        for node in way:
            uses[node] = uses.get(node, 0) + 1
    cut = []
    for way in ways:
        begin = 0
        for place in range(1, len(way)):
            ends = place == len(way) - 1 or way[place - 1] == way[place + 1]
            if ends or uses[way[place]] > 1:
                piece = tuple(way[begin : place + 1])
                cut.append(min(piece, piece[::-1]))
                begin = place
    return sorted(set(cut))


@pytest.mark.parametrize("seed", range(20))
def test_the_network_is_what_the_definition_says(seed):
    rng = np.random.default_rng(seed)
    at = {n: (float(rng.integers(0, 500)), float(n)) for n in range(1, 16)}
    ways = []
    for _ in range(8):
        way = rng.integers(1, 16, size=int(rng.integers(2, 7))).tolist()
        way = [n for i, n in enumerate(way) if i == 0 or n != way[i - 1]]
        if len(way) > 1:
            ways.append(way)
    net, _ = build(*ways, at=at)
    whereabouts = {(round(x), y): n for n, (x, y) in at.items()}
    drawn = []
    for edge in range(net.edge_count):
        line = [whereabouts[round(x), round(y)] for x, y in net.polyline(edge)]
        drawn.append(min(tuple(line), tuple(line[::-1])))
    assert sorted(drawn) == brute_force(ways)


def test_inputs_are_not_changed():
    given = streets([1, 5, 5, 2], [3, 5, 4], at=CROSS)
    before = {f.name: getattr(given, f.name).copy() for f in dataclasses.fields(given)}
    build_network(given, PLANE, min_island_m=0)
    for name, value in before.items():
        assert np.array_equal(getattr(given, name), value), name


def network_of(path, **more):
    ways = load_streets(path, **more).streets
    plane = choose_plane(float(np.median(ways.lon)), float(np.median(ways.lat)))
    return build_network(ways, plane)


@pytest.mark.data
def test_shibuya_is_the_same_from_xml_and_from_pbf(data):
    xml, one = network_of(data / "osm" / "shibuya.osm")
    pbf, other = network_of(data / "osm" / "map.osm.pbf")
    assert one == other
    for field in dataclasses.fields(xml):
        assert np.array_equal(getattr(xml, field.name), getattr(pbf, field.name)), field.name
    # A yard of 120 m behind a locked gate is dropped with the other scraps.
    assert (one.nodes, one.edges, one.dropped_parts) == (2175, 2983, 19)
    assert one.length_m == pytest.approx(91_065.1, abs=0.1)


@pytest.mark.data
def test_urayasu_holds_no_motorway_and_hinode_8_no_street(data):
    net, report = network_of(data / "urayasu" / "urayasu_osm2023_derived.gpkg")
    assert not [kind for kind in net.kinds if kind.startswith("motorway")]
    assert (report.nodes, report.edges, report.dropped_parts) == (3763, 5313, 21)
    assert report.length_m == pytest.approx(388_565.2, abs=0.1)
    areas = gpd.read_file(data / "urayasu" / "町丁・字等_2020.gpkg")
    area = areas[areas["S_NAME"] == "日の出八丁目"].to_crs(choose_plane(139.9, 35.65).crs)
    lines = [shapely.LineString(net.polyline(edge)) for edge in range(net.edge_count)]
    assert not shapely.intersects(area.geometry.iloc[0], lines).any()


@pytest.mark.data
def test_urayasu_with_unknown_kinds_is_nearly_one_part(data):
    net, report = network_of(data / "urayasu" / "urayasu_osm2023_derived.gpkg", use_unknown=True)
    assert "unknown" in net.kinds
    # One line runs out and back: it has a node at its turning point.
    assert (report.nodes, report.edges, report.dropped_parts) == (3888, 5732, 0)
