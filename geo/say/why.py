"""Why people are out of reach, a sentence an area (届かないわけの文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.base.words import Words
from geo.say.sentence import say_lacking
from geo.say.straight import FLATTERS, say_flattered
from geo.tables.tables import each_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.why import Waiting, Why
    from geo.coverage.question import Question

_UNNAMED: Final = Words("名前のない通いの場", "an unnamed salon")
WHY_TITLE: Final = Words("なぜ届かないか", "Why are they out of reach?")
SAID_FIRST: Final = 5
_ALL: Final = Words("全体", "all areas")
_NAMED: Final = 3
# How the people of each column are called; `say_why` fills in what is lacking.
WHY_WORDS: Final = {
    "why_no_rest": Words("{lacking}届く人", "within reach {lacking}"),
    "why_slope": Words("坂や階段がなければ届く人", "within reach but for slopes or steps"),
    "why_not_open": Words(
        "いまは数えない通いの場も数えれば届く人", "within reach if salons not counted now were"
    ),
    "why_together": Words(
        "これらの二つ以上がそろえば届く人", "within reach if two or more of these came together"
    ),
    "why_far": Words("範囲に通いの場がない人", "no salon within range"),
}


def say_why(why: Why, question: Question, *, first: int | None = SAID_FIRST) -> list[Words]:
    """Return what keeps people out of reach: all together, then the areas with most of them (わけを言う).

    Parameters
    ----------
    first
        How many areas at most, None for all with anybody out of reach.
    """
    rows = why.areas[why.areas["outside"] > 0]
    rows = rows.sort_values("outside", ascending=False, kind="stable").head(
        len(rows) if first is None else first
    )
    (total,) = each_row(why.totals)
    return [
        _say(total, _ALL, why.waiting[""], question),
        *(say_why_area(why, row, question) for row in each_row(rows)),
        *say_flattered(question),
    ]


def say_why_area(why: Why, row: Any, question: Question) -> Words:  # noqa: ANN401 - a row of the areas
    """Return what keeps the people of one area out of reach, the counts adding up (地区のわけ).

    Causes nobody has are left out.
    """
    name = Words(str(row.area_name), str(row.area_name))
    return _say(row, name, why.waiting[row.area_id], question)


def say_why_sentences(why: Why, row: Any, question: Question) -> tuple[Words, Words, Words]:  # noqa: ANN401 - a row of the areas
    """Return why the people of one area are out of reach, in three sentences (わけを三つの文で).

    How many they are; by what, the counts adding up to them; and what is nearest, or would do.

    Parameters
    ----------
    row
        A row of ``why.areas``.
    """
    told = _say_how_many(row, question), _say_causes(row, question), _say_next(why, row, question)
    if not question.straight:
        return told
    return (*told[:2], Words(f"{told[2].ja}{FLATTERS.ja}。", f"{told[2].en} {FLATTERS.en}."))


def _say_how_many(row: Any, question: Question) -> Words:  # noqa: ANN401 - a row of the areas
    foot = "直線で" if question.straight else "歩いて"
    ja = f"{row.area_name}には、{foot}届かない人が {row.outside:,}人います"
    en = f"{row.outside:,} people of {row.area_name} are out of reach"
    if int(row.off_network):
        ja += f"（ほかに、道につながらない人が {row.off_network:,}人）"
        en += f" ({row.off_network:,} more live off the network)"
    return Words(f"{ja}。", f"{en}.")


def _say_causes(row: Any, question: Question) -> Words:  # noqa: ANN401 - a row of the areas
    called = _causes(question)
    counts = {column: int(getattr(row, column)) for column in called}
    order = sorted((one for one in counts if counts[one]), key=lambda one: -counts[one])
    ja = "、".join(f"{called[one].ja}が {counts[one]:,}人" for one in order)
    en = ", ".join(f"{counts[one]:,} {called[one].en}" for one in order)
    return Words(f"わけを分けると、{ja}です。", f"By what keeps them: {en}.")


def _say_next(why: Why, row: Any, question: Question) -> Words:  # noqa: ANN401 - a row of the areas
    ja, en = [], []
    if row.nearest_name:
        far_ja = far_en = ""
        if np.isfinite(row.nearest_m):  # not told of a private home
            how = "直線" if question.straight else "道のり"
            far_ja = f"、そこまでの{how}は、半分の人が {row.nearest_m:,.0f}m以内"
            far_en = f", within {row.nearest_m:,.0f} m for half of them"
        ja.append(f"範囲にない人にいちばん近い通いの場は {row.nearest_name}で{far_ja}です。")
        en.append(f"The nearest to those without any in range is {row.nearest_name}{far_en}.")
    named = why.waiting[row.area_id][:_NAMED]
    if named:
        ja.append(
            "いま数えていない通いの場では、"
            + "、".join(f"{_called(one).ja}（{one.why.ja}）で {count:,}人" for one, count in named)
            + "に届きます。"
        )
        told = ", ".join(f"{_called(one).en} ({one.why.en}) {count:,}" for one, count in named)
        en.append(f"Of salons not counted now, these would reach: {told}.")
    if int(row.why_no_way):
        ja.append(f"歩いて行く道がない人が {row.why_no_way:,}人います。")
        en.append(f"{row.why_no_way:,} have no way on foot at all.")
    if not ja:
        ja = ["通いの場を足さなくても、道や休む所が変われば届きます。"]
        en = ["They need no new salon: another way, or a rest, would do."]
    return Words("".join(ja), " ".join(en))


def _causes(question: Question) -> dict[str, Words]:
    lacking = say_lacking(seat=question.rest_m is not None, toilet=question.toilet_m is not None)
    return {
        column: Words(
            words.ja.format(lacking=lacking.ja if lacking else ""),
            words.en.format(lacking=lacking.en if lacking else ""),
        )
        for column, words in WHY_WORDS.items()
    }


def _say(
    row: Any,  # noqa: ANN401 - a row of the areas
    name: Words,
    waiting: Sequence[tuple[Waiting, int]],
    question: Question,
) -> Words:
    ja, en = [], []
    for column, called in _causes(question).items():
        count = int(getattr(row, column))
        if not count:
            continue
        more = Words("", "")
        if column == "why_not_open":
            more = _say_waiting(waiting)
        elif column == "why_far":
            more = _say_nearest(row, question, one_area=name is not _ALL)
        ja.append(f"{called.ja} {count:,}人{more.ja}")
        en.append(f"{called.en} {count:,}{more.en}")
    off = Words("", "")
    if int(row.off_network):
        off = Words(
            f"。ほかに、道につながらない人 {row.off_network:,}人",
            f"; beside them, {row.off_network:,} off the network",
        )
    return Words(
        f"{name.ja}: 届かない人 {row.outside:,}人{_joined(ja, '。', '、')}{off.ja}",
        f"{name.en}: {row.outside:,} out of reach{_joined(en, ' – ', '; ')}{off.en}",
    )


def _joined(parts: Sequence[str], head: str, between: str) -> str:
    return head + between.join(parts) if parts else ""


def _called(one: Waiting) -> Words:
    return Words(one.name, one.name) if one.name.strip() else _UNNAMED


def _say_waiting(waiting: Sequence[tuple[Waiting, int]]) -> Words:
    """Return which 通いの場 would do, with the people for whom each is the nearest."""
    if not waiting:
        return Words("", "")
    named, left = waiting[:_NAMED], sum(count for _, count in waiting[_NAMED:])
    ja = [f"{_called(one).ja} {one.why.ja} {count:,}人" for one, count in named]
    en = [f"{_called(one).en}: {one.why.en}, {count:,}" for one, count in named]
    ja += [f"ほか {left:,}人"] if left else []
    en += [f"others, {left:,}"] if left else []
    return Words(f"（{'、'.join(ja)}）", f" ({'; '.join(en)})")


def _say_nearest(row: Any, question: Question, *, one_area: bool) -> Words:  # noqa: ANN401
    """Return the nearest 通いの場 of most of an area's, how far half of them have, and who has no way.

    Of all areas together none is the nearest.
    """
    ja, en = [], []
    if one_area and row.nearest_name:
        far_ja = far_en = ""
        if np.isfinite(row.nearest_m):  # not told of a private home
            how = "直線で" if question.straight else "道のり"
            far_ja = f"、半分の人が{how}{row.nearest_m:,.0f}m以内"
            far_en = f", half of them within {row.nearest_m:,.0f} m"
        ja.append(f"いちばん近いのは {row.nearest_name}{far_ja}")
        en.append(f"nearest: {row.nearest_name}{far_en}")
    if int(row.why_no_way):
        ja.append(f"歩いて行く道がない人 {row.why_no_way:,}人")
        en.append(f"no way on foot at all: {row.why_no_way:,}")
    return Words(f"（{'。'.join(ja)}）", f" ({'; '.join(en)})") if ja else Words("", "")
