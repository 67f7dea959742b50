"""What the figure assumes, always open beside it (前提)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.day_words import say_span
from geo.base.words import Words
from geo.say.rests import say_rests
from geo.say.sentences import say_left_out, say_people, say_streets_left_out
from geo.walk.ranges import PRESETS
from layers.maps.popup import entity
from layers.served.rests import rest_facts
from layers.served.walking import sloped_now

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from geo.walk.walkers import Slope, Walker
    from layers.asked import Asked

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
_LEAST_SHARE: Final = 0.001  # less is told as such: it is not none
_TRIPS: Final = {
    "there": Words("行き（家から通いの場へ）で数えた", "Counted on the way there"),
    "back": Words("帰り（通いの場から家へ）で数えた", "Counted on the way back"),
    "worse": Words("行きと帰りの、負担の大きい方で数えた", "Counted on the harder of the two ways"),
    "round": Words(
        "行きと帰りをたして半分にした負担で数えた", "Counted as half of there and back together"
    ),
}


def show_assumptions(town: Town, asked: Asked, coverage: Coverage, lang: Lang) -> None:
    """Show what the figure assumes, a line each (前提を出す)."""
    lines = [
        *_say_walk(coverage),
        *_say_slopes(town, coverage),
        *(say_rests(rest_facts(asked)) if asked.with_stops else []),
        *_say_band(asked),
        *_say_town(town),
        *say_streets_left_out(town),
        *say_left_out(coverage),
    ]
    head = Words("前提", "What this assumes").say(lang)
    body = "<br>".join(entity(words.say(lang)) for words in lines)
    st.html(f"<p class='kz-as'><b>{head}</b><br>{body}</p>")


def _say_walk(coverage: Coverage) -> list[Words]:
    question, walker = coverage.question, coverage.question.walker
    speed = f"{walker.metres_per_min:.0f}"
    preset = next((one for one in PRESETS if one.range == question.within), None)
    flat = Words("（平地換算）", " flat-equivalent") if question.heights else Words("", "")
    return [
        Words(
            f"歩く速さ　分速{speed}m。{walker.source.ja}",
            f"Speed: {speed} m a minute. {walker.source.en}",
        ),
        Words(
            "測り方　道のり（家から道まで、道から通いの場までも足す）",
            "Distance: along the streets, door to door",
        ),
        Words(
            f"範囲　{question.limit_m:,.0f}m{flat.ja} ちょうどまで{'。' + preset.source.ja if preset else ''}",
            f"Range: up to exactly {question.limit_m:,.0f} m{flat.en}"
            f"{'. ' + preset.source.en if preset else ''}",
        ),
    ]


def _say_slopes(town: Town, coverage: Coverage) -> list[Words]:
    question, walker = coverage.question, coverage.question.walker
    barred = walker.steps == "bar"
    no_steps = Words("階段は通れない道とした", "Steps are streets that cannot be used")
    if not question.heights or town.relief is None:
        line = Words("坂と信号待ちは入れていない", "Slopes and waiting at lights are not counted")
        return [line, *([no_steps] if barred else [])]
    return [
        Words(
            "平地換算　坂と階段を、同じ時間（または労力）がかかる平らな道の長さに直した",
            "Flat-equivalent: slopes and steps told as metres of flat street that take as long, "
            "or as much strength",
        ),
        _FORMULAS[walker.slope],
        *_say_downhill(walker),
        no_steps if barred else _say_steps(walker),
        _TRIPS[question.trip],
        *_say_heights(town),
        *say_measured(),
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


def say_measured() -> list[Words]:
    """Return which slopes of the register took the place of the heights' own (測った坂の文)."""
    sloped = sloped_now()
    lines = []
    if sloped.laid:
        records = len({one.site_id for one in sloped.laid})
        days = sorted(one.as_of for one in sloped.laid if one.as_of)
        span = say_span(days[0] if days else "", days[-1] if days else "")
        lines.append(
            Words(
                f"台帳で測った坂 {records}本は、標高の代わりにその勾配を使った（{span.ja}）",
                f"{records} slopes measured in the register stand in place of the heights ({span.en})",
            )
        )
    if sloped.unlaid:
        lines.append(
            Words(
                f"測った坂のうち {sloped.unlaid}本は使っていない（どちらが上りか標高から分からない、"
                "または同じ道に新しい記録がある）",
                f"{sloped.unlaid} measured slopes are not used: no height tells the way up, or a newer "
                "record is of the same street",
            )
        )
    return lines


def _say_heights(town: Town) -> list[Words]:
    if town.relief is None:
        return []
    unknown = 1.0 - town.relief.share_known(town.network)
    sources = [one for one in town.credits if one.role == "heights"]
    said = [
        Words(
            f"{one.credit or one.name}（{say_span(one.date, one.date).ja}）",
            f"{one.credit or one.name} ({say_span(one.date, one.date).en})",
        )
        for one in sources
    ]
    lines = [
        Words(
            "標高　" + "・".join(dict.fromkeys(one.ja for one in said)),
            "Heights: " + ", ".join(dict.fromkeys(one.en for one in said)),
        )
    ]
    if unknown > 0:
        share = Words("0.1未満", "under 0.1")
        if unknown >= _LEAST_SHARE:
            share = Words(*[f"{100 * unknown:.1f}"] * 2)
        lines.append(
            Words(
                f"高さのわからない道（長さの {share.ja}％）は、わかっている道の真ん中の勾配の上りとした",
                f"Streets without a height ({share.en} % of the length) "
                "are taken as uphill, as steep as the middle of those known",
            )
        )
    return lines


def _say_band(asked: Asked) -> list[Words]:
    if not asked.band:
        return []
    bad = Words(
        "幅　低い方は、高さのない道を8％以上の上り、分からない所を使えないとした",
        "Band: at the low end streets without a height are uphill at 8 % or more and places not "
        "known cannot be used",
    )
    good = Words("高い方は、平ら、使えるとした", "at the high end level, and can be used")
    free = Words(
        "。ベンチを見て歩いていない道では、どこでも座れるとした",
        "; along streets nobody looked at one may sit anywhere",
    )
    more = free if asked.rest else Words("", "")
    return [Words(f"{bad.ja}。{good.ja}{more.ja}", f"{bad.en}; {good.en}{more.en}")]


def _say_town(town: Town) -> list[Words]:
    dates = {one.role: one.date for one in town.credits if one.date}
    unknown = Words("日付未記入", "no date given")
    people, sites = (
        say_span(dates[role], dates[role]) if role in dates else unknown
        for role in ("people", "sites")
    )
    return [
        Words(f"人口　{people.ja}", f"People: {people.en}"),
        *say_people(town),
        Words(
            f"通いの場　{len(town.salons)}か所（{sites.ja}）",
            f"Salons: {len(town.salons)} ({sites.en})",
        ),
        Words(
            f"道から{town.snap_limit_m:.0f}mより遠い所は「道につながらない」とした",
            f"Farther than {town.snap_limit_m:.0f} m from a street: off the network",
        ),
    ]
