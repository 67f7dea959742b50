"""The town's own list as rows: its day, its values, and which rows a record is about."""

import math

import numpy as np
import pytest
from own_lists import FILE, TODAY, day, own_town, record
from register_fixtures import new_version, open_sqlite

from layers.day.own_list import (
    list_day,
    own_digest,
    own_rows,
    own_versions,
    register_ids,
    without_record,
)
from layers.day.salons import When, list_salons
from surveys.imports.numbering import spare_id


@pytest.fixture
def register(tmp_path):
    made = open_sqlite(tmp_path)
    yield made
    made.engine.dispose()


@pytest.mark.parametrize(
    ("told", "built_at", "day_", "why"),
    [
        ("2026-10-01", "2026-10-05T03:00:00Z", "2026-10-01", "the day of its credit"),
        ("令和8年4月", "2026-10-05T03:00:00Z", "2026-04-30", "of a month its last day"),
        ("2025", "2026-10-05T03:00:00Z", "2025-12-31", "of a year its last day"),
        ("2026", "2026-10-05T03:00:00Z", "2026-10-05", "no list is newer than the town"),
        ("", "2026-10-05T16:00:00Z", "2026-10-06", "else the day it was built, in Japan"),
        ("そのうち", "2026-10-05T03:00:00Z", "2026-10-05", "what is no day tells none"),
        ("", "", "", "of a town in memory nothing is known"),
    ],
)
def test_the_day_a_list_speaks_of(told, built_at, day_, why):
    assert list_day(own_town((0, 0, {}), date=told, built_at=built_at), FILE) == day_, why


def test_name_place_schedule_capacity_and_note_survive():
    town = own_town(
        (
            0,
            0,
            {"name": "本町", "schedule": "第1・3水 10:00～11:30", "capacity": 20.0, "note": "2階"},
        )
    )
    (row,) = own_rows(town, town.salons)
    assert row.site.answers == {
        "name": "本町",
        "activities": [
            {
                "_id": "1", "state": "active", "capacity": 20,
                "schedule": [{"freq": "nth", "weekdays": [2], "nth": [1, 3], "start": "10:00",
                              "end": "11:30"}],
            }
        ],
        "about": "2階",
    }  # fmt: skip
    assert row.site.origin.on == "2026-10-01" and row.site.origin.source == "imported"
    assert row.site.origins == {"activities/1/state": {"sure": "inferred"}}
    (listed,) = list_salons(town, None, TODAY).listed
    assert (listed.sessions_per_month, listed.capacity) == (2.0, 20.0)


@pytest.mark.parametrize(
    ("more", "kept", "why"),
    [
        ({"schedule": "気が向いた日"}, ["気が向いた日"], "a text that is no rule is kept as text"),
        ({"schedule": "火\x07曜"}, ["火曜"], "signs nobody can read are left out"),
        ({"schedule": ""}, [], "and nothing is nothing"),
    ],
)
def test_a_schedule_that_is_no_rule_is_kept_as_it_is_written(more, kept, why):
    (version,) = own_versions(town := own_town((0, 0, more)), town.salons)
    rules = version.patch.get("activities/1/schedule", [])
    texts = [one.get("text") or one["freq"] for one in rules]
    assert texts == kept or (rules and rules[0]["freq"] == "weekly"), why


def test_a_capacity_the_sheet_does_not_take_is_told_in_words():
    (row,) = own_rows(town := own_town((0, 0, {"capacity": 1500.0, "note": "大"})), town.salons)
    assert row.site.answers["about"] == "大　定員 1500人"
    assert "capacity" not in row.site.answers["activities"][0]


def test_the_fingerprint_is_of_what_a_list_says():
    town = own_town((0, 0, {}), (100, 0, {}))
    turned = own_town(
        (100, 0, {"site_id": "s1", "name": "集い1"}), (0, 0, {"site_id": "s0", "name": "集い0"})
    )
    dated = own_town((0, 0, {}), (100, 0, {}), date="2020-01-01", built_at="")
    assert own_digest(town) == own_digest(turned) == own_digest(dated)
    for change in ({"name": "別"}, {"schedule": "毎週火曜"}, {"capacity": 9.0}, {"note": "2階"}):
        assert own_digest(own_town((0, 0, change), (100, 0, {}))) != own_digest(town), change
    assert own_digest(own_town((0, 0, {}), (100, 1, {}))) != own_digest(town)


def test_an_id_that_is_too_long_or_another_things_gets_a_spare_one(register):
    long = "長" * 65
    register.save(new_version("p1", {"name": "公園"}))
    told = register_ids(register, ["a", long, "p1"])
    assert told == {"a": "a", long: spare_id(long), "p1": spare_id("p1")}


@pytest.mark.parametrize(
    ("x", "name", "site_id", "own", "why"),
    [
        (24.0, "別の名", "r1", 0, "within 25 m it is the record's"),
        (49.0, "集い0", "r1", 0, "of one name within 50 m too"),
        (400.0, "別の名", "s0", 0, "of one id wherever it stands"),
        (30.0, "別の名", "r1", 1, "else nobody recorded it"),
        (60.0, "集い0", "r1", 1, "of one name farther off, too"),
    ],
)
def test_what_a_record_is_about_is_not_told_beside_it(register, x, name, site_id, own, why):
    town = own_town((0, 0, {}))
    record(register, town, site_id, x, 0, name=name)
    assert len(without_record(town, register)) == own, why
    assert list_salons(town, register, TODAY).sites("yes").shape[0] == own + 1, why


def test_before_the_day_of_its_list_a_salon_is_in_the_high_figure_alone():
    town = own_town((0, 0, {}))
    asked = day(town, None, When(on="2026-09-30"))
    low, high = asked.ends()
    assert asked.salons.empty and low.salons.empty and len(high.salons) == 1
    assert "この日にあったか分からない" in asked.say_salons()[0].ja
    assert len(day(town, None, When(on="2026-10-01")).salons) == 1
    assert day(town, None, When(on="2026-10-01", known=True)).salons.empty
    assert len(day(town, None, When(on="2026-10-05", known=True)).salons) == 1


def test_a_table_that_tells_how_often_without_words_still_does():
    town = own_town((0, 0, {"sessions_per_month": 3.0}))
    (listed,) = list_salons(town, None, TODAY).listed
    assert listed.sessions_per_month == 3.0 and math.isnan(listed.capacity)
    assert np.array_equal(day(town, None).salons[["x_m", "y_m"]], [[0.0, 0.0]])
