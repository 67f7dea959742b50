"""Distances as the crow flies, exact, where no streets are known (直線の距離).

A walk is longer: whoever is farther than a range in a straight line is so along any street, but not
the other way round. Whatever is counted with these distances is named so (`geo.say.straight`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from geo.base.arrays import Floats, Ints

_AT_ONCE: Final = 2_000_000
_SLACK: Final = 1e-9


def nearest_straight(here: Floats, there: Floats) -> tuple[Floats, Ints]:
    """Return each point's straight metres to the nearest of others, and its row (いちばん近い点).

    Parameters
    ----------
    here, there
        (C, 2) and (F, 2) on the plane.

    Returns
    -------
        (C,) infinite and -1 where there is no other point. Of points equally near the first row is
        taken.

    Examples
    --------
    >>> nearest_straight(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 5.0], [9.0, 9.0]]))
    (array([5.]), array([0]))
    """
    metres, row = np.full(len(here), np.inf), np.full(len(here), -1, dtype=np.int64)
    if not len(here) or not len(there):
        return metres, row
    tree = cKDTree(there)
    todo, wanted = np.arange(len(here)), min(2, len(there))
    while todo.size:
        near = tree.query(here[todo], k=range(1, wanted + 1))[1].reshape(todo.size, wanted)
        far = np.hypot(*np.moveaxis(there[near] - here[todo][:, None], -1, 0))
        least = far.min(axis=1)
        first = np.where(far == least[:, None], near, len(there)).min(axis=1)
        metres[todo], row[todo] = least, first
        # Complete once the last looked at lies truly beyond the nearest.
        open_ = far[:, -1] <= least * (1 + _SLACK)
        if wanted == len(there):
            break
        todo, wanted = todo[open_], min(4 * wanted, len(there))
    return metres, row


def pairs_straight(here: Floats, there: Floats, limit_m: float) -> tuple[Ints, Ints, Floats]:
    """Return all pairs not farther apart than a limit: rows of both, and straight metres (範囲内の組).

    Ordered by the first, then the second. Memory is that of the pairs.
    """
    none = np.zeros(0, dtype=np.int64)
    if not len(here) or not len(there):
        return none, none, np.zeros(0)
    tree, parts = cKDTree(there), []
    count = tree.query_ball_point(here, limit_m * (1 + _SLACK) + _SLACK, return_length=True)
    cuts = np.searchsorted(np.cumsum(count), np.arange(_AT_ONCE, count.sum(), _AT_ONCE))
    for rows in np.split(np.arange(len(here)), np.unique(cuts)):
        if not count[rows].any():
            continue
        found = tree.query_ball_point(
            here[rows], limit_m * (1 + _SLACK) + _SLACK, return_sorted=True
        )
        other = np.concatenate([np.asarray(one, dtype=np.int64) for one in found])
        parts.append((np.repeat(rows, count[rows]), other))
    if not parts:
        return none, none, np.zeros(0)
    mine, other = (np.concatenate(part) for part in zip(*parts, strict=True))
    metres = np.hypot(*(here[mine] - there[other]).T)
    near = metres <= limit_m
    return mine[near], other[near], metres[near]
