"""The latest answers of the running app, shared by pages and routes (動いている答え)."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from geo.analysis.rest_facts import place_rests
from geo.base.once import kept_once
from layers.asked import make_question, wanted_in
from layers.day.salons import When
from layers.day.why import why_outside
from layers.served.clock import today_in_japan
from layers.served.register import register_stamp
from layers.served.town import town_folder
from layers.served.walking import day_now, tracks_now

if TYPE_CHECKING:
    import pandas as pd

    from geo.analysis.band import Band
    from geo.analysis.rest_facts import RestFacts
    from geo.analysis.why import Why
    from geo.base.words import Words
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from layers.asked import Asked
    from layers.day.day import Day

BENCHES = 5


def answer(asked: Asked) -> Coverage:
    """Return the coverage asked for; the last few are kept (問いの答え).

    It hangs on the register, and is found anew when that changed. Asked with a band, it is the
    run with what is known.

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    if asked.band:
        return answer_band(asked).known
    return _answer(asked, answer_stamp(asked))


def answer_totals(asked: Asked) -> dict[str, int]:
    """Return the totals of `answer` alone, for a line beside another answer (合計だけの答え).

    Raises
    ------
    InputError
        As `answer`.
    """
    asked, at = replace(asked, band=""), answer_stamp(asked)
    there = _answer.held(asked, at)
    return _totals(asked, at) if there is None else there.totals


def answer_band(asked: Asked) -> Band:
    """Return the coverage with the unknown taken as bad and as good (幅のある答え).

    Raises
    ------
    InputError
        As `answer`.
    """
    return _band(replace(asked, band="on"), answer_stamp(asked))


def best_benches(asked: Asked) -> pd.DataFrame:
    """Return where one more bench would help most, as `geo.analysis.bench_gain.bench_gains` (ベンチを置くなら).

    Raises
    ------
    InputError
        As `answer`.
    """
    asked = replace(asked, band="")
    return _benches(asked, answer_stamp(asked))


def answer_why(asked: Asked) -> Why:
    """Return what keeps those out of reach whom `answer` tells of (届かないわけ).

    Raises
    ------
    InputError
        As `answer`.
    """
    asked = replace(asked, band="")
    return _why(asked, answer_stamp(asked))


def answer_stamp(asked: Asked) -> tuple[str, ...]:
    """Return what changes when the answer to a question may (答えの版)."""
    tracks = blake2b(repr(tracks_now()).encode(), digest_size=8).hexdigest()
    stops = (tracks,) if asked.with_stops else ()
    return (str(town_folder()), *register_stamp(), asked.on or today_in_japan(), *stops)


def answer_key(asked: Asked) -> str:
    """Return `answer_stamp` as an address may show it (地図の版)."""
    return blake2b("\n".join(answer_stamp(asked)).encode(), digest_size=8).hexdigest()


def day_for(asked: Asked) -> Day:
    """Return the day a question is asked of (問いの街)."""
    return day_now(When(on=asked.on) if asked.on else None, wanted_in(asked))


def town_for(asked: Asked) -> Town:
    """Return the town a question is asked of: with slopes, those people measured too (問いの街)."""
    day = day_for(asked)
    return day.town_for(make_question(asked, day.built))


def town_on(asked: Asked) -> Town:
    """Return the town with the 通いの場 of the question's day, heights as built (その日の街)."""
    return day_for(asked).town


def rests_for(asked: Asked) -> pd.DataFrame | None:
    """Return the rests a question looks at, None where it has no such rule (問いの休む所)."""
    day = day_for(asked)
    return day.rests_for(make_question(asked, day.built))


def rest_facts(asked: Asked) -> RestFacts:
    """Return which rests a question of the town being served counts (いまの休む所の内わけ).

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    return _rest_facts(asked, answer_stamp(asked))


def shown_rests(asked: Asked) -> pd.DataFrame:
    """Return the Rests of a question, and ``on``: whether a street of the walker is near (休む所)."""
    day = day_for(asked)
    question = make_question(asked, day.built)
    return place_rests(day.town_for(question), question, day.rests)


def salon_words(asked: Asked) -> list[Words]:
    """Return which 通いの場 a question counts, and the newest record, a line each (数えた通いの場)."""
    day = day_for(asked)
    when = [day.say_when()] if asked.on else []
    return [*when, *day.say_salons(), *_say_ends(replace(asked, band=""), answer_stamp(asked))]


def measured_words(asked: Asked) -> list[Words]:
    """Return which measured slopes a question uses, a line each (測った坂の文)."""
    day = day_for(asked)
    return day.say_slopes(make_question(asked, day.built))


@kept_once(most=32)
def _answer(asked: Asked, _at: tuple[str, ...]) -> Coverage:
    day = day_for(asked)
    return day.ask(make_question(asked, day.built))


@kept_once(most=32)
def _totals(asked: Asked, _at: tuple[str, ...]) -> dict[str, int]:
    day = day_for(asked)
    return day.totals(make_question(asked, day.built))


@kept_once(most=8)
def _say_ends(asked: Asked, _at: tuple[str, ...]) -> tuple[Words, ...]:
    day = day_for(asked)
    return tuple(day.say_ends(make_question(asked, day.built)))


@kept_once(most=8)
def _band(asked: Asked, _at: tuple[str, ...]) -> Band:
    day = day_for(asked)
    return day.ask_band(make_question(asked, day.built))


@kept_once(most=8)
def _why(asked: Asked, _at: tuple[str, ...]) -> Why:
    day = day_for(asked)
    return why_outside(day, make_question(asked, day.built), answer(asked))


@kept_once(most=16)
def _benches(asked: Asked, _at: tuple[str, ...]) -> pd.DataFrame:
    day = day_for(asked)
    return day.bench_gains(make_question(asked, day.built), count=BENCHES)


@kept_once(most=8)
def _rest_facts(asked: Asked, _at: tuple[str, ...]) -> RestFacts:
    day = day_for(asked)
    return day.count_rests(make_question(asked, day.built))
