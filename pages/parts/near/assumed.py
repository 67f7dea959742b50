"""What is assumed of what is near, in one line (近い所の前提)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.dates import parse_date, say_date
from geo.base.words import Words
from geo.say.stops import say_stops
from geo.walk.trip_words import TRIP_WORDS

if TYPE_CHECKING:
    from datetime import date

    from layers.day.spot import Spot


def say_assumed(spot: Spot, today: date) -> Words:
    """Return who walks, how fast, how far, and on which day, in one line (前提の一行)."""
    question, walker = spot.question, spot.question.walker
    speed = f"{walker.metres_per_min:.0f}"
    slopes = Words("坂と階段は入れていない", "no slopes")
    if question.straight:
        slopes = Words(
            "直線（坂・階段・まわり道は入れていない）",
            "straight lines, no slopes, steps or detours",
        )
    if question.heights:
        way = TRIP_WORDS[question.trip].label
        slopes = Words(f"坂と階段を入れた（{way.ja}）", f"with slopes ({way.en.lower()})")
    stops = say_stops(question)
    day = parse_date(spot.day.when.on) if spot.day.when.on else today
    ja = [
        f"{walker.words.ja}・分速{speed}m", f"範囲 {question.within.words.ja}", slopes.ja,
        *(one.ja.removesuffix("道で、") for one in stops), f"{say_date(day, 'ja')}の通いの場",
    ]  # fmt: skip
    en = [
        f"{walker.words.en}, {speed} m a minute", f"range {question.within.words.en}", slopes.en,
        *(one.en.strip(" ,") for one in stops), f"salons of {say_date(day, 'en')}",
    ]  # fmt: skip
    return Words("前提　" + "・".join(ja), "Assumed: " + "; ".join(en))
