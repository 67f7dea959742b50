"""Measures: their laws, beside plain loops, and figures worked out by hand."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.measures import MEASURES, measure_notes
from geo.measures.floating_catchment import known_supply
from geo.measures.measure import Walks, summarise_area, worst_tenth
from geo.measures.unit import UNITS, Unit

SEEDS = st.integers(0, 1_000_000)
LAW = settings(max_examples=60)
NEW = {
    "no_way", "worst_tenth", "sessions_within", "two_step", "two_step_enhanced", "minutes_flat",
    "slope_cost_minutes", "minutes_toilet", "minutes_bench", "minutes_shop", "minutes_stop",
    "minutes_park",
}  # fmt: skip
KIND = {
    "minutes_toilet": "toilet", "minutes_bench": "bench", "minutes_shop": "shop",
    "minutes_stop": "bus_stop", "minutes_park": "park",
}  # fmt: skip
PER_MIN = 60.0


def make_walks(table_m, people, *, limit_m=500.0, **more):
    """Return the walks of a (C, F) table of metres, pairs by cell, then site."""
    table_m, people = np.asarray(table_m, dtype=float), np.asarray(people, dtype=np.int64)
    nearest = table_m.min(axis=1, initial=np.inf)
    cell, site = np.nonzero(table_m <= limit_m)
    given = {
        "people": people,
        "pair_cell": cell,
        "pair_site": site,
        "pair_m": table_m[cell, site],
        "sessions": np.full(table_m.shape[1], np.nan),
        "capacity": np.full(table_m.shape[1], np.nan),
    }
    return Walks(
        metres=nearest,
        minutes=nearest / PER_MIN,
        straight_m=nearest * 0.7,
        sites_within=np.bincount(cell, minlength=len(people)),
        limit_m=limit_m,
        **given | more,
    )


def random_walks(seed, **more):
    """Return a table with empty cells, one-person cells, sites in nobody's range, no ways."""
    rng = np.random.default_rng(seed)
    cells, sites = rng.integers(1, 12), rng.integers(0, 6)
    table = rng.uniform(0, 1000, (cells, sites)).round(rng.integers(0, 3))
    table[rng.random((cells, sites)) < 0.2] = np.inf
    table[rng.random((cells, sites)) < 0.1] = 500.0
    table[:, rng.random(sites) < 0.2] = 900.0
    people = rng.choice([0, 0, 1, 1, 2, 7, 300], cells)
    sessions = rng.choice([0.5, 1, 2, 4.348], sites)
    capacity = rng.choice([5.0, 20, np.nan], sites, p=[0.45, 0.45, 0.1])
    if rng.random() < 0.3:
        sessions[rng.random(sites) < 0.4] = np.nan
    return make_walks(table, people, **{"sessions": sessions, "capacity": capacity} | more), table


def score(name, walks):
    return MEASURES[name].score(walks)


def figure(name, scores, people):
    (value,) = summarise_area(
        MEASURES[name], np.array(scores, dtype=float), np.array(people)
    ).values()
    return value


def weight_of(name, metres, limit_m):
    if metres > limit_m:
        return 0.0
    if name == "two_step":
        return 1.0
    edge = np.exp(-0.5)
    return (np.exp(-0.5 * (metres / limit_m) ** 2) - edge) / (1 - edge)


def access_by_loops(name, walks, table):
    cells, sites = table.shape
    supply, _ = known_supply(walks.sessions, walks.capacity)
    access = [0.0] * cells
    for j in range(sites):
        demand = sum(
            weight_of(name, table[k, j], walks.limit_m) * walks.people[k] for k in range(cells)
        )
        for i in range(cells):
            if demand > 0:
                access[i] += supply[j] / demand * weight_of(name, table[i, j], walks.limit_m)
    return access


@pytest.mark.parametrize("name", ["two_step", "two_step_enhanced"])
@given(seed=SEEDS)
@LAW
def test_a_catchment_neither_makes_nor_loses_supply(name, seed):
    walks, table = random_walks(seed)
    supply, _ = known_supply(walks.sessions, walks.capacity)
    near = table < 500 if name == "two_step_enhanced" else table <= 500
    somebody = (near & (walks.people > 0)[:, None]).any(axis=0)
    assert (walks.people * score(name, walks)).sum() == pytest.approx(supply[somebody].sum())


@pytest.mark.parametrize("name", ["two_step", "two_step_enhanced"])
@given(seed=SEEDS)
@LAW
def test_a_catchment_is_what_two_loops_find(name, seed):
    walks, table = random_walks(seed)
    assert score(name, walks) == pytest.approx(access_by_loops(name, walks, table), rel=1e-6)


@given(SEEDS)
@LAW
def test_sessions_within_are_what_a_loop_counts(seed):
    walks, table = random_walks(seed)
    if np.isnan(walks.sessions).all() and walks.sessions.size:
        assert np.isnan(score("sessions_within", walks)).all()
        return
    near = [[s for s, m in zip(walks.sessions, row, strict=True) if m <= 500] for row in table]
    known = [[s for s in row if not np.isnan(s)] for row in near]
    # Only salons of which nothing is known within reach: not known, and never none.
    counted = [
        sum(some) if some or not row else np.nan for some, row in zip(known, near, strict=True)
    ]
    assert score("sessions_within", walks) == pytest.approx(counted, nan_ok=True)


@given(SEEDS)
@LAW
def test_twice_the_people_change_no_mean_and_halve_what_each_gets(seed):
    once, table = random_walks(seed)
    twice = make_walks(table, once.people * 2, sessions=once.sessions, capacity=once.capacity)
    for name, measure in MEASURES.items():
        one, two = score(name, once), score(name, twice)
        if measure.unit == "supply_per_person":
            assert two == pytest.approx(one / 2)
            continue
        assert np.array_equal(one, two, equal_nan=True)
        before, after = (
            summarise_area(measure, one, people) for people in (once.people, twice.people)
        )
        factor = 2 if measure.summary == "sum" else 1
        assert after == {
            key: value if value is None else pytest.approx(value * factor)
            for key, value in before.items()
        }


@given(SEEDS, st.integers(50, 600), st.integers(0, 400))
@LAW
def test_a_longer_range_never_lowers_the_sessions_within(seed, limit_m, more):
    _, table = random_walks(seed)
    rng = np.random.default_rng(seed)
    sessions = rng.choice([0.25, 1, 4.348, np.nan], table.shape[1])
    near, far = (
        score(
            "sessions_within", make_walks(table, np.ones(len(table)), limit_m=m, sessions=sessions)
        )
        for m in (limit_m, limit_m + more)
    )
    told = ~np.isnan(near)
    # Who reaches no salon near may reach one farther off of which nothing is known: no number then.
    lost = told & np.isnan(far)
    assert not near[lost].any()
    assert np.isnan(near).all() or (far[told & ~lost] >= near[told & ~lost] - 1e-9).all()


@given(SEEDS)
@example(6)  # people at the same distance, one cell of them split by the worst tenth
@LAW
def test_the_order_of_cells_and_sites_cannot_show_in_the_last_digit(seed):
    walks, table = random_walks(seed)
    rng = np.random.default_rng(seed)
    cells, sites = rng.permutation(table.shape[0]), rng.permutation(table.shape[1])
    more = {"minutes_flat": walks.minutes * 0.8, "kind_minutes": {"park": walks.minutes + 1}}
    plain = make_walks(
        table, walks.people, sessions=walks.sessions, capacity=walks.capacity, **more
    )
    moved = make_walks(
        table[cells][:, sites],
        walks.people[cells],
        sessions=walks.sessions[sites],
        capacity=walks.capacity[sites],
        minutes_flat=more["minutes_flat"][cells],
        kind_minutes={"park": more["kind_minutes"]["park"][cells]},
    )
    for name, measure in MEASURES.items():
        one, two = score(name, plain), score(name, moved)
        assert np.array_equal(one[cells], two, equal_nan=True), name
        assert summarise_area(measure, one, plain.people) == summarise_area(
            measure, two, moved.people
        ), name
    assert measure_notes(plain) == measure_notes(moved)


@pytest.mark.parametrize(
    ("minutes", "people", "mean", "why"),
    [
        ([30, 20, 5], [2, 3, 20], 28, "of 25 the worst 2.5: (2 × 30 + 0.5 × 20) / 2.5"),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1] * 10, 10, "of ten the worst one"),
        ([12, 4], [100, 900], 12, "a cell split nowhere: exactly a tenth"),
        ([12, 4], [50, 950], 8, "half of the tenth at 12, half at 4"),
        ([7], [1], 7, "a tenth of one person"),
        ([np.inf, 20, 10], [5, 10, 90], 20, "those with no way are not in it: the worst 10 of 100"),
        ([np.inf, 20], [5, 0], None, "nobody has a way"),
        ([9, np.nan], [10, 0], 9, "nobody lives where the score is not known"),
        ([9, np.nan], [10, 1], None, "somebody's score is not known"),
        ([], [], None, "nobody"),
    ],
)  # fmt: skip
def test_the_worst_tenth_by_hand(minutes, people, mean, why):
    assert figure("worst_tenth", minutes, people) == mean, why


@given(SEEDS)
@LAW
def test_the_worst_tenth_is_the_mean_of_people_written_out_ten_times(seed):
    rng = np.random.default_rng(seed)
    minutes, people = rng.integers(0, 30, 8).astype(float), rng.choice([0, 1, 2, 11], 8)
    each = np.sort(np.repeat(minutes, 10 * people))[::-1]
    expected = each[: people.sum()].mean() if each.size else np.nan
    assert worst_tenth(minutes, people) == pytest.approx(expected, nan_ok=True)


def test_people_without_a_way_are_counted_and_never_made_a_number():
    walks = make_walks(
        [[300.0], [600.0], [np.inf]], [10, 10, 5], minutes_flat=np.array([4.0, 8, np.inf]),
        kind_minutes={"toilet": np.array([1.0, np.inf, np.inf])},
    )  # fmt: skip
    figures = {
        key: value
        for measure in MEASURES.values()
        for key, value in summarise_area(measure, measure.score(walks), walks.people).items()
    }
    assert figures["no_way"] == 5 and figures["outside"] == 15
    assert figures["worst_tenth"] == 10 and figures["slope_cost_minutes"] == pytest.approx(1.5)
    assert figures["minutes_p90"] is None and figures["minutes_flat_p75"] == 8
    assert figures["minutes_toilet_p50"] is None and figures["minutes_bench_p50"] is None
    assert all(value is None or np.isfinite(value) for value in figures.values())
    assert "5" in measure_notes(walks)["worst_tenth"].ja


def test_who_only_lacks_a_rest_has_a_way():
    walks = make_walks([[300.0], [np.inf], [np.inf]], [10, 10, 5])
    walks = replace(walks, plain_m=np.array([300.0, 900.0, np.inf]))
    assert MEASURES["no_way"].score(walks).tolist() == [0, 0, 1]
    assert "休みながら" in measure_notes(walks)["worst_tenth"].ja


@pytest.mark.parametrize(
    ("sessions", "capacity", "each", "told"),
    [
        ([4, 2], [10, 20], [4.0, 4.0], "places"), ([4, 2], [10, np.nan], [0.4, 0.2], "sessions"),
        ([4, np.nan], [10, 20], [0.1, 0.1], "sites"), ([0.5, 8], [20, 1], [1.0, 0.8], "places"),
    ],
)  # fmt: skip
def test_what_is_shared_is_known_of_every_site_and_told(sessions, capacity, each, told):
    table = [[100, np.inf], [np.inf, 100]]
    walks = make_walks(
        table, [10, 10], sessions=np.array(sessions, float), capacity=np.array(capacity, float)
    )
    assert score("two_step", walks) == pytest.approx(each)
    yardsticks = {"places": "定員×", "sessions": "月の開催回数で数えた", "sites": "1つと数えた"}
    notes = measure_notes(walks)
    assert yardsticks[told] in notes["two_step"].ja
    assert notes["two_step"] == notes["two_step_enhanced"]


@pytest.mark.parametrize(
    ("sessions", "scores", "told"),
    [
        ([4, 2], [6, 2], None), ([4, np.nan], [4, np.nan], "2か所のうち1か所"),
        ([np.nan, np.nan], [np.nan, np.nan], "数字を出していません"),
    ],
)  # fmt: skip
def test_a_salon_whose_sessions_are_not_known_is_told_and_is_never_none(sessions, scores, told):
    walks = make_walks([[100, 200], [900, 300]], [1, 1], sessions=np.array(sessions, float))
    assert np.array_equal(score("sessions_within", walks), np.array(scores, float), equal_nan=True)
    note = measure_notes(walks).get("sessions_within")
    assert (note is None) if told is None else (told in note.ja)


def test_holidays_that_are_counted_all_the_same_are_told():
    sessions = np.array([4.0, np.nan])
    walks = make_walks([[100, 200], [900, 300]], [1, 1], sessions=sessions, holidays_off=1)
    note = measure_notes(walks)["sessions_within"]
    assert "1か所は祝日・年末年始などが休みですが、その分は引いていません" in note.ja
    assert "2か所のうち1か所" in note.ja and "holidays" in note.en


def test_without_any_salon_nothing_is_shared_and_nothing_is_in_range():
    walks = make_walks(np.zeros((2, 0)), [3, 0])
    for name in ("two_step", "two_step_enhanced", "sessions_within"):
        assert score(name, walks).tolist() == [0.0, 0.0]
    assert score("no_way", walks).tolist() == [1.0, 1.0]


def test_an_old_caller_gets_no_figure_for_what_it_did_not_give():
    one = np.array([300.0])
    walks = Walks(
        metres=one, minutes=one / PER_MIN, straight_m=one, sites_within=np.array([1]), limit_m=500.0
    )
    unknown = {name for name in MEASURES if np.isnan(score(name, walks)).all()}
    assert unknown >= NEW - {"no_way", "worst_tenth"}
    assert not unknown & {"share", "minutes", "outside", "sites_within", "no_way", "worst_tenth"}
    assert measure_notes(walks) == {}
    for name in unknown:
        figures = summarise_area(MEASURES[name], score(name, walks), np.array([5]))
        assert set(figures.values()) == {None}


@pytest.mark.parametrize("name", sorted(KIND))
def test_a_kind_of_place_has_its_own_minutes(name):
    walks = make_walks([[100.0]], [1], kind_minutes={KIND[name]: np.array([3.0])})
    assert score(name, walks).tolist() == [3.0]
    assert all(np.isnan(score(other, walks)[0]) for other in KIND if other != name)


def test_a_gentle_way_down_may_cost_less_than_the_level():
    walks = make_walks([[600.0], [600.0]], [1, 1], minutes_flat=np.array([12.0, np.inf]))
    assert score("slope_cost_minutes", walks).tolist() == [-2.0, np.inf]


def test_the_scores_change_nothing_they_are_given():
    walks, _ = random_walks(7)
    before = {
        name: value.copy()
        for name in ("metres", "minutes", "people", "pair_m", "sessions", "capacity")
        if (value := getattr(walks, name)) is not None
    }
    for name in MEASURES:
        score(name, walks)
    assert all(np.array_equal(getattr(walks, n), v, equal_nan=True) for n, v in before.items())


def test_every_measure_names_its_columns_once_in_both_languages():
    assert set(MEASURES) >= NEW
    columns = [column for measure in MEASURES.values() for column in measure.columns]
    keys = [key for measure in MEASURES.values() for key in measure.keys_ja.values()]
    heads = [words for measure in MEASURES.values() for words in measure.heads.values()]
    assert len(set(columns)) == len(columns) == len(set(keys)) == len(set(heads))
    assert set(UNITS) == set(get_args(Unit))
    for measure in MEASURES.values():
        assert measure.words.ja and measure.words.en and measure.source.ja and measure.source.en
        assert not set(',"\n') & set("".join(measure.keys_ja.values()))


@pytest.mark.parametrize(
    ("scores", "people", "median"),
    [
        ([4, 8, np.inf], [5, 3, 2], 4), ([4, 8, np.inf], [1, 4, 4], 8), ([np.inf, 8], [6, 4], None),
        ([], [], None), ([9, np.nan], [1, 0], 9), ([9, np.nan], [1, 1], None),
    ],
)  # fmt: skip
def test_a_median_is_one_column_and_the_middle_of_the_quantiles(scores, people, median):
    scores, people = np.array(scores, dtype=float), np.array(people)
    one = replace(MEASURES["minutes"], summary="median")
    assert one.columns == ("minutes",) and one.keys_ja == {"minutes": one.key_ja}
    assert summarise_area(one, scores, people) == {"minutes": median}
    assert summarise_area(MEASURES["minutes"], scores, people)["minutes_p50"] == median


@pytest.mark.parametrize(
    ("change", "says"),
    [({"unit": "miles"}, "metres.*geo/measures/unit.py"), ({"summary": "mode"}, "median")],
)
def test_a_unit_or_a_sum_there_is_not_is_refused_with_those_there_are(change, says):
    (value,) = change.values()
    with pytest.raises(ValueError, match=f"measure share: .*{value}.*{says}"):
        replace(MEASURES["share"], **change)
