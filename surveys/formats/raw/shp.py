"""The shapes of a shapefile, every count checked against the bytes that are there (シェープファイルの形)."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.delimited import refusal

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.base.problems import InputError

    Floats = npt.NDArray[np.float64]

# ESRI Shapefile Technical Description (1998): kinds with Z are 10 more, with M 20 more.
_MAGIC: Final = b"\x00\x00\x27\x0a"
_HEAD: Final = 100
_NULL, _POINT, _LINE, _AREA, _POINTS = 0, 1, 3, 5, 8
_LEAST_RING: Final = 4


def read_shp(data: bytes, *, file: str, most: int) -> list[shapely.Geometry | None]:
    """Return the flat shapes of a .shp, ``None`` for a row without one (形を読む).

    Raises
    ------
    InputError
        Another kind of file, cut short, too many shapes, or surfaces in space.
    """
    if not data.startswith(_MAGIC) or len(data) < _HEAD:
        raise refusal(
            file,
            "中の .shp がシェープファイルではありません。書き出し直してください",
            "its .shp is no shapefile; export it again",
        )
    out: list[shapely.Geometry | None] = []
    at = _HEAD
    try:
        while at + 8 <= len(data):
            (words,) = struct.unpack_from(">i", data, at + 4)
            end = at + 8 + 2 * words
            if words < 2 or end > len(data) or len(out) >= most:  # noqa: PLR2004 - the kind alone
                raise _cut(file)
            out.append(_shape(data[at + 8 : end], file))
            at = end
    except (struct.error, ValueError, shapely.errors.ShapelyError) as error:
        raise _cut(file) from error
    return out


def _cut(file: str) -> InputError:
    return refusal(
        file,
        "中の .shp が読めません。途中で切れているか、面・線・点でないものが入っています。書き出し直してください",
        "its .shp cannot be read: cut short, or it holds other than areas, lines and points; export it again",
    )


def _shape(record: bytes, file: str) -> shapely.Geometry | None:
    (code,) = struct.unpack_from("<i", record)
    kind = code % 10
    if code == _NULL:
        return None
    if code > _POINTS + 20 or kind not in (_POINT, _LINE, _AREA, _POINTS):
        raise _cut(file)
    if kind == _POINT:
        return shapely.Point(struct.unpack_from("<dd", record, 4))
    if kind == _POINTS:
        (count,) = struct.unpack_from("<i", record, 36)
        return shapely.MultiPoint(_corners(record, 40, count))
    parts, count = struct.unpack_from("<ii", record, 36)
    if parts < 1 or 44 + 4 * parts > len(record):
        raise ValueError("parts")
    starts = [*struct.unpack_from(f"<{parts}i", record, 44), count]
    corners = _corners(record, 44 + 4 * parts, count)
    if any(one < 0 or other < one for one, other in pairwise(starts)):
        raise ValueError("parts")
    lines = [corners[one:other] for one, other in pairwise(starts)]
    if kind == _LINE:
        made = [shapely.LineString(one) for one in lines if len(one) > 1]
        return made[0] if len(made) == 1 else shapely.MultiLineString(made)
    return _areas([one for one in lines if len(one) >= _LEAST_RING])


def _corners(record: bytes, at: int, count: int) -> Floats:
    if count < 0 or at + 16 * count > len(record):
        raise ValueError("corners")
    return np.frombuffer(record, "<f8", 2 * count, at).reshape(-1, 2)


def _areas(rings: list[Floats]) -> shapely.Geometry | None:
    """Join rings to areas: clockwise ones are outer, the others holes of the one they lie in."""
    shells = [shapely.Polygon(ring) for ring in rings if not shapely.LinearRing(ring).is_ccw]
    holes = [ring for ring in rings if shapely.LinearRing(ring).is_ccw]
    if not shells:  # some programs do not turn their rings
        shells, holes = [shapely.Polygon(ring) for ring in rings], []
    if not shells:
        return None
    inner: list[list[Floats]] = [[] for _ in shells]
    for hole in holes:
        point = shapely.Point(hole[0])
        around = [at for at, shell in enumerate(shells) if shell.intersects(point)]
        if around:
            inner[min(around, key=lambda at: shells[at].area)].append(hole)
    made = [shapely.Polygon(one.exterior, own) for one, own in zip(shells, inner, strict=True)]
    return made[0] if len(made) == 1 else shapely.MultiPolygon(made)
