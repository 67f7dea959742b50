"""Places where people are left out, in sentences: where, how many, why (空白の文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.analysis.gap_figures import BESIDE_M
from geo.base.words import Words, count_in_english
from geo.say.gap_why import say_place, say_why_first, say_why_here
from geo.say.sentence import say_salon, say_walk
from geo.say.siting import REACH_IS_NOT_GOING
from geo.say.straight import FLATTERS, by_foot, say_flattered
from geo.tables.tables import each_row, people_words

if TYPE_CHECKING:
    from geo.analysis.gap_areas import AreaGaps
    from geo.analysis.gaps import Gaps
    from geo.coverage.question import Question

SAID_FIRST: Final = 9
_NAMED: Final = 5
PLACES: Final = Words(
    "届かない人の住む125m四方のますを、同じ地区のなかでとなり合うかぎり、一つの所とした。"
    "一人は、どれか一つの所にだけ入る",
    "squares of 125 m where people out of reach live are one place as long as they touch within "
    "one area; nobody is in two places",
)
WAY: Final = Words(
    "「道すじ」は、その所の人がいちばん集まりやすい道から、いちばん近い通いの場までの行きの道を一つ見たもの。"
    "「ここに足すと」も、その道に置く",
    "“the way” is one way, there, to the nearest salon, from the street most people of the place can walk "
    "to; one more is put there, too",
)
STOPS: Final = Words(
    "停留所は、歩いて行けるかだけを見た（どの停留所どうしでも乗れるとみて、路線・時刻・予約は入れていない）",
    "of stops only the walk is looked at: one is taken to ride between any two (no lines, times or "
    "booking)",
)
# The same two where there are no streets.
MIDDLE: Final = Words(
    "「ここに足すと」は、その所のまん中あたりに置いたとき。道すじは、道のデータがないので見ていない",
    "one more is put about the middle of a place; the way is not looked at, as there are no streets",
)
STOPS_STRAIGHT: Final = Words(
    "停留所は、直線で範囲にあるかだけを見た（どの停留所どうしでも乗れるとみて、路線・時刻・予約は入れていない）",
    "of stops only the straight line is looked at: one is taken to ride between any two (no lines, "
    "times or booking)",
)
OFF: Final = Words(
    f"道につながらない人は、同じ地区の{BESIDE_M:.0f}m以内の所のとなりに書き、「届かない人」には入れていない",
    f"people off the network stand beside a place within {BESIDE_M:.0f} m in the same area, and are not "
    "among those out of reach",
)


def say_gaps(gaps: Gaps, question: Question, *, first: int | None = SAID_FIRST) -> list[Words]:
    """Return where people are left out: the worst place, how many in all, then place by place (空白を言う).

    Parameters
    ----------
    first
        How many places at most; None for all.
    """
    table = gaps.table
    rows = table if first is None else table.head(first)
    more = len(table) - len(rows)
    rest = [Words(f"ほかに {more}か所", count_in_english(more, "more place"))] if more else []
    return [
        *say_worst(gaps, question),
        *(say_gap(gaps, row, question) for row in each_row(rows)),
        *rest,
        *say_beside(gaps, question),
        *gaps_mean(gaps),
    ]


def say_worst(gaps: Gaps, question: Question) -> list[Words]:
    """Return where most people are left out and why, to be read aloud (いちばん多い所の文)."""
    who, walk, salon = people_words(question.people), say_walk(question), say_salon(question)
    total = f"{gaps.coverage.totals['outside']:,}"
    if gaps.table.empty:
        return [
            Words(
                f"{walk.ja}に{salon.ja}がない{who.ja}は、いません",
                f"nobody ({who.en}) is without {salon.en} {walk.en}",
            )
        ]
    (row,) = each_row(gaps.table.head(1))
    place, count = say_place(row), f"{row.people:,}"
    why = say_why_first(row, question)
    of_all = "人" if question.people == "all" else who.ja
    lines = [
        Words(
            f"{_who_cannot(question).ja}がいちばん多いのは、{place.ja}のあたりで、{of_all}が {count}人です",
            f"Most people {_who_cannot(question).en} live about {place.en}: {count} ({who.en})",
        ),
        Words("。".join(one.ja for one in why), "; ".join(one.en for one in why)),
        Words(
            f"{walk.ja}に{salon.ja}がない{who.ja}は、あわせて {total}人、{len(gaps.table)}か所に分かれます",
            f"{total} people ({who.en}) are without {salon.en} {walk.en}, "
            f"in {count_in_english(len(gaps.table), 'place')}",
        ),
        *say_flattered(question),
    ]
    return [one for one in lines if one.ja]


def _who_cannot(question: Question) -> Words:
    if question.straight:
        return Words("直線でも届かない人", "out of reach even in a straight line")
    return Words("歩いて通えない人", "who cannot walk to one")


def say_gap(gaps: Gaps, row: Any, question: Question) -> Words:  # noqa: ANN401 - a row of the table
    """Return one place: where, how many, why (一つの所の文)."""
    place, why = say_place(row), say_why_here(gaps, row, question)
    head = Words(
        f"{row.rank}. {place.ja}: 届かない人 {row.people:,}人",
        f"{row.rank}. {place.en}: {row.people:,} out of reach",
    )
    parts = [head, *_others(gaps, row, question), *why]
    return Words("。".join(one.ja for one in parts), "; ".join(one.en for one in parts))


def _others(gaps: Gaps, row: Any, question: Question) -> list[Words]:  # noqa: ANN401
    """Return the people of the other usual ages."""
    told = []
    for age in ("65", "75"):
        if age in gaps.ages and age != question.people:
            count, who = getattr(row, f"people_{age}"), people_words(age)
            told.append(Words(f"{who.ja}では {count:,}人", f"{count:,} {who.en}"))
    return told


def say_each_gap(gaps: Gaps, question: Question) -> dict[str, Words]:
    """Return each place in one sentence, by its id (所ごとの文)."""
    return {row.gap_id: say_gap(gaps, row, question) for row in each_row(gaps.table)}


def say_beside(gaps: Gaps, question: Question) -> list[Words]:
    """Return whom no place holds: off the network elsewhere, and those reached but seldom (ほかの人)."""
    lines = []
    if gaps.off_rest:
        lines.append(
            Words(
                f"どの所のとなりでもない、道につながらない人が {gaps.off_rest:,}人",
                f"{gaps.off_rest:,} are off the network beside no place",
            )
        )
    if gaps.seldom:
        who = people_words(question.people)
        lines.append(
            Words(
                f"届いている{who.ja}のうち {gaps.seldom:,}人は、週1回以上開くとわかっている通いの場には届かない",
                f"{gaps.seldom:,} of those within reach ({who.en}) have none known to meet every week",
            )
        )
    return lines


def gaps_mean(gaps: Gaps) -> list[Words]:
    """Return how places and figures are to be read, a line each (空白の読み方)."""
    if gaps.coverage.question.straight:
        return [
            FLATTERS, PLACES, MIDDLE, *([STOPS_STRAIGHT] if gaps.stops else []), REACH_IS_NOT_GOING,
        ]  # fmt: skip
    return [PLACES, WAY, *([STOPS] if gaps.stops else []), OFF, REACH_IS_NOT_GOING]


def say_target(areas: AreaGaps, question: Question) -> list[Words]:
    """Return how many areas meet the town's target, and which miss it most (目標の文)."""
    if areas.target is None:
        return []
    name, near, who = areas.division, areas.target.words, people_words(question.people)
    foot = by_foot(question, Words("徒歩", "on foot"))
    lines = [
        Words(
            f"「どの{name}にも{foot.ja}{near.ja}に1か所」は、{areas.judged}の{name}のうち {areas.meets}で、"
            f"{'' if question.straight else '道につながる'}{who.ja}の全員に届いています",
            f"“one within {near.en} {foot.en} in every {name}”: {areas.meets} of {areas.judged} meet it for "
            f"everybody ({who.en}){'' if question.straight else ' on the network'}",
        )
    ]
    missed = areas.table[areas.table["state"] == "misses"]
    if not missed.empty:
        missed = missed.sort_values(["missing", "area_id"], ascending=[False, True], kind="stable")
        named = [(str(row.area_name), int(row.missing)) for row in each_row(missed.head(_NAMED))]
        more = len(missed) > _NAMED
        ja = "、".join(f"{one} {count:,}人" for one, count in named) + ("など" if more else "")
        en = ", ".join(f"{one} {count:,}" for one, count in named) + (" …" if more else "")
        lines.append(
            Words(
                f"届かない人がいる{name}は {len(missed)}、あわせて {areas.missing:,}人（{ja}）",
                f"{len(missed)} have people without, {areas.missing:,} in all ({en})",
            )
        )
    silent = len(areas.table) - areas.judged
    if silent:
        lines.append(
            Words(
                f"人の住まない、または人口の分からない{name} {silent}は、数えていない",
                f"{silent} where nobody lives or nobody told who does are not counted",
            )
        )
    return [*lines, *say_flattered(question)]
