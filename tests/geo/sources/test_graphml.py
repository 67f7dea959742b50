"""Streets given as a graph of OSMnx."""

import geopandas as gpd
import networkx as nx
import numpy as np
import osmnx
import pytest
import shapely

from geo.base.place import choose_plane
from geo.base.problems import InputError
from geo.network.lay import build_network
from geo.sources.streets.graphml import load_graphml
from geo.sources.streets.osm import load_osm
from geo.sources.streets.streets import load_streets

A, B, C, D = (139.9000, 35.6500), (139.9010, 35.6500), (139.9010, 35.6510), (139.9020, 35.6510)
BEND = (139.9005, 35.6505)
PLANE = choose_plane(139.9, 35.65)


def network(extract):
    return build_network(extract.streets, PLANE, min_island_m=0)[0]


def graph(pieces):
    """An OSMnx graph of (u, v, attributes)."""
    made = nx.MultiDiGraph(crs="epsg:4326")
    for node, (lon, lat) in {1: A, 2: B, 3: C, 4: D}.items():
        made.add_node(node, x=lon, y=lat, street_count=2)
    for u, v, attributes in pieces:
        made.add_edge(u, v, **attributes)
    return made


def save_graph(folder, made, name="t.graphml"):
    osmnx.save_graphml(made, folder / name)
    return folder / name


def test_pieces_of_one_way_are_put_together_again(tmp_path):
    both = [(1, 2), (2, 1), (2, 3), (3, 2), (3, 4), (4, 3)]
    made = graph([(u, v, {"osmid": 77, "highway": "path", "length": 1.0}) for u, v in both])
    ways = load_graphml(save_graph(tmp_path, made)).streets
    assert ways.way_id.tolist() == [77]
    assert ways.node_id.tolist() in ([1, 2, 3, 4], [4, 3, 2, 1])


def test_a_node_another_way_uses_stays_a_junction(tmp_path):
    pieces = [(1, 2, 77), (2, 3, 77), (2, 4, 5)]
    made = graph([(u, v, {"osmid": w, "highway": "path", "length": 1.0}) for u, v, w in pieces])
    net = network(load_graphml(save_graph(tmp_path, made)))
    assert (net.node_count, net.edge_count) == (4, 3)


def test_a_simplified_graph_keeps_its_shapes_and_lists(tmp_path):
    line = shapely.LineString([A, BEND, B])
    shape = {"osmid": [5, 6], "length": 1.0, "geometry": line, "highway": ["path", "footway"]}
    back = shape | {"geometry": line.reverse()}
    road = {"osmid": 7, "length": 1.0, "highway": ["primary", "motorway"]}
    made = graph([(1, 2, shape), (2, 1, back), (2, 3, road)])
    extract = load_graphml(save_graph(tmp_path, made))
    assert extract.streets.way_id.tolist() == [5]
    assert extract.streets.lon.tolist() == [A[0], BEND[0], B[0]]
    assert extract.left_out == {"motorway": 1}


def test_features_beside_a_graph_are_read_by_name(tmp_path):
    made = graph([(1, 2, {"osmid": 7, "highway": "path", "length": 1.0})])
    path = save_graph(tmp_path, made, "town.graphml")
    assert load_streets(path).sites.empty
    table = gpd.GeoDataFrame(
        {
            "element": ["node", "way"], "id": [3, 4], "amenity": ["bench", None],
            "building": [None, "house"], "building:levels": [None, "2"], "name": ["椅子", None],
        },
        geometry=[shapely.Point(A), shapely.box(*A, *C)], crs="EPSG:4326",
    )  # fmt: skip
    table.to_file(tmp_path / "town-features.gpkg", driver="GPKG", layer="features")
    extract = load_streets(path)
    assert extract.sites["site_id"].tolist() == ["osm-n3"]
    assert extract.sites["name"].tolist() == ["椅子"]
    assert extract.buildings["floor_m2_factor"].tolist() == [2.0]
    assert extract.base["k"].tolist() == ["building", "path"]


GRAPHS = [
    (b"", "nothing"),
    (b"<graphml", "cut short"),
    (b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>', "no graph inside"),
    ("道".encode(), "a text"),
]


@pytest.mark.parametrize(("content", "reason"), GRAPHS, ids=[c[1] for c in GRAPHS])
def test_a_file_that_is_no_graph_is_refused_in_words(tmp_path, content, reason):
    path = tmp_path / "t.graphml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_graphml(path)
    assert "t.graphml" in caught.value.words.ja, reason


def test_a_projected_graph_is_refused(tmp_path):
    made = graph([(1, 2, {"osmid": 7, "highway": "path", "length": 1.0})])
    for node in made.nodes:
        made.nodes[node]["x"] += 400_000
    with pytest.raises(InputError) as caught:
        load_graphml(save_graph(tmp_path, made))
    assert "緯度経度" in caught.value.words.ja


@pytest.mark.data
def test_shibuya_through_osmnx_is_the_network_of_the_osm_file(data, tmp_path):
    """OSMnx reads every way of the XML; the pieces joined again meet where the ways do."""
    source = data / "osm" / "shibuya.osm"
    old = osmnx.settings.useful_tags_way
    osmnx.settings.useful_tags_way = [*old, "foot", "motorroad"]
    try:
        made = osmnx.graph_from_xml(source, simplify=False, retain_all=True)
    finally:
        osmnx.settings.useful_tags_way = old
    one = network(load_graphml(save_graph(tmp_path, made)))
    other = network(load_osm(source))
    assert one.length_m == pytest.approx(other.length_m, rel=1e-6)
    assert set(one.edge_way) == set(other.edge_way)
    # A ring of its own may begin at another of its vertices; all else is alike.
    junctions = [
        set(net.node_id[np.bincount(np.r_[net.edge_u, net.edge_v]) > 2]) for net in (one, other)
    ]
    assert junctions[0] == junctions[1]
