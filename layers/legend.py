"""Legends in words, and the pages' style (凡例)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.words import Words
from layers.icons import icon_data_uri, svg_data_uri
from layers.palette import (
    CARD,
    CASING,
    INDIGO,
    INDIGO_DEEP,
    INK,
    INK2,
    NO_DATA,
    NO_DATA_DOT,
    NOT_REACHED,
    SHARES,
    VERMILION,
)
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.words import Lang

STYLE_CSS: Final = (Path(__file__).parent / "assets" / "src" / "streamlit.css").read_text(
    encoding="utf-8"
)


def coverage_legend(lang: Lang, *, streets: bool = True) -> str:
    """Return the coverage map's legend as HTML (徒歩圏カバーの凡例)."""
    boxes = "".join(
        f"<rect x='{i * 20}' width='20' height='16' fill='{colour}' stroke='{CASING}'/>"
        for i, colour in enumerate(SHARES)
    )
    gap = (
        f"<rect width='28' height='16' fill='{VERMILION}' fill-opacity='.13' stroke='{VERMILION}' stroke-width='1.6'/>"
        + "".join(
            f"<path d='M{x} 16l16 -16' stroke='{VERMILION}' stroke-width='2.2'/>"
            for x in (-8, 2, 12, 22)
        )
    )
    dots = "".join(
        f"<circle cx='{x}' cy='{y}' r='1.2' fill='{NO_DATA_DOT}'/>"
        for x in (4, 12, 20)
        for y in (4, 12)
    )
    dots = f"<rect width='28' height='16' fill='{NO_DATA}' stroke='{CASING}'/>{dots}"
    items = [
        (Words("届く人の割合 0％", "share within reach 0 %"), "", 0),
        (Words("100％", "100 %"), boxes, 100),
        (
            Words(
                "届かない人が多い区域（番号は表の順）",
                "most people out of reach (number: row of the table)",
            ),
            gap,
            28,
        ),
        (Words("データなし", "no data"), dots, 28),
        (Words("通いの場", "salons"), "salon", 22),
    ]
    if streets:
        line = f"<path d='M0 8h28' stroke='{INDIGO_DEEP}' stroke-width='3'/>"
        rest = f"<path d='M0 8h28' stroke='{NOT_REACHED}' stroke-width='1.4'/>"
        items.insert(3, (Words("届く道", "street within reach"), line, 28))
        items.insert(4, (Words("届かない道", "other street"), rest, 28))
    return _legend([_item(words.say(lang), art, width) for words, art, width in items])


def people_legend(lang: Lang) -> str:
    """Return the legend of homes and squares (住む所の凡例)."""
    inside = f"<circle cx='8' cy='8' r='5' fill='{INDIGO}'/>"
    outside = f"<path d='M8 1l7 7-7 7-7-7z' fill='{VERMILION}'/>"
    off = f"<circle cx='8' cy='8' r='5' fill='{CARD}' stroke='{INK2}' stroke-width='1.8' stroke-dasharray='2 2'/>"
    return _legend(
        [
            _item(Words("住む所: 届く", "home: within reach").say(lang), inside, 16),
            _item(Words("届かない", "out of reach").say(lang), outside, 16),
            _item(Words("道につながらない", "off the network").say(lang), off, 16),
            _item(
                Words(
                    "広く見るときは250mのます目（割合）", "seen from afar: 250 m squares (share)"
                ).say(lang),
                f"<rect width='16' height='16' fill='{SHARES[3]}'/>",
                16,
            ),
        ]
    )


def places_legend(kinds: Iterable[str], lang: Lang) -> str:
    """Return the legend of sites by kind and of the outlines (地点の凡例)."""
    items = [_item(RECORD_TYPES[kind].words.say(lang), kind, 24) for kind in kinds]
    fine = f"<path d='M0 8h28' stroke='{NOT_REACHED}' stroke-width='1.6' stroke-dasharray='4 4'/>"
    strong = f"<path d='M0 8h28' stroke='{INK}' stroke-width='2.6' stroke-dasharray='10 5 2 5'/>"
    items.append(_item(Words("区域の境", "area border").say(lang), fine, 28))
    items.append(_item(Words("層のある圏域の境", "border of a tiered area").say(lang), strong, 28))
    ringed = f"<img alt='' width='26' height='26' src='{icon_data_uri('salon', 26, ring=True)}'>"
    text = Words("点線の輪: 道につながらない", "dashed ring: off the network").say(lang)
    items.append(f"<span>{ringed}{text}</span>")
    return _legend(items)


def register_legend(
    kinds: Iterable[str], lang: Lang, *, crowded: bool = False, picked: bool = False
) -> str:
    """Return the legend of the register's signs: kinds, hollow ones, counts (台帳のしるしの凡例).

    Parameters
    ----------
    crowded
        Whether near sites may share a sign with their count.
    picked
        Whether one sign is drawn larger than the others.
    """
    shown = list(kinds)
    items = [_item(RECORD_TYPES[kind].words.say(lang), kind, 24) for kind in shown]
    hollow = icon_data_uri(shown[0] if shown else "park", 24, hollow=True)
    due = Words(
        "白ぬき: 確認の時期（まだ見ていない、または見てから日がたった）",
        "hollow: to be confirmed (never seen, or long ago)",
    )
    items.append(f"<span><img alt='' width='24' height='24' src='{hollow}'>{due.say(lang)}</span>")
    if crowded:
        plate = (
            f"<rect x='1' y='1' width='26' height='14' rx='7' fill='{INK}'/>"
            f"<text x='14' y='12' font-size='11' text-anchor='middle' fill='{CARD}'>12</text>"
        )
        together = Words(
            "数字: 近くの地点をまとめた数（大きくすると分かれる）",
            "number: near sites drawn as one (zoom in to part them)",
        )
        items.append(_item(together.say(lang), plate, 28))
    if picked:
        items.append(
            f"<span>{Words('大きいしるし: この地点', 'larger: this site').say(lang)}</span>"
        )
    return _legend(items)


def _item(text: str, art: str, width: int) -> str:
    if art in RECORD_TYPES:
        picture = f"<img alt='' width='{width}' height='{width}' src='{icon_data_uri(art, width)}'>"
    elif art:
        svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='16'>{art}</svg>"
        picture = f"<img alt='' width='{width}' height='16' src='{svg_data_uri(svg)}'>"
    else:
        picture = ""
    return f"<span>{picture}{text}</span>"


def _legend(items: list[str]) -> str:
    return f"<div class='kz-legend'>{''.join(items)}</div>"
