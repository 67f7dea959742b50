"""What is off is taken away exactly, or the count is not known: laws over many phrases."""

import calendar
import math
import re
from datetime import date

import pytest
from schedule_vectors import TODAY, VECTORS, draw_phrases

from geo.base import settings as variables
from geo.schedule import (
    next_days,
    parse_schedule,
    parse_sessions,
    say_reading,
    say_sessions,
    sessions_per_month,
)
from geo.schedule.doubt import find_state, is_doubtful, say_doubt, without_harmless
from geo.schedule.off import read_off, take_off

DAY = date.fromisoformat(TODAY)
PHRASES = int(variables.PHRASES.read() or 1500)
WEEK = 365.25 / 7 / 12

# Remarks that say it meets less often than it seems, or perhaps not at all.
UNCLEAR = (
    "（冬期を除く）", "（農繁期は休み）", "（GW休み）", "（8/10～16休み）", "（積雪時休み）", "（木曜午後休み）",
    "（休止中）", "（中止）", "（令和7年度で終了）", "（準備中）", "（どちらか）", "（交互）", "（不定期）",
    "（未定）", "（夏休み）", "（3か月）", "※休止中", "※コロナのため中止", "※12月は第2のみ", "※3月まで",
    "※4月から", "※学校休業日以外", "※予定", "\n※当面中止", "\n（終了）",
)  # fmt: skip

# Remarks that are understood, with what they take away.
CLEAR = {
    "（水曜を除く）": lambda day: day.weekday() == 2,
    "（土日祝除く）": lambda day: day.weekday() in (5, 6),
    "（第3火曜は休み）": lambda day: day.weekday() == 1 and nth(day) == 3,
    "（第1・3月曜除く）": lambda day: day.weekday() == 0 and nth(day) in (1, 3),
    "（第5は休み）": lambda day: nth(day) == 5,
    "（8月を除く）": lambda day: day.month == 8,
    "（12～2月休み）": lambda day: day.month in (12, 1, 2),
    "（3、7月除く）": lambda day: day.month in (3, 7),
    "（奇数月休み）": lambda day: day.month % 2 == 1,
    "※木曜定休": lambda day: day.weekday() == 3,
}


def nth(day):
    return (day.day - 1) // 7 + 1


def phrases():
    known = [one["text"] for one in VECTORS]
    lines = [*known, *draw_phrases(PHRASES, seed=7)]
    return [one for one in lines if not re.search("[\r\n;；]", one)]


def test_a_remark_that_is_not_understood_never_leaves_the_count_as_it_was():
    counted = 0
    for text in phrases():
        if math.isnan(parse_sessions(text)):
            continue
        counted += 1
        told = UNCLEAR if counted < len(VECTORS) // 2 else UNCLEAR[counted % 25 :][:2]
        for remark in told:
            # What is monthly at irregular times is still so many a month.
            if "不定期" in remark and re.search("[月年週]", text):
                continue
            assert math.isnan(parse_sessions(text + remark)), text + remark
    assert counted > 150


def test_a_remark_that_is_understood_takes_away_those_days_and_no_others():
    compared = 0
    for text in phrases()[: len(VECTORS) + PHRASES // 10]:
        before = sessions_per_month(parse_schedule(text))
        days = next_days(parse_schedule(text), DAY, 60).meetings
        if not before.per_month or not days:
            continue
        for remark, off in CLEAR.items():
            rules = parse_schedule(text + remark)
            after = sessions_per_month(rules)
            if not after.per_month:
                continue
            assert after.per_month <= before.per_month + 1e-9, text + remark
            found = [one.day for one in next_days(rules, DAY, 30).meetings]
            left = [one.day for one in days if not off(one.day)]
            # As far as both were looked for: three years, or so many meetings.
            end = min(
                [DAY.replace(year=DAY.year + 3), *(days[59:] and [days[59].day]), *found[29:]]
            )
            assert [day for day in found if day < end] == [day for day in left if day < end], (
                text + remark
            )
            compared += 1
    assert compared > 200


def test_counts_are_what_a_calendar_of_four_years_counts():
    for known in VECTORS:
        rules = parse_schedule(known["text"])
        plain = all(rule["freq"] in ("weekly", "nth", "daily") for rule in rules)
        exact = all({"by_week", "every_months"}.isdisjoint(rule) for rule in rules)
        if known["per_month"] is None or not plain or not exact or "season" in rules[0]:
            continue
        if not all("weekdays" in rule or rule["freq"] == "daily" for rule in rules):
            continue
        held = sum(
            one.day.year == year
            for year in range(2021, 2025)
            for one in next_days(rules, date(year, 1, 1), 367).meetings
        )
        assert held / 48 == pytest.approx(known["per_month"], abs=0.05), known["text"]


@pytest.mark.parametrize(
    ("text", "ja"),
    [
        (
            "毎週火曜（冬期休み）",
            "「冬期」の休みがいつか分からないので、回数は分からないものとします。",
        ),
        ("毎週火曜（休止中）", "「休止中」とあるので（休止）、回数は分からないものとします。"),
        ("毎週火曜（準備中）", "「準備中」とあるので（準備中）、回数は分からないものとします。"),
        ("毎週火曜 予定", "「予定」とあるので（予定）、回数は分からないものとします。"),
        ("火・木（どちらか）", "「どちらか」とあるので、回数は分からないものとします。"),
        (
            "隔月（8月を除く）",
            "「8月」の休みがいつか分からないので、回数は分からないものとします。",
        ),
    ],
)
def test_why_nothing_is_counted_is_said(text, ja):
    rules = parse_schedule(text)
    said = say_reading(rules, DAY)
    assert ja in [one.ja for one in said]
    assert all(one.en for one in said) and not next_days(rules, DAY).meetings
    assert say_sessions(sessions_per_month(rules)).ja == "回数は分かりません"


def test_a_rule_kept_before_with_weekdays_off_is_counted_without_them():
    kept = [{"freq": "daily", "except": "日曜"}]
    assert sessions_per_month(kept).per_month == pytest.approx(6 * WEEK)
    assert all(one.day.weekday() != 6 for one in next_days(kept, DAY, 30).meetings)


def test_a_day_without_a_year_that_fits_no_near_year_is_not_counted():
    assert parse_sessions("12月20日（日）", date(2026, 12, 1)) == pytest.approx(1 / 12)
    assert math.isnan(parse_sessions("12月20日（月）", date(2026, 12, 1)))
    assert parse_sessions("12月20日", date(2026, 12, 1)) == pytest.approx(1 / 12)


@pytest.mark.parametrize(
    ("text", "months", "cuts"),
    [
        ("8月", [8], []),
        ("11～2月", [11, 12, 1, 2], []),
        ("7月から9月", [7, 8, 9], []),
        ("3・8・12月", [3, 8, 12], []),
        ("８月と１２月", [8, 12], []),
        ("13月", [0], []),
        ("土日", [], [{"weekdays": [5, 6]}]),
        ("第1・3日曜", [], [{"nth": [1, 3], "weekdays": [6]}]),
        ("第5週", [], [{"nth": [5], "by_week": True}]),
    ],
)
def test_days_off_are_read(text, months, cuts):
    off = read_off(text)
    assert (off.months, off.cuts, off.holidays) == (months, cuts, "")


@pytest.mark.parametrize(
    "text", ["", "冬期", "8", "3・8", "8/10～16", "10日", "第6火曜", "火曜の午後"]
)
def test_days_off_that_are_not_clear_are_none(text):
    assert read_off(text) is None


def test_what_cannot_be_taken_away_is_not_guessed():
    tue, last = {"freq": "weekly", "weekdays": [1]}, {"freq": "nth", "weekdays": [1], "nth": [-1]}
    assert take_off([tue], read_off("木曜"), within=True) is None
    assert take_off([tue], read_off("木曜"), within=False) == [tue]
    assert take_off([last], read_off("第4"), within=False) is None, "the last may be the fourth"
    assert take_off([{"freq": "monthly", "days": [10]}], read_off("日曜"), within=False) is None
    assert take_off([tue], read_off("火曜"), within=False) is None, "nothing would be left"


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("上履き持参", False), ("雨天中止", False), ("休憩あり", False), ("10:00から受付", False),
        ("会員のみ", False), ("前日までに予約", False), ("駅から徒歩5分", False), ("65歳以上", False),
        ("積雪時中止", True), ("雨天中止、冬は休み", True), ("令和8年3月まで", True), ("第2のみ", True),
        ("うち1回", True), ("会場は交互", True), ("月1回", True), ("水曜は別の会場", True),
    ],
)  # fmt: skip
def test_a_remark_is_harmless_or_not(text, doubtful):
    assert is_doubtful(text) is doubtful


def test_harmless_words_are_left_out_of_a_state():
    assert find_state(without_harmless("雨天中止")) is None
    assert find_state("雨天中止。3月で終了").en == "ended"
    assert say_doubt({"freq": "weekly", "note": "雨天中止"}) is None


def test_a_month_has_as_many_of_a_weekday_as_its_calendar():
    days = [one.day for one in next_days(parse_schedule("毎週火曜（第5を除く）"), DAY, 60).meetings]
    for year, month in {(day.year, day.month) for day in days[5:-5]}:
        tuesdays = sum(week[1] > 0 for week in calendar.monthcalendar(year, month))
        found = sum((day.year, day.month) == (year, month) for day in days)
        assert tuesdays >= 4 and found == 4
