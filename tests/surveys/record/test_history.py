"""What versions come to, where one person says there is none and others list some."""

import pytest

from surveys.record.history import Origin, Version, fold

OFFICE = Origin(source="surveyed", sure="sure", by="市の職員", on="2026-11-21")


def told(seq, base, patch, kind="visit"):
    return Version(
        seq=seq, id=f"v{seq}", record_id=f"r{seq}", site_id="s1", type="park", kind=kind,
        made_at="2026-11-21T10:00:00+09:00", origin=OFFICE, patch=patch, base=base,
    )  # fmt: skip


# 1 names the park, 2 could not tell whether it has benches, 3 found one, having read 2.
FOUND = (
    told(1, 0, {"name": "公園"}),
    told(2, 1, {"benches": "unknown"}),
    told(3, 2, {"benches": None, "benches/d": 1}),
)
ONE_MORE = told(4, 3, {"benches/e": 2})


@pytest.mark.parametrize(
    ("before", "base", "sides", "why"),
    [
        ((*FOUND, ONE_MORE), 1, (4, 3, 5), "two others were out there unseen: both are told"),
        ((*FOUND, ONE_MORE), 2, (4, 3, 5), "having read that nobody knew changes nothing"),
        ((*FOUND, ONE_MORE), 3, (4, 5), "whoever was read before stays out of it"),
        (FOUND, 1, (3, 5), "one other is told once, not twice"),
    ],
)
def test_none_against_some_is_told_with_everybody_who_was_not_read(before, base, sides, why):
    state = fold([*before, told(5, base, {"benches": []})])
    assert state.conflicts == {"benches": sides}, why
    assert state.setters["benches"] == sides[0]
    assert "benches" not in state.flat and state.flat["benches/d"] == 1


def test_none_that_has_read_all_is_no_difference():
    gone = {"benches": [], "benches/d": None, "benches/e": None}
    state = fold([*FOUND, ONE_MORE, told(5, 4, gone)])
    assert state.conflicts == {} and state.answers == {"name": "公園", "benches": []}


def test_a_second_none_joins_the_first_and_is_told_once():
    state = fold([*FOUND, told(5, 1, {"benches": []}), told(6, 1, {"benches": []})])
    assert state.conflicts == {"benches": (3, 5, 6)}


def test_a_bench_listed_against_an_unread_none_is_told_and_does_not_stand():
    state = fold([FOUND[0], told(2, 1, {"benches": []}), told(3, 1, {"benches/d": 1})])
    assert state.conflicts == {"benches": (2, 3)} and state.setters["benches"] == 2
    assert state.answers == {"name": "公園", "benches": []}


def test_whoever_said_nothing_of_the_benches_is_no_side_of_their_difference():
    named, listed = told(1, 0, {"name": "公園"}), told(2, 0, {"benches/d": 1})
    state = fold([named, listed, told(3, 0, {"benches": []})])
    assert state.conflicts == {"benches": (2, 3)}
