"""The old Tokyo datum: known by name, and moved to the world's (旧測地系)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from pyproj import CRS, Transformer

from geo.base.words import Words

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

# Tokyo datum to WGS 84 by three shifts, EPSG:15484 (国土地理院 2002, "Tokyo to WGS 84 (108)"),
# named step by step so that the answer does not depend on grid files on this machine.
_TOKYO_STEPS: Final = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    "+step +proj=cart +ellps=bessel +step +proj=helmert +x=-146.414 +y=507.337 +z=680.507 "
    "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
_M_PER_DEGREE: Final = 111_000.0
SWAPPED: Final = Words(
    "緯度と経度が入れかわっていたので、入れかえて読みました",
    "latitude and longitude were swapped; they were read the other way round",
)


def is_tokyo(crs: CRS) -> bool:
    """Say whether a CRS stands on the old Tokyo datum (旧測地系か).

    Examples
    --------
    >>> is_tokyo(CRS("EPSG:4301")), is_tokyo(CRS("EPSG:30168")), is_tokyo(CRS("EPSG:6668"))
    (True, True, False)
    """
    datum = crs.geodetic_crs.datum if crs.geodetic_crs else None
    return datum is not None and datum.name.replace("D_", "").strip() == "Tokyo"


def shift_tokyo(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return world degrees for degrees in the Tokyo datum (旧測地系から世界測地系へ).

    The move is some 300–550 m to the north-west over Japan.

    Examples
    --------
    >>> lon, lat = shift_tokyo([139.0], [35.0])
    >>> round(float(lon[0]), 4), round(float(lat[0]), 4)
    (138.9969, 35.0033)
    """
    x, y = _tokyo().transform(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
    return np.asarray(x, dtype=float), np.asarray(y, dtype=float)


def mean_shift_m(before: tuple[Floats, Floats], after: tuple[Floats, Floats]) -> float:
    """Return by how many metres points in degrees moved in the mean (ずれの平均).

    Examples
    --------
    >>> before = (np.array([139.0]), np.array([35.0]))
    >>> round(mean_shift_m(before, shift_tokyo(*before)))
    464
    """
    east = (after[0] - before[0]) * np.cos(np.radians(before[1]))
    return float(np.mean(np.hypot(east, after[1] - before[1])) * _M_PER_DEGREE)


@lru_cache(maxsize=1)
def _tokyo() -> Transformer:
    return Transformer.from_pipeline(_TOKYO_STEPS)
