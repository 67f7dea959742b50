"""The area and the areas' division a list's address asks for."""

import pytest

from geo.base.problems import InputError
from geo.sources.town_folder import load_town
from layers.cards.list_area import areas_around, find_division, place_query
from layers.cards.list_query import dump_query
from surveys.store.listing import SiteQuery


@pytest.fixture(scope="module")
def town(small_town):
    return load_town(small_town)


def test_a_division_is_its_own_its_areas_or_the_first(town):
    first, last = town.divisions[0], town.divisions[-1]
    area = f"{last}/{town.division(last)['area_id'].iloc[0]}"
    assert find_division(town, {}) == first
    assert find_division(town, {"areas": last}) == last
    assert find_division(town, {"area": area, "areas": first}) == last
    with pytest.raises(InputError):
        find_division(town, {"areas": "ない分け方"})


def test_only_the_order_of_areas_needs_their_shapes(town):
    last = town.divisions[-1]
    params = {"areas": last}
    assert place_query(town, SiteQuery(), params).areas == ()
    asked = place_query(town, SiteQuery(order="area"), params)
    assert len(asked.areas) == len(town.division(last)) and asked.within is None
    middle = town.plane.to_degrees(town.division(last).geometry.iloc[0]).representative_point()
    assert asked.areas[0].intersects(middle)


def test_who_is_of_an_area_is_of_those_it_lies_in_too(town):
    name, around = "西町一丁目", {"西町一丁目", "試験町"}
    assert set(areas_around(town, name)) == around
    assert name not in areas_around(town, "試験町") and areas_around(town, "どこにもない町") == []
    assert set(place_query(town, SiteQuery(open_to=name), {}).open_names) == around


def test_the_address_names_a_division_only_without_an_area():
    assert dump_query(SiteQuery(), ("学区", "1"), "学区") == "area=%E5%AD%A6%E5%8C%BA%2F1"
    assert dump_query(SiteQuery(), None, "学区") == "areas=%E5%AD%A6%E5%8C%BA"
