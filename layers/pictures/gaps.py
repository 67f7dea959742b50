"""The places where people are left out as a picture: hatched and numbered as in the list (空白の絵)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.base.words import Words
from geo.say.gap_why import say_place
from geo.say.gaps import say_worst
from geo.tables.tables import each_row
from layers.maps.gap_legend import GAP_ITEM
from layers.maps.legend import step_items
from layers.pictures.figure import legend_of
from layers.pictures.figures import SALONS, coverage_figure, end_sentence
from layers.pictures.look import NUMBERED, Look
from layers.pictures.text import line_of

if TYPE_CHECKING:
    from geo.analysis.gaps import Gaps
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from layers.day.day import Day
    from layers.pictures.figure import Figure

GAPS_TITLE: Final = Words(
    "歩いて通えない人は、どこに多いか", "Where do people live who cannot walk to one?"
)
# The same of a town without streets.
GAPS_STRAIGHT: Final = Words(
    "直線でも届かない人は、どこに多いか", "Where are people out of reach even in a straight line?"
)
_HEADS: Final = (
    Words("届かない人の多い所", "Most people out of reach"),
    Words("届かない人", "Out"),
)


def places_figure(day: Day, gaps: Gaps, title: Words, lang: Lang) -> Figure:
    """Return who can walk to a 通いの場, and the first places where people cannot (届く人と空白の所の絵).

    Numbers, names and figures are those of the list of places.
    """
    base = coverage_figure(day, gaps.coverage, title, lang)
    ((_, drawn),) = base.maps
    looks = [replace(one, hatch="", plate="") for one in drawn.looks]
    places = [
        Look(state="bare", hatch="gap", plate=str(row.rank) if row.rank <= NUMBERED else "")
        for row in each_row(gaps.table)
    ]
    shapes = np.concatenate([drawn.shapes, np.array([*gaps.shapes], dtype=object)])
    shown = gaps.table.head(NUMBERED)
    # On a wall the area's name will do, unless it is that of two.
    alone = ~shown["area_name"].duplicated(keep=False) & (shown["area_name"] != "")
    rows = tuple(
        (str(row.rank), str(row.area_name) if one else say_place(row).say(lang), _count(row, lang))
        for row, one in zip(each_row(shown), alone, strict=True)
    )
    return replace(
        base, maps=(("", replace(drawn, shapes=shapes, looks=[*looks, *places])),),
        legend=legend_of(day, [*step_items(), *([GAP_ITEM] if rows else []), SALONS]),
        heads=_HEADS if rows else None, rows=rows,
    )  # fmt: skip


def gaps_figure(day: Day, gaps: Gaps, question: Question, lang: Lang) -> Figure:
    """Return where most people are left out and why, with the first places (空白の絵)."""
    said = [end_sentence(one) for one in say_worst(gaps, question)]
    base = places_figure(day, gaps, GAPS_STRAIGHT if question.straight else GAPS_TITLE, lang)
    return replace(base, lines=tuple(line_of(one, lang) for one in said))


def _count(row: Any, lang: Lang) -> str:  # noqa: ANN401 - a row of the table
    return Words(f"{row.people:,}人", f"{row.people:,}").say(lang)
