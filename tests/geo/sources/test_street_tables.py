"""Street tables: lines stay as drawn, ends are joined only where they are, lists are lists."""

import dataclasses

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from osm_towns import PLANE, at

from geo.base.place import choose_plane
from geo.network.lay import build_network
from geo.network.snap import Snapper
from geo.sources.streets.streets import load_streets
from geo.walk.ground import make_ground
from geo.walk.rules import Rules, walk_sites


def line(*places):
    return shapely.LineString([at(x, y)[::-1] for x, y in places])


def save(folder, rows, name="t.gpkg", nodes=None, **columns):
    """Edges from (u, v, highway, shape)."""
    table = pd.DataFrame([row[:3] for row in rows], columns=["u", "v", "highway"]).assign(**columns)
    table = gpd.GeoDataFrame(table, geometry=[row[3] for row in rows], crs="EPSG:4326")
    path = folder / name
    if name.endswith(".gpkg"):
        table.to_file(path, driver="GPKG", layer="edges")
    else:
        table.to_file(path)
    if nodes is not None:
        nodes.to_file(path, driver="GPKG", layer="nodes")
    return path


def laid(path, **more):
    extract = load_streets(path, **more)
    return extract, build_network(extract.streets, PLANE, min_island_m=0)[0]


FILES = ["t.gpkg", "t.shp"]


@pytest.mark.parametrize("name", FILES)
def test_an_end_far_from_its_node_is_not_joined_and_is_named(tmp_path, name):
    rows = [
        (1, 2, "path", line((0, 0), (100, 0))), (2, 3, "path", line((100, 0), (200, 0))),
        (2, 4, "path", line((160, 90), (200, 90))),
    ]  # fmt: skip
    extract, net = laid(save(tmp_path, rows, name))
    assert net.length_m == pytest.approx(240, abs=0.01), "no street is made that nobody drew"
    assert net.island.max() == 1
    assert [(p.row, p.column, p.value) for p in extract.problems] == [(3, "u", "2")]
    assert "108.3m" in extract.problems[0].reason.ja


def test_an_end_within_a_metre_is_joined_to_its_node(tmp_path):
    rows = [
        (1, 2, "path", line((0, 0), (100, 0))), (2, 3, "path", line((100.6, 0.5), (200, 0))),
        (2, 4, "path", line((100, 0), (100, 80))),
    ]  # fmt: skip
    extract, net = laid(save(tmp_path, rows))
    assert not extract.problems
    assert net.island.max() == 0 and net.length_m == pytest.approx(280, abs=0.02)


def test_a_metre_and_a_bit_is_too_far(tmp_path):
    rows = [
        (1, 2, "path", line((0, 0), (100, 0))), (2, 3, "path", line((101.2, 0), (200, 0))),
        (2, 4, "path", line((100, 0), (100, 80))),
    ]  # fmt: skip
    extract, net = laid(save(tmp_path, rows))
    assert [p.value for p in extract.problems] == ["2"]
    assert net.island.max() == 1 and net.length_m == pytest.approx(278.8, abs=0.02)


@pytest.mark.parametrize("name", FILES)
def test_the_parts_of_a_line_are_lines_by_themselves(tmp_path, name):
    parts = shapely.MultiLineString(
        [line((0, 0), (40, 0)), line((60, 0), (100, 0)), line((60, 30), (60, 50))]
    )
    rows = [(1, 2, "path", parts), (2, 3, "path", line((100, 0), (200, 0)))]
    extract, net = laid(save(tmp_path, rows, name))
    assert net.length_m == pytest.approx(200, abs=0.02), "the gaps between parts are not bridged"
    assert net.island.max() == 2
    assert [(one.row, one.column) for one in extract.problems] == [(1, "")], "its ends are met"
    assert "50.0m" in extract.problems[0].reason.ja, "20 m along and 30 m across"
    assert "1本" in extract.notices[0].ja and "50.0m" in extract.notices[0].ja
    assert set(extract.streets.way_id.tolist()) == {1, 2}


def test_parts_that_run_on_are_one_line(tmp_path):
    parts = shapely.MultiLineString([line((0, 0), (40, 0)), line((100, 0), (40, 0))])
    _, net = laid(save(tmp_path, [(1, 2, "path", parts), (2, 3, "path", line((100, 0), (200, 0)))]))
    assert net.edge_count == 2 and net.island.max() == 0


LISTS = [
    ("residential, service", {}, "joined by commas"),
    ("residential,unclassified", {}, "without a space"),
    ("{footway,steps}", {}, "PostgreSQL's"),
    ("(2:footway,path)", {}, "OGR's"),
    ("footway;path", {}, "OpenStreetMap's own sign"),
    (
        "residential,motorway_link",
        {("motorway", "motorway_link/residential"): 1},
        "one of them never",
    ),
    ("residential,abc", {("unknown_kind", "abc/residential"): 1}, "one of them unknown"),
]


@pytest.mark.parametrize(("kind", "left", "reason"), LISTS, ids=[case[0] for case in LISTS])
def test_kinds_joined_by_a_sign_are_a_list(tmp_path, kind, left, reason):
    rows = [(1, 2, "path", line((0, 0), (100, 0))), (2, 3, kind, line((100, 0), (200, 0)))]
    extract, _ = laid(save(tmp_path, rows))
    found = {key: count for key, (count, _) in extract.kinds_left_out.items()}
    assert found == left, reason
    assert all(m == pytest.approx(100, abs=0.1) for _, m in extract.kinds_left_out.values())


def test_a_shapefile_cuts_the_names_of_tags_short_and_they_are_read(tmp_path):
    rows = [(1, 2, "path", line((0, 0), (100, 0))), (2, 3, "path", line((100, 0), (200, 0)))]
    path = save(tmp_path, rows, "t.shp", sac_scale=["", "mountain_hiking"], trail_visi=["no", ""])
    extract, net = laid(path)
    assert list(extract.kinds_left_out) == [("mountain", "path")]
    assert net.edge_flags.tolist() == [8]


def test_the_layer_of_nodes_tells_where_nodes_stand_and_which_are_shut(tmp_path):
    rows = [(1, 2, "path", line((0, 0), (100, 0))), (2, 3, "path", line((100.5, 0), (200, 0)))]
    places = [(0, 0), (100.5, 0), (200, 0)]
    nodes = gpd.GeoDataFrame(
        {"osmid": [1, 2, 3], "barrier": [None, "gate", None], "locked": [None, "yes", None]},
        geometry=[shapely.Point(at(*place)[::-1]) for place in places],
        crs="EPSG:4326",
    )
    extract, net = laid(save(tmp_path, rows, nodes=nodes))
    assert extract.streets.closed.tolist() == [2]
    assert net.edge_m == pytest.approx([100.5, 99.5], abs=0.02) and net.island.max() == 1


# The same streets, spoilt as files are: by an editor, by a clipper, by a change of format.


def network_of(path):
    ways = load_streets(path).streets
    plane = choose_plane(float(np.median(ways.lon)), float(np.median(ways.lat)))
    return ways, plane, build_network(ways, plane)[0]


def walks(network, homes, sites):
    ground = make_ground(network, snapper=Snapper(network))
    snaps = [ground.snapper.snap(*part.T, limit_m=100.0) for part in (homes, sites)]
    return walk_sites(ground, *snaps, Rules(), limit_m=500.0).metres


def check_same(clean, spoilt):
    rng = np.random.default_rng(3)
    edge = rng.choice(clean.edge_count, 400)
    middle = np.array([np.mean(clean.polyline(e)[:2], axis=0) for e in edge])
    places = middle + rng.uniform(-3, 3, middle.shape)
    one, other = (walks(net, places[:380], places[380:]) for net in (clean, spoilt))
    assert np.array_equal(np.isfinite(one), np.isfinite(other))
    some = np.isfinite(one)
    assert some.sum() > 200
    assert one[some] == pytest.approx(other[some], abs=0.01)


def double_nodes(ways, rng):
    """The ways with a third of their nodes told twice, under another number on the same place."""
    times = np.where(rng.random(ways.node_id.size) < 0.3, 2, 1)
    row = np.repeat(np.arange(times.size), times)
    again = np.concatenate([[False], row[1:] == row[:-1]])
    way = np.repeat(np.arange(ways.way_id.size), np.diff(ways.start))[row]
    return dataclasses.replace(
        ways,
        start=np.searchsorted(way, np.arange(ways.way_id.size + 1)),
        node_id=np.where(again, -(10**12) - np.arange(row.size), ways.node_id[row]),
        lon=ways.lon[row],
        lat=ways.lat[row],
    )


def save_spoilt(path, net, plane, rng):
    """A table of the network's edges with ends moved, lines turned, cut in parts, kinds joined."""
    shapes, kinds = [], []
    for edge in range(net.edge_count):
        points = net.polyline(edge)
        for end in (0, -1):
            if rng.random() < 0.3:
                turn = rng.uniform(0, 2 * np.pi)
                step = rng.uniform(0, 0.9) * np.array([np.cos(turn), np.sin(turn)])
                points[end] = points[end] + step
        lonlat = np.column_stack(plane.to_lonlat(*points.T))[:: int(rng.choice([-1, 1]))]
        shape = shapely.LineString(lonlat)
        if len(lonlat) > 2 and rng.random() < 0.3:
            shape = shapely.MultiLineString([lonlat[:2], lonlat[1:]])
        shapes.append(shape)
        kind = net.kinds[net.edge_kind[edge]]
        kinds.append(rng.choice([kind, f"{kind},{kind}", f"{kind}, unclassified"]))
    u, v = net.node_id[net.edge_u], net.node_id[net.edge_v]
    table = gpd.GeoDataFrame({"u": u, "v": v, "highway": kinds}, geometry=shapes, crs="EPSG:4326")
    table.to_file(path, driver="GPKG", layer="edges")
    ids, first = np.unique(net.node_id, return_index=True)
    shut = np.bincount(np.searchsorted(ids, net.node_id)) > 1  # a closed node stands often
    places = shapely.points(*plane.to_lonlat(net.node_x_m[first], net.node_y_m[first]))
    nodes = gpd.GeoDataFrame(
        {"osmid": ids, "barrier": np.where(shut, "wall", "no")}, geometry=places, crs="EPSG:4326"
    )
    nodes.to_file(path, driver="GPKG", layer="nodes")
    return path


def made_city(folder):
    """A grid of bent streets with a lane missing here and there."""
    rng, rows, side = np.random.default_rng(9), [], 12
    place = {(i, j): (100 * i + rng.uniform(-20, 20), 90 * j + rng.uniform(-20, 20))
             for i in range(side) for j in range(side)}  # fmt: skip
    for (i, j), here in place.items():
        for other in ((i + 1, j), (i, j + 1)):
            if other in place and rng.random() < 0.85:
                bend = np.mean([here, place[other]], axis=0) + rng.uniform(-9, 9, 2)
                ends = (100 * i + j + 1, 100 * other[0] + other[1] + 1)
                rows.append((*ends, "residential", line(here, bend, place[other])))
    return save(folder, rows, "city.gpkg")


REAL = [
    pytest.param("osm/monaco.osm.gz", marks=pytest.mark.data),
    pytest.param("osm/liechtenstein-latest.osm.pbf", marks=pytest.mark.data),
]


def check_spoilt(path, folder):
    ways, plane, clean = network_of(path)
    rng = np.random.default_rng(7)
    check_same(clean, build_network(double_nodes(ways, rng), plane)[0])
    spoilt = load_streets(save_spoilt(folder / "spoilt.gpkg", clean, plane, rng))
    assert not spoilt.problems
    check_same(clean, build_network(spoilt.streets, plane)[0])


@pytest.mark.parametrize("name", REAL)
def test_real_streets_answer_the_same_however_the_file_was_spoilt(data, tmp_path, name):
    check_spoilt(data / name, tmp_path)


def test_a_made_city_answers_the_same_however_the_file_was_spoilt(tmp_path):
    check_spoilt(made_city(tmp_path), tmp_path)
