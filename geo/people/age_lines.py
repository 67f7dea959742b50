"""People of other age lines than 65 and 75, within what is shared out already (年齢の線)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.people.table import lines_of

if TYPE_CHECKING:
    import pandas as pd

    from geo.base.arrays import Ints


def share_lines(kept: pd.DataFrame, group: Ints, shared: dict[int, Ints]) -> dict[str, Ints]:
    """Return people of the other age lines in each place, within the parts shared already (年齢の線を分ける).

    A line is drawn through the people of its part (below 65, 65 to 74, 75 and over) from the
    youngest up, so a place never has more of an older line than of a younger one.

    Parameters
    ----------
    shared
        By the age a part begins at, its people in each place. Where 65 is not told all are in
        the first part.
    """
    lines = lines_of(kept)
    over: dict[int, Ints] = {
        65: kept["people_65"].to_numpy(np.int64),
        75: kept["people_75"].to_numpy(np.int64),
    }
    out: dict[str, Ints] = {}
    told = [start for start in shared if start == 0 or over[start].any()]
    for at, start in enumerate(told):
        end = told[at + 1] if at + 1 < len(told) else None
        above = sum((shared[later] for later in told[at + 1 :]), np.zeros_like(group))
        older = over[end] if end else np.zeros(len(kept), dtype=np.int64)
        left = shared[start]
        for age in (age for age in lines if age > start and (end is None or age < end)):
            total = kept[f"people_{age}"].to_numpy(np.int64) - older
            left = split_whole(total, group, left)
            out[f"people_{age}"] = left + above
    return {f"people_{age}": out[f"people_{age}"] for age in lines}


def split_whole(total: Ints, group: Ints, among: Ints) -> Ints:
    """Return which of the people in each place are among `total` of their group (整数で選ぶ).

    Parameters
    ----------
    total
        (G,) people of each group to be chosen, at most as many as there are.
    group
        (P,) the group of each place, ascending.
    among
        (P,) people in each place; of them the chosen are never more.

    Examples
    --------
    >>> split_whole(np.array([3]), np.array([0, 0, 0]), np.array([2, 0, 4]))
    array([1, 0, 2])
    """
    sums = np.zeros(total.size, dtype=np.int64)
    np.add.at(sums, group, among)
    upto = np.cumsum(among)
    first = np.concatenate([[0], np.cumsum(sums)[:-1]])
    running = upto - first[group]
    many = np.maximum(sums[group], 1)
    chosen = (2 * total[group] * running + many) // (2 * many)
    before = (2 * total[group] * (running - among) + many) // (2 * many)
    return np.asarray(chosen - before, dtype=np.int64)
