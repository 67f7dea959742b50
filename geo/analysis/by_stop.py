"""Who could come by bus: on foot to a stop, and on foot from another to a 通いの場 (停留所を使って来られる人).

Nothing is known here of lines and timetables: from any stop to any other one can ride. It is told beside
who is within walking reach, never with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.coverage.coverage import rules_for
from geo.coverage.question import Facilities
from geo.town import cells_on, facilities_of, ground_of, kept_cells_of, ordered_sites, put_places
from geo.walk.rules import walk_within

if TYPE_CHECKING:
    import pandas as pd

    from geo.base.arrays import Flags, Ints
    from geo.coverage.question import Question
    from geo.town import Town
    from geo.walk.travel import Pairs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ByStop:
    """Whom stops could bring (停留所で来られる人).

    Attributes
    ----------
    near
        (C,) homes with a stop within range.
    can_come
        (C,) of these, those from whose stop one can ride to another with a 通いの場 within range.
    served
        Ids of the 通いの場 with a stop within range, in order.
    """

    near: Flags
    can_come: Flags
    served: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rides:
    """Whom stops could bring, of those who cannot walk to a 通いの場 (停留所で来られる人).

    Attributes
    ----------
    can_come
        People out of walking reach who could come by way of two stops.
    served, salons
        How many 通いの場 have a stop within range, and how many there are.
    """

    can_come: int
    served: int
    salons: int


def count_by_stop(found: ByStop, town: Town, question: Question, within: Flags) -> Rides:
    """Return in people whom stops could bring (停留所で来られる人数).

    Parameters
    ----------
    town
        With the 通いの場 that were asked of.
    within
        (C,) homes within walking reach, which are not counted.
    """
    some = found.can_come & ~within & (kept_cells_of(town, question.division) >= 0)
    people = town.cells[f"people_{question.people}"].to_numpy(dtype=np.int64)
    return Rides(
        can_come=int(people[some].sum()), served=len(found.served), salons=len(town.salons)
    )


def find_by_stop(
    town: Town,
    question: Question,
    stops: pd.DataFrame,
    sites: pd.DataFrame | None = None,
    *,
    rests: pd.DataFrame | None = None,
) -> ByStop:
    """Return whom stops could bring to the 通いの場 (停留所で来られる人を求める).

    Both walks are of the question: its walker, range, slopes, seats and way.

    Parameters
    ----------
    stops
        Sites on the town's plane.
    sites, rests
        As `geo.town.ask`.
    """
    sites = ordered_sites(town.salons if sites is None else sites)
    stops = ordered_sites(stops)
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    ruled = question.rest_m is not None or question.toilet_m is not None
    found = facilities_of(town, ground, rests, unknown="known") if ruled else Facilities()
    rules = rules_for(question, found)
    at_stops, at_sites = (put_places(town, ground, one) for one in (stops, sites))
    homes = walk_within(ground, cells_on(town, ground), at_stops, rules, limit_m=question.limit_m)
    ends = walk_within(ground, at_stops, at_sites, rules, limit_m=question.limit_m)
    near, can_come = _ride(homes, np.unique(ends.cell), len(town.cells))
    return ByStop(
        near=near, can_come=can_come,
        served=tuple(sites["site_id"].iloc[np.unique(ends.site)]),
    )  # fmt: skip


def _ride(homes: Pairs, served: Ints, count: int) -> tuple[Flags, Flags]:
    """Return who has a stop, and who has one that is not the only one with a 通いの場."""
    near = np.zeros(count, dtype=bool)
    near[homes.cell] = True
    can = np.zeros(count, dtype=bool)
    if served.size > 1:
        return near, near
    can[homes.cell[~np.isin(homes.site, served)]] = served.size > 0
    return near, can
