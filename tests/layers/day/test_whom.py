"""Whether the people of a point may come: in the area, out of it, and where a name means no area."""

import pytest
from register_fixtures import new_version
from shapely.geometry import Point
from toy_town import toy_town
from wished_groups import two_areas

from layers.day.day import Day
from layers.day.salons import When
from layers.day.told import Told
from layers.day.whom import whom_for
from surveys.store.register import open_register

WEST, EAST = (100.0, 100.0), (900.0, 100.0)


@pytest.mark.parametrize(
    ("areas", "at", "may"),
    [
        (None, WEST, "anybody"),
        (["全市"], WEST, "anybody"),
        (["西町"], WEST, "yes"),
        (["西町"], EAST, "no"),
        (["西町", "どこか"], WEST, "yes"),
        (["西町", "どこか"], EAST, "unknown"),  # どこか may be here
        (["どこか"], WEST, "unknown"),
    ],
)
def test_who_may_come_is_told_of_the_area_the_point_lies_in(tmp_path, areas, at, may):
    town, register = two_areas(toy_town()), open_register(tmp_path)
    lon, lat = (float(one[0]) for one in town.plane.to_lonlat([300.0], [100.0]))
    group = {"_id": "g1", "state": "active"} | ({"area": areas} if areas else {})
    register.save(
        new_version(
            "v1", {"name": "集い", "activities": [group]}, type="salon", place=Point(lon, lat),
            made_at="2026-05-01T09:00:00Z",
        )
    )  # fmt: skip
    day = Day(told=Told(town=town, register=register), when=When(on="2026-11-21"))
    (listed,) = [one for one in day.source.listed if one.site_id == "v1"]
    told = whom_for(day, at)(listed)
    assert told.may == may and told.areas == tuple(sorted(areas or ()))
    register.engine.dispose()
