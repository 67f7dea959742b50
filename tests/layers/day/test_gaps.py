"""Where people are left out on a day: other days, closed ones, unknown ones, homes, stops, by hand."""

import pandas as pd
import pytest
from register_fixtures import new_version
from shapely.geometry import Point
from toy_town import toy_town

from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.say.gap_why import say_why_first
from geo.schedule import parse_schedule
from geo.toy import toy_sites
from layers.day.day import Day
from layers.day.gaps import day_gaps
from layers.day.salons import When
from layers.day.target import read_target
from layers.day.told import Told
from layers.day.why import why_outside
from layers.walks.gap_walk import walk_to_gap
from surveys.record.wanted import parse_wanted
from surveys.store.register import open_register
from surveys.store.target import find_target, keep_target

NEAR = parse_question(division="町", people="65", walker="elderly", within="300m")
WEEKLY = {"_id": "a", "state": "active", "schedule": parse_schedule("毎週火曜 10:00")}
MONTHLY = {"_id": "a", "state": "active", "schedule": parse_schedule("第1火曜 10:00")}
# One beside each home of the toy town: every week, once a month, over, nobody knows when.
RECORDS = [
    ("meets", (0, 0), {"name": "集いの家", "activities": [WEEKLY]}),
    ("month", (400, 350), {"name": "月の会", "activities": [MONTHLY]}),
    ("over", (50, 400), {"name": "北会館", "activities": [{"_id": "a", "state": "ended"}]}),
    ("dark", (400, 50), {"name": "田中さん宅", "activities": [{"_id": "a", "state": "active"}],
                         "private_home": "yes"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    stops = toy_sites([(300.0, 400.0), (100.0, 0.0)]).assign(
        site_id=["b1", "b2"], kind="bus_stop", name=["北", "南"]
    )
    town = toy_town(stops)
    register = open_register(tmp_path_factory.mktemp("gaps"))
    for id_, (x_m, y_m), answers in RECORDS:
        lon, lat = town.plane.to_lonlat([float(x_m)], [float(y_m)])
        place = Point(float(lon[0]), float(lat[0]))
        register.save(
            new_version(id_, answers, type="salon", place=place, made_at="2026-05-01T09:00:00Z")
        )
    yield Told(town=town, register=register)
    register.engine.dispose()


def found_on(told, **wishes):
    day = Day(told=told, when=When(on="2026-11-21"), wanted=parse_wanted(**wishes))
    coverage = day.ask(NEAR)
    gaps = day_gaps(day, NEAR, coverage)
    assert gaps.table["people"].sum() == coverage.totals["outside"]
    why = why_outside(day, NEAR, coverage).totals
    for cause in ("why_not_open", "why_far", "why_together"):
        assert gaps.table[cause].sum() == why[cause][0]
    at = {(round(row.x_m, -2), round(row.y_m, -2)): row for row in gaps.table.itertuples()}
    return gaps, at


def test_with_no_wish_only_the_closed_one_is_lacking(told):
    gaps, at = found_on(told)
    (row,) = at.values()
    assert (row.people, row.why_not_open, row.open_any, row.unknown) == (10, 10, 0, 0)
    # From (0, 400) the stop at (300, 400) is 300 m off, and from the other a salon 100 m.
    assert (row.stop_near, row.stop_can_come) == (10, 10)
    assert not row.to_home and row.near != "田中さん宅"
    assert (row.opened_id, row.opened_name) == ("over", "北会館")
    said = [one.ja for one in say_why_first(row, NEAR)]
    assert "いまは数えない通いの場（北会館）が開けば届く人が 10人" in said
    day = Day(told=told, when=When(on="2026-11-21"))
    walk = walk_to_gap(day, told.register, NEAR, gaps, row.gap_id)
    assert walk is not None and "over" in walk.spots
    # Two of the three who are reached have none that is known to meet every week.
    assert gaps.seldom == 20 and not gaps.often


def test_asked_for_every_week_the_monthly_and_the_unknown_one_are_told_apart(told):
    gaps, at = found_on(told, at_least="weekly")
    counts = ("people", "why_not_open", "open_any", "open_monthly", "open_weekly", "unknown")
    by = {key: [getattr(row, name) for name in counts] for key, row in at.items()}
    assert by == {
        (400, 400): [10, 10, 10, 10, 0, 0],
        (400, 0): [10, 10, 10, 0, 0, 10],
        (0, 400): [10, 10, 0, 0, 0, 0],
    }
    assert gaps.often and gaps.seldom is None
    # The one that is somebody's home is not named.
    assert {key: row.opened_name for key, row in at.items()} == {
        (400, 400): "月の会", (400, 0): "", (0, 400): "北会館",
    }  # fmt: skip


def test_a_home_is_never_a_landmark_nor_a_distance(told):
    row = parse_question(division="町", people="65", walker="elderly", within="40m")
    day = Day(told=told, when=When(on="2026-11-21"))
    table = day_gaps(day, row, day.ask(row)).table
    assert "田中さん宅" not in {*table["near"], *table["nearest_name"]}
    assert table["to_home"].sum() == 1 and pd.notna(table["minutes_half"]).all()


def test_the_towns_target_is_what_was_asked_for_else_what_was_kept(told):
    assert read_target("", told.register) is None and read_target("", None) is None
    keep_target(told.register, "10min")
    assert read_target("", told.register).text == "10min" and find_target(told.register) == "10min"
    assert read_target("500m", told.register).text == "500m"
    keep_target(told.register, "")
    assert find_target(told.register) == ""
    with pytest.raises(InputError):
        read_target("near", None)
