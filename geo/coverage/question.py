"""What is asked of a town, and what the walks may make use of (問い)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.arrays import Flags
    from geo.network.snap import Snaps
    from geo.tables.tables import People
    from geo.walk.ranges import WalkingRange
    from geo.walk.rules import Trip
    from geo.walk.walkers import Walker


# Said wherever what needs streets is asked of a town without.
_NEEDS_STREETS: Final = Words(
    "この街には道のデータがないので、{what}は出せません（距離はすべて直線です）。"
    "道のファイルを入れて街をつくり直すと、選べるようになります",
    "this town has no streets, so {what} cannot be told (every distance is a straight line); make it "
    "anew with a file of streets",
)
_SLOPES: Final = Words("坂と階段", "slopes and steps")
_SEATS: Final = Words("途中で座れる所", "seats on the way")
_TOILETS: Final = Words("途中のトイレ", "toilets on the way")


def needs_streets(what: Words) -> Words:
    """Return that something cannot be told of a town without streets, and what to do (道が要ること).

    Examples
    --------
    >>> needs_streets(Words("坂", "slopes")).ja[:23]
    'この街には道のデータがないので、坂は出せません'
    """
    return Words(_NEEDS_STREETS.ja.format(what=what.ja), _NEEDS_STREETS.en.format(what=what.en))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which 通いの場 are asked about, where not all are, and for whom (選んだ通いの場).

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
    straight
        Whether distances are straight lines, for the town has no streets (`geo.town.as_measured`):
        slopes, seats and toilets on the way cannot be asked then.

    Raises
    ------
    InputError
        When what needs streets is asked in straight lines.
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
    straight: bool = False

    def __post_init__(self) -> None:
        """Refuse what only streets can tell."""
        asked = ((self.heights, _SLOPES), (self.rest_m, _SEATS), (self.toilet_m, _TOILETS))
        if self.straight and (found := [words for some, words in asked if some]):
            ja, en = "・".join(one.ja for one in found), ", ".join(one.en for one in found)
            raise InputError(needs_streets(Words(ja, en)))

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
