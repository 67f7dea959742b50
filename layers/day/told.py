"""What a town's register tells of the ground: seats, toilets, streets looked at, slopes (台帳の地面)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geo.relief.told import ToldSlope, lay_slopes
from geo.say.assumptions import say_measured
from geo.tables.rests import merge_rests, rests_of_sites
from geo.tables.tables import each_row
from geo.town import Credit
from layers.day.own_list import exact_places, exactly, without_record
from layers.day.places import join_places
from layers.surveyed.read import read_looked
from layers.surveyed.rests import read_rests
from layers.surveyed.slopes import count_inside, read_slopes
from layers.surveyed.streets import surveyed_edges

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from geo.base.words import Words
    from geo.town import Town
    from layers.day.places import Joined
    from layers.surveyed.slopes import SlopeFact
    from surveys.store.register import Register


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sloped:
    """The town with the slopes people measured (測った坂を入れた街).

    Attributes
    ----------
    town
        The town, with these heights and a credit for them.
    laid
        The measured slopes that took the place of the heights' own.
    unlaid
        How many records with a grade were not used: no height tells which way is up, or a
        newer one is of the same street.
    """

    town: Town
    laid: tuple[SlopeFact, ...]
    unlaid: int

    def say(self) -> list[Words]:
        """Return which slopes were used, a line each (測った坂の文)."""
        days = sorted(one.as_of for one in self.laid if one.as_of)
        return say_measured(
            records=len({one.site_id for one in self.laid}),
            oldest=days[0] if days else "",
            newest=days[-1] if days else "",
            unlaid=self.unlaid,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """What a register tells of a town's ground, read when it is first asked for (台帳の地面).

    Shared by everyone who holds it: nobody changes what it returns.

    Attributes
    ----------
    town
        The town as it was built.
    register
        None for a town without one: nothing is told then.
    """

    town: Town
    register: Register | None = None

    @cached_property
    def rests(self) -> pd.DataFrame:
        """Rests of the register, and of the town's own 通いの場 that count beside it (台帳の座れる所).

        Whichever the day: a seat of then is not known.
        """
        if self.register is None:
            return rests_of_sites(self.town.salons)
        told, points = read_rests(self.register, self.town.plane), exact_places(self.town)
        at = [
            exactly(points, row.rest_id, row.x_m, row.y_m) if row.kind == "salon" else (row.x_m, row.y_m)
            for row in each_row(told)
        ]  # fmt: skip
        x_m, y_m = (np.array([one[axis] for one in at], dtype=float) for axis in (0, 1))
        own = rests_of_sites(without_record(self.town, self.register))
        return merge_rests(told.assign(x_m=x_m, y_m=y_m), own)

    @cached_property
    def joined(self) -> Joined:
        """Places of the map and the register's records as one list (地図の所と記録)."""
        return join_places(self.town.sites, self.rests, self.register)

    @cached_property
    def looked(self) -> npt.NDArray[np.str_] | None:
        """(E,) the last day somebody looked at each street, "" for never; None without a register."""
        if self.register is None:
            return None
        days = surveyed_edges(
            self.town.network, read_looked(self.register, self.town),
            snap_limit_m=self.town.snap_limit_m, snapper=self.town.snapper,
        )  # fmt: skip
        days.setflags(write=False)
        return days

    @cached_property
    def slopes(self) -> tuple[SlopeFact, ...]:
        """The measured slopes of the town's streets (測った坂)."""
        return () if self.register is None else read_slopes(self.register, self.town)

    @cached_property
    def inside(self) -> int:
        """How many slopes and steps stand in records of parks, where no street has them (公園の中の坂)."""
        return 0 if self.register is None else count_inside(self.register)

    @cached_property
    def sloped(self) -> Sloped:
        """The town with the measured slopes in it (坂を入れた街)."""
        return lay_measured(self.town, self.slopes)


def lay_measured(town: Town, slopes: tuple[SlopeFact, ...]) -> Sloped:
    """Return a town whose heights follow the measured slopes (測った坂を街に入れる).

    The same town object as long as the slopes are the same, so that what is made of its streets
    is made once.
    """
    facts = tuple(one for one in slopes if one.grade >= 0 and not one.steps)
    if town.relief is None or not facts:
        return Sloped(town=town, laid=(), unlaid=0)
    return _laid(town, facts)


@lru_cache(maxsize=4)
def _laid(town: Town, facts: tuple[SlopeFact, ...]) -> Sloped:
    if town.relief is None:
        raise ValueError("slopes are laid on heights; this town has none")
    told: dict[ToldSlope, SlopeFact] = {}
    for one in facts:
        told.setdefault(ToldSlope(one.edge, one.from_m, one.to_m, one.grade), one)
    relief, laid = lay_slopes(town.relief, told)
    used = tuple(told[one] for one in laid)
    records = {one.site_id for one in facts} - {one.site_id for one in used}
    if laid:  # files say so, too
        days = max(one.as_of for one in used)
        count = len({one.site_id for one in used})
        own = Credit(
            role="heights", name=f"測って記録した坂 {count}本", date=days, licence="", credit=""
        )
        town = replace(town, relief=relief, credits=(*town.credits, own))
    return Sloped(town=town, laid=used, unlaid=len(records))
