"""Rests: the door of the table, what Sites alone tell, who is usable, and whose word stands."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.base.pairs import SAME_M
from geo.base.problems import InputError
from geo.tables.rests import (
    REST_KINDS,
    REST_WORDS,
    RESTS,
    check_rests,
    merge_rests,
    rests_of_sites,
    usable,
)
from geo.tables.tables import SITE_KINDS
from geo.toy import toy_sites


def rests(*rows, source="x", as_of=""):
    """Rests from (id, kind, x, seat) rows, all on one street."""
    return pd.DataFrame(
        {
            "rest_id": [row[0] for row in rows],
            "kind": [row[1] for row in rows],
            "name": ["" for _ in rows],
            "x_m": np.array([row[2] for row in rows], dtype=float),
            "y_m": np.zeros(len(rows)),
            "seat": [row[3] for row in rows],
            "toilet": ["no" for _ in rows],
            "source": [source for _ in rows],
            "as_of": [as_of for _ in rows],
        }
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rest_id": ["a", "a"]}, "rest_id, row 2 (a): repeated"),
        ({"kind": ["bench", "chair"]}, "kind, row 2 (chair): must be one of salon"),
        ({"seat": ["yes", "maybe"]}, "seat, row 2 (maybe)"),
        ({"seat": ["yes", None]}, "seat, row 2 (nan)"),
        ({"toilet": ["", "no"]}, "toilet, row 1 ()"),
        ({"x_m": [0.0, np.nan]}, "x_m, row 2 (nan): not a number"),
        ({"y_m": [np.inf, 0.0]}, "y_m, row 1 (inf)"),
        ({"x_m": ["0", "far"]}, "x_m, row 2 (far)"),
        ({"as_of": ["2026-11-21", "2026-11-31"]}, "as_of, row 2 (2026-11-31)"),
        ({"as_of": ["2026", "2026-11"]}, "as_of, row 2 (2026-11)"),
        ({"as_of": [None, ""]}, "as_of, row 1 (nan)"),
        ({"as_of": ["", "0000"]}, "as_of, row 2 (0000)"),
    ],
)
def test_a_bad_table_is_refused_with_the_row_and_the_value(change, said):
    table = rests(("a", "bench", 0, "yes"), ("b", "station", 1, "unknown")).assign(**change)
    with pytest.raises(InputError) as told:
        check_rests(table)
    assert said in told.value.words.en and "行目" in told.value.words.ja


@pytest.mark.parametrize("column", list(RESTS))
def test_a_table_without_a_column_is_refused(column):
    with pytest.raises(InputError, match=f"lacks column {column}"):
        check_rests(rests(("a", "bench", 0, "yes")).drop(columns=column))


@pytest.mark.parametrize("day", ["", "2026", "2026-11-21", "2024-02-29"])
def test_a_day_a_year_and_nothing_are_let_in(day):
    table = rests(("a", "station", 0, "yes"), as_of=day)
    assert check_rests(table) is table


def test_an_empty_table_is_a_table():
    assert len(check_rests(rests())) == 0


def test_every_kind_of_site_is_a_rest_and_so_is_a_station():
    assert REST_KINDS == (*SITE_KINDS, "station") == tuple(REST_WORDS)


SAID_BY_KIND = [
    ("bench", "yes", "no", "a bench is for sitting; a toilet beside it is a thing of its own"),
    ("park", "unknown", "unknown", "the map tells neither its benches nor its toilet"),
    ("bus_stop", "unknown", "no", "a post may have a bench; a stop holds no toilet"),
    ("shop", "unknown", "unknown", "some lend a chair and their toilet"),
    ("resource", "unknown", "unknown", "may be an office, may be a telephone number"),
    ("toilet", "no", "yes", "a toilet is no seat to rest on"),
    ("salon", "yes", "unknown", "the goal of the walk, with chairs"),
]


@pytest.mark.parametrize(
    ("kind", "seat", "toilet", "why"), SAID_BY_KIND, ids=[one[0] for one in SAID_BY_KIND]
)
def test_sites_alone_tell_only_what_their_kind_tells(kind, seat, toilet, why):
    table = rests_of_sites(toy_sites([(3, 4)]).assign(kind=kind, source="OpenStreetMap"))
    row = table.iloc[0]
    assert (row["seat"], row["toilet"]) == (seat, toilet), why
    assert (row["rest_id"], row["x_m"], row["y_m"]) == ("s0", 3.0, 4.0)
    assert (row["source"], row["as_of"]) == ("OpenStreetMap", "")


def test_every_kind_of_site_has_its_word():
    assert {one[0] for one in SAID_BY_KIND} == set(SITE_KINDS)


def test_a_town_without_sites_has_no_rests_and_sites_are_not_changed():
    sites = toy_sites([(0, 0)])
    before = sites.copy()
    assert len(rests_of_sites(toy_sites([]))) == 0 and len(rests_of_sites(sites)) == 1
    pd.testing.assert_frame_equal(sites, before)


@pytest.mark.parametrize(
    ("said", "known", "bad", "good"),
    [
        ("yes", True, True, True),
        ("no", False, False, False),
        ("unknown", False, False, True),  # neither yes nor no: it makes the band
    ],
)
def test_what_is_not_known_counts_only_in_the_good_run(said, known, bad, good):
    table = rests(("a", "bench", 0, said))
    runs = [usable(table, "seat", run).tolist() for run in ("known", "bad", "good")]
    assert runs == [[known], [bad], [good]]
    turned = table.rename(columns={"seat": "toilet", "toilet": "seat"})
    assert usable(turned, "toilet", "good").tolist() == [good]


def test_a_need_or_run_that_is_none_is_refused():
    table = rests(("a", "bench", 0, "yes"))
    for need, run in (("bed", "known"), ("seat", "worst")):
        with pytest.raises(ValueError, match="no such need or run"):
            usable(table, need, run)


MERGES = [
    ([("r", "bench", 0, "no")], [("o", "bench", 9, "yes")], ["r"], "one bench, told twice"),
    ([("r", "bench", 0, "no")], [("o", "park", 9, "yes")], ["r", "o"], "of two kinds"),
    ([("r", "bench", 0, "no")], [("o", "bench", 25, "yes")], ["r"], "exactly at the limit"),
    ([("r", "bench", 0, "no")], [("o", "bench", 25.1, "yes")], ["r", "o"], "too far apart"),
    ([("r", "park", 0, "no")], [("r", "park", 900, "yes")], ["r"], "one id: moved, not two"),
    ([("r", "park", 0, "no")], [("r", "shop", 900, "yes")], ["r"], "one id, kind mended"),
    (
        [("r", "bench", 0, "yes")],
        [("o1", "bench", 12, "yes"), ("o2", "bench", 3, "yes")],
        ["r", "o1"],
        "one to one: the nearer of two goes",
    ),
    (
        [("r1", "bench", 0, "yes"), ("r2", "bench", 20, "yes")],
        [("o1", "bench", 12, "yes"), ("o2", "bench", 24, "yes")],
        ["r1", "r2"],
        "nearest pair first: r2 with o2, then r1 with o1",
    ),
    (
        [("o", "bench", 0, "yes")],
        [("o", "bench", 400, "yes"), ("p", "bench", 2, "yes")],
        ["o", "p"],
        "a row met by its id meets no other",
    ),
    ([], [("o", "bench", 0, "yes")], ["o"], "the register is silent"),
    ([("r", "bench", 0, "yes")], [], ["r"], "the map is silent"),
    ([], [], [], "both are"),
    ([("r", "bus_stop", 0, "unknown")], [("o", "bus_stop", 1, "yes")], ["r"], "looked, 不明"),
]


@pytest.mark.parametrize(("a", "b", "left", "why"), MERGES, ids=[one[3] for one in MERGES])
def test_the_first_tables_word_stands_about_the_same_thing(a, b, left, why):
    one, other = rests(*a, source="台帳"), rests(*b, source="OpenStreetMap")
    merged = merge_rests(one, other)
    assert merged["rest_id"].tolist() == left, why
    stands = merged.set_index("rest_id").loc[[row[0] for row in a], "seat"]
    assert stands.tolist() == [row[3] for row in a]
    assert merged.index.tolist() == list(range(len(left)))


def test_the_distance_may_be_chosen_and_the_index_does_not_matter():
    one, other = rests(("r", "bench", 0, "yes")), rests(("o", "bench", 40, "yes"))
    other.index = [7]
    assert len(merge_rests(one, other)) == 2 and len(merge_rests(one, other, within_m=40)) == 1
    assert SAME_M == 25.0


ROW = st.tuples(st.sampled_from(["bench", "park"]), st.integers(0, 120))


@settings(max_examples=60)
@given(st.lists(ROW, max_size=8), st.lists(ROW, max_size=8))
def test_merging_keeps_all_of_the_first_and_takes_at_most_one_for_each(one, other):
    a = rests(*((f"a{i}", kind, x, "yes") for i, (kind, x) in enumerate(one)))
    b = rests(*((f"b{i}", kind, x, "no") for i, (kind, x) in enumerate(other)))
    merged = merge_rests(a, b)
    ids = merged["rest_id"].tolist()
    assert ids[: len(a)] == a["rest_id"].tolist()
    gone = b[~b["rest_id"].isin(ids)]
    for kind in ("bench", "park"):
        assert (gone["kind"] == kind).sum() <= (a["kind"] == kind).sum()
    # Whoever stayed and whoever is left of the first are farther apart, or already met another.
    for row in gone.itertuples():
        near = a[(a["kind"] == row.kind) & ((a["x_m"] - row.x_m).abs() <= SAME_M)]
        assert len(near)
