"""Schedules are written, checked and counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.schedule import (
    Sessions,
    check_schedule,
    dump_schedule,
    parse_schedule,
    say_sessions,
    sessions_per_month,
)

TUE = {"freq": "weekly", "weekdays": [1]}
PIECES = st.sampled_from(
    [
        *("毎週", "隔週", "第", "1", "・", "、", "火", "木曜", "2026", "4月～9月は", "10:00", "～"),
        *("午後", "（", "）", "【", "】", "※", '"', '原文"', "を除く", "休み", "会場：", "毎日"),
        *("回", ";", "\n", "最終", "祝日", "\\u00", "\u2028", "{{", "24:00"),
    ]
)
WORDS = st.one_of(
    st.text(min_size=1),
    st.lists(PIECES, min_size=1, max_size=6).map("".join),
    st.sampled_from(
        ['"', '"a"', "を除く", " 端 ", "a】b", "第1会館", "休館日", "毎週火曜", "（", "\\"]
    ),
)
HOURS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda t: t[0] < t[1])


def _clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def checked_rules(draw):
    some = {
        "daily": {},
        "weekly": {"weekdays": st.lists(st.integers(0, 6))},
        "fortnightly": {"weekdays": st.lists(st.integers(0, 6))},
        "nth": {
            "weekdays": st.lists(st.integers(0, 6), min_size=1),
            "nth": st.lists(st.sampled_from([-1, 1, 2, 3, 4, 5]), min_size=1),
        },
        "monthly": draw(
            st.sampled_from(
                [
                    {"times_per_month": st.integers(1, 31)},
                    {"days": st.lists(st.integers(1, 31), min_size=1)},
                ]
            )
        ),
        "dates": {"dates": st.lists(st.dates().map(str), min_size=1, max_size=5)},
        "irregular": {},
        "text": {"text": WORDS.filter(str.strip)},
    }
    freq = draw(st.sampled_from(list(some)))
    rule = {"freq": freq} | {key: draw(values) for key, values in some[freq].items()}
    if freq == "text":
        return rule
    start, end = draw(HOURS)
    rule |= draw(
        st.sampled_from(
            [
                {},
                {"start": _clock(start)},
                {"end": _clock(end)},
                {"start": _clock(start), "end": _clock(end)},
            ]
        )
    )
    if freq != "dates" and draw(st.booleans()):
        rule |= {"from_month": draw(st.integers(1, 12)), "until_month": draw(st.integers(1, 12))}
    return rule | draw(st.dictionaries(st.sampled_from(["except", "venue", "note"]), WORDS))


@given(st.lists(checked_rules(), max_size=4))
def test_checked_rules_come_back_from_their_text(raw):
    rules, faults = check_schedule(raw)
    assert not faults and len(rules) == len(raw)
    assert parse_schedule(dump_schedule(rules)) == rules
    assert check_schedule(rules) == (rules, [])
    assert dump_schedule(rules, "en").count("\n") >= len(rules) - 1


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (TUE | {"start": "09:00", "end": "11:00"}, "毎週火曜日 9:00～11:00"),
        (TUE | {"start": "01:30", "end": "02:00"}, "毎週火曜日 01:30～02:00"),
        (
            TUE
            | {
                "from_month": 4,
                "until_month": 9,
                "except": "祝日",
                "venue": "中央公民館",
                "note": "上履き持参",
            },
            "4月～9月は毎週火曜日（祝日を除く）【中央公民館】※上履き持参",
        ),
        (TUE | {"note": "雨天；中止"}, '毎週火曜日※"雨天\\uff1b中止"'),
        ({"freq": "text", "text": "毎週火曜"}, '原文"毎週火曜"'),
        ({"freq": "text", "text": "（西町：要相談）※"}, '原文"（西町：要相談）※"'),
        ({"freq": "nth", "weekdays": [4], "nth": [-1]}, "毎月最終金曜日"),
    ],
)
def test_ordinary_rules_are_written_in_plain_japanese(rule, text):
    assert dump_schedule([rule]) == text


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("毎週火曜", "text, not a list"),
        (["毎週火曜"], "a rule is a dict"),
        ([{}], "no freq"),
        ([{"freq": "hourly"}], "no such freq"),
        ([{"freq": ["weekly"]}], "a freq that cannot be looked up"),
        ([TUE | {"colour": "red"}], "unknown key"),
        ([TUE | {1: "red"}], "a key that is no text"),
        ([{"freq": "weekly", "weekdays": [9]}], "no such weekday"),
        ([{"freq": "weekly", "weekdays": [True]}], "true is no weekday"),
        ([{"freq": "weekly", "weekdays": [[1]]}], "a list in the list"),
        ([{"freq": "weekly", "weekdays": 1}], "not a list"),
        ([TUE | {"start": "12:00", "end": "10:00"}], "ends before it starts"),
        ([TUE | {"start": "12:00", "end": "12:00"}], "no time at all"),
        ([TUE | {"start": "24:00"}], "starts when the day is over"),
        ([TUE | {"end": "00:00"}], "ends before the day begins"),
        ([TUE | {"start": "9:00"}], "not HH:MM"),
        ([TUE | {"start": 9}], "not text"),
        ([TUE | {"from_month": 4}], "half a season"),
        ([TUE | {"nth": [1]}], "nth is not for weekly"),
        ([TUE | {"text": "x"}], "text is not for weekly"),
        ([{"freq": "text", "text": "x", "note": "y"}], "a text has nothing beside it"),
        ([{"freq": "text"}], "no text"),
        ([{"freq": "nth", "weekdays": [1]}], "which?"),
        ([{"freq": "monthly"}], "how often?"),
        ([{"freq": "monthly", "times_per_month": 2, "days": [1]}], "two answers"),
        ([{"freq": "dates", "dates": ["2026-02-31"]}], "31 February"),
        ([{"freq": "dates", "dates": [20260201]}], "not text"),
        ([{"freq": "dates", "dates": "2026-02-01"}], "not a list"),
        ([TUE | {"venue": ["a"]}], "not text"),
    ],
)
def test_a_fault_is_named_and_the_rule_left_out(value, why):
    rules, faults = check_schedule(value)
    assert rules == [] and faults, why
    assert all(fault.ja and fault.en for fault in faults)


def test_a_sound_rule_beside_a_faulty_one_is_kept_and_both_inputs_stay_as_they_were():
    raw = [{"freq": "weekly", "weekdays": [3, 1, 1], "note": " ", "end": "24:00"}, {"freq": "x"}]
    rules, faults = check_schedule(raw)
    assert rules == [{"freq": "weekly", "weekdays": [1, 3], "end": "24:00"}]
    assert [fault.ja[:4] for fault in faults] == ["予定2:"]
    assert raw[0]["weekdays"] == [3, 1, 1]


WEEK = 365.25 / 7 / 12


@pytest.mark.parametrize(
    ("text", "per_month", "uncounted", "why"),
    [
        ("毎週火曜", WEEK, 0, "4.348"),
        ("毎週火・木曜", 2 * WEEK, 0, ""),
        ("週1回", WEEK, 0, "the day is not needed to count"),
        ("平日", 5 * WEEK, 0, ""),
        ("隔週火曜", WEEK / 2, 0, ""),
        ("毎日", 365.25 / 12, 0, "30.44"),
        ("第1・3火曜", 2, 0, ""),
        ("第5火曜", WEEK - 4, 0, "only some months have one"),
        ("第4・最終火曜", 1 + WEEK - 4, 0, "often the same day"),
        ("第5・最終火曜", 1, 0, "the fifth is always the last"),
        ("月2回", 2, 0, ""),
        ("毎月31日", 7 / 12, 0, "seven months have one"),
        ("4月～9月は毎週火曜", WEEK / 2, 0, "half the year"),
        ("11月～3月は毎週火曜", WEEK * 5 / 12, 0, "over the new year"),
        ("2026年4月10日、5月12日", 2 / 12, 0, "two a year"),
        ("2026年4月10日、2028年3月1日", 2 / 24, 0, "over two years"),
        ("毎週火曜;不定期;読めない", WEEK, 2, "what cannot be counted is said"),
        ("不定期", 0, 1, ""),
        ("", 0, 0, ""),
    ],
)
def test_sessions_are_counted(text, per_month, uncounted, why):
    told = sessions_per_month(parse_schedule(text))
    assert told.per_month == pytest.approx(per_month), why
    assert (told.uncounted, told.before_exceptions) == (uncounted, False)


@pytest.mark.parametrize(
    ("text", "ja"),
    [
        ("毎週火・木曜", "月およそ8.7回"),
        (
            "毎週火・木曜（祝日を除く）;不定期",
            "月およそ8.7回（休みの日を引く前、ほかに数えられない予定1件）",
        ),
        ("不定期", "回数は分かりません"),
        ("", "回数は分かりません"),
    ],
)
def test_the_count_says_what_it_leaves_out(text, ja):
    assert say_sessions(sessions_per_month(parse_schedule(text))).ja == ja


def test_a_single_session_in_a_long_time_is_not_said_as_none():
    told = say_sessions(Sessions(per_month=1 / 60, uncounted=0, before_exceptions=False))
    assert told.ja == "月0.1回未満"
