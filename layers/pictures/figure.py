"""A figure of a page as a picture shows it: question, sentence, table, maps, what it rests on (数字の絵の中身)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.square import square_of
from geo.base.words import Words
from layers.paper.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.place import Plane
    from geo.say.sentence import Line
    from layers.day.day import Day
    from layers.paper.paper import Box
    from layers.pictures.area_map import AreaMap

# What is in a legend: words, picture, its width, as `layers.maps.legend_parts.legend_item` has it.
Item = tuple[Words, str, int]
SQUARE_WORDS: Final = Words(
    "点線の四角：個人の家の通いの場（およその所）",
    "dashed square: a salon at a private home (approximate place)",
)
# Smaller where there are many: none may hide another.
_SALON_PX: Final = ((40, 30.0), (120, 22.0), (10**9, 15.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figure:
    """What a picture tells (絵の中身).

    Attributes
    ----------
    title
        The question it answers.
    lines
        The sentence to read aloud, in the language it will be drawn in.
    heads, rows
        A short table: what stands over name and figure; number, name and figure of each row.
    maps
        What each map is called, "" where there is but one, and the map.
    legend
        What the maps' colours and signs mean.
    notes, assumed
        What is said with the figure; what it rests on, in one line.
    credits
        Where the data is from.
    window_m
        West, south, east, north of what the map shows; None for the whole town.
    """

    title: Words
    lines: tuple[Line, ...]
    maps: tuple[tuple[str, AreaMap], ...]
    legend: tuple[Item, ...]
    assumed: Words
    credits: str
    heads: tuple[Words, Words] | None = None
    rows: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[Words, ...] = ()
    window_m: Box | None = None


def salon_signs(day: Day) -> tuple[list[Sign], list[shapely.Geometry]]:
    """Return the signs of a day's 通いの場, and the squares of those at private homes (通いの場のしるし)."""
    table, homes = day.salons, day.homes
    px = next(size for most, size in _SALON_PX if len(table) <= most)
    private = table["site_id"].isin(list(homes)).to_numpy(dtype=bool)
    at = np.column_stack([table["x_m"].to_numpy(float), table["y_m"].to_numpy(float)])
    signs = [Sign(x_m=x, y_m=y, kind="salon", px=px) for x, y in at[~private].tolist()]
    return signs, [square_m(day.built.plane, x, y) for x, y in at[private].tolist()]


def square_m(plane: Plane, x_m: float, y_m: float) -> shapely.Geometry:
    """Return the 250 m square a private home is told by, metres on the plane (個人の家の四角)."""
    lon, lat = (float(one) for one in plane.to_lonlat(x_m, y_m))
    return shapely.transform(shapely.box(*square_of(lon, lat)), plane.to_m, interleaved=False)


def legend_of(day: Day, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return a legend, with the squares of private homes where there are any (凡例)."""
    if not day.homes & set(day.salons["site_id"]):
        return tuple(items)
    square = (
        "<rect x='2' y='1' width='14' height='14' fill='#fff' stroke='#565C66' stroke-width='1.8' "
        "stroke-dasharray='3.4 2'/>"
    )
    return (*items, (SQUARE_WORDS, square, 18))
