"""Hatches as lines cut to an area: every program that shows SVG draws them, patterns not all do (斜線)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.maps.palette import AMBER, CAUTION, INDIGO, NO_DATA_DOT, VERMILION
from layers.paper.paper import PX_MM, UNITS, path_data

if TYPE_CHECKING:
    from layers.paper.paper import Paper, Shapes
    from layers.pictures.look import Hatch

# Of docs/look.md, pixels: between bars, their width, the outline's; between dots, their width.
_BETWEEN_PX, _BAR_PX, _RIM_PX = 7.0, 2.2, 1.6
_DOTS_PX, _DOT_PX = 8.0, 2.4
_MOST_DOTS: Final = 4000
_FILL: Final = 0.13
_COLOURS: Final[dict[Hatch, str]] = {
    "gap": VERMILION, "lost": VERMILION, "gained": INDIGO, "rest": AMBER,
}  # fmt: skip
# Up to the right on the map, down to the right, level.
_SLOPES: Final[dict[Hatch, float]] = {"gap": 1.0, "lost": 1.0, "gained": -1.0, "rest": 0.0}


def draw_hatch(shapes: Shapes, hatch: Hatch, paper: Paper) -> str:
    """Return areas hatched and outlined, in units of `path_data` (斜線を描く)."""
    cut = shapely.clip_by_rect(shapes, *paper.bounds_m(1.0))
    cut = cut[~shapely.is_empty(cut)]
    if not hatch or not cut.size:
        return ""
    colour = _COLOURS[hatch]
    rim = VERMILION if hatch == "rest" else colour
    outline = path_data(paper, cut)
    bars = path_data(paper, np.array([_bars(one, _SLOPES[hatch], paper) for one in cut]))
    wide = _units(_BAR_PX)
    art = f"<path d='{outline}' fill='{colour}' fill-opacity='{_FILL}'/>"
    if hatch == "rest":
        art += (
            f"<path d='{bars}' fill='none' stroke='{CAUTION}' stroke-width='{wide + _units(1.4)}'/>"
        )
    art += f"<path d='{bars}' fill='none' stroke='{colour}' stroke-width='{wide}'/>"
    return (
        art + f"<path d='{outline}' fill='none' stroke='{rim}' stroke-width='{_units(_RIM_PX)}'/>"
    )


def draw_dots(shapes: Shapes, paper: Paper) -> str:
    """Return areas strewn with dots: what is not known never looks like a share (点を描く)."""
    cut = shapely.clip_by_rect(shapes, *paper.bounds_m())
    cut = cut[~shapely.is_empty(cut)]
    if not cut.size:
        return ""
    ground = shapely.union_all(cut)
    west, south, east, north = ground.bounds
    step = _DOTS_PX * PX_MM * paper.m_per_mm
    step *= max(1.0, math.sqrt((east - west) * (north - south) / step**2 / _MOST_DOTS))
    across, up = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step / 2))
    across[1::2] += step / 2
    within = shapely.contains_xy(ground, across, up)
    at = np.rint(paper.to_mm(np.column_stack([across[within], up[within]])) * UNITS).astype(int)
    dots = "".join(f"M{x} {y}h0" for x, y in at.tolist())
    return (
        f"<path d='{dots}' fill='none' stroke='{NO_DATA_DOT}' stroke-width='{_units(_DOT_PX)}' "
        "stroke-linecap='round'/>"
    )


def _bars(shape: shapely.Geometry, slope: float, paper: Paper) -> shapely.Geometry:
    """Return lines across an area, all areas' in step with each other."""
    west, south, east, north = shape.bounds
    step = _BETWEEN_PX * PX_MM * paper.m_per_mm * math.hypot(1.0, slope)
    ends = (slope * west, slope * east)
    first, last = math.ceil((south - max(ends)) / step), math.floor((north - min(ends)) / step)
    at = np.arange(first, last + 1) * step
    lines = np.stack(
        [np.column_stack([np.full(at.size, x), slope * x + at]) for x in (west, east)], axis=1
    )
    return shapely.intersection(shapely.multilinestrings(lines), shape)


def _units(px: float) -> int:
    return round(px * PX_MM * UNITS)
