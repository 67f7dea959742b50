"""The steps of a meeting follow from the plans and from the address."""

from dataclasses import replace

import pytest

from pages.parts.meeting.steps import (
    first_plans,
    read_plans,
    read_step,
    say_left,
    say_letter,
    steps_of,
)
from surveys.record.plan import Change, Plan

PLANS = [
    Plan(id=id_, number=1, parent=0, title=f"題{id_}", changes=(Change(do="pause", site_id="s"),),
         by="係", made_at="2026-12-01T00:00:00.000Z")
    for id_ in "pqrst"
]  # fmt: skip


def test_gap_why_plans_and_what_we_do():
    steps = steps_of(read_plans("p,q", PLANS), out=True)
    assert [one.kind for one in steps] == ["gap", "why", "plan", "plan", "next"]
    assert [say_letter(one).ja for one in steps[2:4]] == ["案A「題p」", "案B「題q」"]
    assert [one.kind for one in steps_of([], out=False)] == ["gap", "no_plan"]


@pytest.mark.parametrize(
    ("said", "ids", "why"),
    [("", "pq", "the first two"), ("none", "", "none is meant"), ("q.3,p", "qp", "in that order"),
     ("x,p,p", "-p", "one that is not there, and one once"), ("p,q,r,s,t", "pqrs", "four at most")],
)  # fmt: skip
def test_plans_of_an_address(said, ids, why):
    assert "".join(one.plan.id if one.plan else "-" for one in read_plans(said, PLANS)) == ids, why
    assert first_plans(PLANS) == ["p", "q"]
    decided = [replace(PLANS[0], state="taken"), *PLANS[1:]]
    assert first_plans(decided) == ["q", "r"], "what was decided is asked no more"


def test_a_plan_put_away_meanwhile_says_so_in_its_place_and_the_others_keep_their_letters():
    there = [replace(PLANS[0], state="put_away"), *PLANS[1:3], replace(PLANS[3], changes=())]
    steps = steps_of(read_plans("p,x,q,s", there), out=False)
    assert [(one.kind, one.letter) for one in steps[1:]] == [
        ("gone", "A"), ("gone", "B"), ("plan", "C"), ("gone", "D"), ("next", ""),
    ]  # fmt: skip
    assert say_letter(steps[1]).ja == "案A「題p」" and "しまって" in steps[1].why.ja
    assert say_letter(steps[2]).ja == "案B" and "この街にはありません" in steps[2].why.ja
    assert steps_of(read_plans("x", there), out=False)[-1].kind == "no_plan"


def test_what_is_not_shown_of_an_address_is_said():
    lines = [one.ja for one in say_left("p,x,q,r,s", PLANS)]
    assert len(lines) == 2 and lines[0].startswith("「x」：") and "あとの1つ" in lines[1]
    assert say_left("p,q", PLANS) == [] == say_left("none", PLANS)


@pytest.mark.parametrize("said", ["x", "", "-2", "１", "1.5", "0"])
def test_what_is_no_step_is_the_page_itself(said):
    assert read_step(said, 5) == 0
