"""The ledger between two days of one town (二つの日のあいだの増減)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.analysis.ledger import Change, Ends, Ledger, make_ledger
from geo.base.words import Words
from layers.day.plan_effect import base_of, reach_after
from surveys.record.history import STATUS_WORDS
from surveys.record.venue import UNFIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from geo.analysis.ledger import Turn
    from geo.analysis.reached import Reached
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from layers.day.day import Day

_OPENED: Final = Words("開始", "opened")
_AGAIN: Final = Words("再開", "open again")
_FIRST: Final = Words("初めて記録", "first recorded")
_CLOSED: Final = Words("数えなくなった", "counted no more")
_MOVED: Final = Words("移った", "moved")
# What a 通いの場 was before, where it is open again and not for the first time.
_RESTED: Final = (STATUS_WORDS["paused"], STATUS_WORDS["closed"])
_WISHED: Final = Words("選んだ条件に合うようになった", "now as chosen")
_WHO: Final = Words("利用できる地区が変わった", "other people may come")


def ledger_between(before: Day, after: Day, question: Question) -> tuple[Ledger, Coverage]:
    """Return what became of the people from one day to another, and the later answer (増減の内訳).

    People, streets, seats and slopes are today's on both days: only the 通いの場 differ.

    Notes
    -----
    Cost: two answers and the pairs of both days; where seats or toilets are asked for, the pairs
    anew for each end and each 通いの場 that changed.
    """
    pairs = base_of(before, question), base_of(after, question)
    was, now = (
        _ends(day, question, base) for day, base in zip((before, after), pairs, strict=True)
    )
    changes = [*_changes(before, after, question, pairs)]
    return make_ledger(was, now, changes), now.known


def _ends(day: Day, question: Question, base: Reached) -> Ends:
    low, high = (reach_after(day, end, question, base).within() for end in day.ends())
    return Ends(low=low, known=day.ask(question), high=high)


def _changes(
    before: Day, after: Day, question: Question, pairs: tuple[Reached, Reached]
) -> Iterator[Change]:
    was, now = (_by_id(day.salons) for day in (before, after))
    for id_ in [*now, *(one for one in was if one not in now)]:
        here = id_ in was and id_ in now and was[id_][1:] == now[id_][1:]
        narrowed = here and _fewer(before, after, id_)
        if here and not narrowed and not _fewer(after, before, id_):
            continue
        turn: Turn = "closed" if narrowed or id_ not in now else "moved" if id_ in was else "opened"
        counted, base = (before, pairs[0]) if turn == "closed" else (after, pairs[1])
        left = counted.salons[counted.salons["site_id"] != id_].reset_index(drop=True)
        without = reach_after(counted, counted.among(left), question, base)
        yield Change(
            site_id=id_,
            name=(now.get(id_) or was[id_])[0],
            turn=turn,
            why=_WHO if here else _MOVED if turn == "moved" else _why(before, after, id_, turn),
            without=without.within(),
        )


def _fewer(before: Day, after: Day, site_id: str) -> bool:
    """Return whether some who might come to a 通いの場 may not after."""
    was, now = (
        None if day.eligible is None else day.eligible.get(site_id) for day in (before, after)
    )
    if now is None:
        return False
    return bool((~now).any() if was is None else (was & ~now).any())


def _why(before: Day, after: Day, site_id: str, turn: Turn) -> Words:
    """Return what became of a 通いの場, as far as the records tell."""
    day = after if turn == "closed" else before
    found = next((one for one in day.listed.listed if one.site_id == site_id), None)
    if turn == "closed":
        return _CLOSED if found is None or not found.venue.why.ja else found.venue.why
    if found is None or found.venue.counts == "early":
        return _FIRST
    if found.venue.counts == "maybe" or found.venue.why == UNFIT:
        return _WISHED
    return _AGAIN if found.venue.why in _RESTED else _OPENED


def _by_id(salons: pd.DataFrame) -> dict[str, tuple[str, float, float]]:
    rows = salons[["site_id", "name", "x_m", "y_m"]].itertuples(index=False, name=None)
    return {str(id_): (str(name), float(x_m), float(y_m)) for id_, name, x_m, y_m in rows}
