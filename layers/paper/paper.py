"""The paper a static map is drawn on: metres to millimetres, and path data (紙の上の場所)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.maps.popup import entity

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.base.arrays import Floats

    Shapes = npt.NDArray[np.object_]
    Box = tuple[float, float, float, float]

PX_MM: Final = 0.23  # a pixel of docs/look.md on paper: a 32 px icon is 7.4 mm wide
UNITS: Final = 100  # path data is in hundredths of a millimetre, so that it is whole numbers
_FINEST_MM: Final = 0.1  # printed resolution
_SPILL_MM: Final = 4.0  # cut this far outside the frame, so that no cut end is seen
# XML has no place for these, even as entities.
_NOT_XML: Final = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A frame of paper over a part of the town's plane (紙の枠).

    Attributes
    ----------
    west_m, north_m
        The upper left corner on the plane.
    m_per_mm
        Metres of ground in a millimetre of paper, the same in both directions.
    width_mm, height_mm
        The frame.
    """

    west_m: float
    north_m: float
    m_per_mm: float
    width_mm: float
    height_mm: float

    def to_mm(self, points_m: npt.ArrayLike) -> Floats:
        """Return (n, 2) points of the plane as x right, y down from the frame's corner (紙の上へ)."""
        points = np.asarray(points_m, dtype=float).reshape(-1, 2)
        across, down = points[:, 0] - self.west_m, self.north_m - points[:, 1]
        return np.column_stack([across, down]) / self.m_per_mm

    def bounds_m(self, spill_mm: float = 0.0) -> Box:
        """Return west, south, east, north of the frame and `spill_mm` round it (枠の範囲)."""
        spill, mpm = spill_mm * self.m_per_mm, self.m_per_mm
        return (
            self.west_m - spill,
            self.north_m - self.height_mm * mpm - spill,
            self.west_m + self.width_mm * mpm + spill,
            self.north_m + spill,
        )

    def holds(self, box: Box) -> bool:
        """Say whether a box in millimetres lies in the frame (枠に入るか)."""
        return box[0] >= 0 and box[1] >= 0 and box[2] <= self.width_mm and box[3] <= self.height_mm


def lay_paper(window_m: Box, *, width_mm: float, height_mm: float) -> Paper:
    """Return the frame that shows all of a window, in its middle (紙をあてる).

    Parameters
    ----------
    window_m
        West, south, east, north on the plane. Where its sides do not have the frame's
        ratio, the frame shows more ground, never less.

    Raises
    ------
    ValueError
        When the window or the frame has no extent.

    Examples
    --------
    >>> lay_paper((0, 0, 600, 400), width_mm=100, height_mm=100).bounds_m()
    (0.0, -100.0, 600.0, 500.0)
    """
    west, south, east, north = window_m
    if not (east > west and north > south and width_mm > 0 and height_mm > 0):
        raise ValueError(f"nothing to draw: {window_m} on {width_mm} × {height_mm} mm")
    m_per_mm = max((east - west) / width_mm, (north - south) / height_mm)
    return Paper(
        west_m=(west + east - width_mm * m_per_mm) / 2,
        north_m=(south + north + height_mm * m_per_mm) / 2,
        m_per_mm=m_per_mm,
        width_mm=width_mm,
        height_mm=height_mm,
    )


def window_around(
    points_m: npt.ArrayLike,
    *,
    width_mm: float,
    height_mm: float,
    least_m: float = 120.0,
    margin: float = 0.15,
) -> Box:
    """Return the window that shows points with room round them (点のまわりの範囲).

    Parameters
    ----------
    points_m
        (n, 2) on the plane, n ≥ 1.
    width_mm, height_mm
        The frame it will be drawn in; the window has its ratio.
    least_m
        No side is shorter.
    margin
        Room on each side, as a share of the points' extent.

    Raises
    ------
    ValueError
        When there is no point, or one has no place.

    Examples
    --------
    >>> window_around([[0, 0], [1000, 100]], width_mm=100, height_mm=50)
    (-150.0, -275.0, 1150.0, 375.0)
    """
    points = np.asarray(points_m, dtype=float).reshape(-1, 2)
    if not points.size or not np.isfinite(points).all():
        raise ValueError("a window needs points, each with a place")
    low, high = points.min(axis=0), points.max(axis=0)
    sides = np.maximum((high - low) * (1 + 2 * margin), least_m)
    m_per_mm = float(max(sides[0] / width_mm, sides[1] / height_mm))
    middle, half = (low + high) / 2, np.array([width_mm, height_mm]) * m_per_mm / 2
    (west, south), (east, north) = middle - half, middle + half
    return float(west), float(south), float(east), float(north)


def path_data(paper: Paper, shapes: Shapes) -> str:
    """Return lines and polygons as the ``d`` of one path, in 1/100 mm (線と面の道すじ).

    Cut to the frame and thinned to what print can show; rings are closed, outer ones turn
    the other way than holes, so that the nonzero rule fills what should be filled.
    """
    cut = _parts(shapely.clip_by_rect(shapes, *paper.bounds_m(_SPILL_MM)))
    areas = shapely.get_type_id(cut) == shapely.GeometryType.POLYGON
    lines = cut[shapely.get_type_id(cut) == shapely.GeometryType.LINESTRING]
    rings = shapely.get_rings(shapely.orient_polygons(cut[areas]))
    return _walk(paper, lines, closed=False) + _walk(paper, rings, closed=True)


def number(value: float) -> str:
    """Return a length in millimetres to a hundredth, written short (紙の上の数).

    Examples
    --------
    >>> number(46.0), number(0.5), number(-0.001)
    ('46', '0.5', '0')
    """
    # Adding zero turns -0.0 into 0.0.
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def plain(text: str) -> str:
    """Return text that can only be text, in SVG as in HTML (文字だけにする).

    Examples
    --------
    >>> plain("<b>")
    '&#60;b&#62;'
    """
    return entity(text.translate(_NOT_XML))


def _parts(shapes: Shapes) -> Shapes:
    # A collection cut out of a MultiPolygon may hold one: twice is deep enough.
    found: Shapes = shapely.get_parts(shapely.get_parts(shapes))
    return found


def _walk(paper: Paper, shapes: Shapes, *, closed: bool) -> str:
    thin = shapely.simplify(shapes, _FINEST_MM * paper.m_per_mm, preserve_topology=False)
    points_m, at = shapely.get_coordinates(thin, return_index=True)
    if not at.size:
        return ""
    points = np.rint(paper.to_mm(points_m) * UNITS).astype(np.int64)
    step = np.diff(points, axis=0, prepend=points[:1])
    first = np.diff(at, prepend=-1) != 0
    seen = first | step.any(axis=1)
    points, step, first = points[seen], step[seen], first[seen]
    starts = np.flatnonzero(first)
    words = [f"{x} {y}" for x, y in step.tolist()]
    least = 4 if closed else 2  # the first corner of a ring stands at its end once more
    said = []
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(words)], strict=True):
        if end - start < least:
            continue
        x, y = points[start].tolist()
        body = " ".join(words[start + 1 : end - 1 if closed else end])
        said.append(f"M{x} {y}l{body}{'z' if closed else ''}")
    return "".join(said).replace(" -", "-")
