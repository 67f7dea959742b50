"""Sentences a council can read aloud (読み上げる文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.measures import MEASURES
from geo.tables.tables import PLACED_BY, PLACED_BY_WORDS, each_row, people_words

if TYPE_CHECKING:
    from geo.analysis.comparing import Comparison
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.tables.tables import PlacedBy
    from geo.town import Town

_NAMED = 5
ONE_POINT_WORDS: Final = Words(
    "町（丁目など）ごとの1点に、全員が住むとした。町の中の遠い近いは分からない",
    "everybody of a neighbourhood taken to live at its one point; near and far within it not known",
)
NO_STREETS: Final = Words(
    "道のデータが足りないので、数字を使えない地区",
    "areas whose figures cannot be used, as their streets are not in the data",
)
_SEATS: Final = Words("座れる所", "seats")
_TOILETS: Final = Words("トイレ", "toilets")


def say_left_out(coverage: Coverage, town: Town | None = None) -> list[Words]:
    """Return what the figure leaves out or should be read with, a line each (数えていないもの).

    With `town` also the streets without a height, where slopes were counted.
    """
    left, totals = coverage.left_out, coverage.totals
    known = totals["within"] + totals["outside"]
    lines = [
        Words(f"割合は、{known:,}人のうちの割合です", f"the share is of {known:,} people")
        if coverage.question.straight
        else Words(
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
    if totals["no_rest"]:
        lines.append(_say_no_rest(coverage))
    if left["no_path"]:
        lines.append(
            Words(
                f"届かない人のうち、道がとぎれて通いの場まで行けない人: {left['no_path']:,}人",
                f"of those out of reach, people whom no street leads to any salon: {left['no_path']:,}",
            )
        )
    if left.get("not_placed"):
        who = people_words(coverage.question.people)
        lines.append(
            Words(
                f"地区と結びつかず、置けなかった人（{who.ja}）: {left['not_placed']:,}人",
                f"people ({who.en}) whose area was not found: {left['not_placed']:,}",
            )
        )
    if left["outside_division"]:
        lines.append(
            Words(
                f"どの地区にも入らない人: {left['outside_division']:,}人",
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
    if town is None:
        return lines
    return [
        *say_uncovered(coverage),
        *say_untold(coverage),
        *lines,
        *_say_heights(coverage.question, town),
    ]


def say_uncovered(coverage: Coverage) -> list[Words]:
    """Return which areas' figures say nothing, as their streets are not in the data (道のない地区)."""
    rows = coverage.areas
    if "no_streets" not in rows or not rows["no_streets"].any():
        return []
    lost = rows[rows["no_streets"]]
    names, people = "、".join(lost["area_name"].head(_NAMED)), int(lost["people"].sum())
    more = "など" if len(lost) > _NAMED else ""
    return [
        Words(
            f"{NO_STREETS.ja}: {names}{more}（{len(lost)}地区、{people:,}人）",
            f"{NO_STREETS.en}: {names} ({len(lost)} areas, {people:,} people)",
        )
    ]


def say_untold(coverage: Coverage) -> list[Words]:
    """Return of which areas nobody told how many live there (人口のない地区)."""
    rows = coverage.areas
    if "no_people" not in rows or not rows["no_people"].any():
        return []
    names = rows["area_name"][rows["no_people"]]
    more = "など" if len(names) > _NAMED else ""
    listed = "、".join(names.head(_NAMED))
    return [
        Words(
            f"人口のデータがない地区（0人ではありません）: {listed}{more}（{len(names)}地区）",
            f"areas without data of people (which does not mean nobody lives there): {listed} ({len(names)} areas)",
        )
    ]


def _say_no_rest(coverage: Coverage) -> Words:
    question, count = coverage.question, coverage.totals["no_rest"]
    lacking = [
        words
        for metres, words in ((question.rest_m, _SEATS), (question.toilet_m, _TOILETS))
        if metres is not None
    ]
    return Words(
        f"届かない人のうち、{'や'.join(one.ja for one in lacking)}がもっとあれば届く人: {count:,}人",
        f"of those out of reach, people whom more {' and '.join(one.en for one in lacking)} "
        f"would bring within reach: {count:,}",
    )


def _say_heights(question: Question, town: Town) -> list[Words]:
    if not question.heights or town.relief is None:
        return []
    share, span_m = town.relief.share_known(town.network), town.relief.span_m(town.network)
    lines = []
    if share < 1:
        km, rest = f"{(1 - share) * town.network.length_m / 1000:,.1f}", f"{1 - share:.1%}"
        lines.append(
            Words(
                f"高さの分からない道 {km}km（{rest.replace('%', '％')}）は、この街のふつうの坂"
                "（道の半分はこれよりゆるい）とみなした",
                f"streets without a height, {km} km ({rest}), are taken to be as steep as the "
                "middle of this town's streets",
            )
        )
    if span_m:
        lines.append(
            Words(
                f"橋とトンネル {span_m:,.0f}m は、両端の高さを直線で結んだ",
                f"bridges and tunnels, {span_m:,.0f} m, are drawn straight between their ends",
            )
        )
    return lines


def say_notes(coverage: Coverage) -> list[Words]:
    """Return what must be told beside figures, measures with one text in one line (但し書き)."""
    named: dict[Words, list[Words]] = {}
    for id_, words in coverage.notes.items():
        named.setdefault(words, []).append(MEASURES[id_].words)
    return [
        Words(
            f"{'・'.join(one.ja for one in names)}: {words.ja}",
            f"{', '.join(one.en for one in names)}: {words.en}",
        )
        for words, names in named.items()
    ]


def say_change(found: Comparison) -> list[Words]:
    """Return what a plan changes, all together first, then a line an area (検討案の前後)."""
    lines = [
        _say_shift(
            Words(str(row.area_name), str(row.area_name)),
            (row.within_before, row.within_after),
            (row.gained, row.lost),
        )
        for row in each_row(found.areas)
    ]
    totals = (found.before.totals["within"], found.after.totals["within"])
    return [_say_shift(Words("全体", "all"), totals, (found.gained, found.lost)), *lines]


def _say_shift(head: Words, within: tuple[int, int], moved: tuple[int, int]) -> Words:
    (before, after), (gained, lost) = within, moved
    same = before == after and not gained
    ja = "変わらない" if same else f"新しく届く{gained:,}人、届かなくなる{lost:,}人"
    en = "no change" if same else f"{gained:,} gained, {lost:,} lost"
    return Words(
        f"{head.ja}: {before:,}人 → {after:,}人（{ja}）",
        f"{head.en}: {before:,} to {after:,} ({en})",
    )


def say_people(town: Town) -> list[Words]:
    """Return how people were put in their places, and who has no age, a line each (人口の置き方)."""
    lines = []
    for by, people in town.cells.groupby("placed_by")["people_all"].sum().items():
        words = PLACED_BY_WORDS[_placed(by)]
        if by == "point" and town.facts.get("one_point_a_place"):
            words = ONE_POINT_WORDS
        lines.append(
            Words(
                f"住む所　{words.ja}（全年齢 {people:,}人）",
                f"Homes: {words.en} ({people:,} people of all ages)",
            )
        )
    unknown = int(town.cells["people_unknown"].sum())
    if unknown:
        lines.append(
            Words(
                f"年齢のわからない {unknown:,}人は、全年齢の数だけに入れた",
                f"{unknown:,} people of unknown age are in the figure of all ages alone",
            )
        )
    lost = town.facts.get("people_left_out", 0)
    if lost:
        lines.append(
            Words(
                f"地区と結びつかず、置けなかった人　全年齢 {lost:,}人",
                f"people of all ages whose area was not found: {lost:,}",
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
    if facts.get("rules") is None:
        lines.append(_OLD_RULES)
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


_OLD_RULES: Final = Words(
    "この街は、門や柵の通行と登山道の難しさを読む前につくられた。数字は前のまま。"
    "kayoi build --recipe で作り直すと読まれる",
    "this town was built before gates, fences and mountain paths were read, and answers as it did; "
    "build it again with kayoi build --recipe to have them read",
)
_STREETS = {
    "unknown_kind": Words(
        "種別のわからない道 {count}本（{km}km）は使っていない",
        "streets of unknown kind left out: {count} ({km} km)",
    ),
    "private": Words(
        "立ち入れない道 {count}本（{km}km）は使っていない",
        "private streets left out: {count} ({km} km)",
    ),
    "mountain": Words(
        "手を使う登山道や、道の見えない所 {count}本（{km}km）は使っていない",
        "mountain paths for hands, or hardly to be seen, left out: {count} ({km} km)",
    ),
    "no_foot": Words(
        "歩けない道 {count}本（{km}km）は使っていない",
        "streets closed to walkers left out: {count} ({km} km)",
    ),
}
