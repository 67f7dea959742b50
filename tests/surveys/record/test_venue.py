"""Whether a 通いの場 counts on a day, and what it offers then."""

import math
from dataclasses import replace

import pytest

from geo.schedule import parse_schedule
from surveys.record.as_of import OnDay
from surveys.record.history import NOTHING, STATUS
from surveys.record.venue import is_private_home, judge_venue
from surveys.record.wanted import Wanted, parse_wanted

DAY = "2026-11-30"


def group(id_="a", **answers):
    return {"_id": id_, **answers}


def venue(groups, *, status="active", conflicts=(), early=False, wanted=None):
    state = replace(
        NOTHING, flat={STATUS: {"is": status}}, conflicts=dict.fromkeys(conflicts, (1, 2))
    )
    answers = {} if groups is None else {"activities": groups}
    return judge_venue(OnDay(state=state, early=early), answers, DAY, wanted or Wanted())


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


TUESDAY = parse_wanted(weekday="火", half="am", content="exercise")
GYM = parse_schedule("毎週火曜 10:00～11:30")


def meets(id_="a", state="active", schedule=GYM, content=("exercise",), **more):
    return group(id_, state=state, schedule=schedule, content=list(content), **more)


@pytest.mark.parametrize(
    ("groups", "more", "counts", "why"),
    [
        ([meets()], {}, "yes", "all it should be"),
        ([meets(content=("tea",))], {}, "no", "something else is done"),
        ([meets(content=("tea", "exercise"))], {}, "yes", "that too is done"),
        ([meets(schedule=parse_schedule("毎週火曜 13:00"))], {}, "no", "in the afternoon"),
        ([meets(content=("tea",)), meets("b", schedule=parse_schedule("毎週水曜 10:00"))], {},
         "no", "one group is half of it, the other the other half"),
        ([meets(state="paused"), meets("b", content=("tea",))], {}, "no", "the one that fits pauses"),
        ([meets(state="unknown")], {}, "unsure", "it fits and may meet"),
        ([meets(state="unknown"), meets("b")], {}, "yes", "one surely meets"),
        ([meets(content=())], {}, "maybe", "nobody told what is done"),
        ([meets(schedule=[])], {}, "maybe", "nobody told when"),
        ([meets(content=()), meets("b", state="unknown")], {}, "unsure", "the other fits"),
        (None, {}, "maybe", "no group told"),
        ([meets(content=("tea",))], {"conflicts": ["activities/a/content"]}, "maybe",
         "people differ on what is done"),
        ([meets()], {"conflicts": ["activities/a/schedule"]}, "maybe", "people differ on when"),
        ([meets()], {"early": True}, "early", "before anybody told of it"),
        ([meets(content=("tea",))], {"early": True}, "no", "it was no other then"),
        ([meets()], {"conflicts": [STATUS]}, "unsure", "people differ whether it is there"),
        ([meets(content=("tea",))], {"conflicts": [STATUS]}, "no", "whichever, it does not fit"),
        ([meets()], {"status": "paused"}, "no", "the venue pauses"),
    ],
)  # fmt: skip
def test_what_counts_when_something_is_wished(groups, more, counts, why):
    assert venue(groups, wanted=TUESDAY, **more).counts == counts, why


def test_sessions_are_those_of_the_fitting_groups_only():
    groups = [
        meets(schedule=parse_schedule("毎週火曜 10:00\n毎週木曜 10:00"), capacity=20),
        meets("b", content=("tea",), capacity=10),
    ]
    found = venue(groups, wanted=TUESDAY)
    assert found.sessions_per_month == pytest.approx(4.348, abs=0.001) and found.capacity == 20
    assert venue(groups).sessions_per_month == pytest.approx(3 * 4.348, abs=0.01)


def test_who_may_come_as_surely_as_is_known_and_at_most():
    groups = [meets(area=["西町"]), meets("b", state="unknown", area=["東町"])]
    found = venue(groups)
    assert found.who("low").areas == {"西町"} and found.who("known").areas == {"西町", "東町"}
    unknown = venue([meets(area=["西町"]), meets("b", area="unknown")])
    assert unknown.areas == {"西町"} and not unknown.who("known").known
    differ = venue([meets(area=["西町"])], conflicts=["activities/a/area"])
    assert differ.areas == frozenset() and not differ.who("high").known
    fitting = venue([meets(area=["西町"]), meets("b", content=())], wanted=TUESDAY)
    assert fitting.areas == {"西町"} and fitting.who("high").areas is None
