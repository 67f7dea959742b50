"""Streets given as a table of edges in a GeoPackage."""

import sqlite3
from contextlib import closing
from itertools import permutations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.base.place import choose_plane
from geo.base.problems import InputError
from geo.network.lay import build_network
from geo.sources.flat import lay_flat
from geo.sources.streets.edge_table import read_values
from geo.sources.streets.ends import join_ends
from geo.sources.streets.gpkg import load_street_gpkg
from geo.sources.streets.streets import load_streets

A, B, C, D = (139.9000, 35.6500), (139.9010, 35.6500), (139.9010, 35.6510), (139.9020, 35.6510)
BEND = (139.9005, 35.6505)
PLANE = choose_plane(139.9, 35.65)


def edges(rows, crs="EPSG:4326", columns=("u", "v", "highway")):
    """A table of edges from (column values…, coordinates)."""
    table = pd.DataFrame([row[:-1] for row in rows], columns=list(columns))
    return gpd.GeoDataFrame(table, geometry=[shapely.LineString(row[-1]) for row in rows], crs=crs)


def save(folder, table, layer="edges", name="t.gpkg"):
    path = folder / name
    table.to_file(path, driver="GPKG", layer=layer)
    return path


def network(extract):
    return build_network(extract.streets, PLANE, min_island_m=0)[0]


def test_both_directions_of_a_street_are_one_way(tmp_path):
    rows = [
        (1, 2, "residential", [A, BEND, B]), (2, 1, "residential", [B, BEND, A]),
        (1, 2, "footway", [A, B]), (2, 3, "steps", [B, C]),
    ]  # fmt: skip
    ways = load_street_gpkg(save(tmp_path, edges(rows))).streets
    assert ways.highway.tolist() == ["residential", "footway", "steps"]
    assert ways.flags.tolist() == [0, 0, 1]
    assert ways.start.tolist() == [0, 3, 5, 7]
    inner = ways.node_id[1]
    assert inner < 0
    assert ways.node_id.tolist() == [1, inner, 2, 1, 2, 2, 3]


def test_shapes_that_run_from_v_to_u_are_turned(tmp_path):
    rows = [(1, 2, "path", [B, BEND, A]), (3, 2, "path", [B, C]), (3, 4, "path", [D, C])]
    net = network(load_street_gpkg(save(tmp_path, edges(rows))))
    assert net.node_id.tolist() == [1, 2, 3, 4]
    assert net.island.max() == 0
    lon, lat = PLANE.to_lonlat(net.node_x_m, net.node_y_m)
    assert np.column_stack([lon, lat]) == pytest.approx(np.array([A, B, C, D]), abs=1e-7)


@pytest.mark.parametrize("seed", range(10))
def test_turning_finds_the_nodes_again_however_the_shapes_run(seed):
    rng = np.random.default_rng(seed)
    place = np.round(139 + rng.random((12, 2)), 7)
    # A tree, so that every second node is a dead end that has one vote for either end.
    u = np.arange(1, 12)
    v = np.array([int(rng.integers(0, n)) for n in u])
    lines = [
        np.array([place[a], place[b]])[:: int(rng.choice([-1, 1]))]
        for a, b in zip(u, v, strict=True)
    ]
    pieces, apart = join_ends(u, v, [[line] for line in lines])
    assert not apart
    assert np.array([piece.coords[0] for piece in pieces]) == pytest.approx(place[u])
    assert np.array([piece.coords[-1] for piece in pieces]) == pytest.approx(place[v])


def test_another_crs_is_brought_to_degrees(tmp_path):
    rows = [(1, 2, "path", [A, B])]
    path = save(tmp_path, edges(rows, crs="EPSG:6668").to_crs("EPSG:6677"))
    ways = load_street_gpkg(path).streets
    assert ways.lon == pytest.approx([A[0], B[0]], abs=1e-7)
    assert ways.lat == pytest.approx([A[1], B[1]], abs=1e-7)


KINDS = [
    ("['residential', 'service']", "walk", "both are walked"),
    ("['residential', 'motorway_link']", "motorway", "one of them never"),
    ("motorway", "motorway", "never"),
    (None, "unknown_kind", "not told"),
    ("", "unknown_kind", "not told either"),
    ("abc", "unknown_kind", "no such kind"),
]


@pytest.mark.parametrize(("kind", "verdict", "reason"), KINDS, ids=[str(c[0]) for c in KINDS])
def test_an_edge_is_walked_when_each_of_its_kinds_is(tmp_path, kind, verdict, reason):
    rows = [(1, 2, "path", [A, B]), (2, 3, kind, [B, C])]
    extract = load_street_gpkg(save(tmp_path, edges(rows)))
    assert extract.left_out == ({} if verdict == "walk" else {verdict: 1}), reason
    if verdict != "walk":
        assert extract.left_out_m == {verdict: pytest.approx(110.95, abs=0.05)}, reason
    assert len(extract.streets.way_id) == (2 if verdict == "walk" else 1), reason
    assert len(extract.base) == 2, "the base map draws what is there"


def test_unknown_kinds_are_walked_when_asked_for_but_a_wrong_one_is_not(tmp_path):
    rows = [(1, 2, None, [A, B]), (2, 3, "abc", [B, C]), (3, 4, "motorway", [C, D])]
    extract = load_streets(save(tmp_path, edges(rows)), use_unknown=True)
    assert extract.streets.highway.tolist() == ["unknown"]
    assert extract.left_out == {"unknown_kind": 1, "motorway": 1}


def test_other_tags_of_an_edge_are_heeded(tmp_path):
    columns = ("u", "v", "highway", "access", "foot", "bridge", "name")
    rows = [
        (1, 2, "service", "private", None, None, "庭の道", [A, B]),
        (2, 3, "service", "private", "yes", "yes", "橋", [B, C]),
        (3, 4, "['footway', 'steps']", None, None, None, None, [C, D]),
    ]
    extract = load_street_gpkg(save(tmp_path, edges(rows, columns=columns)))
    assert extract.left_out == {"private": 1}
    assert extract.streets.flags.tolist() == [2, 1]
    assert extract.base["name"].tolist() == ["", "庭の道", "橋"]


def break_edges(change):
    table = edges([(1, 2, "path", [A, B]), (2, 3, "path", [B, C])])
    return change(table)


BROKEN = [
    (lambda t: t.drop(columns="highway"), ("highway", "u、v"), "a column is missing"),
    (lambda t: t.drop(columns=["u", "v"]), ("u、v", "highway"), "the nodes are missing"),
    (lambda t: t.assign(u=["a", "2"]), ("1行目", "列 u", "a"), "a node is no number"),
    (lambda t: t.assign(v=[2.5, 3.0]), ("1行目", "列 v", "2.5"), "a node is no whole number"),
    (lambda t: t.set_geometry(t.geometry.centroid), ("1行目", "線"), "points, no lines"),
    (lambda t: t.assign(highway="motorway"), ("highway",), "nothing to walk on"),
]


@pytest.mark.parametrize(("change", "told", "reason"), BROKEN, ids=[c[2] for c in BROKEN])
@pytest.mark.filterwarnings("ignore:Geometry is in a geographic CRS")
def test_a_table_that_cannot_be_used_says_what_is_wrong(tmp_path, change, told, reason):
    path = save(tmp_path, break_edges(change))
    with pytest.raises(InputError) as caught:
        load_street_gpkg(path)
    for part in (path.name, *told):
        assert part in caught.value.words.ja, reason


def test_a_missing_layer_is_told_with_those_that_are_there(tmp_path):
    path = save(tmp_path, edges([(1, 2, "path", [A, B])]), layer="道路")
    with pytest.raises(InputError) as caught:
        load_street_gpkg(path)
    assert "道路" in caught.value.words.ja
    assert "edges" in caught.value.words.ja


@pytest.mark.parametrize("number", [-1, 0, 99_999])
def test_a_table_without_crs_is_refused(tmp_path, number):
    path = save(tmp_path, edges([(1, 2, "path", [A, B])]))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE gpkg_geometry_columns SET srs_id = ?", (number,))
        database.execute("UPDATE gpkg_contents SET srs_id = ?", (number,))
    with pytest.raises(InputError) as caught:
        load_street_gpkg(path)
    assert "t.gpkg" in caught.value.words.ja
    assert "座標系" in caught.value.words.ja


HOSTILE = [
    (b"<OGRVRTDataSource><OGRVRTLayer name='edges'/></OGRVRTDataSource>", "a VRT"),
    (b'{"type": "FeatureCollection", "features": []}', "a GeoJSON"),
    (b"SQLite format 3\x00" + bytes(100), "another SQLite file"),
    (b"SQLite format 3\x00" + bytes(52) + b"GPKG" + bytes(4000), "a head without a body"),
    (b"", "nothing"),
]


@pytest.mark.parametrize(("content", "reason"), HOSTILE, ids=[c[1] for c in HOSTILE])
def test_a_file_that_only_bears_the_name_is_refused(tmp_path, content, reason):
    path = tmp_path / "t.gpkg"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_street_gpkg(path)
    assert "GeoPackage" in caught.value.words.ja, reason


VALUES = [
    ("['a', 'b']", ("a", "b"), "a list as OSMnx writes it"),
    (["a", "b"], ("a", "b"), "a list"),
    ("[not a list]", ("[not a list]",), "only looks like one"),
    (float("nan"), (), "no value"),
    (pd.NA, (), "no value"),
    (None, (), "no value"),
    ("  ", (), "blanks"),
    (12, ("12",), "a number"),
]


@pytest.mark.parametrize(("value", "values", "reason"), VALUES, ids=[c[2] for c in VALUES])
def test_a_cell_gives_its_values(value, values, reason):
    assert read_values(value) == values, reason


ORDERS = [
    (("footway", "residential"), "residential", "people live along it"),
    (("service", "tertiary", "unclassified"), "unclassified", "more of them than along a service"),
    (("path", "steps", "footway"), "footway", "of equals the first of the alphabet"),
    (("primary", "footway"), "primary", "the larger street"),
]


@pytest.mark.parametrize(("kinds", "main", "reason"), ORDERS, ids=[c[2] for c in ORDERS])
def test_the_order_of_an_edges_kinds_changes_nothing(tmp_path, kinds, main, reason):
    found = []
    for number, order in enumerate(permutations(kinds)):
        for sign in (", ", ";", "|", "/"):
            (folder := tmp_path / f"{number}{sign.strip() if sign != '/' else 's'}").mkdir()
            rows = [(1, 2, sign.join(order), [A, B]), (2, 3, str(list(order)).upper(), [B, C])]
            extract = load_street_gpkg(save(folder, edges(rows)))
            ways = extract.streets
            assert ways.highway.tolist() == [main, main], reason
            found.append((ways.flags.tolist(), extract.base["k"].tolist(), extract.left_out))
    assert all(one == found[0] for one in found)


def test_of_several_kinds_one_that_is_never_walked_is_named_alike_in_any_order(tmp_path):
    told = []
    for number, order in enumerate(permutations(("residential", "motorway", "abc"))):
        (folder := tmp_path / str(number)).mkdir()
        rows = [(1, 2, "path", [A, B]), (2, 3, ",".join(order), [B, C])]
        told.append(load_street_gpkg(save(folder, edges(rows))).kinds_left_out)
    assert all(one == told[0] for one in told)


def test_names_of_columns_may_be_written_large(tmp_path):
    rows = [(1, 2, "path", [A, B]), (2, 3, "path", [B, C])]
    table = edges(rows).rename(columns={"u": "U", "v": "V", "highway": "HIGHWAY"})
    assert load_street_gpkg(save(tmp_path, table)).streets.way_id.size == 2


NAN, INF = float("nan"), float("inf")
FLAT = [
    ("LINESTRING Z (139 35 nan, 139.001 35 nan)", "heights that are no numbers"),
    ("LINESTRING M (139 35 nan, 139.001 35 2)", "measures"),
    ("LINESTRING ZM (139 35 1 2, 139.001 35 3 4)", "both"),
]


@pytest.mark.parametrize(("wkt", "reason"), FLAT, ids=[case[1] for case in FLAT])
def test_heights_and_measures_of_a_line_are_dropped(wkt, reason):
    frame = gpd.GeoDataFrame(geometry=gpd.GeoSeries.from_wkt([wkt, "POINT EMPTY"]), crs=4326)
    flat = lay_flat(frame, "a.gpkg")
    assert not shapely.has_z(flat.geometry).any(), reason
    assert flat.geometry.iloc[0].wkt == "LINESTRING (139 35, 139.001 35)"


def test_a_table_of_lines_with_heights_that_are_no_numbers_is_read(tmp_path):
    table = edges([(1, 2, "path", [A, B]), (2, 3, "path", [B, C])])
    with np.errstate(invalid="ignore"):
        lines = [[(*place, NAN) for place in line.coords] for line in table.geometry]
        table = table.set_geometry([shapely.LineString(line) for line in lines], crs=table.crs)
        path = save(tmp_path, table)
    assert load_street_gpkg(path).streets.way_id.size == 2


@pytest.mark.parametrize("bad", [NAN, INF])
def test_a_coordinate_that_is_no_number_is_named_with_file_and_row(tmp_path, bad):
    with np.errstate(invalid="ignore"):
        table = edges([(1, 2, "path", [A, B]), (2, 3, "path", [B, (bad, C[1])])])
        path = save(tmp_path, table)
    with pytest.raises(InputError) as caught, np.errstate(all="raise"):
        load_street_gpkg(path)
    assert "2行目の座標が数ではありません" in caught.value.words.ja
    assert "invalid" not in caught.value.words.ja + caught.value.words.en


def test_lines_with_latitude_first_say_so(tmp_path):
    table = edges([(1, 2, "path", [A[::-1], B[::-1]]), (2, 3, "path", [B[::-1], C[::-1]])])
    with pytest.raises(InputError, match="swapped"):
        load_street_gpkg(save(tmp_path, table))
