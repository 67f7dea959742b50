"""A site on a day: what is known now of then, and what was known then."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.record.as_of import day_written, state_known_on, state_on
from surveys.record.history import STATUS, Origin, Version, fold

NAMES = st.sampled_from(["会館", "公民館", "集会所"])
STATES = st.sampled_from(["active", "paused", "closed"])
DAYS = [f"2026-{month:02}-{day:02}" for month in range(1, 7) for day in (1, 15)]


def told(seq, on, patch, *, written="", kind="visit"):
    return Version(
        seq=seq, id=f"v{seq}", record_id=f"r{seq}", site_id="s", type="salon", kind=kind,
        made_at=f"{written or on}T03:00:00+00:00", base=seq - 1, patch=patch,
        origin=Origin(source="surveyed", sure="sure", by="", on=on),
    )  # fmt: skip


def paused(since):
    return {STATUS: {"is": "paused", "on": since}}


OPEN = told(1, "2026-04-10", {"name": "会館"})
# First seen in April; by a later file closed long before, and open again since March.
CLOSED = told(2, "2026-04-20", {STATUS: {"is": "closed", "on": "2020-01-01"}})
AGAIN = told(3, "2026-05-01", {STATUS: {"is": "active", "on": "2026-03-15"}})
REOPENED = [OPEN, CLOSED, AGAIN]
SAID_LATE = [OPEN, told(2, "2026-07-20", paused("2026-07-03"))]


@pytest.mark.parametrize(
    ("versions", "day", "status", "early", "why"),
    [
        ([OPEN], "2026-04-10", "active", False, "the day it was seen"),
        ([OPEN], "2026-04-09", "active", True, "the day before anybody saw it"),
        (SAID_LATE, "2026-07-02", "active", False, "before it paused"),
        (SAID_LATE, "2026-07-10", "paused", False, "since when it says, though told later"),
        (
            [OPEN, told(2, "2026-07-20", paused("2026-08-01"))],
            "2026-07-25",
            "active",
            False,
            "told, but not yet begun",
        ),
        (
            [OPEN, told(2, "2026-07-20", paused(""))],
            "2026-07-19",
            "active",
            False,
            "without a day it holds from when it was told",
        ),
        (REOPENED, "2019-12-31", "active", True, "before anything is told of it"),
        (REOPENED, "2026-03-14", "closed", False, "closed before anybody saw it"),
        (REOPENED, "2026-03-15", "active", False, "open again before anybody saw it"),
        (REOPENED, "2026-04-15", "active", False, "and from then on"),
        ([OPEN, AGAIN], "2026-03-14", "active", True, "before it says it was open"),
        (
            [OPEN, told(2, "2026-05-01", {"name": "新会館"}, written="2026-09-01")],
            "2026-06-01",
            "active",
            False,
            "a paper typed late speaks of its own day",
        ),
    ],
)
def test_a_site_on_a_day(versions, day, status, early, why):
    found = state_on(versions, day)
    assert (found.state.status["is"], found.early) == (status, early), why


def test_what_was_known_then_leaves_out_what_was_told_later():
    assert state_known_on(SAID_LATE, "2026-07-10").state.status["is"] == "active"
    assert state_known_on(SAID_LATE, "2026-07-20").state.status["is"] == "paused"
    assert state_known_on(SAID_LATE, "2026-04-09") is None
    assert state_on([], "2026-04-09") is None


def test_a_version_is_written_on_its_day_in_japan():
    late = told(1, "2026-04-10", {})
    assert day_written(late) == "2026-04-10"
    assert day_written(replace(late, made_at="2026-04-10T16:00:00+00:00")) == "2026-04-11"


@given(
    st.lists(st.tuples(st.sampled_from(DAYS), NAMES, STATES), min_size=1, max_size=8),
    st.sampled_from(DAYS),
)
def test_a_history_written_day_by_day_is_on_a_day_what_a_register_frozen_then_was(entries, day):
    versions = [
        told(seq, on, {"name": name, STATUS: {"is": state, "on": on}})
        for seq, (on, name, state) in enumerate(sorted(entries, key=lambda one: one[0]), start=1)
    ]
    frozen = [one for one in versions if one.origin.on <= day]
    found = state_on(versions, day)
    assert found.early == (not frozen)
    if frozen:
        assert found.state == fold(frozen) == state_known_on(versions, day).state
    assert state_on(versions, "2027-01-01").state == fold(versions)
