"""Plans are kept version by version: undone, done again, put away, brought back, never lost."""

import pytest
from kept_samples.sample import AT

from geo.base.problems import InputError
from surveys.record.plan import Change
from surveys.store.checking import check_register
from surveys.store.engine import writing
from surveys.store.plans import (
    bring_back,
    find_plan,
    list_plans,
    next_of,
    put_away,
    save_plan,
)
from surveys.store.tables import PLAN

BENCH, TOILET = Change(do="bench", at=(139.5, 35.5)), Change(do="toilet", at=(139.5, 35.5))


def keep(register, parent, changes, title="案", plan_id="p"):
    return save_plan(
        register, plan_id, parent=parent, title=title, changes=changes, by="協議体", now=AT
    )


def test_undoing_leads_to_the_parent_and_redoing_to_what_was_made_last(register):
    first = keep(register, 0, [BENCH])
    second = keep(register, 1, [BENCH, TOILET])
    assert find_plan(register, "p") == second
    assert find_plan(register, "p", second.parent) == first
    assert next_of(register, first) == second
    assert next_of(register, second) is None
    other = keep(register, 1, [TOILET])  # undone, and gone on another way
    assert (other.number, next_of(register, first)) == (3, other)
    assert find_plan(register, "p", 2) == second
    assert [one.number for one in list_plans(register)] == [3]


def test_a_plan_put_away_comes_back_as_it_was(register):
    keep(register, 0, [BENCH], title="会館案")
    away = put_away(register, "p", now=AT)
    assert (away.state, away.title, away.changes) == ("put_away", "会館案", (BENCH,))
    assert bring_back(register, "p").state == ""
    with pytest.raises(InputError, match="no such plan"):
        put_away(register, "q", now=AT)


@pytest.mark.parametrize(("parent", "plan_id"), [(1, "new"), (2, "p"), (-1, "p"), (0, "p")])
def test_a_version_goes_on_from_one_there_is(register, parent, plan_id):
    keep(register, 0, [BENCH])
    with pytest.raises(InputError, match="no such plan"):
        keep(register, parent, [TOILET], plan_id=plan_id)
    assert [one.number for one in list_plans(register)] == [1]


def test_titles_are_bounded(register):
    for title in ("", "  ", "案" * 81, "案\x00"):
        with pytest.raises(InputError, match="name"):
            keep(register, 0, [BENCH], title=title)
    assert list_plans(register) == []


def test_the_check_tells_of_a_version_that_hangs_in_the_air(register):
    keep(register, 0, [BENCH])
    with writing(register.engine) as connection:
        connection.execute(PLAN.update().values(parent=7, changes=[{"do": "burn"}]))
    found = [one.en for one in check_register(register)]
    assert len(found) == 2 and "goes on from none" in found[0] and "burn" in found[1]
