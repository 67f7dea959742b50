"""A map for printed sheets as one SVG: no script, no address, nothing to fetch (印刷する地図)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import shapely

from geo.base.words import Words
from layers.maps.palette import CARD, INDIGO_DEEP, INK, INK2, LAND, LINE
from layers.paper.ground import draw_ground, find_names, load_ground, rows_in
from layers.paper.paper import UNITS, lay_paper, number, path_data, plain
from layers.paper.signs import draw_names, draw_plates, draw_signs, place_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geo.base.arrays import Floats
    from geo.base.place import Plane
    from geo.base.words import Lang
    from layers.paper.paper import Box, Paper, Shapes
    from layers.paper.signs import PlacedSign, Sign

Style = Literal["walk", "slope", "slope_steep", "steps", "track", "reach"]

FONT: Final = (
    "Hiragino Sans,Hiragino Kaku Gothic ProN,BIZ UDPGothic,Yu Gothic UI,Noto Sans JP,"
    "Noto Sans CJK JP,Meiryo,sans-serif"
)
# Colour, width, dashes and caps, 1/100 mm; slopes as docs/look.md has them: wider is harder.
_STYLES: Final[dict[Style, tuple[str, int, str, str]]] = {
    "track": (INK2, 45, "10 90", "round"),
    "walk": (INDIGO_DEEP, 80, "240 150", "butt"),
    "reach": (INDIGO_DEEP, 50, "", "round"),
    "slope": ("#C98A00", 115, "", "round"),
    "slope_steep": ("#9C2F14", 160, "", "round"),
    "steps": ("#9C2F14", 160, "46 92", "butt"),
}
_HALO_MM: Final = 0.35
_BAR_SHARE, _BAR_MM = 0.45, 46.0  # the scale bar is no longer than these
_EDGE_MM: Final = 3.2  # furniture keeps this far from the frame


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """A line on a printed map (線).

    Attributes
    ----------
    points_m
        (n, 2) on the town's plane; fewer than two draw nothing.
    style
        ``walk`` the way to go, ``track`` the way gone, ``reach`` what is within reach, the others
        what is hard to walk.
    """

    points_m: Floats
    style: Style


def draw_static_map(  # noqa: PLR0913 - each is part of one drawing
    town_folder: Path,
    *,
    plane: Plane,
    window_m: Box,
    width_mm: float,
    height_mm: float,
    signs: Sequence[Sign],
    lines: Sequence[Line] = (),
    areas: Sequence[shapely.Geometry] = (),
    under: Callable[[Paper], str] | None = None,
    over: Callable[[Paper, list[Box]], str] | None = None,
    lang: Lang,
) -> str:
    """Return a map of a part of a town as one standalone SVG element (印刷する地図を描く).

    Parameters
    ----------
    town_folder
        A built town; its base map is read once a version.
    plane
        The town's; everything else is in its metres.
    window_m
        West, south, east, north; `layers.paper.paper.window_around` makes one.
    width_mm, height_mm
        On paper. Where the window has another ratio, more ground is shown.
    signs, lines, areas
        What the sheet is about; areas are outlined.
    under, over
        Return what lies on the ground beneath all these, and what stands over the lines, given the
        paper and the boxes that are taken, to which it adds its own.

    Returns
    -------
    str
        The same bytes for the same town and arguments. Print the town's credit beside it.

    Raises
    ------
    InputError
        When the folder's base map cannot be read.
    ValueError
        When the window or the frame has no extent.
    KeyError
        When a sign's kind is no record type.
    """
    paper = lay_paper(window_m, width_mm=width_mm, height_mm=height_mm)
    ground = load_ground(town_folder, plane)
    rows = rows_in(ground, paper)
    placed = place_signs(signs, paper)
    bar, bar_box = draw_scale(paper, lang)
    north, north_box = draw_north(paper, lang)
    taken: list[Box] = [bar_box, north_box]
    plates = draw_plates(placed, paper, taken)
    taken.extend(one.box for one in placed)
    more = over(paper, taken) if over else ""
    names = draw_names(find_names(ground, rows, paper), paper, taken)
    layers = (
        draw_ground(ground, rows, paper),
        under(paper) if under else "",
        _draw_areas(areas, paper),
        _draw_lines(lines, paper),
        more,
        names,
        bar,
        north,
        draw_signs(placed),
        plates,
    )
    return _frame(paper, "".join(layers), _spoken(placed, lang))


def scale_length_m(paper: Paper) -> int:
    """Return the round length the scale bar shows: 1, 2 or 5 and noughts (縮尺の長さ).

    Examples
    --------
    >>> scale_length_m(lay_paper((0, 0, 460, 460), width_mm=92, height_mm=92))
    200
    """
    most_m = min(paper.width_mm * _BAR_SHARE, _BAR_MM) * paper.m_per_mm
    rounds = [step * 10**power for power in range(6) for step in (1, 2, 5)]
    return max((length for length in rounds if length <= most_m), default=1)


def draw_scale(paper: Paper, lang: Lang) -> tuple[str, Box]:
    """Return the scale bar, and what it covers (縮尺を描く)."""
    metres = scale_length_m(paper)
    long = metres / paper.m_per_mm
    left, base = _EDGE_MM, paper.height_mm - _EDGE_MM
    tick = 1.4
    bar = f"M{number(left)} {number(base - tick)}v{tick}h{long:.4f}v-{tick}"
    km = metres >= 1000  # noqa: PLR2004 - said by its name
    text = (
        Words("{n}km", "{n} km").fill(n=metres // 1000)
        if km
        else Words("{n}m", "{n} m").fill(n=metres)
    ).say(lang)
    art = (
        f"<g data-metres='{metres}'><path d='{bar}' fill='none' stroke='#fff' stroke-width='1.2' "
        f"stroke-opacity='.8'/><path d='{bar}' fill='none' stroke='{INK}' stroke-width='.4'/>"
        f"<text x='{number(left + long / 2)}' y='{number(base - 0.9)}' font-size='2.9' "
        f"text-anchor='middle' fill='{INK}' stroke='#fff' stroke-width='.8' "
        f"stroke-linejoin='round' paint-order='stroke'>{text}</text></g>"
    )
    return art, (left - 1, base - 4.2, left + long + 1, paper.height_mm)


def draw_north(paper: Paper, lang: Lang) -> tuple[str, Box]:
    """Return where north is, and what that covers (北を描く)."""
    x, top = paper.width_mm - 5.6, _EDGE_MM - 0.2
    word = Words("北", "N").say(lang)
    halo = "stroke='#fff' stroke-width='.8' stroke-linejoin='round' paint-order='stroke'"
    art = (
        f"<g fill='{INK}' {halo}><path d='M{number(x)} {number(top)}l1.6 5.2-1.6-1.3-1.6 1.3z'/>"
        f"<text x='{number(x)}' y='{number(top + 8.4)}' font-size='3' font-weight='700' "
        f"text-anchor='middle'>{word}</text></g>"
    )
    return art, (x - 2.4, 0.0, paper.width_mm, top + 9.4)


def _draw_areas(areas: Sequence[shapely.Geometry], paper: Paper) -> str:
    data = path_data(paper, np.array(areas, dtype=object)) if areas else ""
    if not data:
        return ""
    return (
        f"<g transform='scale({1 / UNITS})'><path d='{data}' fill='none' stroke='{INK}' "
        "stroke-opacity='.75' stroke-width='55' stroke-dasharray='230 115 46 115' "
        "stroke-linejoin='round'/></g>"
    )


def _draw_lines(lines: Sequence[Line], paper: Paper) -> str:
    halos, inks = [], []
    for line in lines:
        points = np.asarray(line.points_m, dtype=float).reshape(-1, 2)
        if len(points) < 2:  # noqa: PLR2004 - said by its name
            continue
        data = path_data(paper, np.array([shapely.linestrings(points)], dtype=object))
        if not data:
            continue
        colour, width, dash, cap = _STYLES[line.style]
        dashes = f" stroke-dasharray='{dash}'" if dash else ""
        wide = width + round(2 * _HALO_MM * UNITS)
        halos.append(
            f"<path d='{data}' stroke='{CARD}' stroke-opacity='.85' stroke-width='{wide}'/>"
        )
        inks.append(
            f"<path d='{data}' stroke='{colour}' stroke-width='{width}' stroke-linecap='{cap}'{dashes}/>"
        )
    if not inks:
        return ""
    return (
        f"<g transform='scale({1 / UNITS})' fill='none' stroke-linejoin='round' "
        f"stroke-linecap='round'>{''.join(halos)}{''.join(inks)}</g>"
    )


def draw_streets(shapes: Shapes, style: Style, paper: Paper) -> str:
    """Return many lines as one path (たくさんの線を描く).

    Parameters
    ----------
    shapes
        (n,) lines on the town's plane.
    """
    data = path_data(paper, shapes) if len(shapes) else ""
    if not data:
        return ""
    colour, width, dash, cap = _STYLES[style]
    dashes = f" stroke-dasharray='{dash}'" if dash else ""
    return (
        f"<g transform='scale({1 / UNITS})' fill='none' stroke-linejoin='round'><path d='{data}' "
        f"stroke='{colour}' stroke-width='{width}' stroke-linecap='{cap}'{dashes}/></g>"
    )


def line_sample(style: Style) -> str:
    """Return a short piece of a line for a legend, SVG of 28 × 16 pixels (線の見本)."""
    colour, width, dash, cap = _STYLES[style]
    px = 28 / 620  # as wide as on the map, where 28 px are about 6 mm
    dashes = " ".join(f"{int(one) * px:.1f}" for one in dash.split())
    drawn = f" stroke-dasharray='{dashes}'" if dashes else ""
    return (
        f"<path d='M1 8h26' fill='none' stroke='{colour}' stroke-width='{width * px:.1f}' "
        f"stroke-linecap='{cap}'{drawn}/>"
    )


def _spoken(placed: Sequence[PlacedSign], lang: Lang) -> str:
    labels = sorted(
        " ".join(part for part in (one.sign.number, one.sign.label) if part)
        for one in placed
        if one.sign.label
    )
    head = Words("地図", "map").say(lang)
    return f"{head}: {'、'.join(labels)}" if labels else head


def _frame(paper: Paper, art: str, spoken: str) -> str:
    width, height = number(paper.width_mm), number(paper.height_mm)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}mm' height='{height}mm' "
        f"viewBox='0 0 {width} {height}' overflow='hidden' role='img' aria-label='{plain(spoken)}' "
        f"font-family='{FONT}'><rect width='{width}' height='{height}' fill='{LAND}'/>{art}"
        f"<rect x='.13' y='.13' width='{number(paper.width_mm - 0.26)}' "
        f"height='{number(paper.height_mm - 0.26)}' fill='none' stroke='{LINE}' stroke-width='.26'/>"
        "</svg>"
    )
