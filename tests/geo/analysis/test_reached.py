"""Pairs of homes and 通いの場 within range: any choice of them is counted as `ask` counts it."""

from dataclasses import replace

import numpy as np
import pytest
from plan_laws import check_plan_laws
from toy_town import toy_town
from unknown_towns import rests_at, unknown_town

from geo.analysis.reached import compare_reach, reach_sites
from geo.coverage.asking import parse_question
from geo.town import ask
from geo.toy import toy_sites


def within_of(town, question, sites, **more):
    found = ask(town, question, sites, **more).cells
    return (found["status"] == "within").to_numpy(), found["metres"].to_numpy()


def asked(**more):
    first = {"division": "町", "people": "65", "walker": "elderly", "within": "500m"}
    return parse_question(**first | more)


def test_the_toy_towns_pairs_are_those_of_the_head():
    # Homes 100 m, 400 m, 800 m and 400 m from the corner where the 通いの場 is.
    found = reach_sites(toy_town(), asked(within="400m"))
    assert found.ids == ("s0",)
    assert found.within().tolist() == [True, True, False, True]
    assert found.nearest_m().tolist() == [100, 400, np.inf, 400]
    assert not found.without(["s0"]).within().any()
    assert found.without(["other"]) is found


@pytest.mark.parametrize("seed", range(25))
def test_any_choice_is_counted_as_ask_counts_it(seed):
    rng = np.random.default_rng(seed)
    town = unknown_town(rng)
    rests = rests_at(rng, 12)
    sites = toy_sites([tuple(rng.uniform(0, 1000, 2)) for _ in range(6)])
    question = asked(
        within=rng.choice(["300m", "700m"]),
        walker=rng.choice(["elderly", "cane", "general"]),
        heights=bool(rng.random() < 0.7),
        trip=rng.choice(["there", "back", "worse", "round"]),
        rest=rng.choice(["", "", "200"]),
        toilet=rng.choice(["", "", "500"]),
    )
    some = rng.random(len(town.cells)) < 0.5
    more = {
        "rests": rests,
        "unknown": str(rng.choice(["known", "bad", "good"])),
        "eligible": {"s1": some} if rng.random() < 0.5 else None,
    }
    whole = reach_sites(town, question, sites, **more)
    kept = [one for one in whole.ids if rng.random() < 0.6] or ["s0"]
    part = whole.without(set(whole.ids) - set(kept))
    fresh, metres = within_of(town, question, sites[sites["site_id"].isin(kept)], **more)
    assert part.within().tolist() == fresh.tolist()
    assert part.nearest_m()[fresh] == pytest.approx(metres[fresh], abs=1e-6)
    other = reach_sites(town, question, sites[~sites["site_id"].isin(kept)], **more)
    both = part.joined(other)
    assert sorted(both.ids) == sorted(whole.ids)
    assert both.nearest_m() == pytest.approx(whole.nearest_m(), abs=1e-9)


def test_what_is_gained_less_what_is_lost_is_the_difference_for_every_age():
    town = toy_town(homes=[(0.0, 100.0), (400.0, 0.0), (400.0, 400.0), (900.0, 900.0)])
    cells = town.cells.assign(people_65=[4, 3, 2, 9], people_75=[1, 0, 2, 9])
    town = replace(town, cells=cells)
    before, after = np.array([1, 1, 0, 0], bool), np.array([0, 1, 1, 1], bool)
    found = compare_reach(town, asked(), before, after)
    # The last home is in no area of the division: it is in no figure.
    assert found.of("65") == {"people": 9, "before": 7, "after": 5, "gained": 2, "lost": 4}
    assert found.of("75") == {"people": 3, "before": 1, "after": 2, "gained": 2, "lost": 1}
    assert found.areas[["people", "before", "after", "gained", "lost"]].values.tolist() == [
        [9, 7, 5, 2, 4]
    ]
    assert found.gained.tolist() == [False, False, True, False]


@pytest.mark.parametrize("seed", range(30))
def test_laws_of_one_change_after_another(seed):
    check_plan_laws(seed)
