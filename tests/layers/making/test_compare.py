"""What a new edition changes: areas new, gone, renamed; people; answers; in exact figures."""

from dataclasses import replace

import pytest
import shapely

from geo.sources.town_folder import load_town
from layers.making.compare import compare_towns
from surveys.store.register import open_register

DAY = "2036-11-21"  # after the town was built, whenever that was


@pytest.fixture
def town(small_town):
    return load_town(small_town)


@pytest.fixture
def register(tmp_path):
    found = open_register(tmp_path)
    yield found
    found.engine.dispose()


def rows(before, after, register):
    told = compare_towns(before, after, register, DAY)
    return {one.what.ja: (one.before.ja, one.after.ja) for one in told.rows}, [
        one.ja for one in told.areas
    ]


def test_the_same_town_changes_nothing(town, register):
    told = compare_towns(town, town, register, DAY)
    assert not [one for one in told.rows if one.changed] and told.areas == ()


def test_people_streets_and_answers_stand_side_by_side(town, register):
    cells = town.cells.copy()
    cells["people_65"] *= 2
    cells["people_all"] += cells["people_65"]
    found, _ = rows(town, replace(town, cells=cells), register)
    assert found["65歳以上"] == ("400人", "800人") and found["75歳以上"][0] == found["75歳以上"][1]
    (key,) = [one for one in found if one.startswith("65歳以上のうち") and "500m" in one]
    was, now = (int(one.split("人")[0].replace(",", "")) for one in found[key])
    assert now == 2 * was > 0


def test_areas_new_gone_and_renamed_are_named(town, register):
    areas = town.areas.copy()
    west = areas["area_name"] == "西町一丁目"
    areas.loc[west, "area_name"] = "西新町"
    east = (areas["area_name"] == "東町一丁目") & (areas["division"] == "町丁目")
    shape = areas.loc[east, "geometry"].iloc[0]
    x0, y0, x1, y1 = shape.bounds
    areas.loc[east, "geometry"] = shapely.box(x0, y0, x1, (y0 + y1) / 2)
    areas.loc[east, "area_name"] = "南東町"
    _, said = rows(town, replace(town, areas=areas), register)
    (line,) = said
    assert "名前が変わる地区 1（西町一丁目→西新町）" in line
    assert "新しい地区 1（南東町）" in line and "なくなる地区 1（東町一丁目）" in line


def test_a_division_that_comes_or_goes_is_told(town, register):
    fewer = replace(town, areas=town.areas[town.areas["division"] != town.divisions[1]])
    assert f"分け方「{town.divisions[1]}」（2地区）がなくなります" in rows(town, fewer, register)[1]
    assert f"分け方「{town.divisions[1]}」（2地区）が入ります" in rows(fewer, town, register)[1]


def test_without_people_the_answer_is_no_data(town, register):
    nobody = replace(town, cells=town.cells.iloc[:0])
    found, _ = rows(nobody, town, register)
    assert found["65歳以上"] == ("データなし", "400人")
