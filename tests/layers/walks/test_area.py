"""What an address may ask a walk in an area to begin with; what it comes to is in tests/pages/test_walks.py."""

import pytest
from register_fixtures import new_version
from shapely.geometry import Point
from toy_town import toy_town

from geo.base.problems import InputError
from geo.toy import toy_sites
from layers.walks.area import MOST, choose_in_area
from surveys.store.register import open_register


@pytest.mark.parametrize("params", [{}, {"area": "x"}, {"kind": "bench"}])
def test_what_is_no_area_is_refused_before_anything_is_read(params):
    with pytest.raises(InputError, match="is no area and no kind"):
        choose_in_area(None, None, params, today="2026-11-21")


def test_a_walk_begins_with_what_half_a_day_comes_to():
    assert MOST == 15


def test_a_hall_the_map_has_is_not_offered_beside_the_register_s_own_of_its_name(tmp_path):
    halls = toy_sites([(0.0, 20.0), (0.0, 300.0), (200.0, 20.0)]).assign(
        site_id=["h1", "h2", "h3"], kind="resource", name=["西 公会堂", "西公会堂", "北公会堂"]
    )
    town, register = toy_town(halls), open_register(tmp_path)
    lon, lat = town.plane.to_lonlat([20.0], [40.0])
    place = Point(float(lon[0]), float(lat[0]))
    answers = {"name": "西公会堂"}
    register.save(new_version("salon", answers, type="salon", place=place))
    area = town.division("町").iloc[0]
    found = choose_in_area(
        town, register, {"area": f"町/{area.area_id}"}, today="2026-11-21", first=("look",)
    )
    register.engine.dispose()
    # The one three streets away is another of the same name.
    assert {"h2", "h3"} <= set(found.ids) and "h1" not in found.ids
    assert found.first == 1 and found.ids[0] == "look"
