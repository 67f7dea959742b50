"""What an area's sheet is asked with beside the question: audience, size, what stands on it (シートの決め方)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from geo.base.dates import parse_past_day
from geo.base.problems import InputError
from geo.base.words import Words
from layers.areas.run import AUDIENCES

if TYPE_CHECKING:
    from layers.areas.run import Audience

Size = Literal["A4", "A3"]
# Width and height of the map.
MAP_MM: Final[dict[Size, tuple[float, float]]] = {"A4": (180.0, 110.0), "A3": (267.0, 230.0)}
SHOWN: Final[dict[str, Words]] = {
    "people": Words("年齢ごとの人数", "People by age"),
    "walkers": Words("歩く人ごとの割合", "Shares by walker"),
    "parts": Words("内訳と、いくつの地区か", "Parts, and of how many areas"),
    "why": Words("なぜ届かないか", "Why out of reach"),
    "salons": Words("通いの場の表", "Table of salons"),
    "things": Words("公園・停留所・買い物先・地域資源", "Parks, stops, shops, resources"),
    "concerns": Words("地域課題・気づき", "Concerns"),
    "unseen": Words("まだ見ていないもの", "What nobody looked at"),
    "memo": Words("話し合いのメモ", "Notes of the talk"),
}
"""What may be left out of a sheet."""


def read_audience(text: str) -> Audience:
    """Return for whom a sheet is made, the office unless said (だれに渡すか).

    Raises
    ------
    InputError
        It is neither.
    """
    for one in AUDIENCES:
        if text in ("", one):
            return one
    raise InputError(
        Words(f"渡す先「{text}」は分かりません。{', '.join(AUDIENCES)} のどちらかにしてください",
              f"{text!r} is no audience; choose {', '.join(AUDIENCES)}")
    )  # fmt: skip


def read_compare(text: str, today: str) -> str:
    """Return the day sheets are compared with, "" for none (くらべる日).

    Raises
    ------
    InputError
        It is no day, or not past.
    """
    return parse_past_day(text, today) if text else ""


def read_size(text: str) -> Size:
    """Return the paper's size, A4 unless said (紙の大きさ).

    Raises
    ------
    InputError
        There is none of that name.
    """
    for one in MAP_MM:
        if text in ("", one):
            return one
    raise InputError(
        Words(f"紙の大きさ「{text}」は使えません。{', '.join(MAP_MM)} のどちらかにしてください",
              f"{text!r} is no size of paper; choose {', '.join(MAP_MM)}")
    )  # fmt: skip


def read_shown(text: str) -> tuple[str, ...]:
    """Return what stands on a sheet, from the names of what does not, parted by commas (のせるもの).

    Raises
    ------
    InputError
        There is no part of a name.

    Examples
    --------
    >>> "memo" in read_shown("memo,why")
    False
    """
    without = [one for one in text.split(",") if one]
    if wrong := [one[:40] for one in without if one not in SHOWN]:
        raise InputError(
            Words(f"シートに「{wrong[0]}」という部分はありません。あるもの: {', '.join(SHOWN)}",
                  f"a sheet has no part {wrong[0]!r}; it has {', '.join(SHOWN)}")
        )  # fmt: skip
    return tuple(one for one in SHOWN if one not in without)
