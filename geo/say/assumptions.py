"""What a figure assumes, a line each: the same on the page, in print and beside a file (前提)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.day_words import say_span
from geo.base.words import Words
from geo.say.rests import say_rests
from geo.say.sentences import say_left_out, say_people, say_streets_left_out
from geo.say.straight import MEASURED
from geo.walk.ranges import PRESETS
from geo.walk.trip_words import TRIP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.rest_facts import RestFacts
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.town import Town
    from geo.walk.walkers import Slope, Walker

_FORMULAS: Final[dict[Slope, Words]] = {
    "tobler": Words(
        "坂でかかる時間は Tobler（1993）の式で、この人の平らな道の速さに合わせた",
        "The time slopes take: Tobler (1993), scaled to this walker's own speed",
    ),
    "energy": Words(
        "坂の労力は Minetti ほか（2002）が測った式で数え、分もその長さから出した",
        "The strength slopes take: as measured by Minetti et al. (2002); minutes follow from it",
    ),
    "none": Words("坂の負担は数えない（モーターで登る）", "Grades cost nothing (a motor climbs)"),
}


def say_assumptions(
    town: Town,
    coverage: Coverage,
    *,
    salons: Sequence[Words],
    rests: RestFacts | None = None,
    measured: Sequence[Words] = (),
    band: bool = False,
) -> list[Words]:
    """Return all a figure assumes and leaves out, a line each (前提).

    Parameters
    ----------
    salons
        Which 通いの場 were taken into account, a line each.
    rests
        Which rests were counted, where a rule of rests or toilets is asked.
    measured
        `say_measured` of the slopes people measured.
    band
        Whether the unknown is told as a band.
    """
    return [
        *_say_walk(coverage),
        *_say_slopes(town, coverage, measured),
        *([] if rests is None else say_rests(rests)),
        *(_say_band(coverage.question) if band else []),
        *_say_town(town, salons),
        *say_streets_left_out(town),
        *say_left_out(coverage, town),
    ]


def say_measured(*, records: int, oldest: str, newest: str, unlaid: int) -> list[Words]:
    """Return which slopes of the register took the place of the heights' own (測った坂の文).

    Parameters
    ----------
    records
        How many records of slopes were used.
    oldest, newest
        The days they were seen; "" for no day.
    unlaid
        How many were not used.
    """
    lines = []
    if records:
        span = say_span(oldest, newest)
        lines.append(
            Words(
                f"測って記録した坂 {records}本は、標高の代わりにその勾配を使った（{span.ja}）",
                f"{records} slopes measured in the register stand in place of the heights ({span.en})",
            )
        )
    if unlaid:
        lines.append(
            Words(
                f"測った坂のうち {unlaid}本は使っていない（どちらが上りか標高から分からない、"
                "または同じ道に新しい記録がある）",
                f"{unlaid} measured slopes are not used: no height tells the way up, or a newer "
                "record is of the same street",
            )
        )
    return lines


def _say_walk(coverage: Coverage) -> list[Words]:
    question, walker = coverage.question, coverage.question.walker
    speed = f"{walker.metres_per_min:.0f}"
    preset = next((one for one in PRESETS if one.range == question.within), None)
    flat = (
        Words("（坂の分を足した距離）", " with slopes added") if question.heights else Words("", "")
    )
    return [
        Words(
            f"歩く速さ　分速{speed}m。{walker.source.ja}",
            f"Speed: {speed} m a minute. {walker.source.en}",
        ),
        MEASURED
        if question.straight
        else Words(
            "測り方　道のり（家から道まで、道から通いの場までも足す）",
            "Distance: along the streets, door to door",
        ),
        Words(
            f"範囲　{question.limit_m:,.0f}m{flat.ja} ちょうどまで{'。' + preset.source.ja if preset else ''}",
            f"Range: up to exactly {question.limit_m:,.0f} m{flat.en}"
            f"{'. ' + preset.source.en if preset else ''}",
        ),
    ]


def _say_slopes(town: Town, coverage: Coverage, measured: Sequence[Words]) -> list[Words]:
    question, walker = coverage.question, coverage.question.walker
    barred = walker.steps == "bar"
    if question.straight:
        return [
            Words(
                "坂・階段・信号待ち・まわり道は、どれも入れていない",
                "Slopes, steps, lights and detours are all left aside",
            )
        ]
    no_steps = Words("階段は通れない道とした", "Steps are streets that cannot be used")
    if not question.heights or town.relief is None:
        line = Words("坂と信号待ちは入れていない", "Slopes and waiting at lights are not counted")
        return [line, *([no_steps] if barred else [])]
    return [
        Words(
            "坂の分を足した距離　坂と階段を、同じ時間（または労力）がかかる平らな道の長さに直して足した",
            "Slopes added: slopes and steps told as metres of flat street that take as long, "
            "or as much strength",
        ),
        _FORMULAS[walker.slope],
        *_say_downhill(walker),
        no_steps if barred else _say_steps(walker),
        TRIP_WORDS[question.trip].assumed,
        *_say_height_sources(town),
        *measured,
        Words("信号待ちは入れていない", "Waiting at lights is not counted"),
    ]


def _say_downhill(walker: Walker) -> list[Words]:
    if walker.slope == "none":
        return []
    if walker.downhill_bonus:
        return [
            Words("ゆるい下りは、平らな道より楽とした", "A gentle way down is easier than flat")
        ]
    return [Words("下りを、平らな道より楽とはしない", "No way down is easier than the flat")]


def _say_steps(walker: Walker) -> Words:
    seconds = f"{walker.step_s_per_m:g}"
    return Words(
        f"階段は、高さ1mごとに{seconds}秒を足した（上りも下りも。目安として置いた値）",
        f"Steps add {seconds} s for each metre of rise, up and down (a setting)",
    )


def _say_height_sources(town: Town) -> list[Words]:
    if town.relief is None:
        return []
    sources = [one for one in town.credits if one.role == "heights"]
    said = [
        Words(
            f"{one.credit or one.name}（{say_span(one.date, one.date).ja}）",
            f"{one.credit or one.name} ({say_span(one.date, one.date).en})",
        )
        for one in sources
    ]
    return [
        Words(
            "標高　" + "・".join(dict.fromkeys(one.ja for one in said)),
            "Heights: " + ", ".join(dict.fromkeys(one.en for one in said)),
        )
    ]


def _say_band(question: Question) -> list[Words]:
    bad = Words(
        "わからない所　低い方は、高さのない道を8％以上の上り、分からない所を使えないとした",
        "What is not known: at the low end streets without a height are uphill at 8 % or more and places not "
        "known cannot be used",
    )
    good = Words("高い方は、平ら、使えるとした", "at the high end level, and can be used")
    free = Words(
        "。ベンチを見て歩いていない道では、どこでも座れるとした",
        "; along streets nobody looked at one may sit anywhere",
    )
    more = free if question.rest_m is not None else Words("", "")
    return [Words(f"{bad.ja}。{good.ja}{more.ja}", f"{bad.en}; {good.en}{more.en}")]


def _say_town(town: Town, salons: Sequence[Words]) -> list[Words]:
    dates = {one.role: one.date for one in town.credits if one.date}
    unknown = Words("日付未記入", "no date given")
    people = say_span(dates["people"], dates["people"]) if "people" in dates else unknown
    return [
        Words(f"人口　{people.ja}", f"People: {people.en}"),
        *say_people(town),
        *salons,
        *([] if town.streetless else [_say_limit(town)]),
    ]


def _say_limit(town: Town) -> Words:
    return Words(
        f"道から{town.snap_limit_m:.0f}mより遠い所は「道につながらない」とした",
        f"Farther than {town.snap_limit_m:.0f} m from a street: off the network",
    )
