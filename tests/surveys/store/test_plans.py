"""Plans are kept version by version: undone, done again, put away, brought back, never lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from kept_samples.sample import AT

from geo.base.problems import InputError
from surveys.record.plan import Change, Plan
from surveys.store.checking import check_register
from surveys.store.engine import writing
from surveys.store.plans import (
    bring_back,
    edit_plan,
    find_plan,
    list_plans,
    put_away,
    redo_plan,
    save_plan,
    undo_plan,
)
from surveys.store.tables import PLAN

BENCH, TOILET = Change(do="bench", at=(139.5, 35.5)), Change(do="toilet", at=(139.5, 35.5))


def keep(register, parent, changes, title="案", plan_id="p"):
    return save_plan(
        register,
        Plan(
            id=plan_id, number=0, parent=parent, title=title, changes=tuple(changes), by="協議体",
            made_at=AT,
        ),
    )  # fmt: skip


def test_undoing_and_redoing_are_versions_of_their_own(register):
    first = keep(register, 0, [BENCH])
    second = keep(register, 1, [BENCH, TOILET])
    said = {"by": "係", "now": AT}
    undone = undo_plan(register, second, **said)
    assert (undone.number, undone.changes, undone.parent, undone.redo) == (3, (BENCH,), 0, 2)
    # What stands is what was last seen, whoever opens the plan next.
    assert find_plan(register, "p") == undone
    empty = undo_plan(register, undone, **said)  # the first change, too
    assert (empty.changes, empty.redo) == ((), 3)
    with pytest.raises(InputError, match="no such plan"):
        undo_plan(register, empty, **said)
    again = redo_plan(register, empty, **said)
    assert (again.changes, again.redo) == ((BENCH,), 2)
    again = redo_plan(register, again, **said)
    assert (again.changes, again.parent, again.redo) == ((BENCH, TOILET), 5, 0)
    assert undo_plan(register, again, **said).changes == (BENCH,)
    with pytest.raises(InputError, match="changed elsewhere"):
        undo_plan(register, again, **said)
    with pytest.raises(InputError, match="changed elsewhere"):
        redo_plan(register, second, **said)
    assert find_plan(register, "p", 1) == first
    assert check_register(register) == []


def test_what_two_change_at_once_is_both_kept(register):
    keep(register, 0, [BENCH])

    def add(number):
        more = Change(do="toilet", at=(139.5 + number / 100, 35.5))
        edit_plan(
            register, "p", lambda now: replace(now, changes=(*now.changes, more), by=str(number))
        )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    newest = find_plan(register, "p")
    assert (newest.number, len(newest.changes)) == (25, 25)
    assert {one.at[0] for one in newest.changes[1:]} == {
        round(139.5 + n / 100, 7) for n in range(24)
    }


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
