"""What is there in part only is said on the page and stands in the town's notes."""

import json

import pytest
import shapely
from given_files import drop, small_files
from town_fixtures import box, write_geojson

from geo.base.municipal.listed import municipality_of
from geo.sources.get.declared import ADDRESSES, fill, wanted_of
from geo.sources.get.town import PARTS
from layers.making.choose import choose
from layers.making.draft import read_draft
from layers.making.partly import fetched_of, note_unfinished, say_cover, say_unfinished
from layers.making.sources import join_parts

URAYASU = municipality_of("12227")


@pytest.fixture
def files(tmp_path):
    return small_files(tmp_path / "files")


def parts_of(folder):
    draft = read_draft(folder)
    return join_parts(draft, choose(draft, None), None)


def begin_streets(folder, city=URAYASU):
    """Leave streets as a fetch that was cut leaves them."""
    (address,) = wanted_of(city, ADDRESSES, kinds=["streets"], by=())
    into = fetched_of(folder, city) / PARTS
    into.mkdir(parents=True)
    part = into / f"{fill(address.file, city, ADDRESSES)}.part"
    part.write_bytes(b"x" * 1_000_000)
    part.with_name(part.name + ".json").write_text(json.dumps({"size": 2_000_000}), "utf-8")


def test_a_fetch_that_was_cut_is_told_until_the_file_is_given(tmp_path, files):
    drop(tmp_path, files["border.geojson"])
    assert say_unfinished(tmp_path, parts_of(tmp_path), URAYASU) == {}
    begin_streets(tmp_path)
    found = say_unfinished(tmp_path, parts_of(tmp_path), URAYASU)
    assert {role: words.ja for role, words in found.items()} == {"streets": "1.0／2.0 MB まで"}
    (note,) = note_unfinished(found)
    assert note.ja == "道は取り寄せの途中（1.0／2.0 MB まで）だったので、使わずにつくりました"
    assert say_unfinished(tmp_path, parts_of(tmp_path), None) == {}
    drop(tmp_path, files["streets.osm"])
    assert say_unfinished(tmp_path, parts_of(tmp_path), URAYASU) == {}


def test_streets_of_a_part_of_the_town_are_told(tmp_path, files):
    (streets,) = drop(tmp_path, files["streets.osm"])
    assert say_cover(tmp_path, parts_of(tmp_path), "街") == {}, "there is no border yet"
    wide = tmp_path / "wide.geojson"
    write_geojson(wide, [({}, box(-0.5, -0.5, 8.5, 17.5))])
    drop(tmp_path, wide, names=["border.geojson"])
    found = say_cover(tmp_path, parts_of(tmp_path), "街")
    assert list(found) == [streets.id] and not found[streets.id].good
    share = int(100 * shapely.box(0, 0, 8, 8).area / shapely.box(-0.5, -0.5, 8.5, 17.5).area)
    assert f"街の{share}％にしかかかりません" in found[streets.id].words.ja
