"""Runs of rows, against the plain loop."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.base.arrays import gather_runs, number_runs, running_start

RUNS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=8)


@given(RUNS)
def test_runs_are_gathered_and_numbered_as_a_loop_would(runs):
    begin, count = np.array(runs, dtype=np.int64).reshape(-1, 2).T
    assert gather_runs(begin, count).tolist() == [b + k for b, c in runs for k in range(c)]
    run, nth = number_runs(count)
    assert run.tolist() == [at for at, (_, c) in enumerate(runs) for _ in range(c)]
    assert nth.tolist() == [k for _, c in runs for k in range(c)]


@given(RUNS)
def test_a_run_starts_where_the_one_before_ends(runs):
    count = np.array([c for _, c in runs], dtype=np.int64)
    start = running_start(count)
    assert start[0] == 0 and start[-1] == count.sum() and (np.diff(start) == count).all()
