"""What a larger area's table needs: its parts, their people, and n of N (大きい地区の内訳)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from geo.analysis.gap_areas import count_areas as count_gaps
from geo.analysis.n_of_n import age_share, count_areas, has_site, meets_target, reach_share
from geo.analysis.roll_up import roll_up
from geo.say.roll_up import (
    COUNTED_ONCE,
    HAS_NONE,
    HAS_SALON,
    say_counted,
    say_reach_of,
    say_share_of_age,
    say_straddling,
    say_target,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.analysis.n_of_n import Counted
    from geo.analysis.roll_up import Rolled
    from geo.base.arrays import Ints
    from geo.base.words import Words
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.tables.tables import People
    from geo.walk.ranges import WalkingRange
    from layers.day.day import Day

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fact:
    """Something that holds of some areas and not of others (地区ごとの事実).

    Attributes
    ----------
    holds
        What, as a sentence ends.
    states
        Of each part, in its division's order (`geo.analysis.n_of_n`).
    """

    holds: Words
    states: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RolledDay:
    """A day's answer by two divisions: made once, asked for each larger area (その日のまとめ)."""

    rolled: Rolled
    facts: tuple[Fact, ...]

    def table(self, large_id: str | None) -> LargerTable:
        """Return what one larger area's table needs, or with None the town's (一つの大きい地区の表).

        Raises
        ------
        KeyError
            There is no such larger area.
        """
        name = "" if large_id is None else self.rolled.larger_names[large_id]
        counted = tuple(count_areas(self.rolled, one.states, large_id) for one in self.facts)
        lines = [
            line
            for fact, found in zip(self.facts, counted, strict=True)
            for line in say_counted(found, fact.holds, name)
        ]
        told = self.rolled.areas
        if large_id is None:
            rows, ids = self.rolled.pairs, told["area_id"]
        else:
            rows = self.rolled.rows_of(large_id)
            ids = rows.loc[rows["part_id"] != "", "part_id"]
        straddling = tuple(
            said for one in ids if (said := say_straddling(self.rolled, str(one))) is not None
        )
        return LargerTable(
            name=name, rows=rows, counted=counted, lines=tuple(lines), straddling=straddling,
            note=COUNTED_ONCE if straddling else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LargerTable:
    """What one larger area's table needs (大きい地区の表の中身).

    Attributes
    ----------
    name
        Of the larger area; "" for the town.
    rows
        As `geo.analysis.roll_up.Rolled.rows_of`; of the town its ``pairs``.
    counted, lines
        Of how many parts each fact holds, in the order of the facts, and as sentences.
    straddling
        A sentence for each part whose people live elsewhere, too. They hold counts of people: for a
        council they are left out where one of them is masked.
    note
        Said where any does; None else.
    """

    name: str
    rows: pd.DataFrame
    counted: tuple[Counted, ...]
    lines: tuple[Words, ...]
    straddling: tuple[Words, ...]
    note: Words | None


def roll_day(
    day: Day,
    question: Question,
    parts: str,
    larger: str,
    *,
    coverage: Coverage | None = None,
    facts: Sequence[Fact] | None = None,
) -> RolledDay:
    """Return a day's answer by the areas of one division within those of another (その日をまとめる).

    Parameters
    ----------
    coverage
        The day's answer to the question, of whichever division, where it is known.
    facts
        Of how many parts what is counted; None for whether there is a 通いの場, and whether there
        is none.

    Raises
    ------
    InputError
        As `geo.town.ask`; a division is unknown.
    """
    found = day.ask(question) if coverage is None else coverage
    told = salon_facts(day, parts) if facts is None else facts
    return RolledDay(rolled=roll_up(day.built, found, parts, larger), facts=tuple(told))


def salon_facts(day: Day, division: str) -> tuple[Fact, Fact]:
    """Return whether each area has a 通いの場 that counts, and whether it has none (通いの場がある地区・ない地区)."""
    there, none = (has_site(day.built, day.salons, division, none=one) for one in (False, True))
    return Fact(holds=HAS_SALON, states=there), Fact(holds=HAS_NONE, states=none)


def age_fact(day: Day, division: str, age: People, threshold: Fraction = HALF) -> Fact:
    """Return whether over so many of each area's people are of an age and over (年齢の割合の高い地区).

    Raises
    ------
    InputError
        The table of people does not tell the age.
    """
    states = age_share(day.built, division, age, threshold)
    return Fact(holds=say_share_of_age(age, threshold), states=states)


def reach_fact(day: Day, coverage: Coverage, division: str, threshold: Fraction = HALF) -> Fact:
    """Return whether at least so many of each area's people are within reach (届く割合の高い地区)."""
    states = reach_share(day.built, coverage, division, threshold)
    return Fact(holds=say_reach_of(coverage.question, threshold), states=states)


def target_fact(day: Day, coverage: Coverage, division: str, target: WalkingRange) -> Fact:
    """Return whether everybody of each area has a 通いの場 within the town's target (目標に届く地区)."""
    gaps = count_gaps(day.built, coverage, division, target)
    return Fact(holds=say_target(target), states=meets_target(gaps))
