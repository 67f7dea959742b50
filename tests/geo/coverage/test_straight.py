"""A town without streets: straight lines, exact, never fewer within reach than along streets."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from toy_town import toy_town

from geo.analysis.band import ask_band
from geo.analysis.comparing import compare_coverage
from geo.analysis.siting import site_gains, with_candidate
from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.measures import MEASURES
from geo.network.snap import Snapper, join_snaps
from geo.network.straight import StraightSnapper, no_streets, snapper_of
from geo.town import ask, snap_cells
from geo.toy import toy_network, toy_sites
from geo.walk.ground import make_ground
from geo.walk.reach_shapes import reach_shapes
from geo.walk.straight import nearest_straight, pairs_straight

ASKED = {"division": "町", "people": "75", "walker": "elderly", "within": "500m"}


def bare(town):
    """The same town as it is without its streets."""
    network = no_streets()
    snapper = snapper_of(network)
    return replace(
        town, network=network, snapper=snapper, relief=None,
        cell_snaps=snap_cells(snapper, town.cells, limit_m=town.snap_limit_m),
    )  # fmt: skip


def scattered(seed, homes=60, sites=5):
    """A town of streets with homes and salons anywhere within 400 m of its grid."""
    rng = np.random.default_rng(seed)
    at = [tuple(map(float, one)) for one in rng.uniform(0, 400, (homes, 2))]
    return toy_town(
        sites=toy_sites([tuple(map(float, one)) for one in rng.uniform(0, 400, (sites, 2))]),
        homes=at,
    )


def by_hand(town):
    """Straight metres of every home to its nearest salon, in the plainest way."""
    homes, sites = (one[["x_m", "y_m"]].to_numpy() for one in (town.cells, town.salons))
    return np.sqrt(((homes[:, None] - sites[None]) ** 2).sum(axis=2)).min(axis=1)


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_the_straight_line_counted_by_hand(seed):
    town = bare(scattered(seed))
    found = ask(town, parse_question(**ASKED | {"within": "120m"}))
    metres = by_hand(town)
    np.testing.assert_allclose(found.cells["metres"], metres, rtol=0, atol=1e-9)
    within = metres <= 120
    assert 0 < within.sum() < within.size
    people = town.cells["people_75"].to_numpy()
    assert found.totals["within"] == people[within].sum()
    assert found.totals["outside"] == people[~within].sum()
    assert found.totals["off_network"] == 0 and found.left_out["sites_off_network"] == 0
    assert found.question.straight
    minutes = parse_question(**ASKED | {"within": "2min"})
    pace = minutes.walker.metres_per_min
    timed = ask(town, minutes)
    assert timed.totals["within"] == people[metres <= 2 * pace].sum()
    np.testing.assert_allclose(timed.cells["minutes"], metres / pace)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("within", ["80m", "150m", "3min"])
def test_the_straight_share_of_a_town_of_streets_is_the_share_of_the_town_without(seed, within):
    town = scattered(seed)
    asked = parse_question(**ASKED | {"within": within})
    streets, straight = ask(town, asked), ask(bare(town), asked)
    assert (streets.cells["status"] != "off_network").all()
    assert streets.areas["share_straight"].tolist() == straight.areas["share"].tolist()
    assert straight.areas["share_straight"].tolist() == straight.areas["share"].tolist()
    # Nobody reached along streets is out of reach in a straight line.
    reached = (streets.cells["status"] == "within").to_numpy()
    assert (straight.cells["status"] == "within").to_numpy()[reached].all()
    assert (straight.cells["metres"] <= streets.cells["metres"] + 1e-9).all()


@pytest.mark.parametrize("seed", range(3))
def test_one_salon_more_never_loses_anybody_and_its_gain_is_that_of_a_fresh_answer(seed):
    town = bare(scattered(seed, sites=2))
    asked = parse_question(**ASKED | {"within": "90m"})
    rng = np.random.default_rng(seed + 100)
    spots = pd.DataFrame(rng.uniform(0, 400, (6, 2)), columns=["x_m", "y_m"]).assign(
        candidate_id=[f"c{one}" for one in range(6)], kind="hall", name="館", source="表"
    )
    gains = site_gains(town, asked, spots)
    before = ask(town, asked)
    assert gains.table["gained"].sum() > 0 and gains.table["on_network"].all()
    for row in gains.table.to_dict("records"):
        sites, rests = with_candidate(town, None, None, pd.Series(row))
        after = ask(town, asked, sites, rests=rests)
        assert after.totals["within"] - before.totals["within"] == row["gained"]
        was, now = ((one.cells["status"] == "within").to_numpy() for one in (before, after))
        assert now[was].all()
        assert compare_coverage(before, after).lost == 0


def test_what_only_streets_tell_is_refused_with_what_to_add():
    town = bare(scattered(0))
    for more, word in (
        ({"rest": "150"}, "座れる所"), ({"toilet": "500"}, "トイレ"), ({"heights": True}, "坂"),
    ):  # fmt: skip
        with pytest.raises(InputError) as refused:
            ask(town, parse_question(**ASKED, **more))
        told = refused.value.words.ja
        assert word in told and "道のファイルを入れて" in told
        with pytest.raises(InputError):
            parse_question(**ASKED, **more, straight=True)
    with pytest.raises(InputError, match="make it anew"):
        ask_band(town, parse_question(**ASKED))


def test_a_town_of_streets_is_not_touched_by_a_question_that_says_straight():
    town = scattered(1)
    said = ask(town, parse_question(**ASKED, straight=True))
    assert not said.question.straight
    assert said.totals == ask(town, parse_question(**ASKED)).totals


def test_guessed_homes_count_where_there_are_no_streets_to_be_off_of():
    town = scattered(2)
    cells = town.cells.assign(placed_by="grid")
    off = snap_cells(town.snapper, cells, limit_m=town.snap_limit_m)
    assert (off.edge == -1).all()
    snapper = snapper_of(no_streets())
    assert (snap_cells(snapper, cells, limit_m=1.0).edge == 0).all()


def test_nothing_is_too_far_from_a_street_and_points_stay_where_they_are():
    snapper = StraightSnapper(no_streets())
    snaps = snapper.snap(np.array([0.0, 9e5]), np.array([0.0, -9e5]), limit_m=1.0)
    assert snaps.edge.tolist() == [0, 0] and snaps.off_m.tolist() == [0, 0]
    assert snaps.at_m.tolist() == [[0, 0], [9e5, -9e5]]
    twice = join_snaps(snaps, snaps.take(np.array([1])))
    assert twice.at_m[2].tolist() == [9e5, -9e5]
    with pytest.raises(InputError):
        snapper.snap(np.array([np.nan]), np.array([0.0]))
    with pytest.raises(ValueError, match="streets"):
        StraightSnapper(toy_network())
    assert type(snapper_of(toy_network())) is Snapper


@pytest.mark.parametrize("seed", range(3))
def test_nearest_and_pairs_are_those_of_the_whole_table(seed):
    rng = np.random.default_rng(seed)
    # Whole numbers: many are equally near, some are at one place, some at a distance of nothing.
    here, there = (rng.integers(0, 12, (count, 2)).astype(float) for count in (150, 40))
    table = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    metres, row = nearest_straight(here, there)
    assert metres.tolist() == table.min(axis=1).tolist()
    assert row.tolist() == table.argmin(axis=1).tolist()  # of equals the first
    one, other, far = pairs_straight(here, there, 5.0)
    at = np.argwhere(table <= 5.0)  # exactly the limit is in
    assert np.column_stack([one, other]).tolist() == at.tolist()
    assert far.tolist() == table[tuple(at.T)].tolist()


def test_of_no_salon_nobody_is_near():
    metres, row = nearest_straight(np.zeros((2, 2)), np.zeros((0, 2)))
    assert np.isinf(metres).all() and row.tolist() == [-1, -1]
    assert pairs_straight(np.zeros((2, 2)), np.zeros((0, 2)), 9.0)[0].size == 0


def test_within_reach_of_a_salon_is_the_circle():
    snapper = snapper_of(no_streets())
    ground = make_ground(no_streets(), snapper=snapper)
    snaps = snapper.snap(np.array([5.0]), np.array([7.0]))
    ((streets, disc, long_m),) = reach_shapes(ground, snaps, limit_m=100.0)
    assert streets.is_empty and long_m == 0.0
    edge = np.hypot(*(np.array(disc.exterior.coords) - [5, 7]).T)
    assert np.allclose(edge, 100.0) and disc.area == pytest.approx(np.pi * 1e4, rel=1e-3)


def test_measures_tell_minutes_of_the_straight_line_and_none_of_slopes():
    town = bare(toy_town(homes=[(0.0, 100.0), (300.0, 400.0)]))
    found = ask(town, parse_question(**ASKED))
    assert found.areas["minutes_p90"].tolist() == [500.0 / found.question.walker.metres_per_min]
    assert found.areas["no_way"].tolist() == [0]
    assert np.isnan(found.areas["minutes_flat_p50"]).all()
    assert "share_straight" in MEASURES
