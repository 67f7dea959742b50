"""A point from which one walks, on a day: what is measured from it, and the way (歩き出す所).

Nobody's home is kept: no function here or in what stands on it is cached, and no cache below is
asked with a point or with anything that hangs on one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.sound import sound_numbers
from geo.base.words import Words
from geo.coverage.coverage import rules_for
from geo.coverage.question import Facilities
from geo.town import facilities_of, ground_of, put_places
from geo.walk.path import find_path
from geo.walk.rules import Rules

if TYPE_CHECKING:
    from geo.coverage.question import Question
    from geo.network.snap import Snaps
    from geo.town import Town
    from geo.walk.ground import Ground
    from geo.walk.path import Path
    from geo.walk.search import Way
    from layers.day.day import Day

DOING: Final = Words("ここから近い所の計算", "the count of what is near")
# To other places than 通いの場: the way there, whatever one may sit on.
PLAIN: Final = Rules()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spot:
    """A point from which one walks, for one question (歩き出す所).

    Attributes
    ----------
    day, question
        What is asked, and of which day.
    town, ground
        The town the question is asked of, and its streets as the walker finds them.
    at_m
        On the town's plane.
    here
        Where it meets the streets, one row.
    """

    day: Day
    question: Question
    town: Town
    ground: Ground
    at_m: tuple[float, float]
    here: Snaps

    @property
    def off_m(self) -> float:
        """Straight metres to the nearest street, infinite without streets (道までの距離)."""
        return float(self.here.off_m[0])

    @property
    def on(self) -> bool:
        """Whether a street is near enough to walk from (道につながるか)."""
        return bool(self.here.edge[0] >= 0)


def stand_at(day: Day, question: Question, x_m: float, y_m: float) -> Spot:
    """Return a point as one sets out from it (ここに立つ).

    Raises
    ------
    InputError
        When slopes are asked for and the town has no heights.
    """
    town = day.town_for(question)
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    place = pd.DataFrame({"x_m": [float(x_m)], "y_m": [float(y_m)]})
    return Spot(
        day=day, question=question, town=town, ground=ground, at_m=(float(x_m), float(y_m)),
        here=put_places(town, ground, place),
    )  # fmt: skip


@sound_numbers(DOING)
def ways_to(spot: Spot, at_m: tuple[float, float], *, rules: bool) -> list[tuple[Way, Path]]:
    """Return the way to a place as the question has it walked: there, back, or both (道すじ).

    Parameters
    ----------
    rules
        Whether the question's rests, toilets and direction hold, as they do for 通いの場; else the
        way there.

    Notes
    -----
    Both where the question looks at both and slopes make them differ. Nothing where no way is.
    """
    place = put_places(spot.town, spot.ground, pd.DataFrame({"x_m": [at_m[0]], "y_m": [at_m[1]]}))
    kept = rules_at(spot) if rules else PLAIN
    ways: tuple[Way, ...] = ("there", "back")
    if spot.ground.costs.symmetric or kept.trip == "there":
        ways = ("there",)
    elif kept.trip == "back":
        ways = ("back",)
    found = ((way, find_path(spot.ground, spot.here, place, kept, way=way)) for way in ways)
    return [(way, path) for way, path in found if path is not None]


@sound_numbers(DOING)
def ways_between(spot: Spot, to: Spot) -> list[tuple[Way, Path]]:
    """Return the way to another point, and the way back where slopes make it another (2点の道すじ).

    Whatever one may sit on: neither rests nor the question's direction hold. Nothing where no way is.
    """
    ways: tuple[Way, ...] = ("there",) if spot.ground.costs.symmetric else ("there", "back")
    found = ((way, find_path(spot.ground, spot.here, to.here, PLAIN, way=way)) for way in ways)
    return [(way, path) for way, path in found if path is not None]


def rules_at(spot: Spot) -> Rules:
    """Return what a walk must keep, with the places where one may stop (歩くときの決まり)."""
    question = spot.question
    if question.rest_m is None and question.toilet_m is None:
        return rules_for(question, Facilities())
    rests = spot.day.rests_for(question)
    return rules_for(question, facilities_of(spot.town, spot.ground, rests, unknown="known"))
