"""Whether a schedule meets as one wishes: what fits, what does not, what nobody told."""

import math
from itertools import product

import pytest

from geo.schedule import Times, fit_schedule, parse_schedule
from geo.schedule.fit import LEAST

TUE, AM, PM = Times(weekday=1), Times(half="am"), Times(half="pm")
WEEKLY, MONTHLY = Times(at_least="weekly"), Times(at_least="monthly")


def fit(text, times):
    return fit_schedule(parse_schedule(text), times)


@pytest.mark.parametrize(
    ("text", "times", "fits", "why"),
    [
        ("毎週火曜 10:00", TUE, "yes", "its weekday"),
        ("第2・4火曜", TUE, "yes", "some Tuesdays are Tuesdays"),
        ("毎週火・木曜", TUE, "yes", "one of its weekdays"),
        ("毎日", TUE, "yes", "every day"),
        ("毎週水曜", TUE, "no", "another weekday"),
        ("平日 9:00～16:00", Times(weekday=5), "no", "Saturday is none"),
        ("毎月20日", TUE, "maybe", "now a Tuesday, now not"),
        ("月1回", TUE, "maybe", "the day is not told"),
        ("週2回", TUE, "maybe", "the days are not told"),
        ("不定期", TUE, "maybe", "irregular"),
        ("気が向いた日", TUE, "maybe", "not understood"),
        ("", TUE, "maybe", "nobody told"),
        ("2026年4月7日", TUE, "yes", "a date that is a Tuesday"),
        ("2026年4月8日", TUE, "no", "a date that is none"),
        ("毎週火曜 11:59", AM, "yes", "begins before noon"),
        ("毎週火曜 12:00", AM, "no", "begins at noon"),
        ("毎週火曜 12:00", PM, "yes", "noon is the afternoon"),
        ("毎週火曜 10:00～15:00", PM, "no", "it begins in the morning"),
        ("毎週火曜", AM, "maybe", "no hours"),
        ("毎週火曜", WEEKLY, "yes", "once a week"),
        ("第1・2・3・4火曜", WEEKLY, "no", "four times a month are not weekly"),
        ("第1・2・3・4・5火曜", WEEKLY, "yes", "every Tuesday in other words"),
        ("隔週火曜\n隔週木曜", WEEKLY, "yes", "every other week twice"),
        ("毎週火曜 10:00（8月を除く）", WEEKLY, "no", "not in August"),
        ("毎月20日", WEEKLY, "no", "once a month"),
        ("不定期", WEEKLY, "maybe", "irregular"),
        ("月2回以上", WEEKLY, "maybe", "it may be more"),
        ("週1回以内", WEEKLY, "maybe", "it may be less"),
        ("第1火曜", MONTHLY, "yes", "once a month"),
        ("毎月20日", MONTHLY, "yes", "once a month"),
        ("隔月第1火曜", MONTHLY, "no", "every other month"),
        ("年4回", MONTHLY, "no", "four times a year"),
        ("毎週火曜 13:00\n毎週木曜 10:00", Times(weekday=1, half="am"), "no", "not at once"),
        ("第1火曜 10:00\n毎週水曜 10:00", Times(weekday=1, at_least="weekly"), "no",
         "weekly on other days"),
        ("毎月20日 10:00", Times(weekday=1, at_least="monthly"), "no", "a Tuesday in seven"),
    ],
)  # fmt: skip
def test_what_fits(text, times, fits, why):
    assert fit(text, times).fits == fits, why


def test_hours_that_change_with_an_untold_season_are_not_told():
    both = [
        {"freq": "weekly", "weekdays": [1], "start": start, "season": season}
        for start, season in (("09:00", "summer"), ("10:00", "winter"))
    ]
    assert fit_schedule(both, AM).fits == "yes" and fit_schedule(both, PM).fits == "no"
    rules = [both[0], {**both[1], "start": "13:00"}]
    assert fit_schedule(rules, AM).fits == fit_schedule(rules, PM).fits == "maybe"
    assert fit_schedule(rules, AM).doubt == "half"


def test_sessions_are_those_as_wished():
    text = "毎週火曜 10:00\n第1・3木曜 13:00"
    assert fit(text, Times()).per_month == pytest.approx(6.348, abs=1e-3)
    assert fit(text, TUE).per_month == pytest.approx(LEAST["weekly"])
    assert fit(text, PM).per_month == pytest.approx(2.0)
    assert fit("毎週火・木曜", TUE).per_month == pytest.approx(LEAST["weekly"])
    assert fit("毎日", TUE).per_month == pytest.approx(365.25 / 12 / 7)
    assert math.isnan(fit("不定期", TUE).per_month)


def test_the_first_wish_that_is_not_told_is_named():
    assert fit("月4回 10:00", Times(weekday=1, half="am")).doubt == "weekday"
    assert fit("毎週火曜", Times(weekday=1, half="am")).doubt == "half"
    assert fit("月2回以上", WEEKLY).doubt == "often"
    assert fit("", Times(at_least="monthly")).doubt == "often"


TEXTS = (
    "毎週火曜 10:00",
    "第2・4火曜 13:00",
    "毎月20日 9:00",
    "不定期",
    "毎日 6:30",
    "月2回以上",
    "",
)
ORDER = {"no": 0, "maybe": 1, "yes": 2}


@pytest.mark.parametrize("text", TEXTS)
def test_one_wish_more_never_makes_a_schedule_fit_better(text):
    wishes = [
        Times(weekday=day, half=half, at_least=often)
        for day, half, often in product((None, 1), (None, "am"), (None, "monthly", "weekly"))
    ]
    less = {"monthly": {None, "monthly"}, "weekly": {None, "monthly", "weekly"}, None: {None}}
    for few, more in product(wishes, wishes):
        if (
            few.weekday in (None, more.weekday)
            and few.half in (None, more.half)
            and few.at_least in less[more.at_least]
        ):
            assert ORDER[fit(text, more).fits] <= ORDER[fit(text, few).fits], (text, few, more)


def test_where_it_is_open_whether_it_meets_nothing_is_sure():
    for text in (
        "毎週火曜 10:00（休止中）",
        "毎週火曜 10:00（冬期休み）",
        "毎週火曜 10:00\n第5週は休み",
    ):
        rules = parse_schedule(text)
        assert fit_schedule(rules, Times(weekday=1)).fits == "maybe"
        assert fit_schedule(rules, Times(half="am")).doubt == "half"
        assert fit_schedule(rules, Times(at_least="weekly")).fits == "maybe"
    off = parse_schedule("月～金 10:00（水曜休み）")
    assert fit_schedule(off, Times(weekday=2)).fits == "no"
    assert fit_schedule(off, Times(weekday=1)).fits == "yes"
