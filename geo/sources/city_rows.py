"""The rows of a map file by their municipality, and those of other towns (地図の行の市区町村)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.municipality import read_municipalities, whole_city

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.sources.municipality import Municipality

_SHOWN: Final = 3


def cities_of(frame: gpd.GeoDataFrame) -> list[Municipality] | None:
    """Return the municipality of each feature, ``None`` where no column tells (地物の市区町村)."""
    columns = [str(column) for column in frame.columns if column != frame.geometry.name]
    return read_municipalities(columns, lambda head: list(frame[head]), of_map=True)


def is_elsewhere(frame: gpd.GeoDataFrame, own: Municipality | None) -> np.ndarray:
    """Return which features say that they are of another municipality than the town's (よその地物か).

    None, where the town's is not known or no feature is of it: then its name is another one's.
    """
    found = cities_of(frame) if own is not None else None
    none = np.zeros(len(frame), dtype=bool)
    if found is None or own is None:
        return none
    wanted = [one for one in (own.code, own.name + own.ward) if one]
    own_rows = np.array([any(one in city.keys for one in wanted) for city in found], dtype=bool)
    told = np.array([bool(city.say()) for city in found], dtype=bool)
    return told & ~own_rows if own_rows.any() else none


def check_one_city(frame: gpd.GeoDataFrame, file: str) -> Municipality | None:
    """Return the one municipality of a division that gives the town's border (一つの市区町村か).

    Raises
    ------
    InputError
        It holds several: which is the town's, only a border can say.
    """
    found = [one for one in cities_of(frame) or [] if one.say()]
    cities = {(one.code[:2], one.city) for one in found}
    if len(cities) < 2:  # noqa: PLR2004 - one city
        return whole_city(found)
    listed = list(dict.fromkeys(one.name or one.say() for one in found))
    some = "、".join(listed[:_SHOWN])
    raise InputError(
        Words(
            f"ファイル {file} には{len(cities)}の市区町村（{some} など）の地区が入っています。"
            "--border で市の境を渡してください。全部を一つの街とするなら --accept kind を付けてください。",
            f"{file} holds areas of {len(cities)} municipalities ({', '.join(listed[:_SHOWN])}); give "
            "the town's border (--border), or add --accept kind to take them all as one town.",
        )
    )
