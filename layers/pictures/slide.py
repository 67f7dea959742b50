"""A figure as one picture of 1920 × 1080 for a slide: question, sentence, table, map, assumptions (スライドの絵).

SVG alone: nothing in it is fetched, nothing runs, and every text of a record is only text. It
names the fonts every Japanese machine has; whoever opens it draws it with their own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.maps.icons import icon_svg, sign_of
from layers.maps.palette import CARD, EDGE, INDIGO, INK, INK2, LINE, PANEL, PAPER, VERMILION
from layers.paper.map import FONT
from layers.paper.paper import number, plain
from layers.pictures.area_map import draw_area_map, whole_town
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
    from layers.pictures.text import Run

WIDTH, HEIGHT = 1920, 1080
# The words' column and the map's, pixels.
_LEFT, _WORDS_WIDE = 44.0, 640.0
_MAP_LEFT, _MAP_WIDE, _TOP, _FOOT = 728.0, 1148.0, 36.0, 1050.0
_TITLE, _SENTENCE, _ROW, _NOTE, _SMALL = 46.0, 31.0, 28.0, 24.0, 17.0
_LEGEND_PX, _LEGEND_HIGH, _ART = 20.0, 36.0, 1.3
_GAP, _HEAD = 16.0, 32.0  # between things, of a small map's name
_ROW_HIGH: Final = 54.0
# Tried in turn until a long question's words find room.
_SIZES: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
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
    rows: int
    row_high: float
    size: float

    @property
    def high(self) -> float:
        """How high it is."""
        table = (self.rows + 1) * self.row_high + _GAP if self.rows else 0.0
        parts = (self.title, self.sentence, self.notes, self.assumed)
        return sum(height_of(one) for one in parts) + table + 5 * _GAP + 20


def _words(figure: Figure, lang: Lang, high: float) -> str:
    """Return title, sentence, table, notes and assumptions, as large as there is room for."""
    tried = [
        _lay_words(figure, lang, size, rows)
        for size in _SIZES
        for rows in dict.fromkeys((len(figure.rows), min(len(figure.rows), 4)))
    ]
    return _draw_words(figure, next((one for one in tried if one.high <= high), tried[-1]), lang)


def _lay_words(figure: Figure, lang: Lang, size: float, rows: int) -> _Laid:
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
        sentence=sentence, notes=notes, rows=rows, row_high=_ROW_HIGH * size, size=size,
        assumed=lay(groups_of_text(figure.assumed.say(lang), 20.0, INK2), _WORDS_WIDE),
    )  # fmt: skip


def _draw_words(figure: Figure, laid: _Laid, lang: Lang) -> str:
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
    if laid.rows and figure.heads is not None:
        art.append(_table(figure, laid, y, lang))
        y += (laid.rows + 1) * laid.row_high + _GAP
    art.append(draw_lines(laid.notes, _LEFT, y))
    y += height_of(laid.notes) + _GAP
    art.append(draw_lines(laid.assumed, _LEFT, y))
    return "".join(art)


def _table(figure: Figure, laid: _Laid, top: float, lang: Lang) -> str:
    assert figure.heads is not None  # noqa: S101 - for the type checker
    high, wide, size = laid.row_high, _WORDS_WIDE, _ROW * laid.size
    left, right = _LEFT + 64, _LEFT + wide - 16
    rows = figure.rows[: laid.rows]
    frame = f"x='{number(_LEFT)}' y='{number(top)}' width='{number(wide)}'"
    art = [
        f"<rect {frame} height='{number(high * (len(rows) + 1))}' fill='{CARD}' stroke='{LINE}'/>",
        f"<rect {frame} height='{number(high)}' fill='{PANEL}'/>",
        f"<path d='M{number(_LEFT)} {number(top + high)}h{number(wide)}' stroke='{EDGE}' stroke-width='2'/>",
    ]
    head = [one.say(lang) for one in figure.heads]
    for row, (mark, name, told) in enumerate([("", *head), *rows]):
        base = top + high * (row + 0.66)
        bold = " font-weight='700'" if row == 0 else ""
        small = size if row else size * 0.85
        room = right - left - len(told) * small * 0.75
        cut = _cut(name, small, room)
        art.append(
            f"<g font-size='{number(small)}' fill='{INK}'{bold}>"
            f"<text x='{number(_LEFT + 18)}' y='{number(base)}' font-weight='700' "
            f"fill='{VERMILION}'>{plain(mark)}</text>"
            f"<text x='{number(left)}' y='{number(base)}'>{plain(cut)}</text>"
            f"<text x='{number(right)}' y='{number(base)}' text-anchor='end'>{plain(told)}</text></g>"
        )
        if 0 < row < len(rows):
            line = top + high * (row + 1)
            art.append(
                f"<path d='M{number(_LEFT)} {number(line)}h{number(wide)}' stroke='{LINE}'/>"
            )
    return "".join(art)


def _cut(text: str, size: float, room: float) -> str:
    """Return a name as far as there is room for it."""
    lines = lay(groups_of_text(text, size), max(room, 4 * size))
    whole = "".join(run.text for run in lines[0]) if lines else ""
    return whole if len(lines) < 2 else whole[:-1] + "…"  # noqa: PLR2004 - more than one line


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
