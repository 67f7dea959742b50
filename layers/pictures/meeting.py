"""What a meeting's screen tells beside the pages' own figures: why, and what we do (会議の絵の中身)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.words import Words
from geo.say.plan import say_plan
from geo.say.siting import REACH_IS_NOT_GOING
from geo.say.why import say_why_sentences
from geo.tables.tables import each_row
from layers.cards.plan_words import named, say_change
from layers.maps.legend import step_items
from layers.maps.moved_legend import shut_items
from layers.paper.signs import Sign
from layers.pictures.area_map import whole_town
from layers.pictures.figure import legend_of
from layers.pictures.figures import SALONS, coverage_figure, plan_figure, plan_signs, with_signs
from layers.pictures.text import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.gaps import Gaps
    from geo.analysis.reached import Moved
    from geo.analysis.why import Why
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from layers.day.day import Day
    from layers.day.plan_effect import Effect
    from layers.paper.paper import Box
    from layers.pictures.figure import Figure
    from surveys.record.plan import Do, Plan

# Of the town around a neighbourhood: as much again, and a walk at least; a screen's map is so much
# wider than high.
_AROUND, _LEAST_M, _RATIO = 1.2, 900.0, 1.25
_LATER: Final[dict[Do, Words]] = {
    "add": Words(
        "ふやす所は「一覧に入れる」と「準備中」になります。開いたら、行って確かめた人が記録します。",
        "A new salon is put into the list as being prepared; who has seen it open records it.",
    ),
    "move": Words("うつった日に、その通いの場の記録を書きます。", "A move is recorded on its day."),
    "pause": Words("休みに入った日に、その通いの場の記録を書きます。", "A pause is recorded on its day."),
    "close": Words("閉じた日に、その通いの場の記録を書きます。", "A closing is recorded on its day."),
    "days": Words("開く日が変わったら、その通いの場の記録を書きます。", "New days are recorded when they hold."),
    "bench": Words("置かれたベンチは、見に行った人が記録します。", "A bench is recorded by who has seen it."),
    "toilet": Words("できたトイレは、見に行った人が記録します。", "A toilet is recorded by who has seen it."),
    "mend": Words("なおった坂・段差は、歩いた人が記録します。", "A mended slope is recorded by who walked it."),
    "open": Words("通れるようになった道は、歩いて確かめます。", "An opened street is walked and looked at."),
    "stop": Words("停留所は、市と事業者に相談します。", "A stop is for the city and the operator."),
}  # fmt: skip
_SIGNS: Final = (("＋", "gained"), ("−", "lost"))


def worst_area(coverage: Coverage, gaps: Gaps | None = None) -> str:
    """Return the id of the area with most people out of reach, the first of several (いちばん多い地区).

    Parameters
    ----------
    gaps
        Its places where people are left out: then it is the area of the first of these.
    """
    areas = coverage.areas
    if gaps is not None and not gaps.table.empty:
        areas = areas[areas["area_name"].astype(str) == gaps.table["division_area"].iloc[0]]
    outside = areas["outside"].to_numpy()
    return str(areas["area_id"].iloc[int(np.argmax(outside))])


def why_figure(day: Day, coverage: Coverage, why: Why, area_id: str, lang: Lang) -> Figure:
    """Return why the people of one area are out of reach, in three sentences, on a map around it (なぜ届かないか).

    Parameters
    ----------
    area_id
        Of the question's division.
    """
    question = coverage.question
    ids = coverage.areas["area_id"].astype(str).tolist()
    at = ids.index(area_id)
    (row,) = each_row(why.areas[why.areas["area_id"].astype(str) == area_id])
    base = coverage_figure(day, coverage, Words("", ""), lang)
    ((_, drawn),) = base.maps
    looks = [
        replace(one, hatch="gap" if here == at else "", plate="")
        for here, one in enumerate(drawn.looks)
    ]
    name = str(row.area_name)
    return replace(
        base,
        title=Words(f"{name}の人は、なぜ届かないか", f"Why are the people of {name} out of reach?"),
        lines=tuple(line_of(one, lang) for one in say_why_sentences(why, row, question)),
        maps=(("", replace(drawn, looks=looks)),), heads=None, rows=(),
        window_m=_around(drawn.shapes[at], drawn.border),
        legend=tuple(
            (Words("この地区", "this area"), art, wide) if "番号" in words.ja else (words, art, wide)
            for words, art, wide in base.legend
        ),
    )  # fmt: skip


def next_figure(day: Day, plan: Plan, effect: Effect, question: Question, lang: Lang) -> Figure:
    """Return what is to be done for a plan, and who records it (これから何をするか)."""
    base = plan_figure(day, plan, effect, question, lang)
    names = named(day, plan.changes)
    rows = [
        (str(number), say_change(day, one, names, question.division, lang), plan.by)
        for number, one in enumerate(plan.changes, 1)
    ]
    head = Words(
        f"「{plan.title}」で進めるなら、することは {len(rows)}つです。",
        f"With {plan.title}, there are {len(rows)} things to do.",
    )
    if plan.state == "taken":
        head = Words(
            f"「{plan.title}」は、一覧に入れてあります。", f"{plan.title} was put into the list."
        )
    gains = say_plan(effect.known, question)[1]
    does = dict.fromkeys(one.do for one in plan.changes)
    return replace(
        base, title=Words("これから、何をするか", "What do we do now?"),
        lines=(line_of(head, lang), line_of(Words(f"{gains.ja}。", f"{gains.en}."), lang)),
        heads=(Words("すること", "To do"), Words("記録する人", "Recorded by")), rows=tuple(rows),
        notes=(*(_LATER[one] for one in does), Words(f"{REACH_IS_NOT_GOING.ja}。", f"{REACH_IS_NOT_GOING.en}.")),
    )  # fmt: skip


def bare_figure(day: Day, coverage: Coverage, title: Words, lang: Lang) -> Figure:
    """Return the town by its shares, nothing numbered, for a screen that tells nothing else (地図だけの画面)."""
    base = coverage_figure(day, coverage, title, lang)
    ((_, drawn),) = base.maps
    looks = [replace(one, hatch="", plate="") for one in drawn.looks]
    return replace(
        base, lines=(), heads=None, rows=(), notes=(), maps=(("", replace(drawn, looks=looks)),),
        legend=legend_of(day, [*step_items(), SALONS]),
    )  # fmt: skip


def undecided_figure(
    day: Day, coverage: Coverage, title: Words, lang: Lang, plans: Sequence[tuple[str, Plan, Moved]]
) -> Figure:
    """Return what each plan would do and where, nothing decided (まだ決めていない画面).

    Parameters
    ----------
    plans
        Each plan's letter, the plan and what it does. Its letter stands on the map where it changes
        something, with the change's number where there are several.
    """
    base = bare_figure(day, coverage, title, lang)
    ((_, drawn),) = base.maps
    rows, signs = [], list[Sign]()
    for letter, plan, moved in plans:
        counts = moved.of(coverage.question.people)
        signed = [f"{sign}{counts[key]:,}" for sign, key in _SIGNS if counts[key]]
        rows.append((letter, plan.title, "　".join(signed) or "0"))
        several = len(plan.changes) > 1
        signs += [
            replace(one, number=f"{letter}{one.number}" if several else letter)
            for one in plan_signs(day, plan)
        ]
    number = Words("A・B…：その案で変える所", "A, B …: what that plan changes")
    does = {one.do for _, plan, _ in plans for one in plan.changes}
    return replace(
        base, heads=(Words("検討案", "Plan"), Words("ふえる人・へる人", "Gained, lost")),
        rows=tuple(rows), maps=(("", replace(drawn, signs=with_signs(drawn.signs, signs))),),
        legend=legend_of(day, [*step_items(), SALONS, (number, "", 0), *shut_items(does)]),
    )  # fmt: skip


def _around(shape: shapely.Geometry, border: shapely.Geometry) -> Box:
    """Return the window around an area, moved into the town as far as it goes."""
    west, south, east, north = shapely.bounds(shape).tolist()
    high = max((north - south) * (1 + _AROUND), (east - west) * (1 + _AROUND) / _RATIO, _LEAST_M)
    half = np.array([high * _RATIO, high]) / 2
    town = np.array(whole_town(border))
    low, top = town[:2] + half, town[2:] - half
    middle = np.array([(west + east) / 2, (south + north) / 2])
    middle = np.where(low < top, np.clip(middle, low, np.maximum(low, top)), (low + top) / 2)
    (left, under), (right, over) = middle - half, middle + half
    return float(left), float(under), float(right), float(over)
