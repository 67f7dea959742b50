"""A plan on a day: what would change is counted as if it were so, and nothing is kept of it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from drawn_plans import TODAY, asked, draw, draw_until
from salon_histories import write_histories
from unknown_towns import straight_town, unknown_town

from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.sources.town_folder import load_town
from layers.day.day import Day
from layers.day.plan_effect import base_of, find_effect
from layers.day.planned import carry_out
from layers.day.told import Told
from surveys.record.plan import Change
from surveys.record.wanted import parse_wanted
from surveys.store.register import open_register


@pytest.fixture(scope="module")
def demo(filled_town):
    register = open_register(filled_town)
    yield Day(told=Told(town=load_town(filled_town), register=register), when=TODAY)
    register.engine.dispose()


def within(day, question):
    cells = day.ask(question).cells
    return (cells["status"] == "within").to_numpy() & (cells["area"] >= 0).to_numpy()


@pytest.mark.parametrize("make", [unknown_town, straight_town])
@pytest.mark.parametrize("seed", range(6))
def test_any_plan_is_counted_as_a_fresh_run_counts_it(seed, make, tmp_path):
    rng = np.random.default_rng(seed)
    town, register = make(rng), open_register(tmp_path)
    write_histories(register, town, rng, 8)
    wanted = parse_wanted(weekday="火") if rng.random() < 0.3 else parse_wanted()
    day = Day(told=Told(town=town, register=register), when=TODAY, wanted=wanted)
    for _ in range(3):
        question = asked(
            heights=bool(rng.random() < 0.5) and not town.streetless,
            walker=str(rng.choice(["elderly", "cane"])),
            trip=str(rng.choice(["there", "worse"])),
            rest="" if town.streetless else str(rng.choice(["", "", "200"])),
            straight=town.streetless,
        )
        changes = draw(rng, day)
        found = find_effect(day, changes, question, base=base_of(day, question), ends=True)
        was, now = within(day, question), within(found.after, question)
        assert found.known.gained.tolist() == (now & ~was).tolist(), changes
        assert found.known.lost.tolist() == (was & ~now).tolist(), changes
        for one in (found.known, found.low, found.high):
            for age in ("65", "75", "all"):
                told = one.of(age)
                assert told["after"] - told["before"] == told["gained"] - told["lost"]
    register.engine.dispose()


def test_without_streets_a_place_far_from_the_town_and_a_mended_street_are_refused(tmp_path):
    town, register = straight_town(np.random.default_rng(1)), open_register(tmp_path)
    day = Day(told=Told(town=town, register=register), when=TODAY)
    lon, lat = town.plane.to_lonlat(np.array([9000.0, 500.0]), np.array([500.0, 500.0]))
    far, near = zip(lon.tolist(), lat.tolist(), strict=True)
    assert carry_out(day, [Change(do="add", at=near)]).source.listed
    with pytest.raises(InputError, match="more than 3 km"):
        carry_out(day, [Change(do="add", at=far)])
    with pytest.raises(InputError, match="no streets"):
        carry_out(day, [Change(do="open", at=near)])
    register.engine.dispose()


def test_a_plan_and_its_undoing_come_to_nothing_and_plans_that_do_not_meet_can_be_turned(tmp_path):
    rng = np.random.default_rng(5)
    town, register = unknown_town(rng), open_register(tmp_path)
    write_histories(register, town, rng, 8)
    day, question = Day(told=Told(town=town, register=register), when=TODAY), asked()
    for _ in range(5):
        add = next(one for one in draw_until(rng, day, "add"))
        there = find_effect(day, [add], question)
        back = find_effect(there.after, [Change(do="close", site_id="new-1")], question).known
        assert back.gained.tolist() == there.known.lost.tolist() == [False] * len(town.cells)
        assert back.lost.tolist() == there.known.gained.tolist()
        pause = next(one for one in draw_until(rng, day, "pause"))
        one, other = ([add, pause], [pause, add])
        turned = [find_effect(day, some, question).known for some in (one, other)]
        assert turned[0].gained.tolist() == turned[1].gained.tolist()
        assert turned[0].lost.tolist() == turned[1].lost.tolist()
    register.engine.dispose()


def test_the_demos_plan_says_who_gains_and_who_loses(demo):
    question = parse_question(division="町丁目", people="65", walker="elderly", within="500m")
    lost = {
        one: find_effect(demo, [Change(do="close", site_id=one)], question).known.of("65")["lost"]
        for one in demo.salons["site_id"]
    }
    site = max(lost, key=lost.get)
    found = find_effect(demo, [Change(do="close", site_id=site)], question)
    assert found.known.of("65")["gained"] == 0 < found.known.of("65")["lost"]
    assert found.known.areas["lost"].sum() == found.known.of("65")["lost"]
    assert site not in set(found.after.salons["site_id"])
    assert site in set(demo.salons["site_id"])
    assert "この案で閉じる 1 は数えない" in found.after.say_salons()[0].ja
    assert "検討案" in found.after.say_salons()[0].ja


def test_days_count_where_a_weekday_is_asked_for(demo):
    question = parse_question(division="町丁目", people="65", walker="elderly", within="500m")
    day = replace(demo, wanted=parse_wanted(weekday="sun"))
    site = demo.salons["site_id"].iloc[0]
    sunday = find_effect(
        day, [Change(do="days", site_id=site, schedule="毎週日曜 10:00-11:30")], question
    )
    assert sunday.known.of("65")["gained"] > 0
    # Closed whenever it meets, in whatever order it is said.
    shut = [
        Change(do="pause", site_id=site),
        Change(do="days", site_id=site, schedule="毎週日曜 10:00-11:30"),
    ]
    assert find_effect(day, shut, question).known.of("65")["gained"] == 0
    at = place_of(demo)
    untold = find_effect(day, [Change(do="add", at=at)], question)
    assert untold.known.of("65")["gained"] == 0  # when it would meet nobody said
    told = find_effect(day, [Change(do="add", at=at, schedule="毎週日曜")], question)
    assert told.known.of("65")["gained"] > 0


def place_of(day):
    row = int(np.flatnonzero(day.built.cell_snaps.edge >= 0)[0])
    lon, lat = day.built.plane.to_lonlat(
        *(day.built.cells[name].to_numpy()[[row]] for name in ("x_m", "y_m"))
    )
    return float(lon[0]), float(lat[0])


def test_what_cannot_be_carried_out_is_said(demo):
    for change, said in (
        (Change(do="pause", site_id="no-such"), "there is no salon 'no-such'"),
        (Change(do="add", at=(139.0, 30.0)), "no street within"),
        (Change(do="bench", at=(139.0, 30.0)), "no street within"),
        (Change(do="open", at=place_of(demo)), "open already"),
    ):
        with pytest.raises(InputError, match=said):
            carry_out(demo, [change])


def test_a_second_plan_of_the_same_names_gets_another_id(demo):
    at = place_of(demo)
    made = carry_out(demo, [Change(do="add", at=at), Change(do="add", at=at, name="会館")])
    new = made.salons[made.salons["source"] == "検討案"]
    assert new["site_id"].tolist() == ["new-1", "new-2"]
    assert new["name"].tolist() == ["検討中の通いの場1", "会館"]
    assert isinstance(new, pd.DataFrame)
