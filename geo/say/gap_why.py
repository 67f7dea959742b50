"""One place where people are left out: what it is called, and what keeps them (空白の一つの所の文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.base.brackets import in_brackets
from geo.base.words import Words
from geo.say.near import say_minutes_walked
from geo.say.sentence import say_lacking
from geo.say.straight import by_foot

if TYPE_CHECKING:
    from geo.analysis.gaps import Gaps
    from geo.coverage.question import Question

# So near a landmark is "by it"; farther, the way to it is told.
_NEAR_M: Final = 250.0
_FAR_M: Final = 400.0
_ROUND_M: Final = 10
_RISE_M: Final = 3.0  # about a storey
STEEP: Final = 0.04  # what the map calls a gentle slope begins here
SEATLESS_M: Final = 200.0  # the least that elders are said to walk without reluctance
CAUSE_WORDS: Final = {
    "why_no_rest": Words("{lacking}届く人", "within reach {lacking}"),
    "why_slope": Words("坂や階段がなければ届く人", "within reach but for slopes or steps"),
    "why_not_open": Words(
        "いまは数えない通いの場が開けば届く人", "if salons not counted now were open"
    ),
    "why_together": Words(
        "これらの二つ以上がそろえば届く人", "if two or more of these came together"
    ),
}


def say_place(row: Any) -> Words:  # noqa: ANN401 - a row of the table
    """Return a place as a neighbour would name it (所の呼び名)."""
    area = str(row.area_name)
    by = [Words(str(row.street), str(row.street))] if row.street else []
    near = _say_near(row)
    ja = "・".join([*(one.ja for one in by), *([near.ja] if near else [])])
    en = ", ".join([*(one.en for one in by), *([near.en] if near else [])])
    if not area:
        return Words(ja or "地区の外", en or "outside the areas")
    return Words(f"{area}（{ja}）" if ja else area, f"{area} ({en})" if en else area)


def _say_near(row: Any) -> Words | None:  # noqa: ANN401 - a row of the table
    name = str(row.near).strip()
    if not name or not np.isfinite(row.near_m) or row.near_m > _FAR_M:
        return None
    stop = row.near_kind == "bus_stop"
    called = Words(f"停留所「{name}」" if stop else name, f"the stop {name}" if stop else name)
    if row.near_m <= _NEAR_M:
        return Words(f"{called.ja}の近く", f"near {called.en}")
    far = f"{max(_ROUND_M, round(row.near_m / _ROUND_M) * _ROUND_M):,.0f}"
    return Words(f"{called.ja}から{far}m", f"{far} m from {called.en}")


def say_why_here(gaps: Gaps, row: Any, question: Question) -> list[Words]:  # noqa: ANN401
    """Return what keeps the people of one place out of reach, a sentence each (その所のわけ)."""
    return [*say_why_first(row, question), *_more(gaps, row, question)]


def say_why_first(row: Any, question: Question) -> list[Words]:  # noqa: ANN401 - a row of the table
    """Return how far it is, what is on the way, and whom one thing put right would bring (おもなわけ)."""
    return [*_walk(row, question), *say_way(row), *_causes(row, question)]


def _walk(row: Any, question: Question) -> list[Words]:  # noqa: ANN401 - a row of the table
    foot = by_foot(question, Words("歩いて", "")).ja
    line = " in a straight line" if question.straight else ""
    parts = []
    if np.isfinite(row.minutes_half):
        half, least, most = (
            say_minutes_walked(one)
            for one in (row.minutes_half, row.minutes_least, row.minutes_most)
        )
        span = (
            Words("", "")
            if least == most
            else Words(f"（{least}〜{most}分）", f" ({least}–{most})")
        )
        which = (
            Words("個人の家でひらくものを除いて、いちばん近い", "the nearest that is nobody's home")
            if row.to_home
            else Words("いちばん近い", "the nearest")
        )
        named = in_brackets(Words(str(row.nearest_name), str(row.nearest_name)))
        parts.append(
            Words(
                f"{which.ja}通いの場{named.ja}まで、半分の人が{foot}{half}分以内{span.ja}",
                f"{which.en}{named.en} is within {half} min{line} for half of them{span.en}",
            )
        )
    if row.no_way:
        parts.append(
            Words(
                f"歩いて行く道のない人が {row.no_way:,}人",
                f"{row.no_way:,} have no way on foot",
            )
        )
    return parts


def say_way(row: Any) -> list[Words]:  # noqa: ANN401 - a row of the table
    """Return what one meets on the way to the nearest, nothing where it is easy (道すじの文)."""
    if not np.isfinite(row.way_m):
        return []
    ja, en = [], []
    if row.way_steps:
        ja.append(f"階段が{row.way_steps}か所")
        en.append(f"{row.way_steps} flight{'s' if row.way_steps > 1 else ''} of steps")
    if np.isfinite(row.way_rise_m) and row.way_rise_m >= _RISE_M:
        rise = f"{row.way_rise_m:,.0f}"
        ja.append(f"上りが{rise}m")
        en.append(f"{rise} m up")
    if np.isfinite(row.way_steepest) and row.way_steepest >= STEEP:
        grade = f"{row.way_steepest:.0%}"
        ja.append(f"{grade.replace('%', '％')}の坂")
        en.append(f"a slope of {grade}")
    if row.way_seatless_m > SEATLESS_M:
        far = f"{row.way_seatless_m:,.0f}"
        ja.append(f"座れる所の分かっていない区間が{far}m")
        en.append(f"{far} m without a known seat")
    if not ja:
        return []
    metres = f"{row.way_m:,.0f}"
    return [
        Words(
            f"道すじ（道のり{metres}m）に、{'・'.join(ja)}",
            f"on the way ({metres} m): {', '.join(en)}",
        )
    ]


def _causes(row: Any, question: Question) -> list[Words]:  # noqa: ANN401 - a row of the table
    lacking = say_lacking(seat=question.rest_m is not None, toilet=question.toilet_m is not None)
    said = Words("休む所があれば", "with rests") if lacking is None else lacking
    told = []
    for column, words in CAUSE_WORDS.items():
        count = int(getattr(row, column))
        if count and column == "why_not_open" and row.opened_name:
            told.append(_say_opened(str(row.opened_name), count))
        elif count:
            told.append(
                Words(
                    f"{words.ja.format(lacking=said.ja)}が {count:,}人",
                    f"{count:,} {words.en.format(lacking=said.en)}",
                )
            )
    return told


def _say_opened(name: str, count: int) -> Words:
    named = in_brackets(Words(name, name))
    return Words(
        f"いまは数えない通いの場{named.ja}が開けば届く人が {count:,}人",
        f"{count:,} if a salon not counted now{named.en} were open",
    )


def _more(gaps: Gaps, row: Any, question: Question) -> list[Words]:  # noqa: ANN401
    told = []
    if row.unknown:
        told.append(
            Words(
                f"数えるか分からない通いの場も数えれば届く人が {row.unknown:,}人",
                f"{row.unknown:,} if salons counted of which it is not known",
            )
        )
    if gaps.often and row.open_any:
        weekly = f"（うち週1回以上は {row.open_weekly:,}人）"
        told.append(
            Words(
                f"ほかの曜日や回数なら届く人が {row.open_any:,}人{weekly}",
                f"{row.open_any:,} have one on other days ({row.open_weekly:,} every week)",
            )
        )
    if question.straight and gaps.stops:
        return [*told, *_stops_straight(row)]
    if row.stop_near:
        ride = f"（別の停留所から通いの場へ歩ける人は {row.stop_can_come:,}人）"
        told.append(
            Words(
                f"停留所まで歩ける人が {row.stop_near:,}人{ride}",
                f"{row.stop_near:,} can walk to a stop ({row.stop_can_come:,} from another to a salon)",
            )
        )
    elif gaps.stops:
        told.append(Words("歩いて行ける停留所もない", "no stop within range, either"))
    if row.off_network:
        told.append(
            Words(
                f"ほかに、道につながらない人が {row.off_network:,}人",
                f"beside them, {row.off_network:,} off the network",
            )
        )
    return told


def _stops_straight(row: Any) -> list[Words]:  # noqa: ANN401 - a row of the table
    """Return the same of stops in straight lines; nobody is off the network."""
    if not row.stop_near:
        return [Words("直線で範囲にある停留所もない", "no stop within range, either")]
    return [
        Words(
            f"停留所が直線で範囲にある人が {row.stop_near:,}人"
            f"（別の停留所から通いの場が範囲にある人は {row.stop_can_come:,}人）",
            f"{row.stop_near:,} have a stop in range ({row.stop_can_come:,} a salon from another)",
        )
    ]
