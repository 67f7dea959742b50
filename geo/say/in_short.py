"""What a figure assumes, in the one line a screen or a picture has room for (前提を一行で)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geo.base.dates import say_date
from geo.base.day_words import say_span
from geo.base.words import Words, count_in_english
from geo.say.stops import say_stops
from geo.say.straight import IN_SHORT

if TYPE_CHECKING:
    from geo.coverage.question import Question
    from geo.town import Town


def say_in_short(town: Town, question: Question, *, salons: int, on: str) -> Words:
    """Return speed, way of measuring, whose people and how many 通いの場 of which day (前提を一行で).

    Parameters
    ----------
    salons
        How many 通いの場 were counted.
    on
        The day they are of, ISO.
    """
    speed = f"{question.walker.metres_per_min:.0f}"
    way = Words("道のり", "along the streets")
    flat = Words("坂と信号待ちは入れていない", "slopes and waiting at lights left aside")
    if question.straight:
        way = IN_SHORT
        flat = Words("坂・階段・まわり道は入れていない", "slopes, steps and detours left aside")
    if question.heights:
        way = Words("坂の分を足した道のり", "along the streets, slopes added")
        flat = Words("信号待ちは入れていない", "waiting at lights left aside")
    people = next((one.date for one in town.credits if one.role == "people" and one.date), "")
    of = say_span(people, people) if people else Words("日付未記入", "no date given")
    day = date.fromisoformat(on)
    parts = [
        Words(f"分速{speed}m", f"{speed} m a minute"),
        way,
        *(
            Words(one.ja.removesuffix("、").removesuffix("で"), one.en.strip(", "))
            for one in say_stops(question)
        ),
        Words(f"人口 {of.ja}", f"people: {of.en}"),
        Words(
            f"通いの場 {salons}か所（{say_date(day, 'ja')}）",
            f"{count_in_english(salons, 'salon')} ({say_date(day, 'en')})",
        ),
        flat,
    ]
    return Words(
        "前提：" + "・".join(one.ja for one in parts),
        "Assumed: " + "; ".join(one.en for one in parts),
    )
