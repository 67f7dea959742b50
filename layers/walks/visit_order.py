"""The order in which to visit places so that the walk is short (まわる順)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.arrays import Floats, Ints

EXACT_TO: Final = 12  # places whose turn is open: 2¹² sets of them are looked at, in under 0.1 s
_LONGEST_MOVE: Final = 3
_LEAST_GAIN_M: Final = 1e-7
_FAR_M: Final = 1e9


def order_visits(
    metres: Floats, start: int | None, end: int | None, *, round_trip: bool
) -> tuple[list[int], float]:
    """Return the order of visit and the metres walked (まわる順を決める).

    Parameters
    ----------
    metres
        (n, n) from each place to each; infinite or NaN where there is no way. It need not be the
        same both ways.
    start, end
        Which comes first and last; ``None`` for whichever is best. One place for both is a
        round trip.
    round_trip
        Whether the way from the last back to the first is walked too.

    Returns
    -------
    tuple
        All n places, those that cannot be walked to (`part_reachable`) last and in no total; the
        total, 0 for one place.

    Notes
    -----
    Exact to `EXACT_TO` places (Held and Karp). Beyond, the better of two beginnings, the order
    given and the nearest each time, improved by turning parts round and moving up to three
    places until neither helps: never longer than the order given. The same input gives the same
    order.

    Examples
    --------
    >>> line = np.abs(np.subtract.outer([0.0, 300.0, 100.0], [0.0, 300.0, 100.0]))
    >>> order_visits(line, 0, None, round_trip=False)
    ([0, 2, 1], 300.0)
    """
    count = len(metres)
    if metres.shape != (count, count):
        raise ValueError(f"metres must be square, not {metres.shape}")
    inside = part_reachable(metres, start)
    rest = [row for row in range(count) if row not in set(inside)]
    if end is not None and (end == start or end not in inside):
        round_trip, end = round_trip or end == start, None
    # A ring may begin anywhere: with the one that is to be last, and is then turned by one.
    turn = round_trip and start is None and end is not None
    if round_trip and start is None and inside:
        start, end = inside[0] if end is None else end, None
    free = [row for row in inside if row not in (start, end)]
    order = [
        *([start] if start is not None else []),
        *(free[at] for at in _order_free(_open(metres, free, start, end, round_trip=round_trip))),
        *([end] if end is not None else []),
    ]
    order = [*order[1:], order[0]] if turn else order
    return [*order, *rest], walk_total(metres, order, round_trip=round_trip)


def walk_total(metres: Floats, order: Sequence[int], *, round_trip: bool) -> float:
    """Return the metres walked in an order (道のりの合計)."""
    rows = [*order, order[0]] if round_trip and len(order) > 1 else list(order)
    return float(np.sum(metres[rows[:-1], rows[1:]])) if len(rows) > 1 else 0.0


def part_reachable(metres: Floats, start: int | None) -> list[int]:
    """Return the places to walk among: with the start's, else the most of them (歩いて行ける所).

    Places that can be walked to and back from one another, in the order of their rows; of groups
    equally large the one with the lowest row.
    """
    if not len(metres):
        return []
    ways = np.isfinite(metres)
    _, group = connected_components(csr_array(ways), directed=True, connection="strong")
    if start is None:
        sizes = np.bincount(group)
        start = int(np.argmax(sizes[group]))
    return [int(row) for row in np.flatnonzero(group == group[start])]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """m places in no order yet, between a beginning and an end.

    first, last: (m,) metres from the beginning and to the end; 0 where there is none.
    """

    first: Floats
    between: Floats
    last: Floats


def _open(
    metres: Floats, free: Sequence[int], start: int | None, end: int | None, *, round_trip: bool
) -> _Open:
    none = np.zeros(len(free))
    known = np.where(np.isfinite(metres), metres, _FAR_M)
    goal = end if end is not None else start if round_trip else None
    return _Open(
        first=none if start is None else known[start, free],
        between=known[np.ix_(free, free)],
        last=none if goal is None else known[free, goal],
    )


def _order_free(open_: _Open) -> list[int]:
    count = len(open_.first)
    if count <= 1:
        return list(range(count))
    return _exact(open_) if count <= EXACT_TO else _improved(open_)


def _exact(open_: _Open) -> list[int]:
    count = len(open_.first)
    bit = 1 << np.arange(count)
    best = np.full((1 << count, count), np.inf)
    came = np.zeros((1 << count, count), dtype=np.int64)
    best[bit, np.arange(count)] = open_.first
    for visited in range(1, (1 << count) - 1):
        on = best[visited][:, None] + open_.between
        then = np.flatnonzero((visited & bit) == 0)
        best[visited | bit[then], then] = on.min(axis=0)[then]
        came[visited | bit[then], then] = on.argmin(axis=0)[then]
    visited = (1 << count) - 1
    at = int(np.argmin(best[visited] + open_.last))
    order = []
    while visited:
        order.append(at)
        visited, at = visited & ~(1 << at), int(came[visited, at])
    return order[::-1]


def _improved(open_: _Open) -> list[int]:
    count = len(open_.first)
    # The beginning and the end as two more places, so that every place has one on either side.
    ways = np.full((count + 2, count + 2), _FAR_M)
    ways[:count, :count] = open_.between
    ways[count, :count], ways[:count, count + 1] = open_.first, open_.last
    found = []
    for order in (_nearest_each_time(open_), list(range(count))):
        path = np.array([count, *order, count + 1])
        while (better := _turned(ways, path)) is not None or (
            better := _moved(ways, path)
        ) is not None:
            path = better
        found.append(path)
    best = min(found, key=lambda path: float(ways[path[:-1], path[1:]].sum()))
    return [int(row) for row in best[1:-1]]


def _nearest_each_time(open_: _Open) -> list[int]:
    order = [int(np.argmin(open_.first))]
    left = set(range(len(open_.first))) - set(order)
    while left:
        here = open_.between[order[-1]]
        order.append(min(left, key=lambda row: (float(here[row]), row)))
        left.remove(order[-1])
    return order


def _turned(ways: Floats, path: Ints) -> Ints | None:
    """Return the path with the one part turned round that saves most, ``None`` where none does."""
    on, back = ways[path[:-1], path[1:]].copy(), ways[path[1:], path[:-1]].copy()
    on[[0, -1]], back[[0, -1]] = 0.0, 0.0  # the ends themselves never turn
    ahead, behind = np.concatenate([[0.0], np.cumsum(on)]), np.concatenate([[0.0], np.cumsum(back)])
    at = np.arange(1, len(path) - 1)
    i, j = at[:, None], at[None, :]
    change = (
        ways[path[i - 1], path[j]] + ways[path[i], path[j + 1]] + behind[j] - behind[i]
        - ways[path[i - 1], path[i]] - ways[path[j], path[j + 1]] - ahead[j] + ahead[i]
    )  # fmt: skip
    change[j <= i] = 0.0
    one, other = np.unravel_index(int(np.argmin(change)), change.shape)
    if change[one, other] > -_LEAST_GAIN_M:
        return None
    low, high = int(at[one]), int(at[other])
    return np.concatenate([path[:low], path[low : high + 1][::-1], path[high + 1 :]])


def _moved(ways: Floats, path: Ints) -> Ints | None:
    """Return the path with the few places moved, turned or not, that saves most."""
    best, found = -_LEAST_GAIN_M, None
    for length in range(1, _LONGEST_MOVE + 1):
        for i in range(1, len(path) - length):
            part, rest = path[i : i + length], np.delete(path, np.s_[i : i + length])
            gone = (
                ways[path[i - 1], part[0]] + ways[part[-1], path[i + length]]
                - ways[path[i - 1], path[i + length]]
            )  # fmt: skip
            within = ways[part[:-1], part[1:]].sum()
            for turned in (part, part[::-1]):
                extra = ways[turned[:-1], turned[1:]].sum() - within
                put = (
                    ways[rest[:-1], turned[0]] + ways[turned[-1], rest[1:]]
                    - ways[rest[:-1], rest[1:]]
                )  # fmt: skip
                where = int(np.argmin(put))
                change = float(put[where] + extra - gone)
                if change < best:
                    best = change
                    found = np.concatenate([rest[: where + 1], turned, rest[where + 1 :]])
    return found
