"""The steps of a meeting: where the gap is, why, each plan, what we do; which one is shown (会議の進みかた)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import streamlit as st

from geo.base.words import Words
from pages.parts.question.visit import write_address
from surveys.store.plans import list_plans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.record.plan import Plan
    from surveys.store.register import Register

# The parts of the address: which step, whose why, which plans, which of them was decided on.
STEP, AREA, PLANS, DECIDED = "step", "area", "plans", "decided"
# Said of plans: that none is shown.
NONE: Final = "none"
MOST_PLANS: Final = 4
_FIRST_PLANS: Final = 2
_LETTERS: Final = "ABCD"
Kind = Literal["gap", "why", "plan", "no_plan", "next"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One screen of a meeting (一つの画面).

    Attributes
    ----------
    kind
        What it asks.
    plan
        The plan it is of, None for those of none.
    letter
        What the meeting calls that plan: A, B, C, D.
    """

    kind: Kind
    plan: Plan | None = None
    letter: str = ""


def steps_of(plans: Sequence[Plan], *, out: bool) -> list[Step]:
    """Return the screens of a meeting, in their order (会議の画面の順).

    Parameters
    ----------
    plans
        Those that are shown.
    out
        Whether anybody is out of reach: else nothing is to be explained.

    Examples
    --------
    >>> [one.kind for one in steps_of([], out=True)]
    ['gap', 'why', 'no_plan']
    """
    first = [Step(kind="gap"), *([Step(kind="why")] if out else [])]
    if not plans:
        return [*first, Step(kind="no_plan")]
    shown = [
        Step(kind="plan", plan=one, letter=letter)
        for letter, one in zip(_LETTERS, plans, strict=False)
    ]
    return [*first, *shown, Step(kind="next")]


def read_step(said: str, count: int) -> int:
    """Return the number of the step an address names, from 1; 0 for none (いまの画面).

    One beyond the last is the last: a plan may have been put away meanwhile.

    Examples
    --------
    >>> [read_step(said, 5) for said in ("", "2", "9", "-1", "x", "0")]
    [0, 2, 5, 0, 0, 0]
    """
    if not said.isascii() or not said.isdecimal():
        return 0
    return min(int(said[:3]), count)


def go(by: int) -> None:
    """Go on, or back, by a number of steps; a step Back goes over (進む・もどる)."""
    now = read_step(st.query_params.get(STEP, ""), 999)
    write_address({STEP: str(max(1, now + by))})


def leave() -> None:
    """Leave the screen that is shown (映すのをやめる)."""
    write_address({STEP: ""})


def plans_there(register: Register) -> list[Plan]:
    """Return the plans a meeting may look at (映せる検討案)."""
    return [one for one in list_plans(register) if one.state != "put_away" and one.changes]


def first_plans(plans: Sequence[Plan]) -> list[str]:
    """Return the ids of the plans shown where nobody chose any (はじめの検討案)."""
    return [one.id for one in plans[:_FIRST_PLANS]]


def read_plans(said: str, plans: Sequence[Plan]) -> list[Plan]:
    """Return the plans an address names that are there, in its order (アドレスの検討案).

    Each is an id, with or without the number of a version: the newest is shown.
    """
    if said == NONE:
        return []
    by_id = {one.id: one for one in plans}
    named = [one.partition(".")[0] for one in said.split(",")] if said else first_plans(plans)
    return [by_id[one] for one in dict.fromkeys(named) if one in by_id][:MOST_PLANS]


def say_letter(step: Step) -> Words:
    """Return what the meeting calls a plan (案の呼び名)."""
    if step.plan is None:
        return Words("", "")
    return Words(f"案{step.letter}「{step.plan.title}」", f"Plan {step.letter}, {step.plan.title}")
