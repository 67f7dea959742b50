"""Points that fit a town better when they are taken as of the old Tokyo datum (測地系のずれ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from geo.base.tokyo import mean_shift_m, shift_tokyo
from geo.base.words import Words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    Floats = npt.NDArray[np.float64]

# A share of points outside that other towns' places near the border seldom reach, and the
# share of those that the shift must bring in before we speak of it.
_OUTSIDE_SHARE: Final = 0.05
_OUTSIDE_LEAST: Final = 3
_BROUGHT_IN_SHARE: Final = 0.75


def notice_shift(lon: Floats, lat: Floats, border: BaseGeometry) -> Words | None:
    """Return a warning when points fit the border better after the Tokyo shift (測地系のずれ).

    An undeclared datum cannot be known; this says only that many points lie just outside
    the border and that the shift would bring nearly all of them in.

    Parameters
    ----------
    lon, lat
        (n,) degrees as given.
    border
        The town's polygon in degrees.
    """
    shapely.prepare(border)
    outside = ~shapely.intersects_xy(border, lon, lat)
    count = int(outside.sum())
    if count < max(_OUTSIDE_LEAST, _OUTSIDE_SHARE * lon.size):
        return None
    moved_lon, moved_lat = shift_tokyo(lon, lat)
    still = int((~shapely.intersects_xy(border, moved_lon, moved_lat)).sum())
    if still > (1 - _BROUGHT_IN_SHARE) * count:
        return None
    metres = mean_shift_m((lon, lat), (moved_lon, moved_lat))
    return Words(
        f"{lon.size}か所のうち{count}か所が市の境の外にありますが、日本測地系（旧測地系）の座標とみて直すと"
        f"{still}か所になります。座標が約{metres:.0f}m南東にずれているおそれがあります。作った人に測地系を確かめてください",
        f"{count} of {lon.size} points lie outside the border, but {still} would if they were in "
        f"the old Tokyo datum: they may be about {metres:.0f} m too far south-east; ask which datum was used",
    )
