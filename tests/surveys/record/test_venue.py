"""Whether a 通いの場 counts on a day, and what it offers then."""

import math
from dataclasses import replace

import pytest

from geo.schedule import parse_schedule
from surveys.record.as_of import OnDay
from surveys.record.history import NOTHING, STATUS
from surveys.record.venue import is_private_home, judge_venue

DAY = "2026-11-30"


def group(id_="a", **answers):
    return {"_id": id_, **answers}


def venue(groups, *, status="active", conflicts=(), early=False):
    state = replace(
        NOTHING, flat={STATUS: {"is": status}}, conflicts=dict.fromkeys(conflicts, (1, 2))
    )
    answers = {} if groups is None else {"activities": groups}
    return judge_venue(OnDay(state=state, early=early), answers, DAY)


ACTIVE, PAUSED, ENDED = (group(state=one) for one in ("active", "paused", "ended"))


@pytest.mark.parametrize(
    ("groups", "more", "counts", "why"),
    [
        ([ACTIVE], {}, "yes", "one that meets"),
        ([PAUSED, group("b", state="active")], {}, "yes", "one of two meets"),
        ([PAUSED], {}, "no", "its only group pauses"),
        ([ENDED, group("b", state="paused")], {}, "no", "none meets"),
        ([group(state="planned")], {}, "no", "not begun"),
        ([group(state="unknown")], {}, "unsure", "nobody knows"),
        ([group()], {}, "unsure", "nobody said"),
        ([ACTIVE, group("b")], {}, "yes", "one surely meets"),
        ([PAUSED, group("b")], {}, "unsure", "the other may"),
        (None, {}, "unsure", "no group told"),
        ("unknown", {}, "unsure", "不明"),
        ([], {}, "no", "there is none"),
        ([ACTIVE], {"status": "paused"}, "no", "the venue pauses"),
        ([ACTIVE], {"status": "closed"}, "no", "the venue is closed"),
        ([ACTIVE], {"status": "not_found"}, "no", "nobody found it"),
        ([ACTIVE], {"conflicts": [STATUS]}, "unsure", "people differ whether it is there"),
        ([ACTIVE], {"conflicts": ["activities/a/state"]}, "unsure", "people differ on its state"),
        ([group(state="active", started="2027-01")], {}, "no", "it begins next year"),
        ([group(state="active", started="2026")], {}, "yes", "it began this year"),
        ([ACTIVE], {"early": True}, "early", "before anybody told of it"),
        ([group(state="active", started="2020-04")], {"early": True}, "yes", "it says since when"),
        ([PAUSED], {"early": True}, "no", "it paused when first told of"),
    ],
)
def test_what_counts(groups, more, counts, why):
    assert venue(groups, **more).counts == counts, why


def test_it_offers_what_its_meeting_groups_do():
    groups = [
        group("a", state="active", schedule=parse_schedule("毎週火曜 10:00～11:30"), capacity=20),
        group("b", state="active", schedule=parse_schedule("第1・3木曜"), capacity=10),
        group("c", state="ended", schedule=parse_schedule("毎日"), capacity=99),
    ]
    found = venue(groups)
    assert found.sessions_per_month == pytest.approx(4.348 + 2, abs=0.01)
    assert found.capacity == pytest.approx((20 * 4.348 + 10 * 2) / 6.348, abs=0.01)
    assert "火曜" in found.schedule and "木曜" in found.schedule and "毎日" not in found.schedule


def test_what_nobody_told_is_not_known_and_not_zero():
    found = venue([ACTIVE])
    assert math.isnan(found.sessions_per_month) and math.isnan(found.capacity)
    some = venue([ACTIVE, group("b", state="active", schedule=parse_schedule("毎週火曜"))])
    assert some.sessions_per_month == pytest.approx(4.348, abs=0.01)


def test_who_may_come_is_limited_only_where_every_group_says_so():
    here = group("a", state="active", area=["西町", "東町"])
    assert venue([here]).areas == {"西町", "東町"}
    assert venue([here, group("b", state="active")]).areas is None


@pytest.mark.parametrize(
    ("answers", "home"),
    [
        ({"private_home": "yes"}, True),
        ({"venue": "home"}, True),
        ({"venue": "home", "private_home": "no"}, False),
        ({"venue": "shop"}, False),
        ({}, False),
    ],
)
def test_a_private_home_is_known_by_either_answer(answers, home):
    assert is_private_home(answers) == home
