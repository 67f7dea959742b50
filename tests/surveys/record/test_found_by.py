"""The words a site is found by."""

import pytest

from geo.schedule import parse_schedule
from surveys.record.found_by import reading_of, say_found_by
from surveys.types import RECORD_TYPES


def words(type_, **answers):
    return set(say_found_by(RECORD_TYPES[type_], answers))


def group(**answers):
    return {"activities": [{"_id": "1", **answers}]}


@pytest.mark.parametrize(
    ("type_", "answers", "found", "why"),
    [
        ("salon", group(content=["exercise"]), {"体操", "exercise", "いきいき百歳体操"}, "both languages"),
        ("salon", group(content=["hobby"]), {"趣味活動", "カラオケ"}, "what files call it, too"),
        ("salon", {"toilet_wheelchair": "yes"}, {"車いすトイレ"}, "what is there is found by its name"),
        ("salon", group(schedule=parse_schedule("毎週火・木曜 10:00～")),
            {"火曜日", "木曜日", "Tuesday", "午前", "morning"}, "each weekday by itself"),
        ("resource", {"schedule": parse_schedule("毎日 13:00～")}, {"日曜日", "午後"}, "daily is every day"),
        ("park", {"note": "坂の下"}, {"坂の下"}, "a person's own words"),
    ],
)  # fmt: skip
def test_a_site_is_found_by_what_is_said_of_it(type_, answers, found, why):
    assert found <= words(type_, **answers), why


@pytest.mark.parametrize(
    ("type_", "answers", "lost", "why"),
    [
        ("salon", {"toilet_wheelchair": "no"}, {"車いすトイレ", "なし"}, "what is not there by nothing"),
        ("salon", {"toilet_wheelchair": "unknown"}, {"車いすトイレ", "不明"}, "nor what nobody could tell"),
        ("salon", group(schedule=parse_schedule("月1回")), {"火曜日", "午前"}, "no day is told"),
        ("salon", {"parking": "yes"}, {"1", "○", "TRUE"}, "no single signs"),
    ],
)  # fmt: skip
def test_a_site_is_not_found_by_what_it_is_not(type_, answers, lost, why):
    assert not lost & words(type_, **answers), why


def test_a_name_is_read_by_its_kana_else_as_written():
    park = RECORD_TYPES["park"]
    assert reading_of(park, {"name": "桜公園", "kana": "さくらこうえん"}) == "さくらこうえん"
    assert (reading_of(park, {"name": "桜公園"}), reading_of(park, {})) == ("桜公園", "")
