"""What the sheets of one town, day and question share: each answer is found once (シートの答え)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

from geo.analysis.gap_places import smallest_division
from geo.analysis.roll_up import COUNTS, Rolled, roll_up
from geo.base.words import Words
from geo.coverage.part import count_cells, part_of
from geo.tables.tables import each_row
from geo.town import WHOLE, ages_of
from geo.walk.ranges import WalkingRange
from geo.walk.walkers import WALKERS
from layers.areas.masks import NOTHING_HIDDEN, find_masks
from layers.areas.moved import find_moves
from layers.areas.place import finer_division, larger_division
from layers.day.rolled import age_fact, reach_fact, roll_day, salon_facts
from layers.day.why import why_outside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.analysis.why import Why
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.tables.tables import People
    from geo.town import Town
    from geo.walk.walkers import Walker
    from layers.areas.masks import Masks
    from layers.areas.moved import Moves
    from layers.areas.place import AreaRef, Place
    from layers.day.day import Day
    from layers.day.rolled import RolledDay
    from layers.day.salons import When

Audience = Literal["office", "council"]
AUDIENCES: Final[dict[Audience, Words]] = {
    "office": Words("庁内用", "office use only"),
    "council": Words("協議体の資料", "for the council"),
}
# Beside the question's own: three in all.
_WALKERS: Final = ("elderly", "slow", "cane")
MOST_WALKERS: Final = 3
# An area over half of whose people are so old is told of.
_COUNTED_AGES: Final = ("55", "65")


@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """The answers behind the sheets of one town, day and question (シートの答え).

    Attributes
    ----------
    day
        The town on the day.
    question
        As it is asked; its division is the one the sheets are of.
    audience
        For whom: a council is shown no count below ten, nor any from which one would follow.
    before
        The day the sheets are compared with; None for none.
    beside
        The area the shares are set beside; None for the larger area each lies in.
    drawn
        The shape drawn by hand that is the only sheet, of a question of the whole town; None where
        areas of the division are.
    """

    day: Day
    question: Question
    audience: Audience = "office"
    before: When | None = None
    beside: AreaRef | None = None
    drawn: Place | None = None

    @property
    def town(self) -> Town:
        """The town as it was built (街)."""
        return self.day.built

    @property
    def division(self) -> str:
        """The division the sheets are of (区分)."""
        return self.question.division

    @cached_property
    def ages(self) -> tuple[People, ...]:
        """The age lines that can be told, the question's among them (年齢の線)."""
        return ages_of(self.town)

    @cached_property
    def walkers(self) -> tuple[Question, ...]:
        """The question asked for three walkers, its own first (三とおりの歩く人).

        In the same time: of a range in metres each walks as far as he gets while the question's own
        walks it, to the metre.
        """
        own = self.question.walker
        others = [WALKERS[one] for one in _WALKERS if WALKERS[one] != own][: MOST_WALKERS - 1]
        return (self.question, *(self._walked_by(one) for one in others))

    def _walked_by(self, walker: Walker) -> Question:
        within, own = self.question.within, self.question.walker
        if within.unit == "m":
            metres = round(within.value * walker.metres_per_min / own.metres_per_min)
            within = WalkingRange(value=float(metres), unit="m")
        return replace(self.question, walker=walker, within=within)

    def coverage(self, people: People | None = None, walker: int = 0) -> Coverage:
        """Return the day's answer (答え).

        Parameters
        ----------
        people
            The age line; None for the question's own.
        walker
            Which of `walkers`.

        Raises
        ------
        InputError
            As `geo.town.ask`.
        """
        age = people or self.question.people
        if (age, walker) not in self._answers:
            asked = replace(self.walkers[walker], people=age)
            self._answers[age, walker] = self.day.ask(asked)
        return self._answers[age, walker]

    @cached_property
    def _answers(self) -> dict[tuple[str, int], Coverage]:
        return {}

    def part(self, place: Place, people: People | None = None, walker: int = 0) -> Coverage:
        """Return the same of one area's people (地区の答え)."""
        return part_of(self.coverage(people, walker), place.inside)

    @cached_property
    def finer(self) -> str:
        """The division the table of an area's parts is of, "" for none (内訳の区分)."""
        if self.drawn is not None:
            return ""
        return finer_division(self.town, self.division)

    @cached_property
    def larger(self) -> str:
        """The division an area is compared by, "" for the town alone (くらべる区分)."""
        return "" if self.drawn is not None else larger_division(self.town, self.division)

    def set_beside(self, place: Place) -> tuple[AreaRef, ...]:
        """Return the areas whose shares stand beside an area's (くらべる地区).

        Of a drawn shape a council is told the town's alone: an area it overlaps would tell of few.
        """
        chosen = self.beside
        if chosen is not None and (chosen.division, chosen.area_id) != (
            place.division,
            place.area_id,
        ):
            return () if self.drawn is not None and self.audience == "council" else (chosen,)
        return tuple(one for one in place.around if one.division == self.larger)

    def rolled(
        self, people: People | None = None, walker: int = 0, *, pair: tuple[str, str] | None = None
    ) -> Rolled:
        """Return an answer by two divisions, the finer first; of a drawn shape it and the others (まとめた答え).

        Parameters
        ----------
        pair
            None for the parts of the areas; for areas themselves where none are finer.
        """
        coverage = self.coverage(people, walker)
        if self.drawn is not None:
            return _with_the_rest(coverage, self.drawn)
        return roll_up(self.town, coverage, *(pair or (self.finer or self.division, self.division)))

    @property
    def _pairs(self) -> Iterator[tuple[str, str, bool]]:
        """All that hangs together: each two divisions, and whether their parts stand on a sheet."""
        town = self.town
        each = [one for one in town.divisions if one != WHOLE]
        each.sort(key=lambda one: -len(town.division(one)))
        for at, finer in enumerate(each):
            for larger in each[at + 1 :]:
                yield finer, larger, finer_division(town, larger) == finer
        if WHOLE in town.divisions:
            last = finer_division(town, WHOLE) or WHOLE
            yield last, WHOLE, last != WHOLE
        elif len(each) == 1:
            yield each[0], each[0], False

    @cached_property
    def parts(self) -> Rolled | None:
        """The parts of the areas by the question itself; None without a finer division (内訳)."""
        return self.rolled() if self.finer else None

    @cached_property
    def counted(self) -> RolledDay | None:
        """Of how many of the finest areas what holds; None where none are finer (N地区のうちn地区)."""
        finest = smallest_division(self.town)
        if not self.finer or len(self.town.division(finest)) <= len(
            self.town.division(self.division)
        ):
            return None
        coverage = self.coverage()
        facts = [*salon_facts(self.day, finest), reach_fact(self.day, coverage, finest)]
        facts += [age_fact(self.day, finest, one) for one in self.ages if one in _COUNTED_AGES]
        return roll_day(
            self.day, self.question, finest, self.division, coverage=coverage, facts=facts
        )

    @property
    def asked(self) -> tuple[tuple[People, int], ...]:
        """Every age line by the question's walker, and its own line by the others (問う組)."""
        own = self.question.people
        return (*((one, 0) for one in self.ages), *((own, n) for n in range(1, len(self.walkers))))

    @cached_property
    def masks(self) -> Masks:
        """What the audience is not shown (伏せる数)."""
        if self.audience == "office":
            return NOTHING_HIDDEN
        if self.drawn is not None:
            return find_masks([({one: self.rolled(*one) for one in self.asked}, False)])
        return find_masks(
            [
                ({one: self.rolled(*one, pair=(small, large)) for one in self.asked}, shown)
                for small, large, shown in self._pairs
            ]
        )

    @cached_property
    def was(self) -> Coverage | None:
        """The answer of the day before; None where none is asked (前の日の答え)."""
        return None if self.then is None else self.then.ask(self.question)

    @cached_property
    def then(self) -> Day | None:
        """The town on the day before; None where none is asked (前の日の街)."""
        return None if self.before is None else self.day.at(self.before)

    def moved(self, place: Place) -> Moves | None:
        """Return who of an area came within reach since then, and who no longer is (増えた人・減った人)."""
        if self.was is None or self.then is None:
            return None
        return find_moves(self.then, self.was, self.day, self.coverage(), place.inside)

    @cached_property
    def why(self) -> Why | None:
        """What keeps people out of reach; None where nobody is, or for a drawn shape (届かないわけ)."""
        coverage = self.coverage()
        if self.drawn is not None or not coverage.totals["outside"]:
            return None
        return why_outside(self.day, self.question, coverage)


def _with_the_rest(coverage: Coverage, place: Place) -> Rolled:
    """Return a drawn shape as the one part of the town, and the others in no part."""
    (row,) = each_row(coverage.areas)
    own = count_cells(coverage, place.inside)
    rest = {name: coverage.totals[name] - own[name] for name in COUNTS}
    rows = [(place.area_id, place.name, own), ("", "", rest)]
    pairs = pd.DataFrame(
        {"large_id": row.area_id, "part_id": [id_ for id_, _, _ in rows],
         "part_name": [name for _, name, _ in rows]}
        | {name: [counts[name] for _, _, counts in rows] for name in COUNTS}
    )  # fmt: skip
    areas = pd.DataFrame(
        {"area_id": [place.area_id], "area_name": [place.name], "large_id": [str(row.area_id)],
         "straddles": [False], "elsewhere": [0]}
    )  # fmt: skip
    return Rolled(
        parts=place.division, larger=coverage.question.division, pairs=pairs, areas=areas,
        larger_names={str(row.area_id): str(row.area_name)},
    )  # fmt: skip
