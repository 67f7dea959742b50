"""Areas of divisions that do not nest, and shapes drawn by hand."""

import numpy as np
import pytest
import shapely

from geo.base.problems import InputError
from geo.sources.town_folder import load_town
from geo.town import WHOLE, kept_cells_of
from layers.areas.place import (
    DRAWN,
    drawn_place,
    find_areas,
    finer_division,
    larger_division,
    place_of,
)


@pytest.fixture(scope="module")
def town(demo_town):
    return load_town(demo_town)


def test_an_area_is_found_by_its_name_and_by_its_id_and_all_without_one(town):
    ids = [str(one) for one in town.division("町丁目")["area_id"]]
    assert find_areas(town, "町丁目", []) == ids
    assert find_areas(town, "町丁目", ["本町 1丁目", "99201001001"]) == ["99201001001"]
    with pytest.raises(InputError) as caught:
        find_areas(town, "町丁目", ["ない町"])
    assert "本町一丁目" in caught.value.words.ja


def test_the_next_finer_and_the_next_larger_division_by_how_many_areas_they_have(town):
    by_count = sorted(
        (one for one in town.divisions if one != WHOLE), key=lambda one: len(town.division(one))
    )
    assert finer_division(town, WHOLE) == by_count[0]
    assert finer_division(town, by_count[-1]) == ""
    assert larger_division(town, by_count[-1]) == by_count[-2]
    assert larger_division(town, by_count[0]) == ""


def test_around_an_area_stands_where_most_of_its_people_live(town):
    place = place_of(town, "町丁目", "99201004000")
    for one in place.around:
        row = kept_cells_of(town, one.division)[place.inside]
        people = town.cells["people_all"].to_numpy()[place.inside]
        counts = np.bincount(row[row >= 0], weights=people[row >= 0])
        areas = town.division(one.division)
        assert str(areas["area_id"].iloc[int(counts.argmax())]) == one.area_id
    with pytest.raises(InputError):
        place_of(town, "町丁目", "0")


def test_a_drawn_shape_has_the_people_who_live_in_it_and_no_other(town):
    x_m, y_m = (town.cells[one].to_numpy() for one in ("x_m", "y_m"))
    shape = shapely.box(x_m[0], y_m[0], x_m[0] + 300, y_m[0] + 300)
    place = drawn_place(town, shape, "駅の北")
    assert place.drawn and place.division == DRAWN and place.around == ()
    inside = (x_m >= x_m[0]) & (x_m <= x_m[0] + 300) & (y_m >= y_m[0]) & (y_m <= y_m[0] + 300)
    assert (place.inside == (inside & (kept_cells_of(town, WHOLE) >= 0))).all()
    assert place.inside[0]  # on its very corner
    for wrong in (shapely.Point(0, 0).buffer(1).boundary, shapely.box(9e5, 9e5, 9.1e5, 9.1e5)):
        with pytest.raises(InputError):
            drawn_place(town, wrong, "外")
