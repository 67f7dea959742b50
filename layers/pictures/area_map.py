"""A town's areas as one SVG map: shares in five steps, hatches, numbers, signs, border (地区の地図の絵).

Made of the checked tables alone, without browser or tiles: the same bytes for the same answer, so
that several stand beside each other at one extent, are printed, and go into a slide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.maps.palette import (
    CARD,
    EDGE,
    INK,
    INK2,
    LAND,
    LINE,
    NO_DATA,
    PAPER,
    SHARES,
    VERMILION,
)
from layers.paper.ground import draw_bones, find_names, rows_in
from layers.paper.map import FONT, draw_north, draw_scale
from layers.paper.paper import PX_MM, UNITS, lay_paper, number, path_data, plain
from layers.paper.signs import (
    covered,
    draw_names,
    draw_plates,
    draw_signs,
    grown,
    place_signs,
    text_width,
)
from layers.pictures.hatch import draw_dots, draw_hatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from layers.paper.ground import Ground
    from layers.paper.paper import Box, Paper, Shapes
    from layers.paper.signs import Sign
    from layers.pictures.look import Hatch, Look

_HATCHES: Final[tuple[Hatch, ...]] = ("gap", "rest", "lost", "gained")
_OPACITY: Final = 0.92
_PLATE_PX, _PLATE_ROUND_PX, _PLATE_TEXT_PX = 26.0, 6.0, 15.0
_FIGURE_PX: Final = 15.0
_MARGIN: Final = 0.03
# Where a number may go when its place is taken, in its own heights.
_SHIFTS: Final = ((0.0, 0.0), (0.0, -1.1), (0.0, 1.1), (-1.1, 0.0), (1.1, 0.0), (0.0, -2.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AreaMap:
    """What a map of areas shows (地区の地図).

    Attributes
    ----------
    border
        The town's, metres on its plane, as all other geometry.
    shapes, looks
        The areas, and how each looks.
    signs
        What stands on it; private homes are never among them.
    squares
        The 250 m squares private homes are told by.
    """

    border: shapely.Geometry
    shapes: Shapes
    looks: Sequence[Look]
    signs: Sequence[Sign] = ()
    squares: Sequence[shapely.Geometry] = ()


def whole_town(border: shapely.Geometry) -> Box:
    """Return the window that shows a town, with a little room round it (街ぜんたいの範囲)."""
    west, south, east, north = shapely.bounds(border).tolist()
    room = max(east - west, north - south, 1.0) * _MARGIN
    return west - room, south - room, east + room, north + room


def draw_area_map(  # noqa: PLR0913 - each is part of one drawing
    drawn: AreaMap,
    *,
    width_px: float,
    height_px: float,
    lang: Lang,
    ground: Ground | None = None,
    window_m: Box | None = None,
    scale: float = 1.0,
    spoken: str = "",
) -> str:
    """Return the map as one standalone SVG element (地図の絵を描く).

    Parameters
    ----------
    width_px, height_px
        Of the picture.
    ground
        Of the town, for water, streets and names; None for the areas alone, then also without
        north and scale: a small map among others.
    window_m
        West, south, east, north; None is the whole town.
    scale
        How many times larger signs and letters are than on a screen.
    spoken
        What it shows, for who cannot see it.
    """
    window = whole_town(drawn.border) if window_m is None else window_m
    mm = PX_MM / scale
    paper = lay_paper(window, width_mm=width_px * mm, height_mm=height_px * mm)
    art = [_draw_areas(drawn, paper)]
    rows = None if ground is None else rows_in(ground, paper)
    if ground is not None and rows is not None:
        art.append(draw_bones(ground, rows, paper))
    art += [_draw_hatches(drawn, paper), _draw_border(drawn.border, paper)]
    placed, taken = place_signs(drawn.signs, paper), list[tuple[float, float, float, float]]()
    if ground is not None and rows is not None:
        (bar, bar_box), (north, north_box) = draw_scale(paper, lang), draw_north(paper, lang)
        taken += [bar_box, north_box]
        art += [bar, north]
    taken += [one.box for one in placed]
    numbers = _draw_numbers(drawn, paper, taken)
    plates = draw_plates(placed, paper, taken)
    art.append(_draw_squares(drawn, paper))
    if ground is not None and rows is not None:
        art.append(draw_names(find_names(ground, rows, paper), paper, taken))
    art += [draw_signs(placed), plates, numbers]
    return _frame(paper, "".join(art), width_px, height_px, spoken)


def _draw_areas(drawn: AreaMap, paper: Paper) -> str:
    """Return the areas' colours, each step one path, the lines between them white."""
    land = path_data(paper, np.array([drawn.border], dtype=object))
    paths: dict[tuple[str, int], list[str]] = {}
    for at, look in enumerate(drawn.looks):
        if look.state == "bare":
            continue
        kept = paths.setdefault((look.state, look.step), [])
        kept.append(path_data(paper, drawn.shapes[at : at + 1]))
    art = [f"<path d='{land}' fill='{LAND}'/>"]
    fine = f"stroke='{EDGE}' stroke-width='{_units(1.2)}' stroke-dasharray='{_units(4)}'"
    for (state, step), parts in sorted(paths.items()):
        data = "".join(parts)
        if not data:
            continue
        if state == "plain":
            art.append(f"<path d='{data}' fill='none' {fine}/>")
        else:
            colour = {"share": SHARES[step], "none": NO_DATA, "empty": LAND}[state]
            art.append(
                f"<path d='{data}' fill='{colour}' fill-opacity='{_OPACITY}' stroke='{CARD}' "
                f"stroke-width='{_units(1.2)}'/>"
            )
    art.append(draw_dots(_those(drawn, [one.state == "none" for one in drawn.looks]), paper))
    return _in_units("".join(art))


def _draw_hatches(drawn: AreaMap, paper: Paper) -> str:
    return _in_units(
        "".join(
            draw_hatch(_those(drawn, [one.hatch == hatch for one in drawn.looks]), hatch, paper)
            for hatch in _HATCHES
        )
    )


def _those(drawn: AreaMap, some: list[bool]) -> Shapes:
    found: Shapes = drawn.shapes[np.array(some, dtype=bool)]
    return found


def _draw_border(border: shapely.Geometry, paper: Paper) -> str:
    data = path_data(paper, np.array([border], dtype=object))
    dashes = " ".join(str(_units(px)) for px in (10, 5, 2, 5))
    return _in_units(
        f"<path d='{data}' fill='none' stroke='{INK}' stroke-opacity='.75' "
        f"stroke-width='{_units(2.6)}' stroke-dasharray='{dashes}'/>"
    )


def _draw_squares(drawn: AreaMap, paper: Paper) -> str:
    data = path_data(paper, np.array(drawn.squares, dtype=object)) if drawn.squares else ""
    if not data:
        return ""
    return _in_units(
        f"<path d='{data}' fill='none' stroke='{INK2}' "
        f"stroke-width='{_units(2.2)}' stroke-dasharray='{_units(5)} {_units(3)}'/>"
    )


def _draw_numbers(drawn: AreaMap, paper: Paper, taken: list[Box]) -> str:
    """Return plates and figures in the areas' middles, the first areas' first, none over another."""
    some = [at for at, one in enumerate(drawn.looks) if one.plate or one.figures]
    if not some:
        return ""
    inside = shapely.clip_by_rect(drawn.shapes[some], *paper.bounds_m())
    art = []
    for at, shape in sorted(
        zip(some, inside, strict=True), key=lambda one: _order(drawn.looks[one[0]])
    ):
        if shapely.is_empty(shape) or not shapely.area(shape):
            continue
        middle = shapely.get_point(
            shapely.maximum_inscribed_circle(shape, tolerance=paper.m_per_mm), 0
        )
        x, y = paper.to_mm([(middle.x, middle.y)])[0].tolist()
        look = drawn.looks[at]
        wide, high = _size(look)
        # A number larger than what it numbers stands beside it, and hides nothing of it.
        left, under, right, over = (shapely.bounds(shape) / paper.m_per_mm).tolist()
        small = bool(look.plate) and right - left < wide and over - under < high
        spots = [
            (cx - wide / 2, cy - high / 2, cx + wide / 2, cy + high / 2)
            for cx, cy in ((x + dx * wide, y + dy * high) for dx, dy in _SHIFTS[small:])
        ]
        box = min(spots, key=lambda one: covered(one, taken, paper))
        taken.append(grown(box, 0.3))
        art.append(_plate(box, look.plate) if look.plate else _figures(box, look))
    return "".join(art)


def _order(look: Look) -> tuple[int, int]:
    return (0, int(look.plate)) if look.plate.isdecimal() else (1, -len(look.figures))


def _size(look: Look) -> tuple[float, float]:
    """Return how wide and high an area's plate or figures are, millimetres."""
    if look.plate:
        high = _PLATE_PX * PX_MM
        return high + max(len(look.plate) - 2, 0) * 9 * PX_MM, high
    size = _FIGURE_PX * PX_MM
    return max(text_width(text, size) for text, _ in look.figures), len(look.figures) * size * 1.15


def _plate(box: Box, text: str) -> str:
    line, size = 2.5 * PX_MM, _PLATE_TEXT_PX * PX_MM
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (
        f"<rect x='{number(box[0] + line / 2)}' y='{number(box[1] + line / 2)}' "
        f"width='{number(box[2] - box[0] - line)}' height='{number(box[3] - box[1] - line)}' "
        f"rx='{number(_PLATE_ROUND_PX * PX_MM)}' fill='{CARD}' stroke='{VERMILION}' "
        f"stroke-width='{number(line)}'/><text x='{number(x)}' y='{number(y + size * 0.36)}' "
        f"font-size='{number(size)}' font-weight='700' text-anchor='middle' fill='{INK}'>"
        f"{plain(text)}</text>"
    )


def _figures(box: Box, look: Look) -> str:
    size, x = _FIGURE_PX * PX_MM, (box[0] + box[2]) / 2
    lines = "".join(
        f"<text x='{number(x)}' y='{number(box[1] + size * (0.9 + 1.15 * row))}' fill='{colour}'>"
        f"{plain(text)}</text>"
        for row, (text, colour) in enumerate(look.figures)
    )
    back = grown(box, size * 0.18)
    return (
        f"<rect x='{number(back[0])}' y='{number(back[1])}' width='{number(back[2] - back[0])}' "
        f"height='{number(back[3] - back[1])}' rx='{number(size * 0.3)}' fill='{CARD}' "
        f"fill-opacity='.9'/><g font-size='{number(size)}' font-weight='700' "
        f"text-anchor='middle'>{lines}</g>"
    )


def _in_units(art: str) -> str:
    return f"<g transform='scale({1 / UNITS})' stroke-linejoin='round'>{art}</g>" if art else ""


def _units(px: float) -> int:
    return round(px * PX_MM * UNITS)


def _frame(paper: Paper, art: str, width_px: float, height_px: float, spoken: str) -> str:
    width, height = number(paper.width_mm), number(paper.height_mm)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{number(width_px)}' "
        f"height='{number(height_px)}' viewBox='0 0 {width} {height}' overflow='hidden' role='img' "
        f"aria-label='{plain(spoken)}' font-family='{FONT}'>"
        f"<rect width='{width}' height='{height}' fill='{PAPER}'/>{art}"
        f"<rect x='.13' y='.13' width='{number(paper.width_mm - 0.26)}' "
        f"height='{number(paper.height_mm - 0.26)}' fill='none' stroke='{LINE}' stroke-width='.26'/>"
        "</svg>"
    )
