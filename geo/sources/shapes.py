"""Areas as shapes: mended, apart from points and lines, and whether they overlap (地区の形)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from geo.base.place import choose_plane
from geo.base.words import Words

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np

POLYGONS: Final = ("Polygon", "MultiPolygon")
# Digitising leaves slivers; together under this they are not worth a word.
_OVERLAP_M2: Final = 100.0


def only_areas(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame whose mixed collections are the areas within them (面だけにする).

    A collection without an area, and any other kind, stays as it is.
    """
    shapes = frame.geometry.to_numpy()
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    if not mixed.any():
        return frame
    out = shapes.copy()
    for at in mixed.nonzero()[0]:
        areas = _polygons_of(shapes[at])
        out[at] = shapes[at] if areas.is_empty else areas
    return frame.set_geometry(out, crs=frame.crs)


def mend_shapes(shapes: np.ndarray) -> tuple[np.ndarray, int]:
    """Return shapes without broken rings, and how many were mended (形を直す)."""
    bad = ~shapely.is_valid(shapes)
    out = shapes.copy()
    out[bad] = [_polygons_of(shape) for shape in shapely.make_valid(shapes[bad])]
    return out, int(bad.sum())


def say_mended(file: str, count: int) -> Words:
    """Return that shapes were mended (直したことば)."""
    return Words(
        f"{file} の{count}件は、線が交わるなど形がこわれていたので直しました",
        f"{file}: {count} features had broken rings, which were mended",
    )


def notice_overlaps(areas: gpd.GeoDataFrame) -> Words | None:
    """Return a notice when areas of one division lie on each other (重なりに気づく).

    Parameters
    ----------
    areas
        ``area_name`` and polygons in EPSG:4326. Slivers of 100 m² in all are passed over.
    """
    if len(areas) < 2:  # noqa: PLR2004 - a pair
        return None
    xmin, ymin, xmax, ymax = areas.total_bounds
    plane = choose_plane((xmin + xmax) / 2, (ymin + ymax) / 2)
    shapes = areas.geometry.to_crs(plane.crs).to_numpy()
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, two = one[one < two], two[one < two]
    area_m2 = shapely.area(shapely.intersection(shapes[one], shapes[two]))
    if area_m2.sum() <= _OVERLAP_M2:
        return None
    most = int(area_m2.argmax())
    names = areas["area_name"].to_numpy()
    pair = f"{names[one[most]]}・{names[two[most]]}"
    pairs, total = int((area_m2 > 1).sum()), round(float(area_m2.sum()))
    return Words(
        f"{pairs}組の地区が重なっています（合わせて {total:,} m²。最も大きいのは {pair}）。"
        "重なった所の人は、ファイルで先に出てくる地区にだけ数えます",
        f"{pairs} pairs of areas overlap ({total:,} m² in all, most between {pair}); "
        "people there count in the one that comes first in the file",
    )


def _polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    flat = [one for part in parts for one in _flatten(part)]
    return shapely.union_all([one for one in flat if one.geom_type in POLYGONS])


def _flatten(shape: shapely.Geometry) -> list[shapely.Geometry]:
    if shape.geom_type != "GeometryCollection":
        return [shape]
    return [one for part in shapely.get_parts(shape) for one in _flatten(part)]
