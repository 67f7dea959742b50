"""Whether a hidden count follows from those shown: another set of counts is looked for (伏せた数の確かめ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from geo.base.arrays import Flags, Floats, Ints

# So many ways of pushing all hidden counts at once, before each is pushed for itself.
_PUSHES: Final = 24
_SWEEPS: Final = 4
_GOLDEN: Final = 0.6180339887498949


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an audience knows (見る人が知っていること).

    Attributes
    ----------
    sums
        (R, C) -1 at a total and 1 at each of its parts: times the counts it is 0.
    values
        (C,) the counts.
    unknown
        (C,) which are not shown.
    low, high
        (C,) between which each of these is known to lie.
    need
        (C,) how far apart the least and the most it could be must be; 0 where it does not matter.
    """

    sums: csr_array
    values: Ints
    unknown: Flags
    low: Ints
    high: Ints
    need: Ints


def plainly_exposed(known: Known) -> list[int]:
    """Return counts that follow already from the ranges of those they add up with, one sum at a time (すぐ分かる数).

    All that are returned follow; others may.
    """
    low = np.where(known.unknown, known.low, known.values)
    high = np.where(known.unknown, known.high, known.values)
    table = known.sums.tocoo()
    row, cell, sign = table.row, table.col, table.data
    for _ in range(_SWEEPS):
        least = np.where(sign > 0, low[cell], -high[cell])
        most = np.where(sign > 0, high[cell], -low[cell])
        down, up = np.zeros(table.shape[0], np.int64), np.zeros(table.shape[0], np.int64)
        np.add.at(down, row, least)
        np.add.at(up, row, most)
        # A member is minus the sum of the others; one with a minus is that sum itself.
        from_, to = -(up[row] - most), -(down[row] - least)
        from_, to = np.where(sign > 0, from_, -to), np.where(sign > 0, to, -from_)
        np.maximum.at(low, cell, from_)
        np.minimum.at(high, cell, to)
    return np.flatnonzero(known.unknown & (high - low < known.need)).tolist()


def exposed_cells(known: Known, sure: set[tuple[bytes, bytes]]) -> list[int]:
    """Return the counts that follow from all that is shown together (分かってしまう数).

    Parameters
    ----------
    sure
        Groups already found sound; those found now are added.

    Notes
    -----
    Every set of counts found is checked in whole numbers. Cost: a few linear programs a group.
    """
    some = np.flatnonzero(known.unknown)
    if not some.size:
        return []
    table = known.sums[:, some]
    linked = abs(table).T @ abs(table)
    count, group = connected_components(linked, directed=False)
    order = np.argsort(group, kind="stable")
    cuts = np.searchsorted(group[order], np.arange(count + 1))
    found = []
    for at in range(count):
        cells = some[order[cuts[at] : cuts[at + 1]]]
        key = (cells.tobytes(), np.stack([known.low[cells], known.high[cells]]).tobytes())
        if key in sure or not known.need[cells].any():
            continue
        exposed = _exposed_of(known, cells)
        if not exposed:
            sure.add(key)
        found += [int(cells[one]) for one in exposed]
    return found


def _exposed_of(known: Known, cells: Ints) -> list[int]:
    """Return the members of a group that follow from what is known."""
    rows = np.unique(known.sums[:, cells].nonzero()[0])
    if not rows.size:
        return []  # in no sum: nothing is known of it but its mark
    group = _Group(
        sums=known.sums[rows][:, cells].tocsr(), values=known.values[cells], low=known.low[cells],
        high=known.high[cells],
    )  # fmt: skip
    need, number = known.need[cells], np.arange(cells.size)
    least, most = group.values.copy(), group.values.copy()
    for push in range(_PUSHES):
        weight = (number + 1.0) * _GOLDEN * (push // 2 * 2 + 1) % 1.0 - 0.5
        weight *= 1 if push % 2 else -1
        group.push(np.where(most - least < need, weight, 0.0), least, most, whole=False)
        if (most - least >= need).all():
            return []
    for cell in np.flatnonzero(most - least < need):
        for sign in (1.0, -1.0):
            if most[cell] - least[cell] < need[cell]:
                group.push(np.where(number == cell, sign, 0.0), least, most, whole=True)
    return [int(one) for one in np.flatnonzero(most - least < need)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    sums: csr_array
    values: Ints
    low: Ints
    high: Ints

    def push(self, weight: Floats, least: Ints, most: Ints, *, whole: bool) -> None:
        """Widen what each is known to have been by the set of counts that weighs least."""
        want = self.sums @ self.values
        found = milp(
            weight, integrality=np.full(weight.size, int(whole)), bounds=Bounds(self.low, self.high),
            constraints=LinearConstraint(self.sums, want, want),
        )  # fmt: skip
        if found.x is None:
            return
        other = np.rint(found.x).astype(np.int64)
        sound = (self.sums @ other == want).all() and (other >= self.low).all()
        if sound and (other <= self.high).all():
            np.minimum(least, other, out=least)
            np.maximum(most, other, out=most)
