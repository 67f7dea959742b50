"""How many areas of a division have a 通いの場 as near as the town wants one (町の目標に届く地区)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.town import kept_cells_of
from geo.walk.search import TOLERANCE_M

if TYPE_CHECKING:
    import pandas as pd

    from geo.base.arrays import Flags, Ints
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from geo.walk.ranges import WalkingRange


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AreaGaps:
    """The areas of a division with those left out (地区ごとの、届かない人).

    Attributes
    ----------
    division, target
        Which areas, and how near a 通いの場 is wanted; None where no target was set.
    table
        One row an area, in the division's order: ``area_id area_name``; ``people`` of the age
        asked on the network, ``outside`` of them out of reach, ``off_network`` beside them;
        ``missing`` of `people` without a 通いの場 within the target, and ``state``: ``meets``
        (nobody is missing), ``misses``, or "" where nobody lives on the network or nobody told
        who lives there, and where no target was set.
    between
        People of the age within the division's question but in none of these areas.
    """

    division: str
    target: WalkingRange | None
    table: pd.DataFrame
    between: int

    @property
    def meets(self) -> int:
        """How many areas meet the target (目標に届く地区の数)."""
        return int((self.table["state"] == "meets").sum())

    @property
    def judged(self) -> int:
        """How many areas it can be said of: people live there (数えた地区の数)."""
        return int((self.table["state"] != "").sum())

    @property
    def missing(self) -> int:
        """People of all areas without a 通いの場 within the target (目標に届かない人)."""
        return int(self.table["missing"].sum())


def count_areas(
    town: Town, coverage: Coverage, division: str, target: WalkingRange | None = None
) -> AreaGaps:
    """Return who is left out in each area of a division, and whether it meets a target (地区を数える).

    Parameters
    ----------
    coverage
        The answer to a question of this town, of whichever division: the same walks are counted
        by other areas, and within the target's range, to the person what `geo.town.ask` says of
        that division and range.
    target
        An area meets it when everybody of the age asked who lives there on the network has a
        通いの場 within it, under the question's own rules.
    """
    cells, question = coverage.cells, coverage.question
    people = cells["people"].to_numpy(dtype=np.int64)
    status = cells["status"].to_numpy()
    row = kept_cells_of(town, division)
    areas = town.division(division)
    on = status != "off_network"
    out = (status == "outside") | (status == "no_rest")
    far = np.zeros(people.size, dtype=bool)
    if target is not None:
        most = target.limit_m(question.walker) + TOLERANCE_M
        far = on & ~(cells["metres"].to_numpy(dtype=float) <= most)
    sums = {
        name: _sum(people, some, row, len(areas))
        for name, some in (("people", on), ("outside", out), ("off_network", ~on), ("missing", far))
    }
    silent = areas["area_id"].isin(town.without_people(division)).to_numpy(dtype=bool)
    judged = (sums["people"] > 0) & ~silent & (target is not None)
    state = np.where(judged, np.where(sums["missing"] > 0, "misses", "meets"), "")
    table = areas[["area_id", "area_name"]].reset_index(drop=True).assign(**sums, state=state)
    asked = cells["area"].to_numpy(dtype=np.int64) >= 0
    return AreaGaps(
        division=division, target=target, table=table, between=int(people[asked & (row < 0)].sum())
    )


def _sum(people: Ints, some: Flags, row: Ints, count: int) -> Ints:
    total = np.zeros(count, dtype=np.int64)
    mine = some & (row >= 0)
    np.add.at(total, row[mine], people[mine])
    return total
