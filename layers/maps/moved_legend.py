"""Legends of what changes and what might: two days, a plan, one more 通いの場 (増減と案の凡例)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.maps.legend import join_items
from layers.maps.legend_parts import hatched
from layers.maps.palette import INDIGO, VERMILION

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.base.words import Lang
    from layers.maps.icons import Badge
    from surveys.record.plan import Do

    Item = tuple[Words, str, int]

# The sign of what a plan changes, where it is not a 通いの場.
CHANGE_KINDS: Final[dict[Do, str]] = {
    "bench": "bench", "toilet": "toilet", "mend": "slope", "open": "slope", "stop": "bus_stop",
}  # fmt: skip
# What is drawn over the sign of a 通いの場 that would not be open any more.
CHANGE_BADGES: Final[dict[Do, Badge]] = {"pause": "paused", "close": "closed"}
_SHUT: Final[dict[Do, Item]] = {
    "pause": (Words("縦の2本線：休みにする所", "two bars: pauses"), "salon/paused", 22),
    "close": (Words("×：閉じる所", "×: closes"), "salon/closed", 22),
}
_AS_THEY_ARE: Final[Item] = (Words("いまの通いの場", "salons as they are"), "salon", 22)
_STOPS_NOW: Final[Item] = (Words("いまの停留所", "stops as they are"), "bus_stop", 22)
_LEFT_OUT: Final[Item] = (
    Words("いま届かない人の住む所", "people out of reach now live here"),
    hatched(VERMILION, "16l16 -16"),
    28,
)
_MOVED: Final[tuple[Item, ...]] = (
    (Words("新しく届く人が多い地区", "more people gained"), hatched(INDIGO, "0l16 16"), 28),
    (Words("届かなくなる人が多い地区", "more people lost"), hatched(VERMILION, "16l16 -16"), 28),
)


def change_items() -> tuple[Item, ...]:
    """Return what the map of two days shows: words, picture, its width (増減の凡例の中身)."""
    return (*_MOVED, (Words("通いの場（後の日）", "salons (the later day)"), "salon", 22))


def plan_items(*, stops: bool = False, does: Collection[Do] = ()) -> tuple[Item, ...]:
    """Return what a plan's map shows, for what it does (検討案の凡例の中身)."""
    number = (Words("番号：この案で変える所", "a number: what the plan changes"), "", 0)
    return (*_MOVED, _AS_THEY_ARE, number, *shut_items(does), *([_STOPS_NOW] if stops else []))


def shut_items(does: Collection[Do]) -> tuple[Item, ...]:
    """Return the signs of what pauses and what closes, of some changes (休みと閉じる所の凡例)."""
    return tuple(item for do, item in _SHUT.items() if do in does)


def siting_items() -> tuple[Item, ...]:
    """Return what the map of places for one more shows (増やせる所の凡例の中身)."""
    number = Words("番号：ふえる人の多い順の候補", "a number: places, the largest gain first")
    return (_AS_THEY_ARE, (number, "", 0))


def change_legend(lang: Lang) -> str:
    """Return the legend of what changed between two days (増減の凡例)."""
    return join_items(change_items(), lang)


def plan_legend(
    lang: Lang, *, stops: bool = False, does: Collection[Do] = (), counted: bool = True
) -> str:
    """Return the legend of a plan's map (検討案の凡例).

    Parameters
    ----------
    counted
        Whether who gains and loses is drawn; else who is left out now.
    """
    if counted:
        return join_items(plan_items(stops=stops, does=does), lang)
    stop = (_STOPS_NOW,) if stops else ()
    return join_items((_LEFT_OUT, _AS_THEY_ARE, *stop), lang)


def siting_legend(lang: Lang) -> str:
    """Return the legend of places one more 通いの場 could meet at (増やせる所の凡例)."""
    return join_items(siting_items(), lang)
