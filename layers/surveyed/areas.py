"""In which area of a town a place lies (場所のある地区)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.town import Town

_BESIDE_M: Final = 100  # what stands just over a drawn border is the town's


def name_areas(
    town: Town, places: Mapping[str, shapely.Geometry | None], division: str = ""
) -> dict[str, str]:
    """Return the name of the area each place lies in, by its key (地区の名前).

    By the middle of the place and the areas of a division ("" for the first), borders included;
    the first of several. A place outside all, or none, is not among the keys.
    """
    placed = {key: one for key, one in places.items() if one is not None and not one.is_empty}
    if not placed or not town.divisions:
        return {}
    keys, middles = list(placed), [one.representative_point() for one in placed.values()]
    x_m, y_m = town.plane.to_m([at.x for at in middles], [at.y for at in middles])
    areas = town.division(division or town.divisions[0])
    tree = shapely.STRtree(areas.geometry.to_numpy())
    place, area = tree.query(shapely.points(x_m, y_m), predicate="intersects")
    order = np.lexsort((area, place))[::-1]  # the first area is written last
    names = areas["area_name"].tolist()
    return {keys[int(place[at])]: str(names[int(area[at])]) for at in order}


def lies_in(town: Town) -> Callable[[shapely.Geometry], bool]:
    """Return what says of a place in degrees whether it lies in the town, or just beside it (街の中か)."""
    near = town.border.buffer(_BESIDE_M)
    shapely.prepare(near)

    def inside(place: shapely.Geometry) -> bool:
        middle = place.representative_point()
        x_m, y_m = town.plane.to_m([middle.x], [middle.y])
        return bool(shapely.intersects_xy(near, x_m, y_m)[0])

    return inside


def area_at(town: Town, division: str, lon: float, lat: float) -> int | None:
    """Return the row of the division's area at a point in degrees, or None (その場所の地区)."""
    x_m, y_m = town.plane.to_m(lon, lat)
    found = np.flatnonzero(
        shapely.intersects_xy(town.division(division).geometry.to_numpy(), x_m, y_m)
    )
    return int(found[0]) if found.size else None
