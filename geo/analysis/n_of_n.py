"""Of how many areas something holds: n of N, counted in whole numbers (N地区のうちn地区).

Areas of which it is not known are told apart and are not among the N.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import shapely

from geo.town import check_age, kept_cells_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    import pandas as pd

    from geo.analysis.gap_areas import AreaGaps
    from geo.analysis.roll_up import Rolled
    from geo.base.arrays import Ints
    from geo.coverage.coverage import Coverage
    from geo.tables.tables import People
    from geo.town import Town

# ``over`` and ``under`` leave out a share of exactly the threshold, ``least`` and ``most`` have it in.
How = Literal["over", "least", "under", "most"]
YES, NO, NO_FIGURE = 1, 0, -1
_HOLDS: Final[dict[How, Callable[[int, int], bool]]] = {
    "over": lambda one, other: one > other,
    "least": lambda one, other: one >= other,
    "under": lambda one, other: one < other,
    "most": lambda one, other: one <= other,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Of which areas something holds, of which not, and of which it is not known (数えた地区).

    Attributes
    ----------
    yes, no, no_figure
        Names of the areas, in the division's order.
    yes_ids
        Ids of those it holds of.
    """

    yes: tuple[str, ...]
    yes_ids: tuple[str, ...]
    no: tuple[str, ...]
    no_figure: tuple[str, ...]

    @property
    def of(self) -> int:
        """N: how many areas have a figure (数えた地区の数)."""
        return len(self.yes) + len(self.no)

    @property
    def tenths(self) -> int | None:
        """The share in tenths of a per cent, halves upward, by whole numbers; None of no area (割合)."""
        return (2000 * len(self.yes) + self.of) // (2 * self.of) if self.of else None


def count_areas(rolled: Rolled, states: Ints, large_id: str | None = None) -> Counted:
    """Return of which parts of a larger area something holds (地区を数える).

    A part that straddles counts in the larger area where most of its people live, and only there.

    Parameters
    ----------
    states
        (P,) `YES`, `NO` or `NO_FIGURE` of each part, in its division's order (`age_share`,
        `reach_share`, `meets_target`, `has_site`).
    large_id
        Of which larger area; None for the town: every part.

    Raises
    ------
    ValueError
        There are more or fewer states than parts.
    """
    areas = rolled.areas
    if states.shape != (len(areas),):
        message = f"{states.shape} states for {len(areas)} areas of {rolled.parts}"
        raise ValueError(message)
    mine = np.ones(len(areas), dtype=bool)
    if large_id is not None:
        mine = (areas["large_id"] == large_id).to_numpy()

    def named(state: int, column: str) -> tuple[str, ...]:
        return tuple(areas[column].to_numpy()[mine & (states == state)].tolist())

    return Counted(
        yes=named(YES, "area_name"), yes_ids=named(YES, "area_id"), no=named(NO, "area_name"),
        no_figure=named(NO_FIGURE, "area_name"),
    )  # fmt: skip


def by_share(part: Ints, whole: Ints, threshold: Fraction, how: How = "over") -> Ints:
    """Return whether each share is over (at least, under, at most) a threshold (割合としきい値).

    Whole numbers alone are compared, so that exactly half is not over half. Of nobody there is no
    figure.

    Examples
    --------
    >>> from fractions import Fraction
    >>> by_share(np.array([2, 3, 0]), np.array([4, 5, 0]), Fraction(1, 2))
    array([ 0,  1, -1])
    """
    up, down, holds = threshold.numerator, threshold.denominator, _HOLDS[how]
    return np.array(
        [
            NO_FIGURE if not of else YES if holds(some * down, up * of) else NO
            for some, of in zip(part.tolist(), whole.tolist(), strict=True)
        ],
        dtype=np.int64,
    )


def age_share(
    town: Town, division: str, age: People, threshold: Fraction, how: How = "over"
) -> Ints:
    """Return whether of each area's people of all ages so many are of an age and over (年齢の割合).

    People of unknown age are among those of all ages alone. An area nobody tells the people of has
    no figure.

    Raises
    ------
    InputError
        The table of people does not tell the age, or the division is unknown.
    """
    check_age(town, age)
    row, count = kept_cells_of(town, division), len(town.division(division))
    old, everyone = (_by_area(town.cells[f"people_{one}"], row, count) for one in (age, "all"))
    states = by_share(old, everyone, threshold, how)
    ids = town.division(division)["area_id"]
    states[ids.isin(town.without_people(division)).to_numpy()] = NO_FIGURE
    return states


def reach_share(
    town: Town, coverage: Coverage, division: str, threshold: Fraction, how: How = "least"
) -> Ints:
    """Return whether of each area's people on the network so many are within reach (届く割合).

    Parameters
    ----------
    coverage
        The answer to a question of this town, of whichever division.
    """
    cells = coverage.cells
    row, count = kept_cells_of(town, division), len(town.division(division))
    within = (cells["status"] == "within").to_numpy()
    on = (cells["status"] != "off_network").to_numpy()
    people = cells["people"].to_numpy(dtype=np.int64)
    some, of = (_sum(np.where(flag, people, 0), row, count) for flag in (within, on))
    states = by_share(some, of, threshold, how)
    silent = town.without_people(division) | town.without_streets(division)
    states[town.division(division)["area_id"].isin(silent).to_numpy()] = NO_FIGURE
    return states


def meets_target(gaps: AreaGaps) -> Ints:
    """Return whether each area meets the town's target (目標に届く地区か)."""
    called = {"meets": YES, "misses": NO, "": NO_FIGURE}
    return np.array([called[one] for one in gaps.table["state"]], dtype=np.int64)


def has_site(town: Town, sites: pd.DataFrame, division: str, *, none: bool = False) -> Ints:
    """Return whether any of some sites lies in each area, or with `none` whether none does (通いの場がある地区か).

    A site on the border of two lies in both. Every area has a figure.

    Parameters
    ----------
    sites
        With ``x_m y_m`` on the town's plane.
    """
    tree = shapely.STRtree(town.division(division).geometry.to_numpy())
    points = shapely.points(sites["x_m"].to_numpy(float), sites["y_m"].to_numpy(float))
    _, area = tree.query(points, predicate="intersects")
    there = np.isin(np.arange(len(town.division(division))), area)
    return np.where(there != none, YES, NO).astype(np.int64)


def _by_area(people: pd.Series, row: Ints, count: int) -> Ints:
    return _sum(people.to_numpy(dtype=np.int64), row, count)


def _sum(people: Ints, row: Ints, count: int) -> Ints:
    total = np.zeros(count + 1, dtype=np.int64)
    np.add.at(total, row, people)  # -1, in none, is the last
    return total[:-1]
