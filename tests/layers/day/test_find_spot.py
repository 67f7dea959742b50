"""A place is found by its name, its area or its address, and by nothing else."""

import pytest
from register_fixtures import new_version
from shapely.geometry import Point
from toy_town import toy_town

from layers.day.day import Day
from layers.day.find_spot import find_spots
from layers.day.salons import When
from layers.day.told import Told
from surveys.store.register import open_register


@pytest.fixture
def day(tmp_path):
    town, register = toy_town(), open_register(tmp_path)
    lon, lat = (float(one[0]) for one in town.plane.to_lonlat([300.0], [100.0]))
    answers = {"name": "ひなた会館", "address": "港町一丁目2-3"}
    register.save(
        new_version("v1", answers, type="salon", place=Point(lon, lat), made_at="2026-05-01T09:00:00Z")
    )  # fmt: skip
    yield Day(told=Told(town=town, register=register), when=When(on="2026-11-21"))
    register.engine.dispose()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ひなた", ["ひなた会館"]),
        ("港町一丁目", ["ひなた会館"]),  # by its address
        ("町", ["町", "ひなた会館"]),  # areas first
        ("通いの場１", ["通いの場1"]),  # the town's own, whatever the width
        ("どこにもない", []),
        ("　", []),
    ],
)
def test_what_a_text_finds_and_in_which_order(day, text, names):
    found, every = find_spots(day, text)
    assert [one.name for one in found] == names and every == len(names)


def test_one_sets_out_from_where_it_stands_or_within_the_area(day):
    (hall,), _ = find_spots(day, "ひなた")
    assert hall.at_m == pytest.approx((300.0, 100.0), abs=0.01) and hall.more == "港町一丁目2-3"
    area = find_spots(day, "町")[0][0]
    assert -50 <= area.at_m[0] <= 450 and -50 <= area.at_m[1] <= 450
    assert len(find_spots(day, "通いの場", most=0)[0]) == 0
