"""A figure as one picture of 1920 × 1080 for a slide: question, sentence, table, map, assumptions (スライドの絵).

SVG alone: nothing in it is fetched, nothing runs, and every text of a record is only text. It
names the fonts every Japanese machine has; whoever opens it draws it with their own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.maps.icons import icon_svg, sign_of
from layers.maps.palette import CARD, INDIGO, INK, INK2, PAPER
from layers.paper.map import FONT
from layers.paper.paper import number, plain
from layers.pictures.area_map import draw_area_map, whole_town
from layers.pictures.rows import draw_rows, lay_rows
from layers.pictures.text import (
    draw_lines,
    groups_of,
    groups_of_text,
    height_of,
    lay,
)

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.paper.ground import Ground
    from layers.pictures.figure import Figure, Item
    from layers.pictures.rows import SlideRow
    from layers.pictures.text import Run

WIDTH, HEIGHT = 1920, 1080
# The words' column and the map's, pixels.
_LEFT, _WORDS_WIDE = 44.0, 640.0
_MAP_LEFT, _MAP_WIDE, _TOP, _FOOT = 728.0, 1148.0, 36.0, 1050.0
_TITLE, _SENTENCE, _NOTE, _SMALL = 46.0, 31.0, 24.0, 17.0
_LEGEND_PX, _LEGEND_HIGH, _ART = 20.0, 36.0, 1.3
_GAP, _HEAD = 16.0, 32.0  # between things, of a small map's name
# Tried in turn until all words find room: a little smaller first, and only then rows cut short.
_SIZES: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
_LARGE_SIZES, _ALL_LINES = (1.0, 0.9, 0.8), 9
_SCALE, _SMALL_SCALE = 1.6, 1.0  # of signs and letters on one map, on each of several


def draw_slide(figure: Figure, lang: Lang, *, ground: Ground | None = None) -> str:
    """Return the picture as one standalone SVG (スライドの絵を描く).

    Parameters
    ----------
    ground
        The town's, for streets, water and names; None for the areas alone.
    """
    legend, legend_high = _legend(figure, lang)
    source = lay(groups_of_text(figure.credits, _SMALL, INK2), WIDTH - 2 * _LEFT)[:2]
    foot = HEIGHT - 14 - height_of(source)
    map_high = foot - legend_high - 10 - _TOP
    words = _words(figure, lang, foot - _TOP)
    maps, used = _maps(figure, lang, ground, map_high)
    spoken = f"{figure.title.say(lang)}"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}' "
        f"viewBox='0 0 {WIDTH} {HEIGHT}' role='img' aria-label='{plain(spoken)}' "
        f"font-family='{FONT}'><rect width='{WIDTH}' height='{HEIGHT}' fill='{PAPER}'/>{words}"
        f"{maps}"
        f"<g transform='translate({number(_MAP_LEFT)} {number(_TOP + used + 10)})'>{legend}</g>"
        f"{draw_lines(source, _LEFT, foot)}</svg>"
    )


def _maps(figure: Figure, lang: Lang, ground: Ground | None, high: float) -> tuple[str, float]:
    """Return the one map, or several small ones at one extent in rows, and how high they are."""
    count = len(figure.maps)
    if count == 1:
        drawn = draw_area_map(
            figure.maps[0][1], width_px=_MAP_WIDE, height_px=high, lang=lang, ground=ground,
            scale=_SCALE, window_m=figure.window_m,
        )  # fmt: skip
        return _placed(drawn, _MAP_LEFT, _TOP), high
    west, south, east, north = figure.window_m or whole_town(figure.maps[0][1].border)
    ratio = (north - south) / (east - west)

    def wide_of(across: int) -> float:
        each = (_MAP_WIDE - (across - 1) * _GAP) / across
        down = math.ceil(count / across)
        return min(each, ((high - (down - 1) * _GAP) / down - _HEAD) / ratio)

    across = max(range(1, min(4, count) + 1), key=wide_of)
    wide, down = wide_of(across), math.ceil(count / across)
    art = []
    for at, (name, one) in enumerate(figure.maps):
        x = _MAP_LEFT + (at % across) * (wide + _GAP)
        y = _TOP + (at // across) * (wide * ratio + _HEAD + _GAP)
        svg = draw_area_map(
            one, width_px=wide, height_px=wide * ratio, lang=lang, scale=_SMALL_SCALE,
            window_m=figure.window_m,
        )  # fmt: skip
        art.append(_fitted(name, wide, x, y) + _placed(svg, x, y + _HEAD))
    return "".join(art), down * (wide * ratio + _HEAD) + (down - 1) * _GAP


def _fitted(name: str, wide: float, x: float, y: float) -> str:
    """Return a small map's name in one line."""
    tried = [lay(groups_of_text(name, size, bold=True), wide) for size in (20.0, 17.0, 15.0, 13.0)]
    return draw_lines(next((one for one in tried if len(one) == 1), tried[-1])[:1], x, y)


def _placed(svg: str, x: float, y: float) -> str:
    """Return an SVG element put into another, at a place."""
    return svg.replace("<svg ", f"<svg x='{number(x)}' y='{number(y)}' ", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """The words' column at one size."""

    title: list[list[Run]]
    sentence: list[list[Run]]
    notes: list[list[Run]]
    assumed: list[list[Run]]
    rows: list[SlideRow]
    size: float

    @property
    def high(self) -> float:
        """How high it is."""
        table = sum(one.high for one in self.rows) + _GAP if self.rows else 0.0
        parts = (self.title, self.sentence, self.notes, self.assumed)
        return sum(height_of(one) for one in parts) + table + 5 * _GAP + 20


def _words(figure: Figure, lang: Lang, high: float) -> str:
    """Return title, sentence, table, notes and assumptions, as large as there is room for."""
    every = len(figure.rows)
    tried = [(size, every, _ALL_LINES) for size in _LARGE_SIZES]
    tried += [
        (size, rows, lines)
        for size in _SIZES
        for rows in dict.fromkeys((every, min(every, 4)))
        for lines in (2, 1)
    ]
    laid = _lay_words(figure, lang, *tried[0])
    for one in tried[1:]:
        if laid.high <= high:
            break
        laid = _lay_words(figure, lang, *one)
    return _draw_words(laid)


def _lay_words(figure: Figure, lang: Lang, size: float, rows: int, lines: int) -> _Laid:
    inner = _WORDS_WIDE - 40
    sentence = [
        line for one in figure.lines for line in lay(groups_of(one, _SENTENCE * size), inner)
    ]
    notes = [
        line
        for one in figure.notes
        for line in lay(groups_of_text(one.say(lang), _NOTE * size), _WORDS_WIDE)
    ]
    return _Laid(
        title=lay(groups_of_text(figure.title.say(lang), _TITLE * size, bold=True), _WORDS_WIDE),
        sentence=sentence, notes=notes, size=size,
        rows=lay_rows(figure, lang, size=size, rows=rows, lines=lines, wide=_WORDS_WIDE),
        assumed=lay(groups_of_text(figure.assumed.say(lang), 20.0, INK2), _WORDS_WIDE),
    )  # fmt: skip


def _draw_words(laid: _Laid) -> str:
    y = _TOP
    art = [draw_lines(laid.title, _LEFT, y)]
    y += height_of(laid.title) + _GAP
    high = height_of(laid.sentence) + 20
    art.append(
        f"<rect x='{number(_LEFT)}' y='{number(y)}' width='{number(_WORDS_WIDE)}' "
        f"height='{number(high)}' fill='{CARD}'/><rect x='{number(_LEFT)}' y='{number(y)}' width='7' "
        f"height='{number(high)}' fill='{INDIGO}'/>"
    )
    art.append(draw_lines(laid.sentence, _LEFT + 26, y + 10))
    y += high + _GAP
    if laid.rows:
        art.append(draw_rows(laid.rows, _LEFT, y, wide=_WORDS_WIDE))
        y += sum(one.high for one in laid.rows) + _GAP
    art.append(draw_lines(laid.notes, _LEFT, y))
    y += height_of(laid.notes) + _GAP
    art.append(draw_lines(laid.assumed, _LEFT, y))
    return "".join(art)


def _legend(figure: Figure, lang: Lang) -> tuple[str, float]:
    """Return the legend, in as many lines as it takes, and how high it is."""
    art, x, y = [], 0.0, 0.0
    for item in figure.legend:
        drawn, wide = _item(item, lang)
        if x and x + wide > _MAP_WIDE:
            x, y = 0.0, y + _LEGEND_HIGH
        art.append(f"<g transform='translate({number(x)} {number(y)})'>{drawn}</g>")
        x += wide + 26
    return "".join(art), y + _LEGEND_HIGH


def _item(item: Item, lang: Lang) -> tuple[str, float]:
    words, art, width = item
    wide = width * _ART
    sign = sign_of(art)
    if sign is not None:
        picture = icon_svg(sign[0], round(wide), hollow=bool(sign[1]), badge=sign[1])
        picture = picture.replace("<svg ", f"<svg y='{number((_LEGEND_HIGH - wide) / 2)}' ", 1)
    else:
        picture = (
            f"<svg y='{number((_LEGEND_HIGH - 16 * _ART) / 2)}' width='{number(wide)}' "
            f"height='{number(16 * _ART)}' viewBox='0 0 {width} 16'>{art}</svg>"
        ) if art else ""  # fmt: skip
    x = wide + 8 if art else 0.0
    line = lay(groups_of_text(words.say(lang), _LEGEND_PX), 10_000.0)
    used = sum(run.width for run in line[0]) if line else 0.0
    text = (
        f"<text x='{number(x)}' y='{number(_LEGEND_HIGH * 0.69)}' font-size='{number(_LEGEND_PX)}' "
        f"fill='{INK}'>{plain(words.say(lang))}</text>"
    )
    return picture + text, x + used
