"""Every known phrase is read as written down by hand, or honestly left; the server's side of it."""

import json
from datetime import date

import pytest
from schedule_vectors import TODAY, VECTORS, draw_phrases

from geo.base.problems import InputError
from geo.schedule import (
    check_schedule,
    dump_schedule,
    next_days,
    parse_schedule,
    parse_sessions,
    say_reading,
    say_sessions,
    sessions_per_month,
)
from geo.schedule.grammar import GRAMMAR, compile_pattern
from geo.schedule.heads import read_head

DAY = date.fromisoformat(TODAY)


@pytest.mark.parametrize("known", VECTORS, ids=lambda known: known["why"])
def test_a_phrase_is_read_counted_and_dated(known):
    rules = parse_schedule(known["text"])
    assert rules == known["rules"]
    told = sessions_per_month(rules)
    assert (told.per_month or None) == pytest.approx(known["per_month"], abs=0.0005)
    assert [str(one.day) for one in next_days(rules, DAY).meetings] == known["days"]
    assert check_schedule(rules) == (rules, [])
    assert parse_schedule(dump_schedule(rules)) == rules
    # Where nothing can be counted the number is not there, and never nought.
    assert parse_sessions(known["text"]) != 0
    assert told.per_month or say_sessions(told).ja == "回数は分かりません"


def test_drawn_phrases_read_back_from_what_was_made_of_them():
    for text in draw_phrases(1500, seed=1):
        rules = parse_schedule(text)
        assert check_schedule(rules) == (rules, []), text
        assert parse_schedule(dump_schedule(rules)) == rules, text
        assert "".join(one.en for one in say_reading(rules, DAY)) or not rules


def test_eight_salons_of_a_town_come_to_23_sessions_a_month():
    # Three weekly and five twice a month, as a real town's list writes them; the names are made up.
    salons = {
        "あけぼの会館": "毎週⽉曜⽇ 10:00〜11:30",
        "みどり町内会館": "毎⽉２回／15⽇、25⽇ 10:00〜11:30",
        "こもれびの家": "毎⽉２回／５⽇、20⽇ 10:00〜11:30",
        "歩こうカフェ": "毎⽉２回／第２、第４⾦曜⽇10:00〜11:30",
        "ひだまりサロン": "毎週⽕曜⽇ 13:00〜16:00",
        "ことばの茶論": "毎週⽊曜⽇ 夏期15:00〜16:30\n冬期14:00〜15:30",
        "はなみずき": "毎⽉２回／第２、第4⽉曜⽇\n13:00〜15:30",
        "さくら宅": "毎⽉２回／第２、第４⽉曜⽇\n11:30〜14:00",
    }
    assert sum(map(parse_sessions, salons.values())) == pytest.approx(23.0, abs=0.05)
    assert all(not sessions_per_month(parse_schedule(one)).uncounted for one in salons.values())


def test_a_text_kept_before_it_could_be_read_is_counted_and_stays_as_it_is():
    kept = [{"freq": "text", "text": "週２回程度"}]
    assert check_schedule(kept) == (kept, [])
    assert sessions_per_month(kept).per_month == pytest.approx(2 * 365.25 / 7 / 12)
    assert parse_schedule(dump_schedule(kept)) == kept


def test_two_figures_with_a_stroke_are_a_day_only_beside_an_hour():
    assert read_head("9/2", timed=True) == [{"freq": "yearless", "month_days": ["09-02"]}]
    with pytest.raises(InputError, match="no clear year"):
        read_head("9/2", timed=False)


@pytest.mark.parametrize(
    ("text", "ja"),
    [
        (
            "毎週火曜 10:00～12:00",
            [
                "「毎週火曜日 10:00～12:00」と読みました。",
                "次は "
                + "、".join(f"12月{day}日（火） 10:00～12:00" for day in (1, 8, 15, 22, 29)),
            ],
        ),
        (
            "週1回程度",
            ["「週1回程度」と読みました。", "どの日かまでは決まらない予定が1件あります。"],
        ),
        (
            "お問い合わせください",
            [
                "読みとれないところは、書いたまま残し、回数は分からないものとします：お問い合わせください"
            ],
        ),
        (
            "2026年12月7日（祝日を除く）",
            [
                "「2026年12月7日（祝日を除く）」と読みました。",
                "次は 12月7日（月）",
                "休みの日（祝日）は引いていません。",
            ],
        ),
        ("", []),
    ],
)
def test_what_was_made_of_a_phrase_is_said(text, ja):
    said = say_reading(parse_schedule(text), DAY)
    assert [one.ja for one in said] == ja
    assert all(one.en for one in said)


def test_the_table_holds_nothing_that_one_of_the_two_sides_cannot_run():
    told = json.dumps(GRAMMAR, ensure_ascii=False)
    assert "(?<=" not in told and "(?<!" not in told, "an older Safari cannot look behind"
    assert "(?P" not in told and "*+" not in told and "++" not in told
    for part in (*GRAMMAR["tokens"], *GRAMMAR["slots"]):
        compile_pattern(part["pattern"])
    for pattern in (*GRAMMAR["line"].values(), *GRAMMAR["dates"].values()):
        compile_pattern(pattern)
    kinds = {one["kind"] for one in GRAMMAR["tokens"]}
    named = {word for one in GRAMMAR["shapes"] for word in _words(one["of"])}
    assert named | set(GRAMMAR["anywhere"]) == kinds, "a word nobody can use, or a shape of none"


def _words(shape):
    letters = "".join(sign if sign.isalpha() else " " for sign in shape)
    return letters.split()


def test_no_passage_stands_in_the_vectors_only_phrases():
    assert all(len(one["text"]) <= 50 for one in VECTORS)
