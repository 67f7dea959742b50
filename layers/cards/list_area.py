"""The area a list's address asks for (一覧の区域)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.list_query import parse_area

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import shapely

    from geo.town import Town


def find_area(town: Town, params: Mapping[str, str]) -> tuple[shapely.Geometry | None, str]:
    """Return the shape in degrees and the name of the area an address asks for (区域を探す).

    Raises
    ------
    InputError
        When the town has no such division or area.
    """
    asked = parse_area(params)
    if asked is None:
        return None, ""
    areas: gpd.GeoDataFrame = town.division(asked[0])
    rows = areas[areas["area_id"] == asked[1]]
    if rows.empty:
        raise InputError(
            Words(
                f"区域「{asked[1][:80]}」は、この街にありません",
                f"this town has no area {asked[1][:80]!r}",
            )
        )
    return town.plane.to_degrees(rows.geometry.iloc[0]), str(rows["area_name"].iloc[0])
