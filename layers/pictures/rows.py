"""The short table of a slide: number, name in as many lines as it takes, figure (スライドの表)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.maps.palette import CARD, EDGE, INK, LINE, PANEL, VERMILION
from layers.paper.paper import number, plain
from layers.paper.signs import text_width
from layers.pictures.text import groups_of_text, lay

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.pictures.figure import Figure

_PX, _HIGH, _LEAD = 28.0, 54.0, 1.3  # of letters, of a row of one line, between lines
_MARK, _NAME, _RIGHT = 18.0, 64.0, 16.0  # where number and name begin, where figures end
_HEAD: Final = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideRow:
    """A row as it is drawn (表の一行).

    Attributes
    ----------
    mark, told
        Its number, "" for none, and its figure.
    lines
        Its name, line by line.
    size, high
        Of its letters, and of the row, pixels.
    """

    mark: str
    lines: tuple[str, ...]
    told: str
    size: float
    high: float


def lay_rows(
    figure: Figure, lang: Lang, *, size: float, rows: int, lines: int, wide: float
) -> list[SlideRow]:
    """Return the table's rows, its head first, none without a head (表を行に分ける).

    Parameters
    ----------
    size
        Of the slide's letters, of their own.
    rows, lines
        How many rows, and of each name lines, at most; what is cut ends in 「…」.
    wide
        Pixels.
    """
    if figure.heads is None or not rows:
        return []
    first, second = (one.say(lang) for one in figure.heads)
    told = [("", first, second), *figure.rows[:rows]]
    return [
        _row(one, _PX * size * (1.0 if at else _HEAD), _HIGH * size, wide, lines)
        for at, one in enumerate(told)
    ]


def _row(row: tuple[str, str, str], size: float, high: float, wide: float, lines: int) -> SlideRow:
    mark, name, told = row
    room = wide - _NAME - _RIGHT - (text_width(told, size) + size if told else 0.0)
    laid = ["".join(run.text for run in one)
            for one in lay(groups_of_text(name, size), max(room, 4 * size))]  # fmt: skip
    if len(laid) > lines:
        laid = [*laid[: lines - 1], laid[lines - 1][:-1] + "…"]
    more = max(len(laid) - 1, 0) * size * _LEAD
    return SlideRow(mark=mark, lines=tuple(laid), told=told, size=size, high=high + more)


def draw_rows(rows: list[SlideRow], x: float, y: float, *, wide: float) -> str:
    """Return the table as SVG, from its upper left corner on (表を描く)."""
    whole = sum(one.high for one in rows)
    frame = f"x='{number(x)}' y='{number(y)}' width='{number(wide)}'"
    head = rows[0].high
    art = [
        f"<rect {frame} height='{number(whole)}' fill='{CARD}' stroke='{LINE}'/>",
        f"<rect {frame} height='{number(head)}' fill='{PANEL}'/>",
        f"<path d='M{number(x)} {number(y + head)}h{number(wide)}' stroke='{EDGE}' stroke-width='2'/>",
    ]
    for at, row in enumerate(rows):
        bold = "" if at else " font-weight='700'"
        base = y + (row.high - (len(row.lines) - 1) * row.size * _LEAD) / 2 + row.size * 0.36
        names = "".join(
            f"<text x='{number(x + _NAME)}' y='{number(base + down * row.size * _LEAD)}'>"
            f"{plain(line)}</text>"
            for down, line in enumerate(row.lines)
        )
        art.append(
            f"<g font-size='{number(row.size)}' fill='{INK}'{bold}>"
            f"<text x='{number(x + _MARK)}' y='{number(base)}' font-weight='700' "
            f"fill='{VERMILION}'>{plain(row.mark)}</text>{names}"
            f"<text x='{number(x + wide - _RIGHT)}' y='{number(base)}' text-anchor='end'>"
            f"{plain(row.told)}</text></g>"
        )
        y += row.high
        if 0 < at < len(rows) - 1:
            art.append(f"<path d='M{number(x)} {number(y)}h{number(wide)}' stroke='{LINE}'/>")
    return "".join(art)
