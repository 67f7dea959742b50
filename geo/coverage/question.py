"""What is asked of a town, and what the walks may make use of (問い)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.arrays import Flags
    from geo.base.words import Words
    from geo.network.snap import Snaps
    from geo.tables.tables import People
    from geo.walk.ranges import WalkingRange
    from geo.walk.rules import Trip
    from geo.walk.walkers import Walker


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which 通いの場 are asked about, where not all are, and for whom (えらんだ通いの場).

    Attributes
    ----------
    which
        Said before the word itself, 「火曜の午前に開く」; None for all.
    eligible
        Whether each counts for those alone who may come to it.
    parts
        What was chosen, by its name, as files tell it.
    """

    which: Words | None
    eligible: bool
    parts: Mapping[str, object] = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a town (問い).

    Attributes
    ----------
    division
        The division whose areas are reported.
    people
        The age group counted.
    walker, within
        Who walks, and how far counts as within reach.
    heights
        Whether slopes and steps cost; ranges are then flat-equivalent metres.
    trip
        The way there, back, the worse of the two, or the mean of both.
    rest_m, toilet_m
        The longest stretch without a rest, without a toilet, in flat-equivalent metres; None
        for no such rule.
    chosen
        Which 通いの場 the answer is about; None for all of them. It is said with the answer,
        and chooses nothing by itself.
    """

    division: str
    people: People
    walker: Walker
    within: WalkingRange
    heights: bool = False
    trip: Trip = "there"
    rest_m: float | None = None
    toilet_m: float | None = None
    chosen: Chosen | None = None

    @property
    def limit_m(self) -> float:
        """The walking range in flat-equivalent metres (距離)."""
        return self.within.limit_m(self.walker)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facilities:
    """Where people may stop on the way, and what else is walked to (途中と、ほかの行き先).

    Attributes
    ----------
    rests, toilets
        Those that count in this run, as they meet the streets.
    free
        (E,) streets along which one may rest anywhere; None for none. The answer is then the
        best there may be.
    kinds
        Other places by kind, for the minutes to the nearest of each.
    """

    rests: Snaps | None = None
    toilets: Snaps | None = None
    free: Flags | None = None
    kinds: Mapping[str, Snaps] = field(default_factory=dict)
