"""Readers of OSM files: what is kept, what is refused and how."""

import bz2
import gzip

import numpy as np
import osmium
import pytest
from pandas.testing import assert_frame_equal

from geo.base.problems import InputError
from geo.network.extract import SITE_COLUMNS
from geo.sources.streets.osm import load_osm
from geo.sources.streets.streets import load_streets

# A street A (1-2-3), stairs, a motorway, a park with a node of the same name inside, a house.
TOWN = """
<node id="1" lat="35.6500" lon="139.9000"/>
<node id="2" lat="35.6510" lon="139.9000"/>
<node id="3" lat="35.6520" lon="139.9000"/>
<node id="4" lat="35.6510" lon="139.9010"/>
<node id="11" lat="35.6500" lon="139.9020"/>
<node id="12" lat="35.6500" lon="139.9030"/>
<node id="13" lat="35.6510" lon="139.9030"/>
<node id="14" lat="35.6510" lon="139.9020"/>
<node id="20" lat="35.6505" lon="139.9025">
  <tag k="leisure" v="park"/><tag k="name" v="中央公園"/></node>
<node id="21" lat="35.6506" lon="139.9026"><tag k="amenity" v="bench"/></node>
<node id="22" lat="35.6507" lon="139.9027"><tag k="leisure" v="playground"/></node>
<node id="23" lat="35.6600" lon="139.9500"><tag k="amenity" v="toilets"/>
  <tag k="name" v="ﾄｲﾚ"/><tag k="opening_hours" v="24/7"/></node>
<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/>
  <tag k="name" v="Ａ通り"/></way>
<way id="8"><nd ref="2"/><nd ref="4"/><tag k="highway" v="steps"/></way>
<way id="7"><nd ref="3"/><nd ref="4"/><tag k="highway" v="motorway"/></way>
<way id="30"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="14"/><nd ref="11"/>
  <tag k="leisure" v="park"/><tag k="name" v="中央公園"/></way>
<way id="31"><nd ref="1"/><nd ref="2"/><nd ref="4"/><nd ref="1"/>
  <tag k="building" v="apartments"/><tag k="building:levels" v="3"/></way>
"""


def write(folder, body, name="town.osm"):
    path = folder / name
    text = f'<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">{body}</osm>'.encode()
    pack = {".gz": gzip.compress, ".bz2": bz2.compress}.get(path.suffix, bytes)
    path.write_bytes(pack(text))
    return path


def same(one, other):
    for name in ("way_id", "highway", "flags", "start", "node_id", "lon", "lat"):
        assert np.array_equal(getattr(one.streets, name), getattr(other.streets, name)), name
    assert_frame_equal(one.sites, other.sites)
    for name in ("buildings", "base"):
        assert_frame_equal(getattr(one, name).to_wkb(), getattr(other, name).to_wkb())
    assert (one.left_out, one.left_out_m) == (other.left_out, other.left_out_m)
    assert one.streets.closed.tolist() == other.streets.closed.tolist()
    assert one.kinds_left_out == other.kinds_left_out


def test_streets_come_by_id_and_a_motorway_is_left_out_with_its_length(tmp_path):
    extract = load_osm(write(tmp_path, TOWN))
    ways = extract.streets
    assert ways.way_id.tolist() == [8, 9]
    assert ways.highway.tolist() == ["steps", "residential"]
    assert ways.flags.tolist() == [1, 0]
    assert ways.node_id.tolist() == [2, 4, 1, 2, 3]
    assert ways.lon.tolist() == [139.9, 139.901, 139.9, 139.9, 139.9]
    assert extract.left_out == {"motorway": 1}
    # One thousandth of a degree at 35.65°N: 110.95 m north, 90.57 m east (GRS 80).
    assert extract.left_out_m["motorway"] == pytest.approx(np.hypot(110.95, 90.57), abs=0.1)


def test_a_park_drawn_as_area_and_as_node_is_one_site(tmp_path):
    sites = load_osm(write(tmp_path, TOWN)).sites
    assert sites.columns.tolist() == list(SITE_COLUMNS)
    assert sites["site_id"].tolist() == ["osm-n21", "osm-n22", "osm-n23", "osm-w30"]
    assert sites["kind"].tolist() == ["bench", "park", "toilet", "park"]
    assert sites["name"].tolist() == ["", "", "トイレ", "中央公園"]
    assert sites["schedule"].tolist() == ["", "", "24/7", ""]
    assert sites.iloc[3][["lon", "lat"]].tolist() == [139.9025, 35.6505]


def test_buildings_carry_storeys_and_the_base_map_draws_all_roads(tmp_path):
    extract = load_osm(write(tmp_path, TOWN))
    assert extract.buildings["building_id"].tolist() == ["w31"]
    assert extract.buildings["floor_m2_factor"].tolist() == [3.0]
    drawn = list(zip(extract.base["k"], extract.base["name"], extract.base["rank"], strict=True))
    assert drawn == [
        ("green", "中央公園", 0), ("building", "", 0),
        ("steps", "", 5), ("road", "", 1), ("road", "A通り", 4),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["t.osm.gz", "t.osm.bz2", "t.osm.pbf", "t.pbf"])
def test_every_packing_gives_the_same(tmp_path, name):
    plain = write(tmp_path, TOWN)
    if name.endswith("pbf"):
        with osmium.SimpleWriter(str(tmp_path / name)) as writer:
            for item in osmium.FileProcessor(str(plain)):
                writer.add(item)
    else:
        write(tmp_path, TOWN, name)
    same(load_streets(plain), load_streets(tmp_path / name))


def test_ways_written_before_their_nodes_are_read_all_the_same(tmp_path):
    nodes, way, ways = TOWN.partition("<way")
    turned = write(tmp_path, way + ways + nodes, "turned.osm")
    same(load_osm(write(tmp_path, TOWN)), load_osm(turned))


def test_new_nodes_of_an_editor_have_negative_ids_and_are_found(tmp_path):
    body = """<node id="-1" lat="35.1" lon="139.1"/><node id="-2" lat="35.2" lon="139.1"/>
    <way id="-5"><nd ref="-1"/><nd ref="-2"/><tag k="highway" v="path"/></way>"""
    extract = load_osm(write(tmp_path, body))
    assert extract.streets.lat.tolist() == [35.1, 35.2]
    assert extract.left_out == {}


def test_a_way_is_cut_where_a_node_is_missing(tmp_path):
    way = "".join(f'<nd ref="{n}"/>' for n in (1, 2, 99, 3, 4, 98, 1))
    body = TOWN + f'<way id="40">{way}<tag k="highway" v="path"/></way>'
    extract = load_osm(write(tmp_path, body))
    ways = extract.streets
    assert ways.way_id.tolist() == [8, 9, 40, 40]
    assert ways.node_id[ways.start[2] :].tolist() == [1, 2, 3, 4]
    assert extract.left_out["missing_nodes"] == 1


def test_a_plaza_of_a_multipolygon_is_walked_along_its_outline(tmp_path):
    ring = "".join(f'<nd ref="{n}"/>' for n in (11, 12, 13, 14, 11))
    body = (
        TOWN.partition('<way id="30">')[0]
        + f"""<way id="50">{ring}</way>
    <relation id="6"><member type="way" ref="50" role="outer"/><tag k="type" v="multipolygon"/>
    <tag k="highway" v="pedestrian"/></relation>"""
    )
    ways = load_osm(write(tmp_path, body)).streets
    assert ways.way_id.tolist() == [-6, 8, 9]
    assert set(ways.node_id[:5].tolist()) == {11, 12, 13, 14}


def test_what_is_wholly_outside_is_not_read(tmp_path):
    path = write(tmp_path, TOWN)
    extract = load_osm(path, keep_lonlat=(139.8990, 35.6515, 139.9001, 35.6530))
    assert extract.streets.way_id.tolist() == [9]
    assert extract.sites.empty
    assert extract.left_out == {"motorway": 1}
    with pytest.raises(InputError) as caught:
        load_osm(path, keep_lonlat=(130.0, 33.0, 130.1, 33.1))
    assert "町の範囲" in caught.value.words.ja


REFUSED = [
    ("t.osm", b"", "an empty file"),
    ("t.osm", "通りの一覧".encode(), "a text"),
    ("t.osm", b'<osm version="0.6"><node id="1" lat="35" lon="139"/>', "cut short"),
    ("t.osm.pbf", b"\x00\x00\x00\x0dhello", "not a PBF"),
    ("t.osm.gz", b"\x1f\x8b\x08\x00broken", "a broken gzip"),
    ("t.osm.bz2", b"BZh9broken", "a broken bzip2"),
]


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED, ids=[c[2] for c in REFUSED])
def test_a_damaged_file_is_refused_in_words(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_streets(path)
    assert name in caught.value.words.ja, reason
    assert "もう一度取得" in caught.value.words.ja, reason


def test_points_alone_are_refused_as_a_file_without_streets(tmp_path):
    with pytest.raises(InputError) as caught:
        load_osm(write(tmp_path, TOWN.partition("<way")[0]))
    assert "道（way）が1本も入っていません" in caught.value.words.ja


def test_buildings_alone_are_refused_as_a_file_without_streets(tmp_path):
    with pytest.raises(InputError) as caught:
        load_osm(write(tmp_path, TOWN.replace('k="highway"', 'k="was"')))
    assert "歩ける道（highway）が1本も" in caught.value.words.ja


@pytest.mark.parametrize("name", ["town.json", "town.dxf", "town", "town.osm.7z"])
def test_other_kinds_of_file_are_refused_by_name(tmp_path, name):
    with pytest.raises(InputError) as caught:
        load_streets(tmp_path / name)
    assert name in caught.value.words.ja
    assert ".osm.pbf" in caught.value.words.ja


@pytest.mark.parametrize("name", ["no.osm", "no.gpkg", "no.graphml"])
def test_an_absent_file_is_named(tmp_path, name):
    with pytest.raises(InputError) as caught:
        load_streets(tmp_path / name)
    assert name in caught.value.words.ja


@pytest.mark.data
def test_shibuya_gives_the_same_extract_from_xml_and_from_pbf(data):
    same(load_osm(data / "osm" / "shibuya.osm"), load_osm(data / "osm" / "map.osm.pbf"))


@pytest.mark.data
def test_the_file_its_publisher_cut_short_is_refused(data):
    with pytest.raises(InputError) as caught:
        load_osm(data / "osm" / "tokyo-center.osm.pbf")
    assert "道（way）が1本も入っていません" in caught.value.words.ja


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "kinds", "dwellings"),
    [
        ("aist.osm", {"park": 4, "shop": 6}, 271),
        ("tsukuba.osm", {"park": 2, "shop": 3}, 78),
        ("monaco.osm.gz", {"park": 13, "toilet": 8, "bench": 3, "shop": 13, "bus_stop": 9}, 942),
    ],
)
def test_real_towns_give_their_sites_and_dwellings(data, name, kinds, dwellings):
    extract = load_osm(data / "osm" / name)
    assert extract.sites["kind"].value_counts().to_dict() == kinds
    assert len(extract.buildings) == dwellings
    assert extract.sites["site_id"].is_unique
