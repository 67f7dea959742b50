"""The ground a town is made on: its border and its divisions, from a recipe (街の範囲と地区).

Read by the build, and before it, to see whether a table of people fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.sources.border import read_border
from geo.sources.boundaries import read_division
from geo.sources.people_files import PeopleFile
from geo.tables.tables import check_areas
from geo.town import ALL, WHOLE

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.place import Plane
    from geo.base.problems import Problem
    from geo.base.words import Words
    from geo.sources.municipality import Municipality
    from geo.sources.recipe import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The border and the divisions of a recipe, EPSG:4326 (街の範囲と地区).

    Attributes
    ----------
    border
        The border's file, else what the divisions cover; None where there is neither.
    divisions
        In the recipe's order.
    city
        The municipality they say they are of; None where they do not.
    outside
        By division: ids and names of areas beyond the border.
    notices
        What their readers noticed.
    facts
        ``area_facts`` by division, where a file tells any.
    """

    border: shapely.Geometry | None
    divisions: list[gpd.GeoDataFrame]
    city: Municipality | None
    outside: dict[str, list[tuple[str, str]]]
    notices: list[Problem | Words]
    facts: dict[str, Any]

    def people_files(self, folder: Path, recipe: Recipe) -> list[PeopleFile]:
        """Return the recipe's tables of people, as they are read on this ground (人口の表)."""
        return [
            PeopleFile(path=folder / one.file, choice=one.pick, own=self.city, outside=self.outside)
            for one in recipe.of("people")
        ]


def read_ground(folder: Path, recipe: Recipe) -> Ground:
    """Return the border and the divisions of a recipe (街の範囲と地区を読む).

    Raises
    ------
    InputError
        When one of their files cannot be used.
    """
    border, city = None, None
    notices: list[Problem | Words] = []
    for source in recipe.of("border"):
        found = read_border(
            folder / source.file, source.pick, source.layer, any_kind=source.accept == "kind"
        )
        border, city = found.shape, found.city
        notices += found.notices
    divisions: list[gpd.GeoDataFrame] = []
    outside: dict[str, list[tuple[str, str]]] = {}
    facts: dict[str, Any] = {}
    for source in recipe.of("division"):
        areas = read_division(
            folder / source.file,
            name=source.division,
            column=source.column,
            tier=source.tier,
            layer=source.layer,
            border=border,
            own=city,
            any_kind=source.accept == "kind",
        )
        notices += areas.notices
        outside[source.division] = areas.outside
        if areas.facts:
            facts.setdefault("area_facts", {})[source.division] = areas.facts
        divisions.append(areas.areas)
        city = city or areas.city
    if border is None and divisions:
        border = shapely.union_all(
            np.concatenate([frame.geometry.to_numpy() for frame in divisions])
        )
    return Ground(
        border=border, divisions=divisions, city=city, outside=outside, notices=notices,
        facts=facts,
    )  # fmt: skip


def lay_border(border: shapely.Geometry, plane: Plane) -> shapely.Geometry:
    """Return a border, EPSG:4326, in the plane, metres (平面にした境)."""
    return shapely.transform(border, plane.to_m, interleaved=False)


def lay_areas(
    divisions: list[gpd.GeoDataFrame], recipe: Recipe, border: shapely.Geometry, plane: Plane
) -> gpd.GeoDataFrame:
    """Return the areas of all divisions in the plane, the whole town last (平面にした地区).

    Parameters
    ----------
    border
        In the plane.
    """
    frames = [frame.to_crs(plane.crs) for frame in divisions]
    if WHOLE not in [source.division for source in recipe.of("division")]:
        whole = {"area_id": [ALL], "area_name": [recipe.name], "division": [WHOLE], "tier": [""]}
        frames.append(gpd.GeoDataFrame(whole, geometry=[border], crs=plane.crs))
    joined = gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=plane.crs)
    joined["geometry"] = shapely.make_valid(
        joined.geometry.to_numpy(), method="structure", keep_collapsed=False
    )
    return check_areas(joined[["area_id", "area_name", "division", "tier", "geometry"]])


def counted_areas(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the areas a table of people may count (人口の表の地区になれるもの).

    The whole town only where there is no other.
    """
    whole = (areas["division"] == WHOLE) & (areas["area_id"] == ALL)
    return areas if whole.all() else areas[~whole].reset_index(drop=True)
