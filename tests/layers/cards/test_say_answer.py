"""Answers in words."""

import pytest

from geo.base.words import Words
from layers.cards.say_answer import answer_rows, make_row, say_month, say_value
from surveys.declaration.field import UNKNOWN, YES_NO, Choice, Field, Item
from surveys.types import RECORD_TYPES

W = Words("x", "x")
CHOICES = (Choice("wood", Words("木", "wood")), Choice("metal", Words("金属", "metal")))
BENCH = Item(words=W, counter=Words("台", "benches"), marker="bench", fields=())


def field(kind, **more):
    return Field(id="one", words=Words("項目", "field"), kind=kind, **more)


@pytest.mark.parametrize(
    ("asked", "value", "ja", "en", "why"),
    [
        (field("choice", choices=YES_NO), "no", "なし", "no", "a choice by its label"),
        (field("choice", choices=YES_NO), None, "未確認", "not asked", "nobody looked"),
        (field("choice", choices=YES_NO), UNKNOWN, "不明", "not known", "looked, could not tell"),
        (field("choices", choices=CHOICES), ["wood", "metal"], "木、金属", "wood, metal", "all of them"),
        (field("number", unit="cm"), 42, "42cm", "42 cm", "a unit"),
        (field("number", unit="人"), 33077, "33,077人", "33,077 people", "thousands"),
        (field("number", unit="%", decimals=1), 9.5, "9.5％", "9.5 %", "the sign is full-width"),
        (field("number", unit="台"), 0, "0台", "0", "nought is an answer"),
        (field("date"), "2026-11-21", "令和8年11月21日", "21 Nov 2026", "by era"),
        (field("month"), "1980-04", "昭和55年4月", "Apr 1980", "a month by era"),
        (field("month"), "1980", "昭和55年（1980年）", "1980", "a year by era"),
        (field("month"), UNKNOWN, "不明", "not known", "an old park"),
        (field("time"), "09:05", "9:05", "9:05", "as a clock says it"),
        (field("schedule"), [], "なし", "none", "asked, and there is none"),
        (
            field("schedule"), [{"freq": "weekly", "weekdays": [1], "start": "10:00", "end": "11:30"}],
            "毎週火曜日 10:00～11:30", "every Tue 10:00–11:30", "rules",
        ),
        (field("areas"), ["本町", "仲町"], "本町、仲町", "本町, 仲町", "as the town writes them"),
        (field("sites"), ["a", "gone"], "中央公園、（一覧にない地点）", "中央公園, (not in the register)", "titles"),
        (field("items", item=BENCH), [{"_id": "a"}, {"_id": "b"}], "2台", "2", "a count"),
        (field("items", item=BENCH), [], "なし", "none", "no bench"),
        (field("items", item=BENCH), UNKNOWN, "不明", "not known", "could not enter"),
        (field("items", item=BENCH), None, "未確認", "not asked", "nobody looked"),
        (field("photos"), [{"id": "a"}, {"id": "b"}], "2枚", "2 photos", "a count"),
        (field("text"), "unknown", "unknown", "unknown", "a person's own word"),
        (field("note"), "一行\n二行", "一行\n二行", "一行\n二行", "lines are kept"),
        (field("point"), [139.9, 35.6], "地図にある", "on the map", "no figures unless asked"),
    ],
)  # fmt: skip
def test_an_answer_is_said_as_people_say_it(asked, value, ja, en, why):
    titles = {"a": "中央公園"}
    assert say_value(asked, value, "ja", titles=titles) == ja, why
    assert say_value(asked, value, "en", titles=titles) == en, why


def test_a_point_is_told_only_when_asked_for():
    said = say_value(field("point"), [139.9, 35.6], "ja", with_point=True)
    assert said == "緯度35.600000 経度139.900000"


@pytest.mark.parametrize(
    ("text", "ja"),
    [
        ("1989-01", "平成元年1月"), ("1988-12", "昭和63年12月"), ("1989", "平成元年（1989年）"),
        ("2019-05", "令和元年5月"), ("1868", "1868年"), ("0001-01", "1年1月"),
    ],
)  # fmt: skip
def test_months_at_the_turn_of_an_era(text, ja):
    assert say_month(text, "ja") == ja


def test_not_asked_no_and_not_known_are_three_states_and_three_texts():
    asked = field("choice", choices=YES_NO)
    rows = [make_row(asked, value, "ja") for value in (None, "no", UNKNOWN)]
    assert [row.state for row in rows] == ["not_asked", "told", "unknown"]
    assert len({row.text for row in rows}) == 3


@pytest.mark.parametrize("type_", RECORD_TYPES.values(), ids=list(RECORD_TYPES))
def test_every_question_of_every_type_has_a_row(type_):
    rows = answer_rows(type_, {}, "ja")
    assert [row.field for row in rows] == list(type_.fields)
    assert {row.state for row in rows} == {"not_asked"}
    first = answer_rows(type_, {}, "en", first_only=True)
    assert [row.field for row in first] == [one for one in type_.fields if one.first]
