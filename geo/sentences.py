"""Sentences a council can read aloud (読み上げる文)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.tables import PEOPLE_WORDS, PLACED_BY, PLACED_BY_WORDS
from geo.words import Words

if TYPE_CHECKING:
    from geo.coverage import Coverage
    from geo.tables import PlacedBy
    from geo.town import Town

_NAMED = 5


def say_gap(coverage: Coverage) -> Words:
    """Return who has no 通いの場 within reach, in one line (届かない人の一文)."""
    question = coverage.question
    who, within = PEOPLE_WORDS[question.people], question.within.words
    count, share = coverage.totals["outside"], coverage.share_outside
    ja_share, en_share = (
        ("", "") if share is None else (f"（{share:.1%}）".replace("%", "％"), f" ({share:.1%})")
    )
    return Words(
        f"徒歩{within.ja}以内に通いの場がない{who.ja}：{count:,}人{ja_share}",
        f"People ({who.en}) with no salon within {within.en} on foot: {count:,}{en_share}",
    )


def say_left_out(coverage: Coverage) -> list[Words]:
    """Return what the figure leaves out or should be read with, a line each (数えていないもの)."""
    left, totals = coverage.left_out, coverage.totals
    known = totals["within"] + totals["outside"]
    lines = [
        Words(
            f"割合は、道につながる {known:,}人のうちの割合です",
            f"the share is of the {known:,} people on the street network",
        )
    ]
    if totals["off_network"]:
        places = coverage.areas[coverage.areas["off_network"] > 0]
        names = "、".join(
            places.sort_values("off_network", ascending=False)["area_name"].head(_NAMED)
        )
        more = "など" if len(places) > _NAMED else ""
        lines.append(
            Words(
                f"道につながらず、数えられなかった人: {totals['off_network']:,}人（{names}{more}）",
                f"people who could not be put on the street network: {totals['off_network']:,} ({names})",
            )
        )
    if left["no_path"]:
        lines.append(
            Words(
                f"届かない人のうち、道がとぎれて通いの場まで行けない人: {left['no_path']:,}人",
                f"of those out of reach, people whom no street leads to any salon: {left['no_path']:,}",
            )
        )
    if left["outside_division"]:
        lines.append(
            Words(
                f"どの区域にも入らない人: {left['outside_division']:,}人",
                f"people in no area of this division: {left['outside_division']:,}",
            )
        )
    if left["sites_off_network"]:
        lines.append(
            Words(
                f"道につながらず、使えなかった通いの場: {left['sites_off_network']:,}か所",
                f"salons too far from a street to be used: {left['sites_off_network']:,}",
            )
        )
    return lines


def say_people(town: Town) -> list[Words]:
    """Return how people were put in their places, and who has no age, a line each (人口の置き方)."""
    lines = []
    for by, people in town.cells.groupby("placed_by")["people_all"].sum().items():
        words = PLACED_BY_WORDS[_placed(by)]
        lines.append(
            Words(f"住む所　{words.ja}（{people:,}人）", f"Homes: {words.en} ({people:,} people)")
        )
    unknown = int(town.cells["people_unknown"].sum())
    if unknown:
        lines.append(
            Words(
                f"年齢のわからない {unknown:,}人は、総数だけに入れた",
                f"{unknown:,} people of unknown age are in the total alone",
            )
        )
    lost = town.facts.get("people_left_out", 0)
    if lost:
        lines.append(
            Words(
                f"区域と結びつかず、置けなかった人 {lost:,}人",
                f"people whose area was not found: {lost:,}",
            )
        )
    return lines


def _placed(by: object) -> PlacedBy:
    return next(known for known in PLACED_BY if known == by)


def say_streets_left_out(town: Town) -> list[Words]:
    """Return which streets of the source no walker was sent along, a line each (使わなかった道)."""
    facts = town.facts.get("streets")
    if not isinstance(facts, dict):
        return []
    lines = []
    for key, words in _STREETS.items():
        count, metres = (
            facts.get("left_out", {}).get(key, 0),
            facts.get("left_out_m", {}).get(key, 0.0),
        )
        if count:
            lines.append(words.fill(count=f"{count:,}", km=f"{metres / 1000:,.1f}"))
    if facts.get("dropped_parts"):
        km = f"{facts['dropped_parts_m'] / 1000:,.1f}"
        lines.append(
            Words(
                f"ほかの道につながらない短い道 {facts['dropped_parts']:,}か所（{km}km）は使っていない",
                f"short unlinked pieces of street left out: {facts['dropped_parts']:,} ({km} km)",
            )
        )
    return lines


_STREETS = {
    "unknown_kind": Words(
        "種別のわからない道 {count}本（{km}km）は使っていない",
        "streets of unknown kind left out: {count} ({km} km)",
    ),
    "private": Words(
        "立ち入れない道 {count}本（{km}km）は使っていない",
        "private streets left out: {count} ({km} km)",
    ),
    "no_foot": Words(
        "歩けない道 {count}本（{km}km）は使っていない",
        "streets closed to walkers left out: {count} ({km} km)",
    ),
}
