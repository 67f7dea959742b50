"""Legends in words, and the pages' style (凡例)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.say.sentence import say_lacking
from layers.maps.icons import icon_data_uri
from layers.maps.legend_parts import hatched, join_legend, legend_item
from layers.maps.palette import (
    AMBER,
    CARD,
    CASING,
    CAUTION,
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

    from geo.base.words import Lang
    from layers.asked import Asked

STYLE_CSS: Final = (Path(__file__).parents[1] / "assets" / "src" / "streamlit.css").read_text(
    encoding="utf-8"
)

REACHED_LINE: Final = f"<path d='M0 8h28' stroke='{INDIGO_DEEP}' stroke-width='3'/>"
MAPPED_WORDS: Final = Words(
    "白ぬき・点線: 地図だけの所（記録なし）", "hollow, dashed: on the map alone"
)


def coverage_legend(
    lang: Lang,
    *,
    streets: bool = True,
    asked: Asked | None = None,
    signs: bool = True,
    ringed: bool = False,
    straight: bool = False,
) -> str:
    """Return the coverage map's legend as HTML (徒歩圏カバーの凡例).

    Parameters
    ----------
    ringed
        Whether a 通いの場 off the network is on the map, with a ring.
    asked
        Adds what a rule of rests or toilets shows, where the question has one.
    straight
        Whether what is drawn of reach is circles, for want of streets.
    signs
        Whether the rests and the best places for a bench are on the map too.
    """
    items = [*share_items(straight=straight), (Words("通いの場", "salons"), "salon", 22)]
    if streets and straight:
        items.insert(3, (_CIRCLE, REACHED_LINE, 28))
    elif streets:
        rest = f"<path d='M0 8h28' stroke='{NOT_REACHED}' stroke-width='1.4'/>"
        items.insert(3, (say_streets(asked), REACHED_LINE, 28))
        items.insert(
            4,
            (
                Words("ほかの道" if asked and asked.with_stops else "届かない道", "other street"),
                rest,
                28,
            ),
        )
    lacking = (
        None if asked is None else say_lacking(seat=bool(asked.rest), toilet=bool(asked.toilet))
    )
    if asked is not None and lacking is not None:
        items.insert(3, (_say_area(lacking), _REST_HATCH, 28))
        items += _rest_items(asked) if signs else []
    ring = [_ringed_item(lang)] if ringed else []
    return join_legend(
        [*(legend_item(words.say(lang), art, width) for words, art, width in items), *ring]
    )


def share_legend(lang: Lang, *, asked: Asked, straight: bool = False) -> str:
    """Return the legend of areas by their share alone, which says so in straight lines (届く割合の凡例)."""
    items = share_items(straight=straight)
    lacking = say_lacking(seat=bool(asked.rest), toilet=bool(asked.toilet))
    if lacking is not None:
        items.insert(3, (_say_area(lacking), _REST_HATCH, 28))
    return join_legend([legend_item(words.say(lang), art, width) for words, art, width in items])


_CIRCLE: Final = Words(
    "通いの場から直線で範囲の円（道のりでは、これより近くまで）",
    "the range in a straight line round salons (less far along streets)",
)
_GAP: Final = Words("届かない人が多い地区（番号は多い順）", "most people out of reach (1: most)")


def steps_legend(lang: Lang) -> str:
    """Return the legend of shares in steps, gaps not marked (段だけの凡例)."""
    return join_items(step_items(), lang)


def step_items() -> tuple[tuple[Words, str, int], ...]:
    """Return what the steps mean where gaps are not marked (段だけの凡例の中身)."""
    return tuple(one for one in share_items() if one[0] is not _GAP)


def share_items(*, straight: bool = False) -> list[tuple[Words, str, int]]:
    """Return what the colours of areas mean: words, picture, its width (割合の段の凡例).

    Parameters
    ----------
    straight
        Whether shares are of straight lines, for want of streets.
    """
    boxes = "".join(
        f"<rect x='{i * 20}' width='20' height='16' fill='{colour}' stroke='{CASING}'/>"
        for i, colour in enumerate(SHARES)
    )
    gap = hatched(VERMILION, "16l16 -16")
    dots = "".join(
        f"<circle cx='{x}' cy='{y}' r='1.2' fill='{NO_DATA_DOT}'/>"
        for x in (4, 12, 20)
        for y in (4, 12)
    )
    dots = f"<rect width='28' height='16' fill='{NO_DATA}' stroke='{CASING}'/>{dots}"
    return [
        (
            Words("直線で届く人の割合 0％", "share in a straight line 0 %")
            if straight
            else Words("届く人の割合 0％", "share within reach 0 %"),
            "",
            0,
        ),
        (Words("100％", "100 %"), boxes, 100),
        (_GAP, gap, 28),
        (Words("データなし", "no data"), dots, 28),
    ]


_BENCH: Final = RECORD_TYPES["bench"].marker.colour
_REST_HATCH: Final = (
    f"<rect width='28' height='16' fill='{AMBER}' fill-opacity='.13' stroke='{VERMILION}' stroke-width='1.6'/>"
    + "".join(
        f"<path d='M1 {y}h26' stroke='{AMBER}' stroke-width='2'/>"
        f"<path d='M1 {y + 1.3}h26' stroke='{CAUTION}' stroke-width='.7'/>"
        for y in (3, 8, 13)
    )
)


def say_streets(asked: Asked | None) -> Words:
    """Return what the streets drawn dark are: without rules of rests, and of one way (届く道とは)."""
    if asked is None or not (asked.with_stops or asked.trip in ("worse", "round")):
        return Words("届く道", "street within reach")
    if asked.with_stops:
        return Words("距離だけなら届く道", "street within range, rests left aside")
    return Words("届く道（行き）", "street within reach (way there)")


def _say_area(lacking: Words) -> Words:
    return Words(
        f"届かない人の半分以上は、{lacking.ja}届く地区",
        f"half or more of those out of reach would be within reach {lacking.en}",
    )


def _rest_items(asked: Asked) -> list[tuple[Words, str, int]]:
    items: list[tuple[Words, str, int]] = []
    if asked.rest:
        pill = (
            f"<rect x='.8' y='.8' width='26' height='14.4' rx='7' fill='{CARD}' stroke='{_BENCH}' stroke-width='1.6'/>"
            f"<circle cx='8' cy='8' r='6' fill='{_BENCH}'/>"
            f"<text x='8' y='11.6' font-size='10' font-weight='700' text-anchor='middle' fill='{CARD}'>1</text>"
        )
        items.append((Words("ここにベンチがあれば（順位）", "one bench here (rank)"), pill, 28))
    kinds = Words("数えた休む所", "rests that count")
    items.append((kinds, "bench" if asked.rest else "toilet", 22))
    return items


def rest_note(asked: Asked, lang: Lang) -> str:
    """Return what the map of a question with rests shows from near, as HTML (地図の読み方)."""
    if not asked.with_stops:
        return ""
    hollow = Words("白ぬきは、使えるか分からない所。", "Hollow: not known whether it can be used.")
    near = Words(
        "大きくすると、住む所と、休む所のしるしが出る。",
        "From near: homes, and the signs of rests.",
    )
    text = " ".join(words.say(lang) for words in ([near, hollow] if asked.band else [near]))
    return f"<p class='kz-note'>{text}</p>"


def people_legend(
    lang: Lang, *, asked: Asked | None = None, squares: bool = True, straight: bool = False
) -> str:
    """Return the legend of homes and squares (住む所の凡例).

    In `straight` lines nobody is off the network. `asked` adds the state of those who lack a rest,
    where the question has a rule of them.
    """
    inside = f"<circle cx='8' cy='8' r='5' fill='{INDIGO}'/>"
    outside = f"<path d='M8 1l7 7-7 7-7-7z' fill='{VERMILION}'/>"
    off = f"<circle cx='8' cy='8' r='5' fill='{CARD}' stroke='{INK2}' stroke-width='1.8' stroke-dasharray='2 2'/>"
    items = [
        (Words("住む所: 届く", "home: within reach"), inside),
        (Words("届かない", "out of reach"), outside),
        *([] if straight else [(Words("道につながらない", "off the network"), off)]),
    ]
    lacking = (
        None if asked is None else say_lacking(seat=bool(asked.rest), toilet=bool(asked.toilet))
    )
    amber = f"<rect x='3' y='3' width='10' height='10' fill='{AMBER}' stroke='{INK}' stroke-width='1.2'/>"
    if lacking is not None:
        items.insert(1, (Words(f"{lacking.ja}届く", f"within reach {lacking.en}"), amber))
    if squares:
        square = f"<rect width='16' height='16' fill='{SHARES[3]}'/>"
        wide = Words("広く見るときは250mのます目（割合）", "seen from afar: 250 m squares (share)")
        items.append((wide, square))
    if squares and lacking is not None:
        text = Words(
            f"ます目の中の四角: 届かない人の半分以上は、{lacking.ja}届く",
            f"small square in one: half or more of those out of reach would be within {lacking.en}",
        )
        items.append((text, square + amber))
    return join_legend([legend_item(words.say(lang), art, 16) for words, art in items])


def _ringed_item(lang: Lang) -> str:
    picture = f"<img alt='' width='26' height='26' src='{icon_data_uri('salon', 26, ring=True)}'>"
    text = Words("点線の輪: 道につながらない", "dashed ring: off the network").say(lang)
    return f"<span>{picture}{text}</span>"


def mapped_item(kind: str, lang: Lang) -> str:
    """Return the legend's word on places nobody recorded (地図だけにある所の凡例)."""
    picture = icon_data_uri(kind, 24, mapped=True)
    return (
        f"<span><img alt='' width='24' height='24' src='{picture}'>{MAPPED_WORDS.say(lang)}</span>"
    )


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
    items = [legend_item(RECORD_TYPES[kind].words.say(lang), kind, 24) for kind in shown]
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
        items.append(legend_item(together.say(lang), plate, 28))
    if picked:
        items.append(
            f"<span>{Words('大きいしるし: この地点', 'larger: this site').say(lang)}</span>"
        )
    return join_legend(items)


def join_items(items: Iterable[tuple[Words, str, int]], lang: Lang) -> str:
    """Return items as one legend, HTML: words, picture, its width (凡例にする)."""
    return join_legend([legend_item(words.say(lang), art, width) for words, art, width in items])
