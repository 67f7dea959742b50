"""The week of the town being served; the last few are kept (動いている一週間)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.base.once import kept_once
from layers.asked import make_question
from layers.day.week import day_week
from layers.served.answers import answer_stamp, day_for

if TYPE_CHECKING:
    from geo.analysis.week import Week
    from layers.asked import Asked


def any_time(asked: Asked) -> Asked:
    """Return a question without what it says of times: those are the week's own rows (いつでも)."""
    return replace(asked, weekday="", half="", at_least="", band="")


def week_now(asked: Asked) -> Week:
    """Return whom the 通いの場 reach on each weekday and half of the day (一週間).

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    asked = any_time(asked)
    return _week(asked, answer_stamp(asked))


@kept_once(most=8)
def _week(asked: Asked, _at: tuple[str, ...]) -> Week:
    day = day_for(asked)
    return day_week(day, make_question(asked, day.built))
