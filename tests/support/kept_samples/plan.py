from dataclasses import replace

from kept_samples.sample import AT, Sample, text
from surveys.record.plan import Change, Plan
from surveys.store.plans import find_plan, list_plans, save_plan

ID = "kept-plan"
TITLE = "会館Zelkova案"


def write(register):
    first = Change(do="add", at=(139.5, 35.5), name="会館", schedule="毎週火曜 10:00-11:30")
    plan = Plan(
        id=ID, number=0, parent=0, title="はじめの案", changes=(first,), by="協議体", made_at=AT
    )
    save_plan(register, plan)
    bench = Change(do="bench", at=(139.501, 35.5))
    save_plan(register, replace(plan, parent=1, title=TITLE, changes=(first, bench)))
    return ID


def read(register, id_):
    """A plan is weighed until it is put away: what it is called, and what it changes."""
    shown = [one.id for one in list_plans(register) if not one.state]
    found = find_plan(register, id_) if id_ in shown else None
    return None if found is None else (found.title, found.changes, found.by)


SAMPLE = Sample(write=write, read=read, mark=text(TITLE))
