"""Reading PBF as arrays: the same as osmium reads, whatever wrote the file."""

import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import osmium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osm_oracle import read_slowly
from pandas.testing import assert_frame_equal
from pbf_files import NEAR, TOWN, by_arrays, load, towns, write

from geo.sources.streets.osm import load_osm


def same(one, other):
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    for name in ("way_id", "highway", "flags", "start", "node_id", "lon", "lat"):
        assert np.array_equal(getattr(one.streets, name), getattr(other.streets, name)), name
    assert_frame_equal(one.sites, other.sites)
    for name in ("buildings", "base"):
        assert_frame_equal(getattr(one, name).to_wkb(), getattr(other, name).to_wkb())
    assert one.left_out == other.left_out
    assert one.streets.closed.tolist() == other.streets.closed.tolist()
    assert one.left_out_m == pytest.approx(other.left_out_m, abs=1e-6)


def check_against_oracle(path, keep=None):
    slow = read_slowly(path, keep)
    fast = load(path, keep_lonlat=keep)
    if not slow.ways:
        assert "1本も" in fast
        return
    ways = fast.streets
    cuts = ways.start[1:-1]
    columns = [ways.way_id.tolist(), ways.highway.tolist(), ways.flags.tolist()] + [
        [run.tolist() for run in np.split(values, cuts)]
        for values in (ways.node_id, ways.lon, ways.lat)
    ]
    assert list(zip(*columns, strict=True)) == slow.ways
    assert fast.left_out == slow.out
    assert ways.closed.tolist() == sorted(slow.closed & set(ways.node_id.tolist()))
    kinds = Counter({key[0]: 0 for key in fast.kinds_left_out})
    for (reason, _), (count, _) in fast.kinds_left_out.items():
        kinds[reason] += count
    assert kinds == {key: n for key, n in slow.out.items() if key != "missing_nodes"}
    assert fast.left_out_m == pytest.approx(slow.out_m, abs=1e-6)
    assert_frame_equal(fast.sites, slow.tables.sites)
    assert_frame_equal(fast.buildings.to_wkb(), slow.tables.buildings.to_wkb())
    assert_frame_equal(fast.base.to_wkb(), slow.tables.base.to_wkb())
    streets = load_osm(path, keep, features=False)
    assert streets.sites.empty and streets.buildings.empty and streets.base.empty
    assert (streets.left_out, streets.left_out_m) == (fast.left_out, fast.left_out_m)
    for name in ("way_id", "highway", "flags", "start", "node_id", "lon", "lat"):
        assert np.array_equal(getattr(streets.streets, name), getattr(ways, name)), name


def by_osmium(path):
    found = []
    for item in osmium.FileProcessor(str(path)):
        content = None
        if item.is_node():
            content = item.location.x, item.location.y
        elif item.is_way():
            content = [n.ref for n in item.nodes]
        found.append((item.type_str(), item.id, content, dict(item.tags)))
    return found


@settings(max_examples=40)
@given(town=towns(), form=st.sampled_from(["pbf", "pbf,pbf_compression=none"]))
def test_ids_places_nodes_and_tags_are_those_that_osmium_reads(town, form):
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "t.osm.pbf", town, form)
        assert by_arrays(path) == by_osmium(path)


@settings(max_examples=30)
@given(town=towns(places=NEAR), boxed=st.booleans())
def test_a_town_is_the_same_as_read_one_object_at_a_time(town, boxed):
    keep = (139.90000005, 35.65000005, 139.9000101, 35.6500155) if boxed else None
    with tempfile.TemporaryDirectory() as folder:
        check_against_oracle(write(Path(folder) / "t.osm.pbf", town), keep)


ODD_WAYS = {
    "a street that lacks a node": ([1, 2, 99, 3], {"highway": "path"}),
    "a street of one known node": ([1, 99], {"highway": "path"}),
    "a street of one node": ([1], {"highway": "path"}),
    "a street of no node": ([], {"highway": "path"}),
    "a street of no known node": ([98, 99], {"highway": "path"}),
    "a motorway of one known node": ([3, 99], {"highway": "motorway"}),
    "a shop as an area": ([1, 2, 3, 1], {"shop": "bakery"}),
    "a shop as a line": ([1, 2, 3], {"shop": "bakery"}),
    "a bench beside a path": ([1, 2], {"amenity": "bench", "highway": "path"}),
    "a river": ([1, 2, 99, 2, 3], {"waterway": "river"}),
    "a park that is a plaza": ([1, 2, 3, 1], {"leisure": "park", "highway": "pedestrian"}),
}
BOXES = {
    "no box": None,
    "round all": (139.8, 35.6, 140.0, 35.7),
    "round the last node": (139.9009, 35.6509, 139.9011, 35.6511),
    "round the first node": (139.8999, 35.6499, 139.9001, 35.6501),
}


@pytest.mark.parametrize("keep", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("way", ODD_WAYS.values(), ids=ODD_WAYS)
def test_an_odd_way_is_read_as_osmium_gives_it(tmp_path, way, keep):
    town = [*TOWN, ("way", 7, *way, {}), ("way", 8, [1, 2, 3], {"highway": "track"}, {})]
    check_against_oracle(write(tmp_path / "t.osm.pbf", town), keep)


FORMS = {
    "nodes one by one": "pbf,pbf_dense_nodes=false",
    "not packed": "pbf,pbf_compression=none",
    "packed by LZ4": "pbf,pbf_compression=lz4",
    "with places on ways": "pbf,locations_on_ways=true",
    "without metadata": "pbf,add_metadata=false",
    "XML": "xml",
    "OPL": "opl",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_that_osmium_writes_gives_the_same_town(tmp_path, form):
    plain = load_osm(write(tmp_path / "plain.osm.pbf", TOWN))
    assert plain.streets.way_id.tolist() == [4]
    ending = "osm.pbf" if form.startswith("pbf") else {"xml": "osm", "opl": "opl"}[form]
    same(load_osm(write(tmp_path / f"t.{ending}", TOWN, form)), plain)


@pytest.mark.parametrize(
    "order", [TOWN[3:] + TOWN[:3], [*TOWN[2::-1], *TOWN[3:]], TOWN[:3] + TOWN[:2:-1]]
)
def test_objects_in_another_order_are_put_in_order(tmp_path, order):
    plain = load_osm(write(tmp_path / "plain.osm.pbf", TOWN))
    same(load_osm(write(tmp_path / "t.osm.pbf", order)), plain)


def test_negative_ids_are_found_too(tmp_path):
    new = [
        ("node", -1, (1_399_000_000, 356_500_000), {}, {}),
        ("node", -2, (1_399_000_000, 356_520_000), {}, {}),
        ("node", 7, (1_399_000_000, 356_530_000), {}, {}),
        ("way", -9, [7, -2, -1], {"highway": "path"}, {}),
    ]
    extract = load_osm(write(tmp_path / "t.osm.pbf", new))
    assert extract.streets.node_id.tolist() == [7, -2, -1]
    assert extract.streets.lat.tolist() == [35.653, 35.652, 35.65]


def test_a_node_without_a_place_is_a_missing_node(tmp_path):
    town = [*TOWN[:2], ("node", 3, None, {}, {}), *TOWN[3:5]]
    town.append(("way", 6, [1, 2, 3], {"highway": "path"}, {}))
    extract = load_osm(write(tmp_path / "t.osm.pbf", town))
    assert extract.streets.node_id.tolist() == [1, 2, 1, 2]
    assert extract.left_out["missing_nodes"] == 1


def test_an_object_told_twice_is_refused(tmp_path):
    said = load(write(tmp_path / "t.osm.pbf", [*TOWN[:3], TOWN[2], *TOWN[3:]]))
    assert "twice" in said


def test_a_plaza_is_a_street_also_when_only_streets_are_read(tmp_path):
    plaza = ("relation", 8, [("w", 6, "outer")], {"type": "multipolygon", "highway": "footway"}, {})
    path = write(tmp_path / "t.osm.pbf", [*TOWN, plaza])
    check_against_oracle(path)
    assert load_osm(path, features=False).streets.way_id.tolist() == [-8, 4]


@pytest.mark.data
@pytest.mark.parametrize("share", [0.0, 0.3])
@pytest.mark.parametrize("name", ["liechtenstein-latest.osm.pbf", "map.osm.pbf", "monaco.osm.gz"])
def test_real_files_are_the_same_as_read_one_object_at_a_time(data, name, share):
    path = data / "osm" / name
    keep = None
    if share:
        ways = load_osm(path, features=False).streets
        (west, east), (south, north) = (
            np.quantile(values, [share, 1 - share]).tolist() for values in (ways.lon, ways.lat)
        )
        keep = west, south, east, north
    check_against_oracle(path, keep)
