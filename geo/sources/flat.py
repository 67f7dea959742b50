"""Shapes in two dimensions, each coordinate a number, whatever file they came in (平らな形)."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geo.base.problems import InputError
from geo.base.words import Words


def lay_flat(frame: gpd.GeoDataFrame, file: str) -> gpd.GeoDataFrame:
    """Return features in two dimensions, each coordinate a number (平らにする).

    Heights and measures of a shape are of no use here, and may be no numbers.

    Raises
    ------
    InputError
        It names the first feature with a coordinate that is none.
    """
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    at, of = shapely.get_coordinates(shapes, return_index=True)
    bad = np.unique(of[~np.isfinite(at).all(axis=1)])
    if bad.size:
        raise InputError(
            Words(
                f"ファイル {file}: {bad[0] + 1}行目の座標が数ではありません（{bad.size:,}行）。"
                "元の地図で直すか、その行を除いてください。",
                f"{file}: row {bad[0] + 1} has a coordinate that is not a number ({bad.size:,} "
                "rows); mend it or take the row out.",
            )
        )
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))
