"""Why people are out of reach on a day: slopes, seats, and 通いの場 that are known but not open (届かないわけ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.analysis.why import Otherwise, Waiting, make_why
from geo.town import ask, ordered_sites

if TYPE_CHECKING:
    import pandas as pd

    from geo.analysis.why import Why
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
    salons, more = day.salons, _with_waiting(day)
    waits = more is not None
    level = _level(question) if question.heights else None
    opened = more if more is not None else salons
    otherwise = Otherwise(
        level=None if level is None else _ask(day, level, salons, question),
        opened=_ask(day, question, opened, question) if waits else None,
        both=_ask(day, level, opened, question) if waits and level is not None else None,
    )
    return make_why(
        known,
        otherwise,
        salons=ordered_sites(salons),
        more=ordered_sites(opened),
        waiting=_waiting(day),
        homes=day.homes,
    )


def _ask(day: Day, question: Question, salons: pd.DataFrame, asked: Question) -> Coverage:
    return ask(
        day.town_for(question), day.as_asked(question), salons,
        rests=day.rests_for(asked), eligible=day.among(salons).eligible,
    )  # fmt: skip


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
