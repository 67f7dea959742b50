"""What plans do in the town being served; the last few are kept (動いている検討案の効き目)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.analysis.reached import compare_reach
from geo.base.once import kept_once
from geo.base.problems import InputError
from geo.base.words import Words
from layers.asked import make_question
from layers.day.candidates import day_gains, find_candidates
from layers.day.plan_effect import base_of, find_effect
from layers.day.plan_shares import find_shares
from layers.served.answers import answer_stamp, day_for
from layers.served.register import register_now
from surveys.store.plans import find_plan

if TYPE_CHECKING:
    from geo.analysis.reached import Moved, Reached
    from geo.analysis.siting import Gains
    from layers.asked import Asked
    from layers.day.candidates import Candidates
    from layers.day.plan_effect import Effect
    from layers.day.plan_shares import Share
    from surveys.record.plan import Change, Plan

    Changes = tuple[Change, ...]


def plan_of(said: str) -> Plan:
    """Return the version of a plan an address names, ``id.number``, or ``id`` for the newest (アドレスの検討案).

    Raises
    ------
    InputError
        When there is none.
    """
    plan_id, _, number = said.partition(".")
    found = None
    if number.isdecimal() or not number:
        found = find_plan(register_now(), plan_id, int(number or 0))
    if found is None:
        raise InputError(Words("その検討案はありません", "there is no such plan"))
    return found


def effect_now(asked: Asked, changes: Changes) -> Effect:
    """Return who gains and who loses by a plan, with its ends where the question asks for them (効き目).

    Raises
    ------
    InputError
        When a part of the question is not known, or the plan cannot be carried out.
    """
    return _effect(asked, changes, answer_stamp(asked))


def shares_now(asked: Asked, changes: Changes) -> tuple[list[Share], Share]:
    """Return what each change of a plan decides, and what several do together (変更ひとつずつ).

    Raises
    ------
    InputError
        As `effect_now`.
    """
    asked = replace(asked, band="")
    return _shares(asked, changes, answer_stamp(asked))


def differ_now(asked: Asked, one: Changes, other: Changes) -> Moved:
    """Return who would be gained and lost by the second plan in place of the first (二つの案の差).

    Raises
    ------
    InputError
        As `effect_now`.
    """
    asked = replace(asked, band="")
    town = day_for(asked).built
    first, second = (effect_now(asked, changes).within for changes in (one, other))
    return compare_reach(town, make_question(asked, town), first, second)


def gains_now(asked: Asked, kinds: tuple[str, ...]) -> tuple[Candidates, Gains | None]:
    """Return the real places of some kinds and what each alone would bring, None without any (一つ増やすなら).

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    return _gains(asked, kinds, answer_stamp(asked))


@kept_once(most=8)
def _gains(
    asked: Asked, kinds: tuple[str, ...], _at: tuple[str, ...]
) -> tuple[Candidates, Gains | None]:
    day = day_for(asked)
    found = find_candidates(day, kinds)
    if found.table.empty:
        return found, None
    question = make_question(asked, day.built)
    return found, day_gains(day, question, found, ends=bool(asked.band))


@kept_once(most=4)
def _base(asked: Asked, _at: tuple[str, ...]) -> Reached:
    day = day_for(asked)
    return base_of(day, make_question(asked, day.built))


@kept_once(most=32)
def _effect(asked: Asked, changes: Changes, at: tuple[str, ...]) -> Effect:
    day = day_for(asked)
    base = _base(replace(asked, band=""), at)
    question = day.as_asked(make_question(asked, day.built))
    return find_effect(day, changes, question, base=base, ends=bool(asked.band))


@kept_once(most=8)
def _shares(asked: Asked, changes: Changes, at: tuple[str, ...]) -> tuple[list[Share], Share]:
    day = day_for(asked)
    question = day.as_asked(make_question(asked, day.built))
    effect = _effect(asked, changes, at)
    return find_shares(day, changes, question, effect, _base(asked, at))
