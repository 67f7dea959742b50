"""The steps of a meeting: where the gap is, why, each plan, what we do; which one is shown (会議の進みかた)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import streamlit as st

from geo.base.words import Words
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.record.plan import Plan

# The parts of the address: which step, whose why, which plans, which of them was decided on.
STEP, AREA, PLANS, DECIDED = "step", "area", "plans", "decided"
# Said of plans: that none is shown.
NONE: Final = "none"
MOST_PLANS: Final = 4
_FIRST_PLANS: Final = 2
_LETTERS: Final = "ABCD"
Kind = Literal["gap", "why", "plan", "gone", "no_plan", "next", "concerns"]
_AWAY: Final = Words(
    "この検討案は、しまってあります。「検討案」の「名前・ファイル・しまう」から、もどせます",
    "This plan was put away; bring it back from “Name, file, put away” of Plans",
)
_EMPTY: Final = Words("この検討案は、まだ何も変えません", "This plan changes nothing yet")
_UNKNOWN: Final = Words(
    "アドレスにあるこの検討案は、この街にはありません",
    "This town has no such plan as the address names",
)


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
    why
        Why a plan that is gone is not shown.
    """

    kind: Kind
    plan: Plan | None = None
    letter: str = ""
    why: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A plan an address names (アドレスの検討案).

    Attributes
    ----------
    plan
        Its newest version; None where there is none of the id.
    why
        Why it is not shown; None where it is.
    """

    plan: Plan | None
    why: Words | None = None


def steps_of(plans: Sequence[Named], *, out: bool, concerns: bool = False) -> list[Step]:
    """Return the screens of a meeting, in their order (会議の画面の順).

    Parameters
    ----------
    plans
        Those the address names. Each keeps its letter while the meeting goes on: one that was put
        away meanwhile says so in its place.
    out
        Whether anybody is out of reach: else nothing is to be explained.
    concerns
        Whether there are concerns a council may see: they stand last.

    Examples
    --------
    >>> [one.kind for one in steps_of([], out=True)]
    ['gap', 'why', 'no_plan']
    """
    first = [Step(kind="gap"), *([Step(kind="why")] if out else [])]
    end = [Step(kind="concerns")] if concerns else []
    if not plans:
        return [*first, Step(kind="no_plan"), *end]
    shown = [
        Step(kind="gone" if one.why else "plan", plan=one.plan, letter=letter, why=one.why)
        for letter, one in zip(_LETTERS, plans, strict=False)
    ]
    last: Kind = "next" if any(one.kind == "plan" for one in shown) else "no_plan"
    return [*first, *shown, Step(kind=last), *end]


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


def begin(ids: Sequence[str]) -> None:
    """Begin with some plans: the address names them, so that none takes another's letter (始める)."""
    write_address({STEP: "1", PLANS: ",".join(ids) or NONE})


def leave() -> None:
    """Leave the screen that is shown (映すのをやめる)."""
    write_address({STEP: ""})


def plans_there(plans: Sequence[Plan]) -> list[Plan]:
    """Return the plans a meeting may look at, of all there are (映せる検討案)."""
    return [one for one in plans if _why_not(one) is None]


def first_plans(plans: Sequence[Plan]) -> list[str]:
    """Return the ids of the plans shown where nobody chose any: those that are weighed (はじめの検討案).

    What was put into the list is decided, and asked no more; it may be chosen.
    """
    return [one.id for one in plans if one.state != "taken"][:_FIRST_PLANS]


def read_plans(said: str, plans: Sequence[Plan]) -> list[Named]:
    """Return the plans an address names, in its order, those too that are not there (アドレスの検討案).

    Each is an id, with or without the number of a version: the newest is shown.

    Parameters
    ----------
    plans
        All there are, those put away among them.
    """
    if said == NONE:
        return []
    by_id = {one.id: one for one in plans}
    ids = _ids(said) if said else first_plans(plans_there(plans))
    return [Named(plan=by_id.get(one), why=_why_not(by_id.get(one))) for one in ids[:MOST_PLANS]]


def say_left(said: str, plans: Sequence[Plan]) -> list[Words]:
    """Return which plans of an address are not shown, and why, a line each (映さない案).

    Parameters
    ----------
    plans
        As `read_plans`.
    """
    if said in ("", NONE):
        return []
    titles, ids = {one.id: one.title for one in plans}, _ids(said)
    lines = [
        _of(titles.get(id_, id_), one.why)
        for id_, one in zip(ids, read_plans(said, plans), strict=False)
        if one.why is not None
    ]
    more = len(ids) - MOST_PLANS
    if more > 0:
        lines.append(
            Words(
                f"一度に映せるのは{MOST_PLANS}つまでです。あとの{more}つは映しません",
                f"at most {MOST_PLANS} plans are shown; the other {more} are not",
            )
        )
    return lines


def _of(name: str, why: Words) -> Words:
    return Words(f"「{name}」：{why.ja}", f"{name}: {why.en}")


def _ids(said: str) -> list[str]:
    return [one for one in dict.fromkeys(id_.partition(".")[0] for id_ in said.split(",")) if one]


def _why_not(plan: Plan | None) -> Words | None:
    if plan is None:
        return _UNKNOWN
    if plan.state == "put_away":
        return _AWAY
    return None if plan.changes else _EMPTY


def say_letter(step: Step) -> Words:
    """Return what the meeting calls a plan (案の呼び名)."""
    if step.plan is None:
        return Words(f"案{step.letter}", f"Plan {step.letter}") if step.letter else Words("", "")
    return Words(f"案{step.letter}「{step.plan.title}」", f"Plan {step.letter}, {step.plan.title}")
