"""Each change's share: what the plan would be without it; the shares add up to the plan."""

import numpy as np
import pytest
from drawn_plans import TODAY, asked, draw
from salon_histories import write_histories
from toy_town import toy_town
from unknown_towns import unknown_town

from layers.day.day import Day
from layers.day.plan_effect import base_of, find_effect
from layers.day.plan_shares import Share, find_shares
from layers.day.told import Told
from surveys.record.plan import Change
from surveys.store.register import open_register


def shares_of(day, changes, question):
    base = base_of(day, question)
    effect = find_effect(day, changes, question, base=base)
    return effect, *find_shares(day, changes, question, effect, base)


def test_two_that_bring_the_same_people_bring_them_together(tmp_path):
    # One of four homes is farther than 400 m from the only 通いの場.
    town = toy_town()
    people = town.cells["people_65"].tolist()
    day = Day(told=Told(town=town, register=open_register(tmp_path)), when=TODAY)
    question = asked(within="400m", division=town.divisions[0])
    at = lonlat(town, 400.0, 400.0)
    one, other = Change(do="add", at=at), Change(do="add", at=at)
    effect, each, together = shares_of(day, [one], question)
    gained = effect.known.of("65")["gained"]
    assert 0 < gained <= sum(people)
    assert each == [Share(gained=gained, lost=0, stay=0)]
    assert together == Share(gained=0, lost=0, stay=0)
    _, each, together = shares_of(day, [one, other], question)
    assert each == [Share(gained=0, lost=0, stay=0)] * 2
    assert together == Share(gained=gained, lost=0, stay=0)
    # One closes; who has a new one beside it stays, by that one.
    site = day.salons["site_id"].iloc[0]
    shut = Change(do="close", site_id=site)
    lost = shares_of(day, [shut], question)[0].known.of("65")["lost"]
    row = day.salons.iloc[0]
    beside = Change(do="add", at=lonlat(town, row["x_m"], row["y_m"]))
    effect, each, together = shares_of(day, [shut, beside], question)
    assert effect.known.of("65")["lost"] == 0
    assert each == [Share(gained=0, lost=0, stay=0), Share(gained=0, lost=0, stay=lost)]


def lonlat(town, x_m, y_m):
    lon, lat = town.plane.to_lonlat(np.array([x_m]), np.array([y_m]))
    return float(lon[0]), float(lat[0])


@pytest.mark.parametrize("seed", range(4))
def test_shares_add_up_to_the_plan(seed, tmp_path):
    rng = np.random.default_rng(seed)
    town, register = unknown_town(rng), open_register(tmp_path)
    write_histories(register, town, rng, 8)
    day = Day(told=Told(town=town, register=register), when=TODAY)
    for _ in range(3):
        question = asked(rest=str(rng.choice(["", "200"])), heights=bool(rng.random() < 0.5))
        changes = draw(rng, day)
        effect, each, together = shares_of(day, changes, question)
        told = effect.known.of("65")
        for name in ("gained", "lost"):
            assert sum(getattr(one, name) for one in (*each, together)) == told[name]
        assert len(each) == len(changes)
    register.engine.dispose()
