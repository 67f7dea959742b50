"""What a plan decided is told until the records say it is so."""

import numpy as np
import pytest
from register_fixtures import new_version
from shapely import Point
from toy_town import toy_town

from geo.schedule import parse_schedule
from layers.day.decided import is_carried_out, list_decided
from layers.day.own_import import settle_own
from layers.day.take_plan import take_plan
from surveys.record.history import Origin
from surveys.record.plan import Change, Plan
from surveys.store.plans import list_plans, save_plan
from surveys.store.register import open_register

SAID = {"by": "協議体", "on": "2026-11-21", "now": "2026-11-21T00:00:00.000Z"}


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = open_register(tmp_path)
    settle_own(toy_town(), made, now="2026-01-01T00:00:00.000Z")
    yield made
    made.engine.dispose()


def at(x_m, y_m):
    lon, lat = toy_town().plane.to_lonlat(np.array([x_m]), np.array([y_m]))
    return float(lon[0]), float(lat[0])


def see(register, site_id, **more):
    site = register.site(site_id)
    register.save(
        new_version(
            site_id, more.pop("answers", {"name": site.title}), type="salon", before=site.state,
            origin=Origin(source="surveyed", sure="sure", by="係", on="2027-02-01"),
            made_at="2027-02-01T03:00:00Z", **more,
        )
    )  # fmt: skip


def open_now(register):
    return [(one.site.id, one.change.do) for one in list_decided(register, toy_town().plane)]


def carried_out(register):
    plane = toy_town().plane
    return [one.id for one in list_plans(register) if is_carried_out(register, one, plane)]


def decide(register, *changes):
    new = Change(do="add", at=at(400.0, 300.0), name="新会館", schedule="毎週火曜")
    plan = Plan(
        id="p1", number=0, parent=0, title="会館案", changes=(new, *changes), by="協議体",
        made_at=SAID["now"],
    )  # fmt: skip
    kept = save_plan(register, plan)
    assert open_now(register) == []  # weighed, not decided
    take_plan(register, kept, **SAID)


def old_salon(register):
    return next(id_ for id_ in register.site_ids() if not id_.startswith("plan-"))


def test_a_new_one_until_it_is_no_longer_being_prepared(register):
    decide(register)
    assert open_now(register) == [("plan-p1-s1", "add")]
    assert carried_out(register) == []
    groups = register.site("plan-p1-s1").answers["activities"]
    see(
        register,
        "plan-p1-s1",
        answers={"activities": [one | {"state": "active"} for one in groups]},
    )
    assert open_now(register) == [] and carried_out(register) == ["p1"]


def test_of_a_bench_no_record_says_that_it_stands(register):
    decide(register, Change(do="bench", at=at(0.0, 100.0)))
    groups = register.site("plan-p1-s1").answers["activities"]
    done = {"activities": [one | {"state": "active"} for one in groups]}
    see(register, "plan-p1-s1", answers=done)
    assert open_now(register) == [] and carried_out(register) == []


def test_a_move_until_it_is_there_and_a_pause_until_it_pauses(register):
    id_ = old_salon(register)
    decide(register, Change(do="move", site_id=id_, at=at(400.0, 0.0)))
    assert (id_, "move") in open_now(register)
    see(register, id_, place=Point(*at(300.0, 0.0)))
    assert (id_, "move") in open_now(register)  # moved, but elsewhere
    see(register, id_, place=Point(*at(400.0, 20.0)))
    assert (id_, "move") not in open_now(register)


def test_a_pause_and_other_days_are_so_by_the_groups(register):
    id_ = old_salon(register)
    decide(
        register,
        Change(do="pause", site_id=id_),
        Change(do="days", site_id=id_, schedule="毎週木曜 10:00-11:30"),
    )
    assert {do for one, do in open_now(register) if one == id_} == {"pause", "days"}
    group = {"_id": "a", "state": "active", "schedule": parse_schedule("毎週木曜 10:00-11:30")}
    see(register, id_, answers={"activities": [group]})
    assert {do for one, do in open_now(register) if one == id_} == {"pause"}
    see(register, id_, answers={"activities": [group | {"state": "paused"}]})
    assert {do for one, do in open_now(register) if one == id_} == set()


def test_a_stop_until_it_stands_there(register):
    stop = new_version("stop", {"name": "会館下"}, type="bus_stop", place=Point(*at(0.0, 0.0)))
    register.save(stop)
    decide(register, Change(do="stop", site_id="stop", at=at(400.0, 0.0)))
    assert ("stop", "stop") in open_now(register)
    there = new_version(
        "stop", {"name": "会館下"}, type="bus_stop", place=Point(*at(400.0, 0.0)),
        before=register.site("stop").state, made_at="2027-02-01T03:00:00Z",
    )  # fmt: skip
    register.save(there)
    assert ("stop", "stop") not in open_now(register)
