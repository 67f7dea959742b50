"""The steps of a meeting follow from the plans and from the address."""

import pytest

from pages.parts.meeting.steps import first_plans, read_plans, read_step, say_letter, steps_of
from surveys.record.plan import Change, Plan

PLANS = [
    Plan(id=id_, number=1, parent=0, title=f"題{id_}", changes=(Change(do="pause", site_id="s"),),
         by="係", made_at="2026-12-01T00:00:00.000Z")
    for id_ in "pqrst"
]  # fmt: skip


def test_gap_why_plans_and_what_we_do():
    steps = steps_of(PLANS[:2], out=True)
    assert [one.kind for one in steps] == ["gap", "why", "plan", "plan", "next"]
    assert [say_letter(one).ja for one in steps[2:4]] == ["案A「題p」", "案B「題q」"]
    assert [one.kind for one in steps_of([], out=False)] == ["gap", "no_plan"]


@pytest.mark.parametrize(
    ("said", "ids", "why"),
    [("", "pq", "the first two"), ("none", "", "none is meant"), ("q.3,p", "qp", "in that order"),
     ("x,p,p", "p", "those that are there, once"), ("p,q,r,s,t", "pqrs", "four at most")],
)  # fmt: skip
def test_plans_of_an_address(said, ids, why):
    assert "".join(one.id for one in read_plans(said, PLANS)) == ids, why
    assert first_plans(PLANS) == ["p", "q"]


@pytest.mark.parametrize("said", ["x", "", "-2", "１", "1.5", "0"])
def test_what_is_no_step_is_the_page_itself(said):
    assert read_step(said, 5) == 0
