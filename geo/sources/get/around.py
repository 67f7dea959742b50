"""What of OpenStreetMap and of the heights a town needs, by its border (街のまわり)."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import shapely

from geo.base.place import choose_plane
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.border import read_border
from geo.sources.ways.osm_tags import FEATURE_KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.sources.declare import LonLatBox

# People near the border walk out of town and in again.
MARGIN_M: Final = 1_000.0
_QUERY_S: Final = 180
_KM2: Final = 1e6


def border_of(path: Path, city: Listed) -> tuple[shapely.Geometry, bool]:
    """Return a municipality's border from a file, and whether it is chosen of several by code (市の境).

    Degrees (EPSG:4326).

    Raises
    ------
    InputError
        When the file holds other municipalities alone, or no border.
    """
    with suppress(InputError):
        return read_border(path, city.code).shape, True
    with suppress(InputError):
        alone = read_border(path)
        if alone.city is None:  # a file that does not say whose border it is
            return alone.shape, False
    raise InputError(
        Words(
            f"{path.name} に、{city.full_name}（{city.code}）の境がありません",
            f"{path.name} does not hold the border of {city.full_name} ({city.code})",
        )
    )


def box_around(border: shapely.Geometry) -> tuple[LonLatBox, float]:
    """Return the box round a border, 1 km wider, and how large it is, km² (街を囲む四角).

    Parameters
    ----------
    border
        EPSG:4326; the box is west, south, east, north in its degrees.
    """
    wide = _widen(border)
    west, south, east, north = (float(one) for one in wide.bounds)
    plane = choose_plane((west + east) / 2, (south + north) / 2)
    box = shapely.transform(shapely.box(west, south, east, north), plane.to_m, interleaved=False)
    return (west, south, east, north), float(box.area) / _KM2


def overpass_query(box: LonLatBox) -> str:
    """Return the question to Overpass: all that the reader of OSM files makes use of (Overpassへの問い).

    Examples
    --------
    >>> overpass_query((139.8, 35.6, 139.9, 35.7)).splitlines()[0]
    '[out:xml][timeout:180][bbox:35.600000,139.800000,35.700000,139.900000];'
    """
    west, south, east, north = box
    kinds = "".join(f'nwr["{key}"];' for key in FEATURE_KEYS)
    place = ",".join(f"{one:.6f}" for one in (south, west, north, east))
    return f"[out:xml][timeout:{_QUERY_S}][bbox:{place}];\n({kinds});\n(._;>;);\nout body;"


def overpass_url(url: str, box: LonLatBox) -> str:
    """Return the address with the question (問いをつけたアドレス)."""
    return f"{url}?{urlencode({'data': overpass_query(box)})}"


def tiles_around(border: shapely.Geometry, zoom: int) -> list[tuple[int, int]]:
    """Return x and y of the tiles that a border and 1 km round it touch, from the north-west (かかるタイル).

    Examples
    --------
    >>> len(tiles_around(shapely.box(139.90, 35.65, 139.91, 35.66), 14))
    4
    """
    wide = _widen(border)
    shapely.prepare(wide)
    west, south, east, north = wide.bounds
    (x0, y0), (x1, y1) = tile_at(west, north, zoom), tile_at(east, south, zoom)
    return [
        (x, y)
        for y in range(y0, y1 + 1)
        for x in range(x0, x1 + 1)
        if wide.intersects(tile_box(x, y, zoom))
    ]


def _widen(border: shapely.Geometry) -> shapely.Geometry:
    middle = border.representative_point()
    plane = choose_plane(middle.x, middle.y)
    laid = shapely.transform(border, plane.to_m, interleaved=False)
    return shapely.transform(laid.buffer(MARGIN_M), plane.to_lonlat, interleaved=False)


def tile_at(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Return x and y of the tile a place is on (その所のタイル).

    Examples
    --------
    >>> tile_at(139.9, 35.65, 14)
    (14559, 6453)
    """
    count = 1 << zoom
    turned = math.asinh(math.tan(math.radians(lat)))
    return int((lon + 180) / 360 * count), int((1 - turned / math.pi) / 2 * count)


def tile_box(x: int, y: int, zoom: int) -> shapely.Polygon:
    """Return the extent of a tile, degrees (タイルの範囲)."""
    count = 1 << zoom
    north, south = (
        math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / count)))) for row in (y, y + 1)
    )
    return shapely.box(x / count * 360 - 180, south, (x + 1) / count * 360 - 180, north)
