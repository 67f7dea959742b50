"""The area a list's address asks for (一覧の地区)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from layers.cards.list_query import DIVISION, parse_area

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

    from geo.town import Town
    from surveys.store.listing import SiteQuery


# Borders of one ground drawn by two hands: so much of an area within another is all of it.
_WHOLE: Final = 0.9


def place_query(town: Town, query: SiteQuery, params: Mapping[str, str]) -> SiteQuery:
    """Return a question with the shapes of the town its address asks for (条件に地区を入れる).

    The area as `within`; of the order ``area``, the areas it goes by: those of the division
    asked for, in the order of the file. Of whom it is to be open to, the areas theirs lies in.

    Raises
    ------
    InputError
        When the town has no such division or area.
    """
    division, within = find_division(town, params), find_area(town, params)[0]
    if query.open_to:
        query = replace(query, open_names=(town.name, *areas_around(town, query.open_to)))
    if query.order != "area" or not division:
        return replace(query, within=within)
    shapes = town.division(division).geometry.to_numpy()
    return replace(query, within=within, areas=tuple(map(town.plane.to_degrees, shapes)))


def areas_around(town: Town, name: str) -> list[str]:
    """Return the names of the areas an area of that name lies in, itself among them (ふくむ区域).

    Whoever is of 西町 is of the 圏域 that 西町 lies in, whichever a record names. None where the
    town has no area of that name. Cost: as many intersections as the town has areas.
    """
    shapes = [
        shape
        for division in town.divisions
        for shape, own in _named(town, division)
        if tidy(own) == tidy(name)
    ]
    if not shapes:
        return []
    own = shapely.union_all(shapes)
    return [
        around
        for division in town.divisions
        for shape, around in _named(town, division)
        if shape.intersects(own) and shape.intersection(own).area >= _WHOLE * own.area
    ]


def _named(town: Town, division: str) -> Iterator[tuple[shapely.Geometry, str]]:
    areas = town.division(division)
    yield from zip(areas.geometry, map(str, areas["area_name"]), strict=True)


def find_division(town: Town, params: Mapping[str, str]) -> str:
    """Return the division an address speaks of: its own, its area's, else the first (地区の分け方).

    Raises
    ------
    InputError
        When the town has no such division.
    """
    asked = parse_area(params)
    name = asked[0] if asked else params.get(DIVISION, "")
    if not name:
        return town.divisions[0] if town.divisions else ""
    if name not in town.divisions:
        raise InputError(
            Words(
                f"地区の分け方「{name[:80]}」は、この街にありません",
                f"this town has no division {name[:80]!r}",
            )
        )
    return name


def find_area(town: Town, params: Mapping[str, str]) -> tuple[shapely.Geometry | None, str]:
    """Return the shape in degrees and the name of the area an address asks for (地区を探す).

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
                f"地区「{asked[1][:80]}」は、この街にありません",
                f"this town has no area {asked[1][:80]!r}",
            )
        )
    return town.plane.to_degrees(rows.geometry.iloc[0]), str(rows["area_name"].iloc[0])
