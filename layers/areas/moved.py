"""What became of an area's people between two days, in one line (二つの日のあいだ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.tables.tables import each_row
from geo.town import ordered_sites

if TYPE_CHECKING:
    import pandas as pd

    from geo.base.arrays import Flags
    from geo.coverage.coverage import Coverage
    from layers.day.day import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What became of an area's people between two days (二つの日のあいだ).

    Attributes
    ----------
    gained, lost
        How many came within reach, and how many no longer are.
    by, without
        Names of the 通いの場 nearest to those gained that were not there before, and of those nearest
        to the lost that are not there any more.
    """

    gained: int
    lost: int
    by: tuple[str, ...]
    without: tuple[str, ...]


def find_moves(before: Day, was: Coverage, after: Day, now: Coverage, inside: Flags) -> Moves:
    """Return who came within reach between two days' answers to one question, and who no longer is (増減).

    Parameters
    ----------
    inside
        (C,) whose people are asked about.
    """
    in_was, in_now = ((one.cells["status"] == "within").to_numpy(dtype=bool) for one in (was, now))
    people = now.cells["people"].to_numpy(dtype=np.int64)
    gained, lost = inside & in_now & ~in_was, inside & in_was & ~in_now
    return Moves(
        gained=int(people[gained].sum()), lost=int(people[lost].sum()),
        by=_nearest(after, before, now.cells[gained & (people > 0)]),
        without=_nearest(before, after, was.cells[lost & (people > 0)]),
    )  # fmt: skip


def _nearest(day: Day, other: Day, cells: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of the 通いの場 nearest to some homes that the other day has not, or not there."""
    salons = ordered_sites(day.salons)
    there = {(row.site_id, row.x_m, row.y_m) for row in each_row(other.salons)}
    rows = salons.iloc[sorted(set(cells["site"]) - {-1})]
    return tuple(
        str(row.name) for row in each_row(rows) if (row.site_id, row.x_m, row.y_m) not in there
    )
