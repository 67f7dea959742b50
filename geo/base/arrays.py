"""Names for arrays in type signatures, and runs of rows (配列の型と、とびとびの範囲)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def running_start(count: Ints) -> Ints:
    """Return where each run starts when put one after another, and where the last ends (始まりの行).

    Examples
    --------
    >>> running_start(np.array([2, 3])).tolist()
    [0, 2, 5]
    """
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(count)])


def gather_runs(begin: Ints, count: Ints) -> Ints:
    """Return the rows of runs put one after another (とびとびの範囲の行番号).

    Parameters
    ----------
    begin, count
        (R,) the first row of each run, and how many it has.

    Examples
    --------
    >>> gather_runs(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    end = np.cumsum(count)
    rows = np.arange(int(end[-1]) if end.size else 0)
    rows += np.repeat(begin - (end - count), count)
    return rows


def number_runs(count: Ints) -> tuple[Ints, Ints]:
    """Return the run each row belongs to, and the row's number in it from 0 (何番目の範囲の何番目か).

    Examples
    --------
    >>> [part.tolist() for part in number_runs(np.array([2, 0, 1]))]
    [[0, 0, 2], [0, 1, 0]]
    """
    return np.repeat(np.arange(count.size), count), gather_runs(np.zeros_like(count), count)
