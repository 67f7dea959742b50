"""Sites, dwellings and the base map out of tagged shapes (タグと形から地点・建物・下地)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.base.place import LONLAT
from geo.base.text import tidy
from geo.network.extract import BASE_KINDS, SITE_COLUMNS
from geo.sources.ways.osm_tags import base_feature, dwelling_storeys, site_kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Shapes = npt.NDArray[np.object_]

_POINT, _LINE = 0, 1


class Feature(NamedTuple):
    """One object's identity and tags; its shape stands in an array beside (タグの付いたもの)."""

    element: Literal["n", "w", "r"]
    osm_id: int
    tags: Mapping[str, str]


class Features(NamedTuple):
    """The three tables of `geo.network.extract.Extract` (地点・建物・下地の表)."""

    sites: pd.DataFrame
    buildings: gpd.GeoDataFrame
    base: gpd.GeoDataFrame


def sort_features(features: Sequence[Feature], shapes: Shapes) -> Features:
    """Return what is a site, a dwelling, a part of the base map (地点・建物・下地に分ける).

    Parameters
    ----------
    features, shapes
        F objects and their (F,) shapely geometries in degrees; an object may be several.

    Notes
    -----
    A site drawn as an area stands at a point inside it. A node of the same kind and name
    inside the area is the same thing drawn twice, and the area is kept.
    """
    type_id = shapely.get_type_id(shapes)
    is_area = np.isin(type_id, [3, 6])
    return Features(
        sites=_collect_sites(features, shapes, is_area),
        buildings=_collect_buildings(features, shapes, is_area),
        base=_collect_base(features, shapes, type_id),
    )


def no_features() -> Features:
    """Return three empty tables for a source of streets only (空の表)."""
    return sort_features([], np.empty(0, dtype=object))


def _collect_sites(
    features: Sequence[Feature], shapes: Shapes, is_area: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    kinds = [site_kind(feature.tags) for feature in features]
    rows = np.array([i for i, kind in enumerate(kinds) if kind is not None], dtype=np.int64)
    places = shapely.point_on_surface(shapes[rows])
    tags = [features[i].tags for i in rows]
    table = pd.DataFrame(
        {
            "site_id": [f"osm-{features[i].element}{features[i].osm_id}" for i in rows],
            "kind": [kinds[i] for i in rows],
            "name": [tidy(t.get("name", "")) for t in tags],
            # osmium's own resolution; a point on a surface has no more meaning than that.
            "lon": np.round(shapely.get_x(places).astype(float), 7),
            "lat": np.round(shapely.get_y(places).astype(float), 7),
            "schedule": [tidy(t.get("opening_hours", "")) for t in tags],
            "note": [tidy(t.get("description", "")) for t in tags],
        },
        columns=list(SITE_COLUMNS),
    ).astype({c: "str" for c in SITE_COLUMNS if c not in {"lon", "lat"}})
    twice = _drawn_twice(table, shapes[rows], is_area[rows])
    return table[~twice].sort_values("site_id", kind="stable", ignore_index=True)


def _drawn_twice(
    table: pd.DataFrame, shapes: Shapes, is_area: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    twice = np.zeros(len(table), dtype=bool)
    points = np.flatnonzero(~is_area & (table["name"] != "").to_numpy())
    areas = np.flatnonzero(is_area)
    if not points.size or not areas.size:
        return twice
    point, area = shapely.STRtree(shapes[areas]).query(shapes[points], predicate="intersects")
    point, area = points[point], areas[area]
    key = (table["kind"] + "\n" + table["name"]).to_numpy(dtype=object)
    twice[point[key[point] == key[area]]] = True
    return twice


def _collect_buildings(
    features: Sequence[Feature], shapes: Shapes, is_area: npt.NDArray[np.bool_]
) -> gpd.GeoDataFrame:
    storeys = [
        dwelling_storeys(feature.tags) if area else None
        for feature, area in zip(features, is_area, strict=True)
    ]
    rows = [i for i, levels in enumerate(storeys) if levels is not None]
    table = gpd.GeoDataFrame(
        {
            "building_id": pd.array(
                [f"{features[i].element}{features[i].osm_id}" for i in rows], "str"
            ),
            "floor_m2_factor": np.array([storeys[i] for i in rows], dtype=float),
        },
        geometry=list(shapes[rows]),
        crs=LONLAT,
    )
    return table.sort_values("building_id", kind="stable", ignore_index=True)


def _collect_base(
    features: Sequence[Feature], shapes: Shapes, type_id: npt.NDArray[np.int32]
) -> gpd.GeoDataFrame:
    found = []
    for row, feature in enumerate(features):
        drawn = base_feature(feature.tags, is_area=bool(type_id[row] in {3, 6}))
        # Only a place has its name at a point; a street or a rail needs a line.
        if drawn and (drawn[0] == "place") == (type_id[row] == _POINT):
            found.append(
                (BASE_KINDS.index(drawn[0]), feature.element, feature.osm_id, row, drawn[1])
            )
    found.sort()
    rows = [item[3] for item in found]
    return gpd.GeoDataFrame(
        {
            "k": pd.array([BASE_KINDS[item[0]] for item in found], "str"),
            "name": pd.array([tidy(features[row].tags.get("name", "")) for row in rows], "str"),
            "rank": np.array([item[4] for item in found], dtype=np.int64),
        },
        geometry=list(shapes[rows]),
        crs=LONLAT,
    )
