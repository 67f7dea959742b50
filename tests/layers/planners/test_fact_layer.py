"""What a division's file tells beside names is kept with the town and written out."""

from dataclasses import replace

import geopandas as gpd
from shapely.geometry import box
from toy_town import toy_town

from geo.sources.area_facts import keep_known, read_area_facts, say_area_facts
from geo.sources.boundaries import read_division
from geo.tables.tables import each_row
from layers.planners.fact_layer import fact_layer


def squares(count):
    return [box(139.9 + at / 1000, 35.64, 139.901 + at / 1000, 35.641) for at in range(count)]


def test_other_columns_are_kept_once_an_area_and_told(tmp_path):
    columns = {
        "KEY_CODE": ["22212001", "22212001", "22212002"], "S_NAME": ["一", "一", "二"],
        "JINKO": [100, 100, 50], "問合先": [None, "学校教育課", "-"], "fid_1": [1, 2, 3],
    }  # fmt: skip
    gpd.GeoDataFrame(columns, geometry=squares(3), crs=4326).to_file(tmp_path / "a.gpkg")
    found = read_division(tmp_path / "a.gpkg", name="x", column="S_NAME")
    assert found.facts == {
        "JINKO": {"22212001": "100", "22212002": "50"},
        "問合先": {"22212001": "学校教育課"},
        "fid_1": {"22212001": "1", "22212002": "3"},
    }
    assert "JINKO、問合先、fid_1" in "".join(n.ja for n in found.notices if hasattr(n, "ja"))
    plain = gpd.GeoDataFrame({"名": ["一"]}, geometry=squares(1), crs=4326)
    plain.to_file(tmp_path / "b.gpkg")
    bare = read_division(tmp_path / "b.gpkg", name="x", column="名")
    assert bare.facts == {} and not bare.notices


def test_facts_of_areas_that_are_not_the_towns_are_left(tmp_path):
    frame = gpd.GeoDataFrame({"名": ["一", "二"], "数": [1, 2]}, geometry=squares(2), crs=4326)
    facts = read_area_facts(frame, ["a", "b"], taken={"名"}, shown={"数": "世帯"})
    assert keep_known(facts, {"a"}) == {"世帯": {"a": "1"}}
    assert say_area_facts({}, "a.gpkg") == []


def test_the_planners_file_holds_a_line_a_fact():
    town = toy_town()
    assert fact_layer(town, "ja", "") is None
    area = next(each_row(town.areas))
    facts = {area.division: {"世帯": {area.area_id: "7", "gone": "9"}}}
    filled = fact_layer(replace(town, facts=town.facts | {"area_facts": facts}), "ja", "")
    assert [row[-2:] for row in filled.rows] == [["世帯", "7"]]
