"""Schedules are read: what is understood, and what is kept as it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from long_texts import LONG_SCHEDULES

from geo.schedule import (
    check_schedule,
    dump_schedule,
    parse_schedule,
    say_sessions,
    sessions_per_month,
)
from geo.schedule.hours import read_season, read_slot, take_slots

TUE = {"freq": "weekly", "weekdays": [1]}


@pytest.mark.parametrize(
    ("text", "rules", "why"),
    [
        ("毎週火曜", [TUE], "the plainest"),
        ("毎週⽕曜⽇", [TUE], "signs from a PDF that only look like kanji"),
        ("火曜日", [TUE], "a weekday alone is every week"),
        ("週1回", [{"freq": "weekly"}], "once a week, the day not told"),
        ("隔週", [{"freq": "fortnightly"}], "the day not told"),
        ("週２日（火・木）", [{"freq": "weekly", "weekdays": [1, 3]}], "the count agrees"),
        (
            "毎週月・水・金曜日 10:00～12:00",
            [{"freq": "weekly", "weekdays": [0, 2, 4], "start": "10:00", "end": "12:00"}],
            "several days",
        ),
        (
            "第1・3木曜 13時半〜15時",
            [{"freq": "nth", "weekdays": [3], "nth": [1, 3], "start": "13:30", "end": "15:00"}],
            "half past",
        ),
        ("第２、第４火曜日", [{"freq": "nth", "weekdays": [1], "nth": [2, 4]}], "wide digits"),
        ("第二・第四月曜", [{"freq": "nth", "weekdays": [0], "nth": [2, 4]}], "kanji numbers"),
        ("第2・4月曜日", [{"freq": "nth", "weekdays": [0], "nth": [2, 4]}], "4月 is no April here"),
        ("第2火曜、第4火曜", [{"freq": "nth", "weekdays": [1], "nth": [2, 4]}], "same weekday"),
        (
            "第1火曜・第3木曜",
            [
                {"freq": "nth", "weekdays": [1], "nth": [1]},
                {"freq": "nth", "weekdays": [3], "nth": [3]},
            ],
            "two weekdays are two rules",
        ),
        ("毎月第3土曜", [{"freq": "nth", "weekdays": [5], "nth": [3]}], "毎月 in front"),
        ("最終金曜", [{"freq": "nth", "weekdays": [4], "nth": [-1]}], "the last"),
        ("第1・最終金曜", [{"freq": "nth", "weekdays": [4], "nth": [1, -1]}], "first and last"),
        ("隔週水曜", [{"freq": "fortnightly", "weekdays": [2]}], "every other week"),
        ("毎日", [{"freq": "daily"}], ""),
        ("平日", [{"freq": "weekly", "weekdays": [0, 1, 2, 3, 4]}], ""),
        ("土日", [{"freq": "weekly", "weekdays": [5, 6]}], "two days without 曜"),
        ("月1回", [{"freq": "monthly", "times_per_month": 1}], ""),
        ("毎月２回", [{"freq": "monthly", "times_per_month": 2}], ""),
        ("毎月10日・20日", [{"freq": "monthly", "days": [10, 20]}], ""),
        ("不定期", [{"freq": "irregular"}], ""),
        (
            "毎月２回／第２、第４金曜日10:00〜11:30",
            [{"freq": "nth", "weekdays": [4], "nth": [2, 4], "start": "10:00", "end": "11:30"}],
            "a real sheet: count and days agree",
        ),
        (
            "毎月2回/15日、25日 10:00–11:30",
            [{"freq": "monthly", "days": [15, 25], "start": "10:00", "end": "11:30"}],
            "a real sheet: en dash",
        ),
        ("月2回（第2・4火曜）", [{"freq": "nth", "weekdays": [1], "nth": [2, 4]}], "in brackets"),
        (
            "毎週火曜 午前10時から午後3時まで",
            [TUE | {"start": "10:00", "end": "15:00"}],
            "から … まで",
        ),
        ("毎週火曜 13時半～", [TUE | {"start": "13:30"}], "no end told"),
        ("毎週火曜 12時まで", [TUE | {"end": "12:00"}], "no start told"),
        (
            "4月～9月は毎週火曜 9時〜11時",
            [TUE | {"start": "09:00", "end": "11:00", "from_month": 4, "until_month": 9}],
            "a season before the day",
        ),
        (
            "毎週火曜（4月～9月は9時〜11時、10月～3月は10時〜12時）",
            [
                TUE | {"start": "09:00", "end": "11:00", "from_month": 4, "until_month": 9},
                TUE | {"start": "10:00", "end": "12:00", "from_month": 10, "until_month": 3},
            ],
            "hours of two seasons",
        ),
        ("毎週火曜（祝日・年末年始を除く）", [TUE | {"except": "祝日・年末年始"}], "days off"),
        ("毎週火曜（祝日は休み）", [TUE | {"except": "祝日"}], "the same in other words"),
        (
            "毎週火曜 10時～12時 祝日・年末年始除く",
            [TUE | {"start": "10:00", "end": "12:00", "except": "祝日・年末年始"}],
            "no brackets",
        ),
        ("毎週火曜【第1集会所】", [TUE | {"venue": "第1集会所"}], "the venue's own number"),
        ("毎週火曜 会場：ｶﾌｪさくら", [TUE | {"venue": "ｶﾌｪさくら"}], "kept as written"),
        ("毎週火曜（要予約）", [TUE | {"note": "要予約"}], "a remark"),
        ("毎週火曜 ※雨の日も（室内）", [TUE | {"note": "雨の日も（室内）"}], "all after ※"),
        (
            "2026年4月10日（金）、5月12日、26日",
            [{"freq": "dates", "dates": ["2026-04-10", "2026-05-12", "2026-05-26"]}],
            "the year and the month hold on",
        ),
        (
            "令和8年4月10日 10:00～12:00",
            [{"freq": "dates", "dates": ["2026-04-10"], "start": "10:00", "end": "12:00"}],
            "by era",
        ),
        (
            "2026-04-10, 2026-05-12",
            [{"freq": "dates", "dates": ["2026-04-10", "2026-05-12"]}],
            "ISO",
        ),
        (
            "第1火曜 10:00～12:00、第3木曜 13:00～15:00",
            [
                {"freq": "nth", "weekdays": [1], "nth": [1], "start": "10:00", "end": "12:00"},
                {"freq": "nth", "weekdays": [3], "nth": [3], "start": "13:00", "end": "15:00"},
            ],
            "each with its own hours",
        ),
        (
            "毎週火曜 10:00～11:30、13:30～15:00",
            [TUE | {"start": "10:00", "end": "11:30"}, TUE | {"start": "13:30", "end": "15:00"}],
            "a morning's and an afternoon's session, more than an hour's rest between",
        ),
        (
            "隔月（奇数月）第2水曜",
            [{"freq": "nth", "weekdays": [2], "nth": [2], "months": [1, 3, 5, 7, 9, 11]}],
            "every other month, told which",
        ),
        (
            "奇数月第1月曜 10:00～11:00と偶数月第2火曜 13:00～15:00",
            [
                {
                    "freq": "nth",
                    "weekdays": [0],
                    "nth": [1],
                    "months": [1, 3, 5, 7, 9, 11],
                    "start": "10:00",
                    "end": "11:00",
                },
                {
                    "freq": "nth",
                    "weekdays": [1],
                    "nth": [2],
                    "months": [2, 4, 6, 8, 10, 12],
                    "start": "13:00",
                    "end": "15:00",
                },
            ],
            "odd months and even ones, each its own",
        ),
        (
            "毎週火曜；隔週水曜\r\n\n不定期",
            [TUE, {"freq": "fortnightly", "weekdays": [2]}, {"freq": "irregular"}],
            "three lines",
        ),
    ],
)
def test_a_line_is_read(text, rules, why):
    found = parse_schedule(text)
    assert found == rules, why
    assert check_schedule(found) == (rules, [])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("毎週火曜 10:00～12:00、13:00～15:00", "one session or two?"),
        ("月・木 10:00～11:30、13:30～15:00", "each day both, or each its own?"),
        ("第1・3水曜 10:00～11:30、13:30～15:00", "each day both, or each its own?"),
        ("毎週火曜 10:00～、13:30～", "until when is the first?"),
        ("毎週火曜、第3木曜 10:00～12:00", "whose hours?"),
        ("週3回（火・木）", "count and days disagree"),
        ("月2回（第2火曜）", "count and days disagree"),
        ("第6火曜", "no such week"),
        ("【休館日】月曜日", "closed, not open"),
        ("9:00～17:00 【休館日】月曜日、第3日曜日、年末年始", "a real list: closed, not open"),
        ("定休日：月曜", "closed, not open"),
        ("月", "Monday or month?"),
        ("月1～2回", "once or twice?"),
        ("火曜 1時～3時", "night or afternoon?"),
        ("毎週火曜 10時～3時", "ends before it starts"),
        ("毎週火曜（8月は第1のみ）", "a rule inside the rule"),
        ("土日祝", "public holidays have no weekday"),
        ("2026年12月10日、1月14日", "of which year?"),
        ("2026年2月31日", "no such day"),
        ("毎月32日", "no such day"),
        ("4月～9月は9時〜11時", "hours of no day"),
        ("13月～14月は毎週火曜", "no such months"),
        ("毎週火曜 ※", "a mark without a note"),
        ("毎週火曜【】", "a venue without a name"),
        ("参加費\\500", "the yen sign of old files is no escape"),
        ("気が向いた日", "prose"),
    ],
)
def test_what_cannot_be_read_is_kept_exactly(text, why):
    assert parse_schedule(text) == [{"freq": "text", "text": text}], why


@pytest.mark.parametrize("text", ["", " \n　\r\n; ；"])
def test_nothing_written_is_no_rule(text):
    assert parse_schedule(text) == []


PIECES = st.sampled_from(
    [
        "毎週",
        "隔週",
        "第",
        "1",
        "3",
        "・",
        "、",
        "火",
        "木曜",
        "日",
        "月",
        "年",
        "2026",
        "4月～9月は",
        "10:00",
        "～",
        "12時半",
        "午後",
        "（",
        "）",
        "【",
        "】",
        "※",
        '"',
        '原文"',
        "を除く",
        "休み",
        "会場：",
        "毎日",
        "毎月",
        "回",
        ";",
        "\n",
        "最終",
        "-",
        "/",
        "祝日",
        "\\u00",
        "\u2028",
        "①",
        "{{",
        "令和",
        "24:00",
        "99",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join))


@settings(deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_what_was_read_reads_again(text):
    rules = parse_schedule(text)
    assert check_schedule(rules) == (rules, [])
    assert parse_schedule(dump_schedule(rules)) == rules
    dump_schedule(rules, "en")
    say_sessions(sessions_per_month(rules))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", LONG_SCHEDULES, ids=lambda text: text[:4])
def test_long_hostile_text_is_read_without_hanging(text):
    assert parse_schedule(text)


HOSTILE = (
    "火曜日", "第1", "祝日", "（", "【", "1", "10:00～", "4月～", "会場：", " ", '"', "1月",
    "1日、", "毎週", "月・", "カフェ",
)  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize("sign", HOSTILE)
def test_long_hostile_text_is_kept_as_it_is(sign):
    for text in (f"{sign * 2000}X", f"{sign * 200}X"):
        assert parse_schedule(text) == [{"freq": "text", "text": text.strip()}]


def test_hours_are_taken_out_of_a_text_and_numbers_are_none():
    found, rest = take_slots("毎週火曜 夏期15:00~16:30 110:00")
    slots = [read_slot(one.groupdict()) for one in found]
    assert slots == [{"season": "summer", "start": "15:00", "end": "16:30"}]
    assert rest.split() == ["毎週火曜", "110:00"] and read_season({}) == {}
