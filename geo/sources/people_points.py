"""Points of which each stands for a whole neighbourhood (町ごとの1点)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.words import Words

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

# Fewer points than this may be anything; more people at a point than this is no home.
_FEW_POINTS: Final = 2
_NO_HOME: Final = 100
_FEW_AREAS: Final = 3


def is_one_a_place(frame: pd.DataFrame) -> bool:
    """Say whether points are neighbourhoods' own, each named or of many people (町ごとの点か)."""
    if len(frame) < _FEW_POINTS:
        return False
    names = frame["name"][frame["name"] != ""]
    named = len(names) == len(frame) and not names.duplicated().any()
    return named or float(frame["people_all"].median()) >= _NO_HOME


def say_one_a_place(file: str, frame: pd.DataFrame) -> Words:
    """Return what to tell of such a table (町ごとの1点の表であること)."""
    many = f"{float(frame['people_all'].median()):,.0f}"
    return Words(
        f"{file} は、町（丁目など）ごとに1点の表です（人数の順にならべた、まん中の点は{many}人）。"
        "町の人を全員その1点に住むとして数えるので、町の中の遠い近いは分かりません。緯度・経度の列をのぞき、町丁目の境と名前で結ぶと、建物に割りふれます",
        f"{file} has one point for each neighbourhood ({many} people a point, the median): everybody is "
        "taken to live at it, so who lives near and who far is not known. Without the columns of "
        "latitude and longitude people are joined by name to areas and shared out over dwellings",
    )


def fill_areas(points: gpd.GeoSeries, areas: gpd.GeoDataFrame) -> bool:
    """Say whether some division has one point in each of its areas (地区ごとに1点か).

    Parameters
    ----------
    points, areas
        On one plane; `areas` of every division.
    """
    for _, own in areas.groupby("division", sort=False):
        _, held = shapely.STRtree(own.geometry.to_numpy()).query(points.to_numpy(), "intersects")
        if len(own) >= _FEW_AREAS and len(points) >= _FEW_AREAS:
            count = np.bincount(held, minlength=len(own))
            if int((count == 1).sum()) == len(points) and not (count > 1).any():
                return True
    return False
