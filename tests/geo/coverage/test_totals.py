"""The totals asked for alone are those of the whole answer, whatever the question."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from random_towns import random_relief
from toy_town import toy_town

from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.network.straight import no_streets, snapper_of
from geo.town import ask, ask_totals, cells_on, ground_of, put_places, snap_cells
from geo.toy import toy_sites
from geo.walk.rules import Rules, walk_metres, walk_sites

QUESTIONS = [
    {"trip": trip, "heights": heights, "rest": rest, "toilet": toilet, "within": within}
    for trip, heights, (rest, toilet), within in product(
        ("there", "back", "worse", "round"), (False, True),
        ((None, None), ("150", None), (None, "300"), ("100", "300")), ("250m", "10min"),
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def town():
    made = toy_town(toy_sites([(0, 0), (400, 210), (900, 900)]))
    cells = made.cells.copy()
    cells.loc[cells.index[0], ["x_m", "y_m"]] = 2_000.0, 2_000.0  # in no area
    rng = np.random.default_rng(7)
    relief = random_relief(rng, made.network, told=1.1, rough=0.3)
    return replace(made, relief=relief, cells=cells)


@pytest.mark.parametrize("said", QUESTIONS, ids=lambda one: "-".join(map(str, one.values())))
def test_they_are_the_same_numbers(town, said):
    question = parse_question(division="町", people="65", walker="elderly", **said)
    eligible = {str(town.salons["site_id"][0]): np.arange(len(town.cells)) % 2 == 0}
    for whom in (None, eligible):
        whole = ask(town, question, eligible=whom)
        assert ask_totals(town, question, eligible=whom) == whole.totals


def test_the_straight_line_counts_the_same(town):
    bare = no_streets()
    flat = replace(town, network=bare, snapper=snapper_of(bare), relief=None, cell_snaps=None)
    flat = replace(flat, cell_snaps=snap_cells(flat.snapper, town.cells, limit_m=100.0))
    question = parse_question(
        division="町", people="65", walker="elderly", within="300m", straight=True
    )
    assert ask_totals(flat, question) == ask(flat, question).totals


def test_an_unknown_division_is_refused(town):
    question = parse_question(division="区", people="65", walker="elderly", within="300m")
    with pytest.raises(InputError, match="no division"):
        ask_totals(town, question)


def test_the_metres_alone_are_those_of_the_walks(town):
    ground = ground_of(town, heights=True)
    homes, sites = cells_on(town, ground), put_places(town, ground, town.salons)
    for trip in ("there", "back", "worse", "round"):
        asked = Rules(trip=trip)
        alone = walk_metres(ground, homes, sites, asked, limit_m=400.0)
        whole = walk_sites(ground, homes, sites, asked, limit_m=400.0)
        assert np.array_equal(alone, whole.metres, equal_nan=True)
