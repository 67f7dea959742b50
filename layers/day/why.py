"""Why people are out of reach on a day: slopes, seats, and 通いの場 that are known but not open (届かないわけ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.analysis.some_homes import eligible_of_homes, town_of_homes
from geo.analysis.why import Otherwise, Waiting, make_why
from geo.town import ask, ordered_sites

if TYPE_CHECKING:
    import pandas as pd

    from geo.analysis.why import Why
    from geo.base.arrays import Ints
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from layers.day.day import Day


def why_outside(day: Day, question: Question, known: Coverage) -> Why:
    """Return what keeps those out of reach whom an answer of a day tells of (届かないわけ).

    Parameters
    ----------
    known
        The day's answer to the question.

    Notes
    -----
    Seats and toilets are the day's in all answers: one thing is changed at a time. With other
    通いの場 than the list's nothing is known of any that is not open. Cost: no answer more where
    slopes are not counted and all 通いの場 are open, one where either is so, else three.
    """
    more = salons_opened(day)
    return make_why(
        known,
        ask_otherwise(day, question),
        salons=ordered_sites(day.salons),
        more=ordered_sites(day.salons) if more is None else more,
        waiting=_waiting(day),
        homes=day.homes,
    )


def ask_otherwise(day: Day, question: Question, homes: Ints | None = None) -> Otherwise:
    """Return the answers with one thing put right (変えてみた答え).

    Parameters
    ----------
    homes
        Rows of the town's cells, for which alone it is asked; None for all.
    """
    more = _with_waiting(day)
    level = _level(question) if question.heights else None

    def asked(one: Question, salons: pd.DataFrame) -> Coverage:
        town, eligible = day.town_for(one), day.among(salons).eligible
        if homes is not None:
            town, eligible = town_of_homes(town, homes), eligible_of_homes(eligible, homes)
        rests = day.rests_for(question)
        return ask(town, day.as_asked(one), salons, rests=rests, eligible=eligible)

    return Otherwise(
        level=None if level is None else asked(level, day.salons),
        opened=None if more is None else asked(question, more),
        both=None if more is None or level is None else asked(level, more),
    )


def salons_opened(day: Day) -> pd.DataFrame | None:
    """Return the 通いの場 of `Otherwise.opened`, in its order; None without any that waits (開いたときの通いの場)."""
    more = _with_waiting(day)
    return None if more is None else ordered_sites(more)


def _level(question: Question) -> Question:
    """Return the question on level streets: steps are one with them, also for who uses none."""
    return replace(question, heights=False, walker=replace(question.walker, steps="walk"))


def _with_waiting(day: Day) -> pd.DataFrame | None:
    """Return the day's 通いの場 with those that are known and do not count, None without any."""
    if not _waiting(day):
        return None
    return day.listed.sites("yes", "unsure", "early", "maybe", "no")


def _waiting(day: Day) -> list[Waiting]:
    """Return those of the list that do not count: closed, not yet known of, not as wished."""
    if day.given is not None or day.others is not None:
        return []
    return [
        Waiting(site_id=one.site_id, name=one.name, why=one.venue.why)
        for one in day.listed.listed
        if one.venue.counts in ("early", "maybe", "no") and one.at_m is not None
    ]
