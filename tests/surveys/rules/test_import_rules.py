"""What the layouts of real files are understood to say, on small files of the same layout."""

import sys

import pytest
from import_fixtures import counts, export, site_named
from register_fixtures import LATER

import surveys.types
from geo.base.registry import find_entries
from surveys.imports.importing import say_plan
from surveys.rules import RULES
from surveys.types import EVERY_TYPE, RECORD_TYPES

PARK_WORDS = [
    (
        "男女別、多機能トイレあり",
        "",
        {
            "toilet": "there",
            "toilets": [{"_id": "t1", "parting": "separate", "wheelchair": "yes"}],
        },
        "described",
    ),
    ("", "広場、トイレ", {"toilet": "there"}, "mentioned, so there is one, of no known kind"),
    ("トイレなし", "", {"toilet": "none"}, "said not to be there"),
    ("", "マンホールトイレ", {}, "set up after an earthquake only"),
    ("", "飲料用耐震性貯水槽", {}, "no tap to drink from"),
    ("", "グラウンド（ナイター設備）", {}, "no light on the path"),
    ("", "ベンチ", {"bench": "yes"}, "some benches, and no number is invented"),
    ("", "ベンチ３基", {"benches": [{"_id": "b1"}, {"_id": "b2"}, {"_id": "b3"}]}, "a number told"),
    ("", "ベンチなし", {"benches": []}, "none"),
    (
        "",
        "健康遊具（４基）",
        {"equipment": [{"_id": "e1", "kind": "other", "count": 4}]},
        "a number told",
    ),
    ("", "健康遊具", {}, "without a number"),
    ("", "あずまや、水飲み場", {"shelter": "yes", "water": "yes"}, "both"),
    ("", "四阿なし", {}, "said not to be there"),
    ("なし", "", {"toilet": "none"}, "none, in the toilets' own column"),
    ("あり", "", {"toilet": "there"}, "some, in the toilets' own column"),
    (
        "洋式２、和式1",
        "",
        {"toilet": "there", "toilets": [{"_id": "t1", "western_count": 2, "japanese_count": 1}]},
        "no word for a toilet but its kinds",
    ),
]


@pytest.mark.parametrize(("toilet", "facility", "expected", "why"), PARK_WORDS)
def test_what_a_sentence_says_of_a_park(book, take, toilet, facility, expected, why):
    made = take(
        f"公園名,緯度,経度,トイレ詳細,施設等\n西町公園,34.86001,138.31,{toilet},{facility}\n"
    )
    answers = site_named(book, "西町公園").answers
    read = {k: v for k, v in answers.items() if k not in ("name", "toilet_text", "facility_text")}
    assert read == expected, why
    origins = made.rows[0].version.origins
    assert {one["sure"] for one in origins.values()} <= {"inferred"}
    assert {path.partition("/")[0] for path in origins} == set(expected)
    assert answers.get("facility_text", "") == facility  # the text itself stays


@pytest.mark.parametrize("said", ["ベンチ", "健康遊具", "遊歩道"])
def test_what_cannot_be_an_answer_is_named_by_row_and_column(plan, said):
    made = plan(f"公園名,緯度,経度,施設等\n西町公園,34.86001,138.31,{said}\n")
    assert [(one.row, one.column, one.value) for one in made.problems] == [(2, "施設等", said)]


def test_a_rule_says_what_it_understood(plan):
    made = plan("公園名,緯度,経度,施設等\n西町公園,34.86001,138.31,あずまや\n")
    said = [one.ja for one in say_plan(made)]
    assert RULES["park_words"].words.ja in said
    assert any("推定" in one and "1件" in one for one in said)


def test_a_demand_stop_has_its_trips_windows_and_deadlines(book, take):
    # The layout of 大井川地区; the deadlines are those of 大島・三和地区.
    text = (
        "名称,緯度,経度,方面_1,方面_1_1便,方面_1_1便_土曜日運行,方面_1_2便,方面_1_2便_土曜日運行,方面_1_3便,"
        "方面_1_予約締め切り時間_1便,方面_1_予約締め切り時間_2便,方面_2,運行会社,電話番号（予約）,そのほか\n"
        "（E-81）広場前,34.80001,138.29,センター行き,8:10〜8:20,あり,9:10〜9:20,なし,夕方,前日17:00,9:05,,小泉,054-622-0000,要登録\n"
    )
    made = take(text, type_id="bus_stop", file="demand.csv")
    answers = site_named(book, "（E-81）広場前").answers
    (line,) = answers["lines"]
    assert (answers["service"], answers["booking"], answers["code"]) == ("demand", "yes", "E-81")
    assert (line["direction"], line["weekday_count"], line["saturday_count"]) == (
        "センター行き",
        2,
        1,
    )
    assert (line["first_time"], line["last_time"]) == ("08:10", "09:10")
    assert line["deadline"] == "1便 前日17:00、2便 9:05"
    assert line["schedule"][0] == {
        "freq": "weekly", "weekdays": [0, 1, 2, 3, 4, 5], "start": "08:10", "end": "08:20",
    }  # fmt: skip
    assert line["schedule"][1]["weekdays"] == [0, 1, 2, 3, 4]
    assert [(one.row, one.column, one.value) for one in made.problems] == [
        (2, "方面_1_3便", "夕方")
    ]
    assert book.versions(made.rows[0].site_id)[0].origin_of("service").sure == "inferred"
    assert book.versions(made.rows[0].site_id)[0].origin_of("operator").sure == "sure"


GTFS = (
    "stop_id,stop_code,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding\n"
    "P1,,駅前,34.86001,138.31,1,,\nA1,,駅前,34.86001,138.31,0,P1,1\nA2,,駅前,34.8601,138.31,0,P1,\n"
    "E1,,駅前口,34.86001,138.31,2,P1,\nP2,,港,34.87001,138.32,1,,\nB1,,川,0,0,,,\n"
)


def test_a_station_is_told_by_its_poles(book, take):
    made = take(GTFS, type_id="bus_stop", file="stops.txt")
    assert [row.title for row in made.rows] == ["駅前", "駅前", "港", "川"]
    assert counts(made) == {"new": 4}
    told = {(one.row, one.column) for one in made.problems}
    assert {(2, "location_type"), (5, "location_type")} < told
    assert {row for row, _ in told} == {2, 5, 7}
    assert counts(take(GTFS, type_id="bus_stop", file="stops.txt", now=LATER)) == {"same": 4}
    codes = {book.site(row.site_id).answers["code"] for row in made.rows}
    assert codes == {"A1", "A2", "P2", "B1"}


def test_one_pole_of_two_lines_is_one_stop(book, take):
    text = (
        "路線名,バス停留所,緯度,経度,A_方面,A_平日便1,A_平日便2,A_土曜・日曜・祝日便1,A_車椅子乗降,B_方面,B_平日便1\n"
        "港線(市自主運行バス),祢宜島(港行き),34.86001,138.31,港行き,7:27,8:20,8:00,○,,\n"
        "川線(市自主運行バス),祢宜島(川行き),34.86002,138.31,川行き,9:00,,,,海行き,10:00\n"
        "川線(市自主運行バス),祢宜島(駅行き),34.8601,138.31,駅行き,9:30,,,,,\n"
    )
    made = take(text, type_id="bus_stop", file="bus.csv")
    assert sorted(row.title for row in made.rows) == ["祢宜島(港行き・川行き)", "祢宜島(駅行き)"]
    lines = site_named(book, "祢宜島(港行き・川行き)").answers["lines"]
    assert [one["direction"] for one in lines] == ["港行き", "川行き", "海行き"]
    first = {
        key: lines[0][key]
        for key in ("weekday_count", "saturday_count", "holiday_count", "wheelchair")
    }
    assert first == {
        "weekday_count": 2,
        "saturday_count": 1,
        "holiday_count": 1,
        "wheelchair": "yes",
    }
    assert lines[1]["weekday_count"] == 1 and "wheelchair" not in lines[1]
    assert [one.row for one in made.problems] == [3]
    version = book.versions(made.rows[0].site_id)[0]
    assert version.origin_of("name").sure == version.origin_of("service").sure == "inferred"


def test_rules_do_not_change_what_they_are_given(plan):
    from surveys.formats.parts.interpret import interpret
    from surveys.formats.upload import read_upload

    raw = read_upload(GTFS.encode(), file="stops.txt")
    rows = interpret(raw, RECORD_TYPES["bus_stop"]).rows
    before = repr(rows)
    RULES["gtfs_stops"].improve(raw.sheets[0], rows)
    assert repr(rows) == before


@pytest.mark.parametrize("id_", sorted(RULES))
def test_every_rule_is_for_a_record_type_there_is_and_says_so_in_both_languages(id_):
    rule = RULES[id_]
    assert rule.type in ("", *RECORD_TYPES)
    assert rule.words.ja and rule.words.en


AED = """
from geo.base.words import Words
from surveys.declaration.common_fields import ADDRESS, NAME, OFFICE_PHONE, text
from surveys.declaration.field import yes_no
from surveys.declaration.record_type import Marker, RecordType

TYPE = RecordType(
    id="aed", words=Words("AED", "AED"), sheet=Words("AED調べ", "AED sheet"),
    marker=Marker(colour="#B00020", shape="M4 4h24v24H4z"),
    walking_m=None, walking_source=Words("目安はない", "none"), order=99, fresh_months=12,
    fields=(
        NAME, ADDRESS, text("spot", "設置位置", "Where"), OFFICE_PHONE,
        yes_no("child", "小児対応", "For children", aliases=("小児対応設備の有無",)),
    ),
)
"""


@pytest.fixture
def aed(tmp_path, monkeypatch):
    """A record type of one new file, found as the others are."""
    folder = tmp_path / "more_types"
    folder.mkdir()
    (folder / "aed.py").write_text(AED, encoding="utf-8")
    monkeypatch.setattr(surveys.types, "__path__", [*surveys.types.__path__, str(folder)])
    found = find_entries("surveys.types", "TYPE")["aed"]
    for types in (RECORD_TYPES, EVERY_TYPE):
        monkeypatch.setitem(types, "aed", found)
    yield found
    sys.modules.pop("surveys.types.aed")


def test_a_record_type_of_one_new_file_takes_the_former_layout(book, take, plan, aed):
    text = (
        "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,住所,方書,緯度,経度,"
        "設置位置,電話番号,小児対応設備の有無,URL,備考\n"
        "222127,1,静岡県,焼津市,市役所,シ,本町2,,34.86001,138.31,2階,054,有,,\n"
        "222127,2,静岡県,焼津市,市役所,シ,本町2,,34.86001,138.31,4階,054,無,,\n"
    )
    assert counts(take(text, type_id="aed", file="aed.csv")) == {"new": 2}
    assert {site_named(book, "市役所").type.id} == {"aed"}
    assert counts(plan(export(book, "aed"), type_id="aed", file="台帳.csv")) == {"same": 2}


@pytest.mark.data
def test_the_real_list_of_aeds_in_the_former_layout_is_taken(take, plan, aed, data):
    path = data / "yaizu/facilities/AED設置箇所一覧/222127_aed.csv"
    text = path.read_text(encoding="utf-8")
    made = take(text, type_id="aed", file=path.name)
    assert counts(made) == {"new": 82} and made.problems == ()
    assert counts(plan(text, type_id="aed", file=path.name)) == {"same": 82}
