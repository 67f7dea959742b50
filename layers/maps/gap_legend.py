"""The legend of the places where people are left out (空白の凡例)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.maps.legend import join_items
from layers.maps.legend_parts import hatched
from layers.maps.palette import VERMILION

if TYPE_CHECKING:
    from geo.base.words import Lang

GAP_ITEM: Final = (
    Words("届かない人の住む所（番号は表の順）", "people out of reach live here (number: row)"),
    hatched(VERMILION, "16l16 -16"),
    28,
)


def gap_legend(lang: Lang) -> str:
    """Return the legend of the places as HTML (空白の凡例)."""
    return join_items((GAP_ITEM, (Words("通いの場", "salons"), "salon", 22)), lang)
