"""What a meeting does not show of the town being served, found once for all its screens (会議で伏せる人数)."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from layers.pictures.masked import hide_of_meeting
from layers.served.answers import answer, answer_stamp, answer_why
from layers.served.gaps import gaps_now
from layers.served.plans import effect_now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.asked import Asked
    from layers.pictures.masked import Hidden
    from layers.served.plans import Changes


def hidden_now(asked: Asked, plans: Iterable[Changes]) -> Hidden:
    """Return the counts no screen of a meeting shows; the last few are kept (伏せる人数).

    Parameters
    ----------
    plans
        What each plan changes that is on the screens; one that cannot be counted shows nothing.

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    return _hidden(asked, tuple(plans), answer_stamp(asked))


@lru_cache(maxsize=8)
def _hidden(asked: Asked, plans: tuple[Changes, ...], _at: tuple[str, ...]) -> Hidden:
    coverage, told, why = answer(asked), [], None
    for changes in plans:
        with suppress(InputError):
            told.append((effect_now(asked, changes).known, coverage.question.people))
    if coverage.totals["outside"]:
        with suppress(InputError):  # the screen of why then says so, and shows no count
            why = answer_why(asked)
    return hide_of_meeting(coverage, gaps_now(asked), why, told)
