"""How far a concern has risen, told from its answers alone."""

from datetime import date

import pytest

from surveys.declaration.field import UNKNOWN
from surveys.record.answers import check_answers
from surveys.record.risen import (
    LEVEL_WORDS,
    LEVELS,
    add_step,
    answer_of,
    is_overdue,
    level_above,
    level_of,
    may_be_shown,
    meeting_of,
    say_history,
    say_overdue,
    waits,
)
from surveys.types import RECORD_TYPES

CONCERN = RECORD_TYPES["concern"]
STEPS = (
    {"on": "2026-05-01", "what": "raised", "level": "tier_2", "meeting": "第2回 第2層協議体"},
    {"on": "2026-06-01", "what": "sent_up", "level": "tier_1", "meeting": "連携会議"},
    {"on": "2026-07-01", "what": "sent_up", "level": "city", "meeting": "協議会"},
    {"on": "2026-08-01", "what": "answered", "level": "city", "note": "来年度に\nバスを出す"},
)


def risen(count, **answers):
    out = dict(answers)
    for number, step in enumerate(STEPS[:count]):
        out = add_step(out, step, id_=f"w{number}")
    return out


def test_the_levels_are_the_tiers_of_before_and_the_town_above_them():
    assert [one.id for one in CONCERN.field("tier").choices] == ["tier_1", "tier_2", "tier_3"]
    assert set(LEVELS) == set(LEVEL_WORDS) and LEVEL_WORDS["city"].ja == "市"
    assert [level_above(one) for one in LEVELS] == ["tier_2", "tier_1", "city", ""]


def test_it_rises_waits_and_is_answered():
    assert [level_of(risen(n)) for n in range(5)] == ["", "tier_2", "tier_1", "city", "city"]
    assert [waits(risen(n)) for n in range(5)] == [False, False, True, True, False]
    assert [answer_of(risen(n)) for n in (3, 4)] == ["", "来年度に\nバスを出す"]
    assert meeting_of(risen(4)) == "第2回 第2層協議体"
    assert say_history(risen(2))[1].ja == "令和8年6月1日　第1層　上げた（連携会議）"


def test_what_follows_of_a_step_is_said_once_and_never_over_what_stands():
    assert risen(3)["tier"] == "tier_1"  # no council of ours is the town's
    assert risen(2, state="noticed")["state"] == "talking"
    assert risen(4)["state"] == "working" and risen(4)["result"] == "来年度に バスを出す"
    kept = risen(4, state="solved", result="もう出た")
    assert (kept["state"], kept["result"]) == ("solved", "もう出た")
    assert check_answers(CONCERN, risen(4)) == (risen(4), [])
    before = {"way": [{"_id": "a", "what": "raised"}]}
    assert len(add_step(before, STEPS[1], id_="b")["way"]) == 2 and len(before["way"]) == 1


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"tier": UNKNOWN, "way": UNKNOWN, "due": UNKNOWN, "state": UNKNOWN},
        {"way": [], "due": "2026-12-03"},
        {"way": [{"_id": "a", "on": UNKNOWN, "level": UNKNOWN, "what": UNKNOWN}]},
    ],
)
def test_what_nobody_said_is_no_level_no_wait_and_not_late(answers):
    assert level_of(answers) == "" and not waits(answers) and not may_be_shown(answers)
    assert not is_overdue(answers, "2026-12-03") and say_overdue(answers, date(2026, 12, 3)) is None
    assert answer_of(answers) == "" and meeting_of(answers) == ""


def test_a_record_written_before_stands_at_its_tier_with_its_result():
    old = {"tier": "tier_3", "result": "手伝う", "due": "2026-12-01", "state": "working"}
    assert (level_of(old), answer_of(old)) == ("tier_3", "手伝う")
    assert say_overdue(old, date(2026, 12, 3)).ja == "期限を2日すぎています"
    assert say_overdue({**old, "state": "dropped"}, date(2026, 12, 3)) is None


def test_sent_back_stands_lower_and_waits_no_more():
    back = add_step(risen(2), {"what": "sent_back", "level": "tier_2"}, id_="z")
    assert (level_of(back), back["tier"], waits(back)) == ("tier_2", "tier_2", False)
