"""The nineteen zones of 平面直角座標系: named in texts, known by prefecture, and turned to degrees (平面直角座標系)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from pyproj import Transformer

from geo.base.place import LONLAT
from geo.base.text import tidy

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

ZONES: Final = range(1, 20)
JGD2011_PLANE: Final = 6668  # EPSG: zone 1 is 6669
_JGD2000: Final = 2442
_TOKYO: Final = 30160
# 国土交通省告示第九号: prefectures that lie in one zone alone, by their number.
_OF_PREFECTURE: Final = {
    2: 10, 3: 10, 4: 10, 5: 10, 6: 10, 7: 9, 8: 9, 9: 9, 10: 9, 11: 9, 12: 9, 14: 9, 15: 8, 16: 7, 17: 7,
    18: 6, 19: 8, 20: 8, 21: 7, 22: 8, 23: 7, 24: 6, 25: 6, 26: 6, 27: 6, 28: 5, 29: 6, 30: 6, 31: 5, 32: 3,
    33: 5, 34: 3, 35: 3, 36: 4, 37: 4, 38: 4, 39: 4, 40: 2, 41: 2, 42: 1, 43: 2, 44: 2, 45: 2,
}  # fmt: skip
_ROMAN: Final = {
    one: number
    for number, one in enumerate(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
         "XV", "XVI", "XVII", "XVIII", "XIX"),
        start=1,
    )
}  # fmt: skip
_KANJI: Final = {one: number for number, one in enumerate("一二三四五六七八九", start=1)} | {
    f"十{one}": 10 + number for number, one in enumerate(("", *"一二三四五六七八九"))
}
_NAMED: Final = re.compile(
    r"(?:第?\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2}|[IVX]{1,5})\s*系|zone[_ ]*([0-9IVX]{1,5}))",
    re.IGNORECASE,
)
_EPSG: Final = re.compile(r"(?:EPSG[:\s]*)?([0-9]{4,5})", re.IGNORECASE)


def find_zone(text: str) -> tuple[int, bool] | None:
    """Return the zone a text names, and whether of the old Tokyo datum, ``None`` for none (系を読む).

    Examples
    --------
    >>> find_zone("平面直角座標系第9系"), find_zone("EPSG:30169"), find_zone("JGD2011_Zone_9"), find_zone("第十二系")
    ((9, False), (9, True), (9, False), (12, False))
    >>> find_zone("X座標"), find_zone("")
    (None, None)
    """
    value = tidy(text)
    tokyo = any(one in value for one in ("日本測地系", "旧測地")) or "tokyo" in value.casefold()
    if found := _NAMED.search(value):
        told = (found[1] or found[2]).upper()
        zone = int(told) if told.isdecimal() else _ROMAN.get(told) or _KANJI.get(told, 0)
        return (zone, tokyo) if zone in ZONES else None
    if found := _EPSG.search(value):
        for first, old in ((JGD2011_PLANE, False), (_JGD2000, False), (_TOKYO, True)):
            if int(found[1]) - first in ZONES:
                return int(found[1]) - first, old
    return None


def read_zone(text: str) -> tuple[int, bool] | None:
    """Return the zone of a cell in a column of zones, where a number is enough (系の欄).

    Examples
    --------
    >>> read_zone("9"), read_zone("第8系"), read_zone("IX"), read_zone("20")
    ((9, False), (8, False), (9, False), None)
    """
    value = tidy(text).removesuffix(".0").upper()
    zone = int(value) if value.isdecimal() else _ROMAN.get(value, 0)
    return (zone, False) if zone in ZONES else find_zone(text)


def zone_of_prefecture(number: int) -> int | None:
    """Return the zone all of a prefecture lies in, ``None`` where it has several (都道府県の系).

    Examples
    --------
    >>> zone_of_prefecture(22), zone_of_prefecture(1), zone_of_prefecture(13)
    (8, None, None)
    """
    return _OF_PREFECTURE.get(number)


def plane_to_lonlat(
    zone: int, east_m: npt.ArrayLike, north_m: npt.ArrayLike
) -> tuple[Floats, Floats]:
    """Return longitude and latitude in degrees of metres in a zone (平面直角座標から度へ).

    In surveyors' writing X is north and Y is east.

    Examples
    --------
    >>> lon, lat = plane_to_lonlat(9, -5992.920, -35363.238)
    >>> round(float(lon), 6), round(float(lat), 6)
    (139.767125, 35.681236)
    """
    lon, lat = _transformer(zone).transform(
        np.asarray(east_m, dtype=float), np.asarray(north_m, dtype=float)
    )
    return np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)


@lru_cache(maxsize=19)
def _transformer(zone: int) -> Transformer:
    return Transformer.from_crs(f"EPSG:{JGD2011_PLANE + zone}", LONLAT, always_xy=True)
