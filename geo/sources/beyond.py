"""Areas of a division's file that lie beyond the town's border (市の境の外の地区)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from geo.base.words import Words

if TYPE_CHECKING:
    import geopandas as gpd

# Borders of two sources are drawn some metres apart; a twentieth of an area is more than that.
_INSIDE: Final = 0.05
_SHOWN: Final = 3


def drop_beyond(
    areas: gpd.GeoDataFrame, border: shapely.Geometry, file: str
) -> tuple[gpd.GeoDataFrame, list[tuple[str, str]], list[Words]]:
    """Return the areas within the border, ids and names of the others, and what to tell (境の外をのぞく).

    A file of a whole prefecture holds the areas of every municipality. Where no area lies within
    the border all are kept, and it is told: then the border is another town's.

    Parameters
    ----------
    areas
        `geo.sources.boundaries.DIVISION_COLUMNS`, EPSG:4326, as `border` is.
    """
    shapes = areas.geometry.to_numpy()
    shapely.prepare(border)
    inside = shapely.intersects(border, shapely.point_on_surface(shapes))
    for at in (~inside).nonzero()[0]:
        share = shapely.area(shapely.intersection(border, shapes[at])) / shapely.area(shapes[at])
        inside[at] = share >= _INSIDE
    if inside.all():
        return areas, [], []
    if not inside.any():
        words = Words(
            f"{file} の地区は、どれも市の境の外にあります。境のファイルを確かめてください",
            f"{file}: every area lies beyond the border; check the file of the border",
        )
        return areas, [], [words]
    gone = areas[~inside]
    listed = "、".join(gone["area_name"].astype(str).head(_SHOWN))
    words = Words(
        f"{file} の{len(gone)}地区（{listed} など）は市の境の外なので使いませんでした",
        f"{file}: {len(gone)} areas ({listed}) lie beyond the border and were not used",
    )
    pairs = list(zip(gone["area_id"].astype(str), gone["area_name"].astype(str), strict=True))
    return areas[inside].reset_index(drop=True), pairs, [words]
