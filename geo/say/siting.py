"""One more 通いの場 in sentences: why this place (一つ増やすなら、の文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words, count_in_english
from geo.say.near import say_minutes_walked
from geo.say.sentence import say_salon, say_share, say_walk
from geo.say.straight import FLATTERS, by_foot
from geo.tables.tables import each_row, people_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.siting import Gains
    from geo.coverage.question import Question

SAID_FIRST: Final = 10
ALONE: Final = Words(
    "どれも1か所だけ増やしたときの人数。2か所増やしたときは、足し算にならない（同じ人が両方に入ることがある）",
    "each with one place alone: the gains of two do not add up, as the same people may be in both",
)
LOW_HIGH: Final = Words(
    "〜の左と右は、分からない所（座れるか、見て歩いていない道、高さのない道）を悪くみたとき・よくみたときも"
    "ふくめた、少ない方と多い方",
    "low and high are the least and the most with what is not known (seats, streets nobody looked "
    "at, heights) taken as bad, as known and as good",
)
# Said wherever such a figure is read aloud.
REACH_IS_NOT_GOING: Final = Words(
    "届くことと、通うことは同じではありません", "being within reach is not the same as going"
)
_TINY_MIN: Final = 0.5
_UNNAMED: Final = Words("名前のない所", "an unnamed place")


def say_gains(
    gains: Gains,
    question: Question,
    kinds: Mapping[str, Words],
    *,
    first: int | None = SAID_FIRST,
    written: bool = False,
) -> list[Words]:
    """Return what one more 通いの場 would bring, the best first, and that gains do not add up (一つ増やすなら).

    Parameters
    ----------
    kinds
        What each kind of candidate is called.
    first
        How many candidates at most; None for all.
    written
        Whether all of them are in a file beside.
    """
    who, walk, salon = people_words(question.people), say_walk(question), say_salon(question)
    table = gains.table
    head = Words(
        f"1か所増やしたとき、{walk.ja}に{salon.ja}があるようになる{who.ja}（候補 {len(table)}か所、ふえる人の多い順）",
        f"People ({who.en}) who would come to have {salon.en} {walk.en} with one place more "
        f"({count_in_english(len(table), 'candidate')}, the largest gain first)",
    )
    rows = table if first is None else table.head(first)
    more = len(table) - len(rows)
    there = (
        Words("（書き出したファイルに全部ある）", ", all in the file") if written else Words("", "")
    )
    rest = [Words(f"ほかに {more}か所{there.ja}", f"{more} more{there.en}")] if more else []
    return [
        head,
        *(say_gain(gains, row, question, kinds) for row in each_row(rows)),
        *rest,
        *siting_means(gains),
    ]


def siting_means(gains: Gains) -> list[Words]:
    """Return how the figures of candidates are to be read, a line each (人数の読み方)."""
    if gains.before.question.straight:
        return [FLATTERS, ALONE, REACH_IS_NOT_GOING]
    return [ALONE, *([LOW_HIGH] if gains.unsure else []), say_seats(gains), REACH_IS_NOT_GOING]


def say_beyond(gains: Gains) -> Words | None:
    """Return that no candidate brings anybody of the area of most people out of reach (候補のない空白).

    None where one does. The best of the candidates may be far from where it is needed most.
    """
    areas = gains.before.areas
    worst = areas.sort_values(["outside", "area_id"], ascending=[False, True], kind="stable").head(
        1
    )
    for row in each_row(worst[worst["outside"] > 0]):
        brought = gains.areas[gains.areas["area_id"] == row.area_id]["gained"].sum()
        if not brought:
            where = f"{row.area_name}（{row.outside:,}人）", f"{row.area_name} ({row.outside:,})"
            return Words(
                f"届かない人のいちばん多い地区は {where[0]}ですが、そこの人に届く候補はありません",
                f"most people out of reach live in {where[1]}, and no candidate brings any of them",
            )
    return None


def say_each(gains: Gains, question: Question, kinds: Mapping[str, Words]) -> dict[str, Words]:
    """Return why each candidate, in one sentence, by its id (候補ごとのわけ)."""
    rows = each_row(gains.table)
    return {row.candidate_id: say_gain(gains, row, question, kinds) for row in rows}


def say_seats(gains: Gains) -> Words:
    """Return what is meant by a walk on which one can sit (途中で座れる、とは)."""
    every = f"{gains.seat_every_m:,.0f}"
    return Words(
        f"「途中で座れる」は、分かっている座れる所だけで、{every}m歩くまでに次の座れる所がある道があること",
        f"“can sit on the way” means a walk with a known seat at least every {every} m",
    )


def say_gain(
    gains: Gains,
    row: Any,  # noqa: ANN401 - a row of the table
    question: Question,
    kinds: Mapping[str, Words],
) -> Words:
    """Return why this candidate, in one sentence (この候補のわけ)."""
    kind = kinds.get(row.kind, Words("候補", "candidate"))
    head = (
        Words(f"{row.rank}. {row.name}（{kind.ja}）", f"{row.rank}. {row.name} ({kind.en})")
        if row.name.strip()
        else Words(f"{row.rank}. 名前のない{kind.ja}", f"{row.rank}. unnamed {kind.en}")
    )
    parts = [one for one in (*_say_people(gains, row, question), *_say_place(row)) if one.ja]
    return Words(
        f"{head.ja}: {'。'.join(one.ja for one in parts)}",
        f"{head.en}: {'; '.join(one.en for one in parts)}",
    )


def _say_people(gains: Gains, row: Any, question: Question) -> list[Words]:  # noqa: ANN401
    if not row.on_network:
        far = f"{row.off_m:,.0f}"
        return [
            Words(
                f"道につながらない（いちばん近い道まで{far}m）ので、数えられない",
                f"off the network ({far} m from the nearest street), so nobody can be counted",
            )
        ]
    gained = Words(f"＋{row.gained:,}人", f"+{row.gained:,} people")
    if gains.unsure:
        span = f"{row.gained_low:,}〜{row.gained_high:,}"
        gained = Words(f"{gained.ja}（{span}人）", f"{gained.en} ({span.replace('〜', '–')})")
    if not row.gained:
        none = Words("新しく届く人はいない", "nobody comes newly within reach")
        return [none] if not gains.unsure else [none, Words(gained.ja, gained.en)]
    parts = [gained]
    for age in ("65", "75"):
        if age in gains.ages and age != question.people:
            count, who = getattr(row, f"gained_{age}"), people_words(age)
            parts.append(Words(f"{who.ja}では {count:,}人", f"{count:,} of them {who.en}"))
    half, foot = say_minutes_walked(row.minutes_half), by_foot(question, Words("歩いて", "")).ja
    line = " in a straight line" if question.straight else ""
    where = f"{row.area_gained:,}"
    most = (
        Words(
            f"いちばん多いのは{row.area_name}の {where}人で、",
            f"most of them, {where}, live in {row.area_name}; ",
        )
        if row.area_name
        else Words("", "")
    )
    parts += [
        Words(
            f"{most.ja}ふえる人の半分は{foot}{half}分以内",
            f"{most.en}half of all walk at most {half} min{line}",
        ),
        *([] if question.straight else [_say_seated(row)]),
    ]
    return parts


def _say_seated(row: Any) -> Words:  # noqa: ANN401 - a row of the table
    share = row.seated / row.gained
    ja, en = say_share(share, "ja"), say_share(share, "en")
    return Words(
        f"途中で座れるのは {row.seated:,}人（{ja}）",
        f"{row.seated:,} ({en}) can sit on the way",
    )


def _say_place(row: Any) -> list[Words]:  # noqa: ANN401 - a row of the table
    parts = []
    if row.on_network and row.off_minutes >= _TINY_MIN:
        off, minutes = f"{row.off_m:,.0f}", say_minutes_walked(row.off_minutes)
        parts.append(
            Words(
                f"道から {off}m（歩いて{minutes}分）はなれている",
                f"{off} m ({minutes} min) off the street",
            )
        )
    if row.beside:
        ja = "」「".join(one.strip() or _UNNAMED.ja for one in row.beside)
        en = ", ".join(one.strip() or _UNNAMED.en for one in row.beside)
        parts.append(Words(f"候補「{ja}」と同じ所", f"at one place with {en}"))
    if getattr(row, "note", None):
        parts.append(row.note)
    return parts
