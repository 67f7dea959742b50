"""Places along a Hilbert curve: near in number, near on the ground (ヒルベルト曲線)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np

if TYPE_CHECKING:
    from geo.base.arrays import Floats, Ints

_SIDE: Final = (1 << 16) - 1  # the finest curve geopandas draws


def hilbert_order(x_m: Floats, y_m: Floats) -> Ints:
    """Return each point's number along a Hilbert curve of metre squares (空間の並び順).

    Whole metres, so that a point added on one side leaves the others' squares as they are;
    in a town wider than 65 km the squares are two metres wide, and so on.

    Examples
    --------
    >>> hilbert_order(np.array([0.0, 1, 1, 0]), np.array([0.0, 0, 1, 1])).tolist()
    [0, 1, 2, 3]
    """
    if not x_m.size:
        return np.zeros(0, dtype=np.int64)
    x, y = x_m - x_m.min(), y_m - y_m.min()
    side_m = _SIDE * max(1.0, np.ceil(max(x.max(), y.max()) / _SIDE))
    points = gpd.GeoSeries(gpd.points_from_xy(x, y))
    along = points.hilbert_distance(total_bounds=(0.0, 0.0, side_m, side_m))
    return np.asarray(along, dtype=np.int64)
