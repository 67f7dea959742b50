"""A list with a column for each weekday, each way it is filled in."""

import pytest
from import_fixtures import site_named
from register_fixtures import LATER

TUE_THU = {"freq": "weekly", "weekdays": [1, 3], "start": "10:00", "end": "11:30"}


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("会場,月,火,水,木,時間\n東会館,,○,×,◎,10:00～11:30\n", [TUE_THU]),
        ("会場,月,火,水,木\n東会館,-,10:00～11:30,,10:00～11:30\n", [TUE_THU]),
        ("会場,月曜日,火曜日,水曜日\n東会館,第2・4,,最終 10:00～\n", [
            {"freq": "nth", "weekdays": [0], "nth": [2, 4]},
            {"freq": "nth", "weekdays": [2], "nth": [-1], "start": "10:00"},
        ]),
        ("会場,第○,(月),(火),(水)\n東会館,第1・3,○,,\n", [{"freq": "nth", "weekdays": [0], "nth": [1, 3]}]),
        ("会場,月,火,水\n東会館,△,,\n", [{"freq": "text", "text": "月曜日 △"}]),
    ],
    ids=["marks and hours", "hours in the cells", "its weeks", "weeks in a column", "a mark nobody knows"],
)  # fmt: skip
def test_columns_of_weekdays_are_when_it_meets(take, book, text, rules):
    take(text, type_id="salon", file="一覧.csv", now=LATER)
    assert site_named(book, "東会館").answers["activities"][0]["schedule"] == rules


def test_they_are_told_and_a_mark_is_in_words(desk):
    plan, reading = desk.read("会場,月,火,水\n東会館,△,○,\n", type_id="salon")
    assert [one.column for one in reading.mended] == ["月・火・水"]
    assert "月曜日 △" in [one.value for one in plan.problems]


@pytest.mark.parametrize(
    "text",
    ["会場,年,月,日\n東会館,2026,4,1\n", "会場,月,火,水,曜日\n東会館,3,4,5,毎週火曜\n"],
    ids=["a day's year, month and day", "people a day"],
)
def test_numbers_are_no_weekdays(desk, text):
    _, reading = desk.read(text, type_id="salon")
    assert "月" in next(iter(reading.ignored.values()))
