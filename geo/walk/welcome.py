"""Which sites are for whom: some are for the people of some places only (だれのための地点か)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geo.base.arrays import Flags, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Welcome:
    """Which cells each site is for (だれが使えるか).

    Attributes
    ----------
    group
        (F,) the row of `cells` that tells whom a site is for.
    cells
        (K, C) whether a site of the group is for the people of the cell. Sites for the same
        people are of one group: a walk is looked for once a group.
    """

    group: Ints
    cells: Flags

    def parts(self) -> Iterator[tuple[Ints, Ints]]:
        """Yield the rows of the cells and of the sites that are for them, a group at a time (組)."""
        for row, mine in enumerate(self.cells):
            cells, sites = np.flatnonzero(mine), np.flatnonzero(self.group == row)
            if cells.size and sites.size:
                yield cells, sites

    def take(self, cells: Ints) -> Welcome:
        """Return the same of some of the cells (一部の家について)."""
        return Welcome(group=self.group, cells=self.cells[:, cells])


def make_welcome(welcomed: Sequence[Flags | None], count: int) -> Welcome | None:
    """Return which cells each site is for; ``None`` where all are for everybody (使える人をまとめる).

    Parameters
    ----------
    welcomed
        For each site (C,) flags of the cells whose people it is for; ``None`` for everybody.
    count
        How many cells there are.

    Examples
    --------
    >>> here = np.array([True, False])
    >>> made = make_welcome([None, here, here.copy()], 2)
    >>> made.group.tolist(), made.cells.tolist()
    ([0, 1, 1], [[True, True], [True, False]])
    """
    if all(one is None for one in welcomed):
        return None
    every = np.ones(count, dtype=bool)
    rows: dict[bytes, int] = {}
    flags: list[Flags] = []
    group = np.zeros(len(welcomed), dtype=np.int64)
    for site, one in enumerate(welcomed):
        mine = every if one is None else np.asarray(one, dtype=bool)
        if mine.shape != (count,):
            raise ValueError(f"who a site is for must be told of all {count} cells")
        key = mine.tobytes()
        if key not in rows:
            rows[key] = len(flags)
            flags.append(mine)
        group[site] = rows[key]
    return Welcome(group=group, cells=np.array(flags))


def least_of(
    welcome: Welcome | None,
    shape: tuple[int, int],
    walk: Callable[[Ints, Ints], Floats],
) -> Floats:
    """Return each cell's least of what `walk` finds to the sites that are for it (使える所での最小).

    Parameters
    ----------
    shape
        How many cells and sites there are.
    walk
        Of rows of cells and rows of sites: (n,) of these cells.

    Returns
    -------
        (C,), infinite for a cell that no site is for.
    """
    cells, sites = shape
    if welcome is None:
        return walk(np.arange(cells), np.arange(sites))
    least = np.full(cells, np.inf)
    for mine, theirs in welcome.parts():
        least[mine] = np.minimum(least[mine], walk(mine, theirs))
    return least
