"""A week's table: the toy town by hand, every cell against the answer with that choice, its files."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from geojson_rules import faults
from register_fixtures import new_version
from shapely.geometry import Point
from toy_town import toy_town
from unknown_towns import unknown_town
from wished_groups import answers_of, random_groups, two_areas

from geo.analysis.week import ANY, DAYS, UNKNOWN
from geo.coverage.asking import parse_question
from geo.export.facts import Stamp
from geo.export.week import WEEK_KEYS, export_week, export_week_book, export_week_table
from geo.say.week import say_week
from geo.toy import toy_sites
from layers.day.day import Day
from layers.day.salons import When, list_given
from layers.day.told import Told
from layers.day.week import WEEK_WORDS, day_week, week_choices
from surveys.record.wanted import Wanted, parse_wanted
from surveys.store.register import open_register

NOW = When(on="2026-11-21")
NEAR = parse_question(division="町", people="65", walker="elderly", within="300m")
FAR = parse_question(division="町", people="65", walker="elderly", within="500m")
STAMP = Stamp(version="0", made_at="2026-11-21T00:00:00Z")


def toy_day(*schedules, wanted=None):
    """Salons one of which each of three homes of ten has within 300 m, at these times."""
    table = toy_sites([(0.0, 0.0), (400.0, 400.0), (400.0, 0.0)]).assign(schedule=list(schedules))
    town, wanted = toy_town(table), wanted or Wanted()
    return Day(told=Told(town=town), when=NOW, wanted=wanted, given=list_given(table, wanted))


TOY = ("毎週火曜 10:00", "第2火曜 10:00", "不定期")


def test_the_toy_week_by_hand():
    week = day_week(toy_day(*TOY), NEAR)

    def people(**key):
        return int(week.row(**key)["within"])

    assert people() == 30 and people(weekday="tue") == people(weekday="tue", half="am") == 20
    # Every week, twice a month, once a month.
    often = [
        people(weekday="tue", half="am", at_least=one) for one in ("weekly", "twice", "monthly")
    ]
    assert often == [10, 10, 20]
    assert people(weekday="tue", half="pm") == people(weekday="wed") == people(weekday="sun") == 0
    assert people(weekday=UNKNOWN) == 10 and people(weekday=UNKNOWN, half=UNKNOWN) == 10
    assert people(weekday=UNKNOWN, half="am") == 0
    assert people(part="whom", what="anybody") == 30 and people(part="whom", what="areas") == 0
    assert not (week.table["part"] == "content").any()  # nobody told what is done
    assert "night" not in set(week.table["half"])  # none in the evening: no column for it


def test_an_evening_is_a_part_of_the_afternoon_and_has_its_own_row():
    week = day_week(toy_day("毎週火曜 19:00", "毎週火曜 14:00", "毎週火曜 9:00"), NEAR)
    found = [int(week.row(weekday="tue", half=half)["within"]) for half in ("am", "pm", "night")]
    assert found == [10, 20, 10]


def test_the_toy_week_in_words():
    head, *lines = (one.ja for one in say_week(day_week(toy_day(*TOY), NEAR), NEAR, WEEK_WORDS))
    assert head.startswith(
        "その曜日・時間帯に開く通いの場が徒歩300m以内にある65歳以上（道につながる 40人のうち。"
    )
    assert lines[:2] == [
        "月曜: 午前 0人（0人）、午後 0人（0人）",
        "火曜: 午前 20人（10人）、午後 0人（0人）",
    ]
    assert "いちばん多いのは火曜の午前の 20人（50.0％）" in lines
    assert "曜日の分からない通いの場 1か所（10人に届く）は、どの曜日にも数えていない" in lines
    assert any("月1回の通いの場も" in one for one in lines)
    for one in say_week(day_week(toy_day(*TOY), NEAR), NEAR, WEEK_WORDS):
        assert one.en


@pytest.fixture(scope="module", params=range(2))
def filled(request, tmp_path_factory):
    """A random town of two areas with a random register."""
    rng = np.random.default_rng(request.param)
    town = two_areas(unknown_town(rng))
    town = replace(town, sites=toy_sites([(100.0, 100.0)]).assign(schedule="毎週火曜 10:00"))
    register = open_register(tmp_path_factory.mktemp("week"))
    for number in range(10):
        lon, lat = town.plane.to_lonlat(*rng.uniform(0, 1000, (2, 1)))
        place = Point(float(lon[0]), float(lat[0]))
        register.save(
            new_version(
                f"v{number}", answers_of(random_groups(rng)), type="salon", place=place,
                made_at="2026-05-01T09:00:00Z",
            )
        )  # fmt: skip
    yield Day(told=Told(town=town, register=register), when=NOW)
    register.engine.dispose()


def wished(key):
    """The choice of a row, as a command takes it; None for one no command has."""
    if key.part == "whom" or UNKNOWN in (key.weekday, key.half):
        return None
    plain = {name: "" if getattr(key, name) == ANY else getattr(key, name)
             for name in ("weekday", "half", "at_least")}  # fmt: skip
    return parse_wanted(**plain, content=key.what)


@pytest.mark.parametrize("eligible", [False, True])
def test_every_cell_is_the_answer_with_that_choice(filled, eligible):
    day = replace(filled, wanted=Wanted(eligible=eligible))
    week, checked = day_week(day, FAR), 0
    for key, choice in zip(week.table.itertuples(), week_choices(day), strict=True):
        wanted = wished(key)
        if wanted is not None:
            found = replace(day, wanted=replace(wanted, eligible=eligible))
            assert set(found.salons["site_id"]) == choice.ids, key
            if checked % 5 and key.part == "time":  # the law holds for all; a fifth is asked anew
                checked += 1
                continue
        elif key.at_least != ANY:
            continue
        else:
            rows = day.salons[day.salons["site_id"].isin(choice.ids)].reset_index(drop=True)
            if eligible:  # a salon's own groups of the day say whose it is
                continue
            found = day.among(rows)
        checked += 1
        fresh = found.ask(FAR)
        assert fresh.totals["within"] == key.within, key
        mine = week.areas[
            np.all([week.areas[name] == getattr(key, name)
                    for name in ("part", "what", "weekday", "half", "at_least")], axis=0)
        ]  # fmt: skip
        assert mine["within"].tolist() == fresh.areas["within"].tolist()
    assert checked > 20


def test_whom_a_salon_is_for_is_told_apart(filled):
    table = day_week(filled, FAR).table
    whom = table[(table["part"] == "whom") & (table["weekday"] == ANY) & (table["at_least"] == ANY)]
    assert whom["salons"].sum() == len(filled.salons)
    known = {one for one in DAYS if one not in (ANY, UNKNOWN)}
    assert set(table["weekday"]) == known | {ANY, UNKNOWN}


def test_files_of_a_week_say_the_same(filled):
    town, week = filled.town_for(FAR), day_week(filled, FAR)
    document = json.loads(export_week(town, week, WEEK_WORDS, keys="en", stamp=STAMP))
    assert faults(document) == []
    rows = [one["properties"] for one in document["features"]]
    assert sum(row["tue_am"] for row in rows) == week.row(weekday="tue", half="am")["within"]
    told = {
        (one["part"], one["weekday"], one["half"], one["at_least"])
        for one in document["kayoi"]["week"]
    }
    assert ("time", "tue", "am", "weekly") in told
    named = json.loads(export_week(town, week, WEEK_WORDS, keys="ja", stamp=STAMP))
    assert "火曜_午前_週1回以上" in named["features"][0]["properties"]
    text = export_week_table(week, WEEK_WORDS, keys="ja", lang="ja")
    head, *lines = csv.reader(io.StringIO(text))
    assert head == [*WEEK_KEYS.values()]
    first = dict(zip(head, lines[0], strict=True))
    assert first["地区名"] == "合計" and first["届く人"] == str(
        week.row(weekday="mon", half="am")["within"]
    )
    data = export_week_book(week, WEEK_WORDS, keys="ja", lang="ja", stamp=STAMP)
    assert data == export_week_book(week, WEEK_WORDS, keys="ja", lang="ja", stamp=STAMP)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["一週間", "すべての行", "説明"]
    grid = list(book["一週間"].values)
    assert grid[0][3] == "月曜" and grid[1][4] == week.row(weekday="tue", half="am")["within"]


def test_an_area_of_which_nobody_told_who_lives_there_has_no_figure(filled):
    week = day_week(filled, FAR)
    areas = week.coverage.areas.assign(no_people=[True, False])
    lost = replace(week, coverage=replace(week.coverage, areas=areas))
    text = export_week_table(lost, WEEK_WORDS, keys="en", lang="en")
    rows = [one for one in csv.DictReader(io.StringIO(text)) if one["area_id"] == "w"]
    assert rows and all(one["within"] == one["people"] == "" for one in rows)
    town = filled.town_for(FAR)
    shown = json.loads(export_week(town, lost, WEEK_WORDS, keys="en", stamp=STAMP))["features"]
    assert shown[0]["properties"]["tue_am"] is None and shown[1]["properties"]["tue_am"] is not None
