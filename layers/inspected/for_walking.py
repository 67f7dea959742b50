"""A file as streets or as heights (道と標高として)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.place import LONLAT
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from geo.sources.heights.heights import load_heights, tell_source
from geo.sources.roles import ROLES
from geo.sources.streets.streets import STREETS, load_streets
from layers.inspected.seen import Use, say_told

if TYPE_CHECKING:
    from pathlib import Path

    from geo.relief.grid import HeightGrid
    from layers.inspected.seen import LonLatBox

_MOST: Final = 80_000_000  # bytes; a whole region is read where a border says which part
_EARTH: Final = (-180.0, -90.0, 180.0, 90.0)


def is_streets(path: Path) -> bool:
    """Say whether a name is one streets are read from (道のファイルの名前か)."""
    name = path.name.casefold()
    return any(name.endswith(end) for one in STREETS.values() for end in one.endings)


def as_streets(path: Path) -> tuple[Use | Words, LonLatBox | None]:
    """Return the streets of a file and where they lie, or why there are none (道として読む)."""
    if path.stat().st_size > _MOST:
        use = Use(
            id="streets", words=ROLES["streets"].words,
            found=Words(
                "大きいので、ここでは数えません（街をつくるときに境の中だけ読みます）",
                "too large to be counted here (a build reads what lies within its border)",
            ),
            how=f"kayoi build --streets {path.name} --border …",
        )  # fmt: skip
        return use, None
    try:
        found = load_streets(path)
    except InputError as error:
        return error.words, None
    streets = found.streets
    left = sum(found.left_out.values())
    use = Use(
        id="streets", words=ROLES["streets"].words,
        found=Words(
            f"歩ける道 {len(streets.way_id):,}本、建物 {len(found.buildings):,}、"
            f"地図の所 {len(found.sites):,}（歩けないなどで使わない道 {left:,}本）",
            f"{count_in_english(len(streets.way_id), 'way')} to walk on, "
            f"{count_in_english(len(found.buildings), 'building')}, "
            f"{count_in_english(len(found.sites), 'place')} of the map "
            f"({count_in_english(left, 'way')} not for walking)",
        ),
        how=f"kayoi build --streets {path.name}",
        told=say_told([*found.notices, *found.problems]),
    )  # fmt: skip
    if not len(streets.lon):
        return use, None
    box = tuple(
        float(v) for v in (*_low(streets.lon, streets.lat), *_high(streets.lon, streets.lat))
    )
    return use, (box[0], box[1], box[2], box[3])


def as_heights(path: Path) -> tuple[Use | Words, LonLatBox | None]:
    """Return the heights of a file and where they lie, or why there are none (標高として読む)."""
    try:
        grids = load_heights(path, _EARTH)
    except InputError as error:
        return error.words, None
    if not grids:
        return Words("標高が一つもありません", "holds no heights"), None
    told = tell_source(path)
    return Use(
        id="heights", words=ROLES["heights"].words,
        found=Words(
            f"標高の面 {len(grids)}枚{'、' + told.name if told.name else ''}",
            f"{len(grids)} grids of heights{', ' + told.name if told.name else ''}",
        ),
        how=f"kayoi build --heights {path.name}",
    ), _box_of(grids)  # fmt: skip


def _box_of(grids: list[HeightGrid]) -> LonLatBox | None:
    """Return where grids lie, degrees; None where one of them is in another frame than degrees."""
    if any(one.crs != LONLAT for one in grids):
        return None
    east = [(one.x0, one.x0 + one.dx * (one.height_m.shape[1] - 1)) for one in grids]
    north = [(one.y0, one.y0 + one.dy * (one.height_m.shape[0] - 1)) for one in grids]
    xs, ys = np.array(east), np.array(north)
    return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())


def _low(lon: np.ndarray, lat: np.ndarray) -> tuple[float, float]:
    return float(np.nanmin(lon)), float(np.nanmin(lat))


def _high(lon: np.ndarray, lat: np.ndarray) -> tuple[float, float]:
    return float(np.nanmax(lon)), float(np.nanmax(lat))
