"""What each change of a plan does by itself, beside all the others (検討案の変更ひとつずつ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.town import kept_cells_of
from layers.day.plan_effect import find_effect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.reached import Reached
    from geo.base.arrays import Flags
    from geo.coverage.question import Question
    from layers.day.day import Day
    from layers.day.plan_effect import Effect
    from surveys.record.plan import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """People of the question's age whom one change decides, or several together (変更の分).

    Attributes
    ----------
    gained, lost
        Of those the plan gains and loses, who would not be without this change.
    stay
        Who is within reach before and after, and would not be after without it.
    """

    gained: int
    lost: int
    stay: int


def find_shares(
    day: Day, changes: Sequence[Change], question: Question, effect: Effect, base: Reached
) -> tuple[list[Share], Share]:
    """Return what each change decides alone, and what several decide together (変更ひとつずつの分).

    Parameters
    ----------
    effect
        `find_effect` of the same day, changes and question.
    base
        `base_of` the day and the question.

    Returns
    -------
    each, together
        A share a change, in order, and that of the people whom no change decides alone: any of
        several would do, or all are needed. Gained and lost add up to the plan's.

    Raises
    ------
    InputError
        As `find_effect`.

    Notes
    -----
    A change decides what the plan without it would not say. Cost: one more effect a change.
    """
    people = day.town.cells[f"people_{question.people}"].to_numpy(dtype=np.int64)
    known = kept_cells_of(day.town, question.division) >= 0
    before, after = base.within() & known, effect.within & known
    turns = (after & ~before, before & ~after, before & after)
    decided = [
        (after != _without(day, changes, number, question, base)) & known
        for number in range(len(changes))
    ]
    alone = np.sum(decided, axis=0) == 1
    each = [_count(people, turns, one & alone) for one in decided]
    gained, lost, _ = (int(people[turn & ~alone].sum()) for turn in turns)
    several = int(people[turns[2] & (np.sum(decided, axis=0) > 1)].sum())
    return each, Share(gained=gained, lost=lost, stay=several)


def _without(
    day: Day, changes: Sequence[Change], number: int, question: Question, base: Reached
) -> Flags:
    rest = [one for at, one in enumerate(changes) if at != number]
    return find_effect(day, rest, question, base=base).within


def _count(people: np.ndarray, turns: Sequence[Flags], some: Flags) -> Share:
    gained, lost, stay = (int(people[turn & some].sum()) for turn in turns)
    return Share(gained=gained, lost=lost, stay=stay)
