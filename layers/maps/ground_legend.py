"""Legends of borders, streets and outings, drawn with the layers' own styles (道と境の凡例)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.maps.ground_layers import (
    LOOKED_STYLES,
    SEAT_STYLES,
    SLOPE_STYLES,
    TRACK_STYLES,
    WALK_STYLES,
    LineStyle,
)
from layers.maps.legend import REACHED_LINE, say_streets
from layers.maps.legend_parts import join_legend, legend_item
from layers.maps.palette import CARD, EDGE, INK
from layers.maps.popup import entity
from layers.maps.slope_classes import SLOPE_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geo.base.words import Lang
    from layers.asked import Asked

_WIDTH: Final = 34
_LOOKED_WORDS: Final = {
    "year": Words("1年のうちに見て歩いた道", "looked at within a year"),
    "older": Words("1年より前に見た道", "looked at longer ago"),
    "never": Words("まだだれも見ていない道", "nobody has looked yet"),
}
_WALK_WORDS: Final = {
    "planned": Words("これから歩く線（日づけつき）", "a walk planned (with its day)"),
    "walked": Words("歩いた踏査の線（日づけつき）", "a walk that was made (with its day)"),
}
_TRACK_WORDS: Final = {
    "track": Words("端末が残した歩いた跡（日づけつき）", "track a device recorded (with its day)")
}
_FINE: Final = f"<path d='M0 8h28' stroke='{EDGE}' stroke-width='1.4' stroke-dasharray='4 4'/>"
_STRONG: Final = (
    f"<path d='M0 8h28' stroke='{INK}' stroke-width='2.6' stroke-dasharray='10 5 2 5'/>"
)


def border_legend(lang: Lang, divisions: Mapping[str, bool]) -> str:
    """Return the legend of borders, by the divisions' own names (境の凡例).

    Parameters
    ----------
    divisions
        Whether each is a tiered one, whose borders are strong.
    """
    items = []
    for name, tiered in divisions.items():
        said = entity(name)
        words = Words(f"{said}の境", f"borders: {said}")
        items.append(legend_item(words.say(lang), _STRONG if tiered else _FINE, 28))
    return join_legend(items)


def reach_legend(lang: Lang, *, asked: Asked) -> str:
    """Return the legend of streets within reach alone (届く道の凡例)."""
    return join_legend([legend_item(say_streets(asked).say(lang), REACHED_LINE, 28)])


def slope_legend(lang: Lang) -> str:
    """Return the legend of steepness: wider is harder (坂の凡例)."""
    return _of_lines(SLOPE_STYLES, SLOPE_WORDS, list(SLOPE_WORDS), lang)


def seatless_legend(lang: Lang, metres: int) -> str:
    """Return the legend of streets without a seat within some metres on foot (座れる所の凡例)."""
    words = {
        "none": Words(
            f"歩いて{metres}mの中に座れる所がない（見て歩いた道）",
            f"no seat within {metres} m on foot (street looked at)",
        ),
        "unknown": Words(
            "知られた座れる所はないが、まだ見ていない（分からない）",
            "no seat is known, but nobody has looked (not known)",
        ),
    }
    return _of_lines(SEAT_STYLES, words, list(words), lang) + _note(
        Words(
            "数えるもの: ベンチ、通いの場、トイレと、座れると分かっている公園・店・停留所など。"
            "こわれて使えないもの、閉まった所は数えない。",
            "Counted: benches, salons, toilets, and parks, shops and stops known to have a seat; "
            "not what is broken or closed.",
        ).say(lang)
    )


def looked_legend(lang: Lang) -> str:
    """Return the legend of when streets were looked at (見て歩いた道の凡例)."""
    return _of_lines(LOOKED_STYLES, _LOOKED_WORDS, list(_LOOKED_WORDS), lang)


def walk_legend(lang: Lang, states: Collection[str]) -> str:
    """Return the legend of the ways of walks, of the states there are (踏査の線の凡例)."""
    return _of_lines(WALK_STYLES, _WALK_WORDS, states, lang)


def track_legend(lang: Lang) -> str:
    """Return the legend of tracks (歩いた跡の凡例)."""
    return _of_lines(TRACK_STYLES, _TRACK_WORDS, list(_TRACK_WORDS), lang)


def _of_lines(
    styles: Mapping[str, LineStyle], words: Mapping[str, Words], ids: Collection[str], lang: Lang
) -> str:
    items = [(said, styles[id_]) for id_, said in words.items() if id_ in ids]
    return join_legend([legend_item(said.say(lang), _art(style), _WIDTH) for said, style in items])


def _art(style: LineStyle) -> str:
    dash = f" stroke-dasharray='{style.dash}'" if style.dash else ""
    path = f"<path d='M3 8h{_WIDTH - 6}' fill='none' stroke-linecap='{style.cap}'"
    halo = (
        f"{path} stroke='{CARD}' stroke-width='{style.weight + 2 * style.halo}'/>"
        if style.halo
        else ""
    )
    return f"{halo}{path} stroke='{style.color}' stroke-width='{style.weight}'{dash}/>"


def _note(text: str) -> str:
    return f"<p class='kz-note'>{text}</p>"
