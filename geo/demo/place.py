"""Where the invented town is laid on the Earth (デモの街の置き場所)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.place import Plane

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from geo.base.arrays import Floats

# A plausible place on land in 静岡県; the town itself is nowhere.
DEMO_PLANE: Final = Plane(lon=138.1, lat=34.7)
SOUTH_WEST_M: Final = (-1750.0, 1500.0)
DECIMALS: Final = 7  # about 1 cm, OSM's own resolution


def to_lonlat(points: npt.ArrayLike) -> Floats:
    """Return (n, 2) degrees, rounded to 1 cm, for (n, 2) metres of the plan (度にする).

    Examples
    --------
    >>> to_lonlat([(1750.0, -1500.0)]).tolist()
    [[138.1, 34.7]]
    """
    x, y = np.asarray(points, dtype=float).T
    lon, lat = DEMO_PLANE.to_lonlat(x + SOUTH_WEST_M[0], y + SOUTH_WEST_M[1])
    degrees: Floats = np.column_stack([lon, lat]).round(DECIMALS)
    return degrees


def to_plan(lonlat: npt.ArrayLike) -> Floats:
    """Return (n, 2) metres of the plan for (n, 2) degrees (下絵のメートルにする)."""
    lon, lat = np.asarray(lonlat, dtype=float).T
    x, y = DEMO_PLANE.to_m(lon, lat)
    points: Floats = np.column_stack([x - SOUTH_WEST_M[0], y - SOUTH_WEST_M[1]])
    return points


def shapes_to_lonlat(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return shapes in degrees; a shared corner stays shared (形を度にする)."""
    return list(shapely.transform(np.array(shapes, dtype=object), to_lonlat))
