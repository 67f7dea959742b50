"""Where a file lies, as a small picture: its areas, streets and points (ファイルの下見).

Small drawings of what was given, before anything is built: simplified to what can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import numpy as np
import shapely

from geo.base.datum import to_lonlat
from geo.base.problems import InputError
from geo.sources.sites import load_sites
from geo.sources.streets.streets import load_streets
from geo.sources.vector import MAP_ENDINGS, open_map
from layers.making.draft import making_of
from layers.maps.palette import INDIGO, VERMILION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layers.making.choose import Chosen

    Box = tuple[float, float, float, float]

_FINE: Final = 600.0  # parts of its width that can be told apart in a picture
_MOST_LINES: Final = 6_000
_MOST_POINTS: Final = 2_000
_LARGEST: Final = 60_000_000  # bytes of streets that are read for a picture
_LOOKS: Final = {
    "border": ("none", "#17325F", 2.4), "division": ("#E6ECF5", "#8B8677", 0.8),
    "streets": ("none", "#8B8677", 0.5), "sites": (VERMILION, "#fff", 0.8),
    "addresses": ("#8B8677", "none", 0.0),
}  # fmt: skip
_OTHER: Final = (INDIGO, "#fff", 0.8)
_POINT: Final = int(shapely.GeometryType.POINT)
_LINE: Final = int(shapely.GeometryType.LINESTRING)
_POLYGON: Final = int(shapely.GeometryType.POLYGON)
_ORDER: Final = ("division", "streets", "border", "addresses", "sites")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is drawn of a file, degrees (下絵).

    Attributes
    ----------
    rings, lines
        (n, 2) each.
    points
        (n, 2).
    """

    rings: tuple[np.ndarray, ...] = ()
    lines: tuple[np.ndarray, ...] = ()
    points: np.ndarray | None = None


def sketch_of(folder: Path, chosen: Chosen) -> Sketch:
    """Return what is drawn of a file that was given, empty where it has no place (下絵をつくる)."""
    given = chosen.given
    role = chosen.use.id if chosen.use is not None else ""
    return _sketch(making_of(folder) / given.path, given.sha256, role)


@lru_cache(maxsize=64)
def _sketch(path: Path, _sha256: str, role: str) -> Sketch:
    try:
        if role == "streets":
            return _streets(path)
        if path.name.casefold().endswith(MAP_ENDINGS):
            return _map(path)
        sites, _ = load_sites(path)
        points = sites[["lon", "lat"]].to_numpy(dtype=float)[:_MOST_POINTS]
        return Sketch(points=points)
    except (InputError, OSError, ValueError):
        return Sketch()


def _streets(path: Path) -> Sketch:
    if path.stat().st_size > _LARGEST:
        return Sketch()
    streets = load_streets(path).streets
    starts = np.asarray(streets.start)
    step = max(1, (starts.size - 1) // _MOST_LINES)
    lines = [
        np.column_stack([streets.lon[a:b], streets.lat[a:b]])
        for a, b in zip(starts[:-1:step], starts[1::step], strict=False)
    ]
    return Sketch(lines=tuple(lines))


def _map(path: Path) -> Sketch:
    frame, _ = to_lonlat(open_map(path).frame, path.name)
    west, south, east, north = frame.total_bounds
    fine = max(east - west, north - south) / _FINE
    shapes = shapely.simplify(frame.geometry.to_numpy(), fine)
    parts = shapely.get_parts(shapes[~shapely.is_missing(shapes)])
    kinds = shapely.get_type_id(parts)
    rings = [
        np.asarray(one.exterior.coords)[:, :2]
        for one in parts[kinds == _POLYGON]
        if not one.is_empty
    ]
    lines = [shapely.get_coordinates(one) for one in parts[kinds == _LINE][:_MOST_LINES]]
    points = shapely.get_coordinates(parts[kinds == _POINT])[:_MOST_POINTS]
    return Sketch(rings=tuple(rings), lines=tuple(lines), points=points)


def draw(
    sketches: Sequence[tuple[str, Sketch]], box: Box | None, *, width: int, height: int
) -> str:
    """Return an SVG picture as an address for an image, "" where nothing is to be drawn (絵にする).

    Parameters
    ----------
    sketches
        Role and what is drawn of each file.
    box
        West, south, east, north in degrees; None takes what is there.
    width, height
        Pixels.
    """
    box = box or _box_of([one for _, one in sketches])
    if box is None:
        return ""
    west, south, east, north = box
    flat = np.cos(np.radians((south + north) / 2))
    scale = 0.92 * min(width / max((east - west) * flat, 1e-9), height / max(north - south, 1e-9))

    def put(at: np.ndarray) -> np.ndarray:
        x = width / 2 + (at[:, 0] - (west + east) / 2) * flat * scale
        y = height / 2 - (at[:, 1] - (south + north) / 2) * scale
        return np.column_stack([x, y])

    rank = {one: at for at, one in enumerate(_ORDER)}
    parts = [
        _paint(role, sketch, put)
        for role, sketch in sorted(sketches, key=lambda one: rank.get(one[0], len(rank)))
    ]
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' "
        f"viewBox='0 0 {width} {height}'><rect width='{width}' height='{height}' fill='#F3EFE6'/>"
        f"{''.join(parts)}</svg>"
    )
    return "data:image/svg+xml," + quote(svg, safe="/=<>' ")


def _paint(role: str, sketch: Sketch, put: object) -> str:
    fill, stroke, width = _LOOKS.get(role, _OTHER)
    paths = "".join(_path(put(one), closed=True) for one in sketch.rings)  # type: ignore[operator]
    lines = "".join(_path(put(one), closed=False) for one in sketch.lines)  # type: ignore[operator]
    shapes = f"<path d='{paths}' fill='{fill}' stroke='{stroke}' stroke-width='{width}'/>"
    drawn = f"<path d='{lines}' fill='none' stroke='{stroke}' stroke-width='{width}'/>"
    dots = ""
    if sketch.points is not None and len(sketch.points):
        dots = "".join(
            f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3' fill='{fill}' stroke='{stroke}' stroke-width='{width}'/>"
            for x, y in put(sketch.points)  # type: ignore[operator]
        )
    return (shapes if paths else "") + (drawn if lines else "") + dots


def _path(at: np.ndarray, *, closed: bool) -> str:
    said = "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
    return f"M{said}{'Z' if closed else ''}" if said else ""


def _box_of(sketches: Sequence[Sketch]) -> Box | None:
    points = [
        one
        for sketch in sketches
        for one in (
            *sketch.rings,
            *sketch.lines,
            *([] if sketch.points is None else [sketch.points]),
        )
        if len(one)
    ]
    if not points:
        return None
    every = np.concatenate(points)
    west, south = every.min(axis=0)
    east, north = every.max(axis=0)
    return float(west), float(south), float(east), float(north)
