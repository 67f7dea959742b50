"""The map of an area for paper: border, streets in reach, slopes, who is out of reach, signs (地区の地図)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.analysis.gap_places import count_squares
from geo.analysis.masking import LEAST
from geo.base.words import Words
from layers.day.reached_streets import reached_streets
from layers.maps.legend_parts import hatched
from layers.maps.palette import CARD, INK2, VERMILION
from layers.maps.slope_classes import SLOPE_WORDS
from layers.paper.map import draw_static_map, draw_streets, line_sample
from layers.paper.paper import PX_MM, UNITS, number, path_data, window_around
from layers.paper.signs import Sign, covered, grown, text_width
from layers.pictures.figure import SQUARE_WORDS, square_m
from layers.pictures.hatch import draw_hatch
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.base.words import Lang
    from layers.areas.place import Place
    from layers.areas.run import Run
    from layers.areas.things import Inside, Things
    from layers.paper.map import Style
    from layers.paper.paper import Box, Paper
    from layers.pictures.figure import Item

_LEAST_M: Final = 500.0
_COUNT_MM: Final = 3.6
# Smaller where many stand: none may hide another.
_PX: Final = ((30, 1.0), (80, 0.8), (200, 0.6), (10**9, 0.42))
_STEEP: Final[dict[str, Style]] = {"gentle": "slope", "steep": "slope_steep", "steps": "steps"}
_REACHED: Final = Words("通いの場に歩いて届く道", "streets within reach of a salon")
_CIRCLES: Final = Words(
    "通いの場から直線で届く範囲のふち", "edge of what is within the straight line"
)
_SQUARE: Final = (
    f"<rect x='2' y='1' width='14' height='14' fill='#fff' stroke='{INK2}' stroke-width='1.8' "
    "stroke-dasharray='3.4 2'/>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDrawn:
    """A map and what its signs mean (地図と凡例)."""

    svg: str
    legend: tuple[Item, ...]


def out_words(*, office: bool, straight: bool) -> Words:
    """Return what the hatched squares are called: nobody walks where a line is straight (届かない所の名)."""
    how = Words("直線で", " in a straight line") if straight else Words("歩いて", "")
    if office:
        return Words(
            f"{how.ja}届かない人が住む所（約125mのます。数字は人数）",
            f"where people out of reach{how.en} live (squares of about 125 m; how many)",
        )
    return Words(
        f"{how.ja}届かない人が{LEAST}人以上住む所（約125mのます）",
        f"squares of about 125 m with {LEAST} people or more out of reach{how.en}",
    )


class AreaMaps:
    """The maps of a run's areas; what they share is drawn from once (地区の地図).

    Parameters
    ----------
    folder
        The town's, for its base map.
    """

    def __init__(self, run: Run, things: Things, folder: Path) -> None:
        self._run, self._things, self._folder = run, things, folder
        self._reached = np.array(
            shapely.get_parts(reached_streets(run.day, run.question)), dtype=object
        )

    def draw(
        self, place: Place, inside: Inside, *, width_mm: float, height_mm: float, lang: Lang
    ) -> AreaDrawn:
        """Return the map of an area (地区の地図を描く).

        Whoever is out of reach is told by squares, for the office with how many live there; for a
        council squares of fewer than ten are left out. Private homes have their 250 m square and no
        sign.
        """
        office = self._run.audience == "office"
        squares, counts = self._out_of_reach(place)
        signs, homes = self._signs(inside)
        window = window_around(
            shapely.get_coordinates(place.shape), width_mm=width_mm, height_mm=height_mm,
            least_m=_LEAST_M, margin=0.06,
        )  # fmt: skip

        def under(paper: Paper) -> str:
            art = [draw_streets(self._reached, "reach", paper)]
            hatch = draw_hatch(np.array(squares, dtype=object), "gap", paper) if squares else ""
            art.append(f"<g transform='scale({1 / UNITS})'>{hatch}</g>" if hatch else "")
            for kind, style in _STEEP.items():
                art.append(draw_streets(self._things.steep_lines(kind), style, paper))
            art.append(_draw_homes(homes, paper))
            return "".join(art)

        def over(paper: Paper, taken: list[Box]) -> str:
            return _draw_counts(squares, counts, paper, taken) if office else ""

        svg = draw_static_map(
            self._folder, plane=self._run.town.plane, window_m=window, width_mm=width_mm,
            height_mm=height_mm, signs=signs, areas=[place.shape], under=under, over=over, lang=lang,
        )  # fmt: skip
        legend = self._legend(
            signs, inside, office=office, squares=bool(squares), homes=bool(homes)
        )
        return AreaDrawn(svg=svg, legend=legend)

    def _out_of_reach(self, place: Place) -> tuple[list[shapely.Geometry], list[int]]:
        town, cells = self._run.town, self._run.coverage().cells
        out = place.inside & cells["status"].isin(["outside", "no_rest"]).to_numpy()
        x_m, y_m = (town.cells[one].to_numpy(dtype=float)[out] for one in ("x_m", "y_m"))
        shapes, counts = count_squares(
            town.plane, x_m, y_m, cells["people"].to_numpy(dtype=np.int64)[out]
        )
        least = 1 if self._run.audience == "office" else LEAST
        kept = [n for n, count in enumerate(counts) if count >= least]
        # Who is counted in an area may live beside it: their square is whole then.
        cut = [shapely.intersection(shapes[n], place.shape) for n in kept]
        drawn = [one if one.area else shapes[n] for n, one in zip(kept, cut, strict=True)]
        return drawn, [counts[n] for n in kept]

    def _signs(self, inside: Inside) -> tuple[list[Sign], list[shapely.Geometry]]:
        """Return the signs, least important first, and the squares of private homes."""
        plane, homes, signs = self._run.town.plane, list[shapely.Geometry](), list[Sign]()
        today = self._run.day.when.on
        for one in reversed(inside.things):
            if one.home:
                homes.append(square_m(plane, *one.at_m))
                continue
            due = one.site is not None and one.site.due_on <= today
            signs.append(
                Sign(
                    x_m=one.at_m[0], y_m=one.at_m[1], kind=one.kind, label=one.name,
                    hollow=due and self._run.audience == "office", mapped=one.site is None,
                )
            )  # fmt: skip
        number_ = 0
        for salon in inside.salons:
            if salon.at_m is None:
                continue
            number_ += 1
            if salon.home:
                homes.append(square_m(plane, *salon.at_m))
                continue
            counts = salon.venue.counts in ("yes", "unsure")
            signs.append(
                Sign(
                    x_m=salon.at_m[0], y_m=salon.at_m[1], kind="salon", number=str(number_),
                    label=salon.name, hollow=not counts,
                )
            )  # fmt: skip
        factor = next(size for most, size in _PX if len(signs) <= most)
        return [_sized(one, factor) for one in signs], homes

    def _legend(
        self, signs: Sequence[Sign], inside: Inside, *, office: bool, squares: bool, homes: bool
    ) -> tuple[Item, ...]:
        straight = self._run.question.straight
        items: list[Item] = [
            (_CIRCLES if straight else _REACHED, line_sample("reach"), 28),
        ]
        if squares:
            out = out_words(office=office, straight=straight)
            items.append((out, hatched(VERMILION, "16l16 -16"), 28))
        items += [
            (SLOPE_WORDS[kind], line_sample(style), 28)
            for kind, style in _STEEP.items()
            if inside.steep_m.get(kind)
        ]
        drawn = {one.kind for one in signs}
        items += [(type_.words, kind, 18) for kind, type_ in RECORD_TYPES.items() if kind in drawn]
        if homes:
            items.append((SQUARE_WORDS, _SQUARE, 18))
        return tuple(items)


def _sized(sign: Sign, factor: float) -> Sign:
    return replace(sign, px=RECORD_TYPES[sign.kind].marker.size * factor)


def _draw_homes(squares: Sequence[shapely.Geometry], paper: Paper) -> str:
    data = path_data(paper, np.array(squares, dtype=object)) if squares else ""
    if not data:
        return ""
    wide, dash, gap = (round(px * PX_MM * UNITS) for px in (2.2, 5, 3))
    return (
        f"<g transform='scale({1 / UNITS})'><path d='{data}' fill='none' stroke='{INK2}' "
        f"stroke-width='{wide}' stroke-dasharray='{dash} {gap}'/></g>"
    )


def _draw_counts(
    squares: Sequence[shapely.Geometry], counts: Sequence[int], paper: Paper, taken: list[Box]
) -> str:
    """Return how many live in each square, where there is room: never over a sign or another number."""
    art = []
    for shape, count in sorted(zip(squares, counts, strict=True), key=lambda one: -one[1]):
        middle = shape.centroid
        x, y = paper.to_mm([(middle.x, middle.y)])[0].tolist()
        text = f"{count:,}"
        half = text_width(text, _COUNT_MM) / 2
        box = (x - half, y - _COUNT_MM * 0.6, x + half, y + _COUNT_MM * 0.6)
        if shape.area**0.5 / paper.m_per_mm < 2 * half or covered(box, taken, paper):
            continue
        taken.append(grown(box, 0.2))
        back = grown(box, 0.5)
        art.append(
            f"<rect x='{number(back[0])}' y='{number(back[1])}' width='{number(back[2] - back[0])}' "
            f"height='{number(back[3] - back[1])}' rx='.8' fill='{CARD}' fill-opacity='.88'/>"
            f"<text x='{number(x)}' y='{number(y + _COUNT_MM * 0.36)}' fill='{VERMILION}'>{text}</text>"
        )
    if not art:
        return ""
    return f"<g font-size='{_COUNT_MM}' font-weight='700' text-anchor='middle'>{''.join(art)}</g>"
