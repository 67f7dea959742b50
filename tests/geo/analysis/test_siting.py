"""One more 通いの場: the toy town by hand, and every candidate's gain against a fresh answer."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_town import toy_town
from unknown_towns import rests_at, unknown_town
from wished_groups import two_areas

from geo.analysis.siting import RUNS, check_candidates, site_gains, with_candidate
from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.town import ask

SEEDS = st.integers(0, 10_000_000)


def candidates_at(points, kind="hall"):
    return pd.DataFrame(
        {
            "candidate_id": [f"k{i}" for i in range(len(points))],
            "kind": [kind] * len(points),
            "name": [f"集会所{i}" for i in range(len(points))],
            "x_m": [float(x) for x, _ in points],
            "y_m": [float(y) for _, y in points],
            "source": ["toy"] * len(points),
        }
    )


def asked(rng):
    return parse_question(
        division="町",
        people="65",
        walker=str(rng.choice(["elderly", "cane", "scooter", "custom:speed=0.7,bar=9"])),
        within=str(rng.choice(["350m", "500m", "1000m", "20min"])),
        heights=bool(rng.random() < 0.7),
        trip=str(rng.choice(["there", "back", "worse", "round"])),
        rest=str(rng.choice(["100", "200", "400"])) if rng.random() < 0.6 else "",
        toilet=str(rng.choice(["300", "600"])) if rng.random() < 0.4 else "",
    )


def same_as_fresh(town, question, candidates, sites, rests, eligible, surveyed):
    """Every candidate's gain in each run is the difference of two fresh answers, by area and age."""
    found = site_gains(
        town, question, candidates, sites, rests=rests, eligible=eligible, surveyed=surveyed
    )
    runs = RUNS if found.unsure else ("known",)
    free = ~surveyed if question.rest_m is not None else None
    for row in found.table.itertuples():
        more, seats = with_candidate(town, sites, rests, pd.Series(row._asdict()))
        gains, areas = [], []
        for unknown in runs:
            own = free if unknown == "good" else None
            was, now = (
                ask(town, question, one, rests=two, eligible=eligible, unknown=unknown, free=own)
                for one, two in ((sites, rests), (more, seats))
            )
            gains.append(now.totals["within"] - was.totals["within"])
            areas.append((now.areas["within"] - was.areas["within"]).to_numpy())
        where = question, row.candidate_id
        known = len(runs) // 2
        assert (row.gained, row.gained_low, row.gained_high) == (
            gains[known], min(gains), max(gains),
        ), where  # fmt: skip
        told = found.areas[found.areas["candidate_id"] == row.candidate_id]
        mine = dict(zip(told["area_id"], told["gained"], strict=True))
        expected = dict(zip(was.areas["area_id"], areas[known], strict=True))
        assert {k: v for k, v in mine.items() if v} == {k: v for k, v in expected.items() if v}
        assert row.seated <= row.gained
    order = list(zip(-found.table["gained"], found.table["candidate_id"], strict=True))
    assert order == sorted(order) and found.table["rank"].tolist() == [*range(1, len(order) + 1)]
    return found


@settings(max_examples=200)
@given(SEEDS)
def test_every_gain_is_the_difference_of_two_answers_in_random_towns(seed):
    rng = np.random.default_rng(seed)
    town, question = two_areas(unknown_town(rng)), asked(rng)
    rests = rests_at(rng, 12)
    eligible = None
    if rng.random() < 0.4:
        eligible = {"s0": rng.random(len(town.cells)) < 0.5}
    places = candidates_at(rng.uniform(0, 1000, (3, 2)))
    surveyed = rng.random(town.network.edge_count) < 0.3
    same_as_fresh(town, question, places, town.salons, rests, eligible, surveyed)
