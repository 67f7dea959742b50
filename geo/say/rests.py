"""Sentences about seats, toilets, what is not known of them, and one more bench (休む所の文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.analysis.near_places import name_places
from geo.analysis.rest_facts import REGISTER
from geo.base.day_words import say_span
from geo.base.words import Words
from geo.network.street_words import say_street
from geo.tables.rests import REST_WORDS
from geo.tables.tables import SITE_WORDS, each_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from geo.analysis.band import Band
    from geo.analysis.rest_facts import NeedFacts, RestFacts, RestGroup
    from geo.tables.rests import Need, RestKind
    from geo.town import Town

# A distance to a place people know is told to ten metres; nearer than that it is at its door.
_ABOUT_M: Final = 10
_NEEDS: Final[dict[Need, Words]] = {
    "seat": Words("座れる所", "places to sit"),
    "toilet": Words("トイレ", "toilets"),
}
_NOT_KNOWN: Final[dict[Need, Words]] = {
    "seat": Words("座れるか分からず、数えていない所", "not counted, as nobody told of a seat"),
    "toilet": Words("トイレが使えるか分からず、数えていない所", "not counted, toilet not known"),
}
_SOURCES: Final = {REGISTER: Words("一覧の記録", "the register")}
_NO_DATE: Final = Words("日付なし", "no date")


def say_rests(facts: RestFacts) -> list[Words]:
    """Return the counts in sentences, for who reads the figure (内わけの文)."""
    if not facts.needs:
        return []
    lines = [line for need in facts.needs for line in _say_need(need)]
    if facts.off_street:
        lines.append(
            Words(
                f"道から遠く、使えないとした休む所 {facts.off_street}か所",
                f"places too far from a street to be used: {facts.off_street}",
            )
        )
    lines.append(
        Words(
            "休む所に寄る道のり（道から休む所まで）も足した。通いの場も休む所に数えた。休んでいる時間は足していない",
            "The way from the street to a rest and back is walked. Salons count as rests. "
            "The time spent resting is not added",
        )
    )
    if any(need.need == "seat" for need in facts.needs):
        lines.append(Words("トイレも座れる所に数えた", "A toilet counts as a place to sit"))
    if facts.looked_m is not None and any(need.need == "seat" for need in facts.needs):
        lines.append(_say_looked(facts.looked_m, facts))
    return lines


def _say_need(facts: NeedFacts) -> list[Words]:
    words = _NEEDS[facts.need]
    groups = [_say_group(group) for group in facts.groups]
    none = Words("分かっている所がない", "none is known")
    listed = (
        Words("／".join(one.ja for one in groups), "; ".join(one.en for one in groups))
        if groups
        else none
    )
    lines = [
        Words(
            f"{words.ja}　{facts.count}か所。{listed.ja}",
            f"{words.en[:1].upper()}{words.en[1:]}: {facts.count}; {listed.en}",
        )
    ]
    if facts.unknown:
        kinds, missing = _say_kinds(facts.unknown), _NOT_KNOWN[facts.need]
        lines.append(
            Words(
                f"{missing.ja}　{kinds.ja}", f"{missing.en[:1].upper()}{missing.en[1:]}: {kinds.en}"
            )
        )
    return lines


def _say_group(group: RestGroup) -> Words:
    source = _SOURCES.get(group.source) or Words(group.source, group.source)
    source = source if group.source else Words("出どころ未記入", "no source given")
    kinds, span = _say_kinds(group.kinds), say_span(group.oldest, group.newest)
    undated = (
        Words(f"、うち日付なし {group.undated}", f", {group.undated} without a date")
        if group.undated
        else Words("", "")
    )
    return Words(
        f"{source.ja}: {kinds.ja}（{span.ja}{undated.ja}）",
        f"{source.en}: {kinds.en} ({span.en}{undated.en})",
    )


def _say_kinds(kinds: Mapping[RestKind, int]) -> Words:
    return Words(
        "・".join(f"{REST_WORDS[kind].ja}{count}" for kind, count in kinds.items()),
        ", ".join(f"{REST_WORDS[kind].en} {count}" for kind, count in kinds.items()),
    )


def _say_looked(looked_m: float, facts: RestFacts) -> Words:
    share = looked_m / facts.streets_m if facts.streets_m else 0.0
    km, whole = f"{looked_m / 1000:,.1f}", f"{facts.streets_m / 1000:,.1f}"
    span = say_span(facts.looked_from, facts.looked_to)
    when = Words(f"、{span.ja}", f", {span.en}") if facts.looked_from else Words("", "")
    return Words(
        f"ベンチを見て歩いた道　{km}km（道ぜんたい {whole}km の {share:.1%}{when.ja}）。".replace(
            "%", "％"
        )
        + "ほかの道は、ベンチがあるか分からない",
        f"Streets looked at for benches: {km} km ({share:.1%} of {whole} km{when.en}); "
        "of the others nobody knows",
    )


def say_band(band: Band) -> Words:
    """Return between which figures the people out of reach lie, in one line (幅の一文)."""
    bad, known, good = (one.totals["outside"] for one in (band.bad, band.known, band.good))
    if bad == good:
        return Words(
            f"分からない所をどうみても、届かない人は{known:,}人で変わらない",
            f"whatever is true of what is not known, {known:,} people are out of reach",
        )
    return Words(
        f"分からない所のみかたで、届かない人は{good:,}人から{bad:,}人まで変わる"
        f"（分かっている所だけで数えると{known:,}人）",
        f"depending on what is not known, {good:,} to {bad:,} people are out of reach "
        f"({known:,} by what is known)",
    )


def say_survey(band: Band) -> list[Words]:
    """Return the streets to look at first, a line each, most people first (先に見て歩く道)."""
    lines = []
    for rank, row in enumerate(each_row(band.streets), start=1):
        kind, at = say_street(row.name), f"{row.lat:.5f}, {row.lon:.5f}"
        lines.append(
            Words(
                f"先に見て歩く道{rank}: {kind.ja} {row.metres:,.0f}m（緯度・経度 {at} のあたり）。"
                f"わからない所で変わる{row.people:,}人が通る",
                f"survey first, {rank}: {kind.en}, {row.metres:,.0f} m (about {at}), used by "
                f"{row.people:,} people whose answer depends on what is not known",
            )
        )
    return lines


def say_benches(
    town: Town, benches: pd.DataFrame, homes: frozenset[str] = frozenset()
) -> list[Words]:
    """Return where one bench helps, a line each, and that gains do not add up (ベンチを1つ置くなら).

    Parameters
    ----------
    benches
        `geo.analysis.bench_gain.bench_gains` of the town.
    homes
        Ids of sites from which no metres are told.
    """
    if benches.empty:
        return [
            Words(
                "ベンチを1つ置いて届くようになる所は、見つからなかった",
                "no place was found where one bench brings anybody within reach",
            )
        ]
    lines = [
        _say_bench(row, hidden=row.near_id in homes) for row in each_row(name_places(town, benches))
    ]
    alone = Words(
        "どれも1つだけ置いたときの人数。2つ置いたときは足し算にならない",
        "each with one bench alone: the gains of two do not add up",
    )
    return [*lines, alone]


def _say_bench(row: pd.Series, *, hidden: bool) -> Words:
    gain, near = int(row.people), row.near
    if row.near_kind == "bus_stop":  # a stop is called as the whole quarter around it
        kind = SITE_WORDS["bus_stop"]
        near = Words(f"{kind.ja}「{near}」", f"the {kind.en} {near}")
    else:
        near = Words(near, near)
    if not row.near:
        at = f"{row.lat:.5f}, {row.lon:.5f}"
        where = Words(f"緯度・経度 {at} の道ぞい", f"on the street at {at}")
    elif hidden:
        at = f"{row.lat:.5f}, {row.lon:.5f}"
        where = Words(f"{near.ja}の近く、緯度・経度 {at} の道ぞい", f"near {near.en}, at {at}")
    elif row.near_m < _ABOUT_M:
        where = Words(f"{near.ja}のすぐ前の道ぞい", f"in front of {near.en}")
    else:
        about = f"{round(row.near_m / _ABOUT_M) * _ABOUT_M:,}"
        where = Words(
            f"{near.ja}から約{about}mの道ぞい", f"on the street about {about} m from {near.en}"
        )
    return Words(f"{where.ja}に1つ置くと、＋{gain:,}人", f"one bench {where.en}: +{gain:,} people")
