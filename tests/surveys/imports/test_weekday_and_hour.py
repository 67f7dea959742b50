"""A weekday by its one sign and an hour, in two columns, are when a 通いの場 meets."""

import pytest
from import_fixtures import site_named


@pytest.mark.parametrize(
    ("day", "hour", "told"),
    [
        ("月", "9:00", {"freq": "weekly", "weekdays": [0], "start": "09:00"}),
        ("日", "9:00～10:30", {"freq": "weekly", "weekdays": [6], "start": "09:00", "end": "10:30"}),
        ("火", "13時", {"freq": "weekly", "weekdays": [1], "start": "13:00"}),
        ("月・水", "9:00", {"freq": "weekly", "weekdays": [0, 2], "start": "09:00"}),
    ],
)  # fmt: skip
def test_a_day_and_an_hour_are_read_as_one(take, book, day, hour, told):
    take(f"名称,曜日,時間\n朝の会,{day},{hour}\n", type_id="salon")
    (group,) = site_named(book, "朝の会").answers["activities"]
    assert group["schedule"] == [told]


@pytest.mark.parametrize(("day", "number"), [("月", 0), ("火", 1), ("日", 6)])
def test_a_day_without_an_hour_is_one_too(take, book, day, number):
    take(f"名称,曜日\n朝の会,{day}\n", type_id="salon")
    (group,) = site_named(book, "朝の会").answers["activities"]
    assert group["schedule"] == [{"freq": "weekly", "weekdays": [number]}]
