"""A plan taken into the list: 準備中 until a record says it is open, and then as many are gained as was said."""

import re
from dataclasses import replace

import numpy as np
import pytest
from register_fixtures import new_version
from toy_town import toy_town

from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from layers.day.day import Day
from layers.day.ledger import ledger_between
from layers.day.own_import import settle_own
from layers.day.plan_effect import find_effect
from layers.day.salons import When
from layers.day.take_plan import left_to_confirm, plan_taking, site_of, take_plan
from layers.day.told import Told
from surveys.record.history import Origin
from surveys.record.plan import Change, Plan
from surveys.store.plans import find_plan, list_plans, save_plan
from surveys.store.register import open_register

QUESTION = parse_question(division="町", people="65", walker="elderly", within="500m")
SAID = {"by": "協議体", "on": "2026-11-21", "now": "2026-11-21T00:00:00.000Z"}


@pytest.fixture
def town():
    return toy_town(homes=[(0.0, 100.0), (400.0, 0.0), (400.0, 400.0), (0.0, 400.0)])


@pytest.fixture
def register(tmp_path, monkeypatch, town):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = open_register(tmp_path)
    settle_own(town, made, now="2026-01-01T00:00:00.000Z")
    yield made
    made.engine.dispose()


def day(town, register, on="2026-11-21"):
    return Day(told=Told(town=town, register=register), when=When(on=on))


def at(town, x_m, y_m):
    lon, lat = town.plane.to_lonlat(np.array([x_m]), np.array([y_m]))
    return float(lon[0]), float(lat[0])


def keep(register, *changes):
    plan = Plan(
        id="p1",
        number=0,
        parent=0,
        title="会館案",
        changes=changes,
        by="協議体",
        made_at=SAID["now"],
    )
    return save_plan(register, plan)


def open_it(register, site_id, on):
    """Somebody saw that the group meets."""
    site = register.site(site_id)
    groups = [one | {"state": "active"} for one in site.answers["activities"]]
    register.save(
        new_version(
            site_id, {"name": site.title, "activities": groups}, type="salon", before=site.state,
            origin=Origin(source="surveyed", sure="sure", by="係", on=on), made_at=f"{on}T03:00:00Z",
        )
    )  # fmt: skip


def test_what_was_planned_is_what_is_gained_once_it_is_open(town, register):
    change = Change(do="add", at=at(town, 400.0, 300.0), name="新会館", schedule="毎週火曜")
    plan = keep(register, change)
    said = find_effect(day(town, register), plan.changes, QUESTION).known.of("65")
    assert (said["gained"], said["lost"]) == (10, 0)
    taken = take_plan(register, plan, **SAID)
    assert (taken.state, find_plan(register, "p1").state) == ("taken", "taken")
    site = register.site(site_of(plan, 1))
    assert site.title == "新会館" and site.answers["activities"][0]["state"] == "planned"
    # There is nothing to see yet: it asks to be confirmed a year after it was decided.
    assert (site.state.seen_on, site.due_on) == ("", "2027-11-21")
    # Nobody is counted for what is being prepared.
    assert day(town, register).ask(QUESTION).totals["within"] == 30
    open_it(register, site.id, "2027-02-20")
    before, after = day(town, register), day(town, register, "2027-02-21")
    ledger, _ = ledger_between(before, after, QUESTION)
    assert (ledger.totals["gained"], ledger.totals["lost"]) == (said["gained"], said["lost"])
    assert "新会館" in " ".join(one.ja for one in ledger.reasons[""])


def test_taken_twice_it_is_taken_once_and_undone_as_an_import_is(town, register):
    plan = keep(register, Change(do="add", at=at(town, 400.0, 300.0), name="新会館"))
    take_plan(register, plan, **SAID)
    take_plan(register, plan, **SAID)
    batches = [one for one in register.batches() if "会館案" in one.file]
    assert len(batches) == 1 and re.search("検討案「会館案」", batches[0].file)
    register.undo_batch(batches[0].id, now=SAID["now"])
    assert day(town, register).ask(QUESTION).totals["within"] == 30
    with pytest.raises(InputError, match="undone"):
        take_plan(register, plan, **SAID)


def test_what_is_there_stays_as_it_was_and_waits_for_a_record(town, register):
    add = Change(do="add", at=at(town, 400.0, 300.0), name="新会館")
    pause = Change(do="pause", site_id=day(town, register).salons["site_id"].iloc[0])
    plan = keep(register, add, pause)
    before = register.site(pause.site_id).state
    taken = take_plan(register, plan, **SAID)
    assert register.site(pause.site_id).state == before
    assert left_to_confirm(taken) == [pause]


def test_a_plan_without_a_name_or_anything_new_is_not_taken(town, register):
    nameless = keep(register, Change(do="add", at=at(town, 400.0, 300.0)))
    with pytest.raises(InputError, match="name"):
        plan_taking(register, nameless, **SAID)
    with pytest.raises(InputError, match="adds no salon"):
        plan_taking(register, replace(nameless, changes=(Change(do="bench", at=(1, 2)),)), **SAID)
    assert [one.state for one in list_plans(register)] == [""]
