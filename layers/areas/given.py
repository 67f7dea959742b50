"""A shape given by hand, by its corners or in a file, on the town's plane (渡された形)."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.border import read_border

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.town import Town

LEAST_CORNERS: Final = 3
MOST_CORNERS: Final = 200
SHAPE_ENDINGS: Final = (".geojson", ".json", ".kml", ".kmz", ".gpkg", ".zip")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST: Final = 60  # signs of a file's name; file systems hold 255 bytes
# Beyond these no street map is drawn, and a plane has no metres.
_SOUTH_NORTH, _WEST_EAST = 85.0, 180.0


def shape_of_corners(town: Town, corners: Sequence[tuple[float, float]]) -> shapely.Geometry:
    """Return the polygon of corners, in metres of the town's plane (角からの形).

    Parameters
    ----------
    corners
        Latitude and longitude of each, in degrees, as one goes round.

    Raises
    ------
    InputError
        They are too few, too many, or the edges cross.
    """
    if not LEAST_CORNERS <= len(corners) <= MOST_CORNERS:
        raise InputError(
            Words(
                f"角は {LEAST_CORNERS}つから {MOST_CORNERS}までです。地図を押して決めてください",
                f"a shape has {LEAST_CORNERS} to {MOST_CORNERS} corners; press them on the map",
            )
        )
    lat, lng = (np.array(one, dtype=float) for one in zip(*corners, strict=True))
    x_m, y_m = town.plane.to_m(lng, lat)
    if not (np.isfinite(x_m).all() and np.isfinite(y_m).all()):
        raise InputError(
            Words(
                "角が街から遠すぎます。角をやり直してください", "a corner is too far from the town"
            )
        )
    shape = shapely.Polygon(np.column_stack([x_m, y_m]))
    if not shape.is_valid:
        raise InputError(
            Words(
                "形の線が交わっています。「ひとつもどす」で角をとり、ふちを一まわりする順に押してください",
                "the edges cross: take corners back, and press them in the order one goes round",
            )
        )
    return shape


def shape_of_file(town: Town, data: bytes, name: str) -> tuple[shapely.Geometry, list[Words]]:
    """Return the polygons of a file joined, on the town's plane, and what was supposed (ファイルの形).

    Nothing of it is kept.

    Parameters
    ----------
    name
        What it is called; only its last part counts.

    Raises
    ------
    InputError
        It holds no polygons, or cannot be read: `geo.sources.border.read_border`.
    """
    last = re.split(r"[\\/]", _CONTROL.sub("", name))[-1].lstrip(".")[-_LONGEST:] or "file"
    if Path(last).suffix.casefold() not in SHAPE_ENDINGS:
        raise InputError(
            Words(
                "この種類のファイルは読めません。GeoJSON、KML、GeoPackage か、シェープファイルの zip を渡してください",
                "this kind of file is not read; give GeoJSON, KML, GeoPackage or a zipped shapefile",
            )
        )
    with TemporaryDirectory() as folder:
        inside = Path(folder) / "-"
        inside.mkdir()
        path = inside / last
        path.write_bytes(data)
        border = read_border(path, any_kind=True)
    on_plane = shapely.transform(border.shape, town.plane.to_m, interleaved=False)
    if not np.isfinite(shapely.get_coordinates(on_plane)).all():
        raise InputError(
            Words("形が街から遠すぎます。街の中の形を渡してください",
                  "the shape is too far from the town; give one within it")
        )  # fmt: skip
    return on_plane, border.notices


def read_corners(text: str) -> tuple[tuple[float, float], ...]:
    """Return corners as an address has them, latitude and longitude (角を読む).

    Raises
    ------
    InputError
        One is no place on the earth, or they are too many.

    Examples
    --------
    >>> read_corners("35.00187,138.60239;35.00300,138.60400")
    ((35.00187, 138.60239), (35.003, 138.604))
    """
    found = []
    for one in filter(None, text.split(";")):
        try:
            lat, lng = map(float, one.split(","))
        except ValueError:
            raise _no_corner(one) from None
        if not (abs(lat) <= _SOUTH_NORTH and abs(lng) <= _WEST_EAST):
            raise _no_corner(one)
        found.append((lat, lng))
    if len(found) > MOST_CORNERS:
        raise _no_corner(f"{len(found)} > {MOST_CORNERS}")
    return tuple(found)


def say_corners(corners: Sequence[tuple[float, float]]) -> str:
    """Return corners as an address has them: to the metre (角を書く)."""
    return ";".join(f"{lat:.5f},{lng:.5f}" for lat, lng in corners)


def _no_corner(text: str) -> InputError:
    return InputError(
        Words(f"形の角「{text[:40]}」が読めません", f"{text[:40]!r} is no corner of a shape")
    )
