"""Who is within reach of which 通いの場, so that any choice of them is counted at once (届く家と通いの場の組).

One walk finds every pair of a home and a 通いの場 within range, under all rules of the question. Whom a
choice of them reaches is then no walk more: taken away are the pairs of those that close, added those
of one that opens. What is counted so is to the person what `geo.town.ask` would say of that choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.coverage.coverage import rules_for
from geo.coverage.question import Facilities
from geo.tables.rests import rests_of_sites
from geo.town import (
    ages_of,
    cells_on,
    facilities_of,
    ground_of,
    home_tree,
    kept_cells_of,
    ordered_sites,
    put_places,
    welcome_of,
)
from geo.walk.rules import walk_within
from geo.walk.search import TOLERANCE_M

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geo.base.arrays import Flags, Floats, Ints
    from geo.coverage.question import Question
    from geo.town import Town
    from geo.walk.costs import Unknown


_FEW: Final = 32  # 通いの場 a plan adds, not a town's


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reached:
    """Every walk within range between homes and 通いの場 (範囲内の組).

    Attributes
    ----------
    ids
        Of the 通いの場, in order.
    cell, site, metres
        (K,) rows of the town's cells and of `ids`, and the walk in flat-equivalent metres.
    homes
        How many cells the town has.
    """

    ids: tuple[str, ...]
    cell: Ints
    site: Ints
    metres: Floats
    homes: int

    def without(self, ids: Collection[str]) -> Reached:
        """Return the same without some of the 通いの場 (なくしたとき)."""
        gone = np.array([one in ids for one in self.ids], dtype=bool)
        if not gone.any():
            return self
        row, kept = np.cumsum(~gone) - 1, ~gone[self.site]
        return Reached(
            ids=tuple(one for one in self.ids if one not in ids),
            cell=self.cell[kept],
            site=row[self.site[kept]],
            metres=self.metres[kept],
            homes=self.homes,
        )

    def joined(self, other: Reached) -> Reached:
        """Return the pairs of both; no 通いの場 is in both (合わせたとき)."""
        return Reached(
            ids=(*self.ids, *other.ids),
            cell=np.concatenate([self.cell, other.cell]),
            site=np.concatenate([self.site, other.site + len(self.ids)]),
            metres=np.concatenate([self.metres, other.metres]),
            homes=self.homes,
        )

    def nearest_m(self) -> Floats:
        """Return (C,) the least walk within range, infinite where there is none (いちばん近い所まで)."""
        least = np.full(self.homes, np.inf)
        np.minimum.at(least, self.cell, self.metres)
        return least

    def within(self) -> Flags:
        """Return (C,) whether any of the 通いの場 is within range (届くか)."""
        found = np.zeros(self.homes, dtype=bool)
        found[self.cell] = True
        return found


def reach_sites(
    town: Town,
    question: Question,
    sites: pd.DataFrame | None = None,
    *,
    rests: pd.DataFrame | None = None,
    unknown: Unknown = "known",
    eligible: Mapping[str, Flags] | None = None,
) -> Reached:
    """Return every walk within a question's range (範囲内の組を求める).

    Parameters as `geo.town.ask`; the division plays no part. Where one may rest anywhere along
    streets nobody looked at, walks are not told apart by 通いの場: ask that anew.

    Raises
    ------
    InputError
        When heights are asked for and the town has none.
    """
    sites = ordered_sites(town.salons if sites is None else sites)
    ground = ground_of(town, walker=question.walker, heights=question.heights, unknown=unknown)
    far_m = question.limit_m * (2 if question.trip == "round" else 1)
    far_m /= min(1.0, ground.costs.least_per_m)
    facilities = Facilities()
    if question.rest_m is not None or question.toilet_m is not None:
        rests = rests_of_sites(town.sites) if rests is None else rests
        facilities = facilities_of(town, ground, rests[_near(rests, sites, far_m)], unknown=unknown)
    homes = _near_homes(town, sites, far_m)
    welcome = welcome_of(sites, eligible, len(town.cells))
    pairs = walk_within(
        ground,
        cells_on(town, ground).take(homes),
        put_places(town, ground, sites),
        rules_for(question, facilities),
        limit_m=question.limit_m,
        welcome=None if welcome is None else welcome.take(homes),
    )
    near = pairs.metres <= question.limit_m + TOLERANCE_M
    return Reached(
        ids=tuple(sites["site_id"]), cell=homes[pairs.cell[near]], site=pairs.site[near],
        metres=pairs.metres[near], homes=len(town.cells),
    )  # fmt: skip


def _near_homes(town: Town, sites: pd.DataFrame, far_m: float) -> Ints:
    """Return the homes a walk within range may touch; of a few sites without looking at every home."""
    if len(sites) > _FEW or town.cells.empty:
        return np.flatnonzero(_near(town.cells, sites, far_m))
    near = np.zeros(len(town.cells), dtype=bool)
    for found in home_tree(town).query_ball_point(
        sites[["x_m", "y_m"]].to_numpy(dtype=float), far_m + 1.0
    ):
        near[found] = True
    return np.flatnonzero(near)


def _near(places: pd.DataFrame, sites: pd.DataFrame, far_m: float) -> Flags:
    """Return which places a walk within range may touch: none is shorter than a straight line."""
    if sites.empty or places.empty:
        return np.zeros(len(places), dtype=bool)
    tree = cKDTree(sites[["x_m", "y_m"]].to_numpy(dtype=float))
    straight, _ = tree.query(
        places[["x_m", "y_m"]].to_numpy(dtype=float), distance_upper_bound=far_m + 1.0
    )
    return np.asarray(np.isfinite(straight), dtype=bool)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moved:
    """Who comes within reach by a change, and who no longer is (ふえる人と、へる人).

    Attributes
    ----------
    gained, lost
        (C,) the homes.
    areas
        One row an area of the question's division, in its order: ``area_id area_name people before
        after gained lost``, whole people of the question's age; ``before`` and ``after`` are within
        reach. Those in no area are in none of these.
    ages
        One row an age group the town knows: ``age people before after gained lost``, of all areas
        together.
    """

    gained: Flags
    lost: Flags
    areas: pd.DataFrame
    ages: pd.DataFrame

    def of(self, age: str) -> dict[str, int]:
        """Return one age group's figures of all areas together (ある年齢の合計)."""
        row = self.ages[self.ages["age"] == age].iloc[0]
        return {name: int(row[name]) for name in COUNTS}


COUNTS = ("people", "before", "after", "gained", "lost")


def compare_reach(town: Town, question: Question, before: Flags, after: Flags) -> Moved:
    """Return who is gained and who is lost between two answers (前後の差).

    Parameters
    ----------
    before, after
        (C,) whether each home is within reach.
    """
    areas = town.division(question.division)
    row = kept_cells_of(town, question.division)
    gained, lost = after & ~before, before & ~after
    known = row >= 0
    flags = {"people": known, "before": before, "after": after, "gained": gained, "lost": lost}
    people = town.cells[f"people_{question.people}"].to_numpy(dtype=np.int64)
    told = areas[["area_id", "area_name"]].reset_index(drop=True)
    sums = {name: _by_area(people, flag & known, row, len(areas)) for name, flag in flags.items()}
    ages = [
        {"age": age, **{name: int(own[flag & known].sum()) for name, flag in flags.items()}}
        for age in ages_of(town)
        for own in (town.cells[f"people_{age}"].to_numpy(dtype=np.int64),)
    ]
    return Moved(
        gained=gained & known, lost=lost & known, areas=told.assign(**sums),
        ages=pd.DataFrame(ages, columns=["age", *COUNTS]),
    )  # fmt: skip


def _by_area(people: Ints, some: Flags, row: Ints, count: int) -> Ints:
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, row[some], people[some])
    return total
