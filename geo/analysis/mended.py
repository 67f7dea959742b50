"""The town with some streets mended: a gentler slope, steps made a ramp, a path opened (道をなおした街)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.problems import InputError
from geo.base.words import Words
from geo.coverage.question import needs_streets
from geo.network.network import BARRING, STEPS
from geo.relief.told import ToldSlope, lay_slopes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.arrays import Floats, Ints
    from geo.town import Town

_PER_CENT: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A street that would be otherwise (なおす道).

    Attributes
    ----------
    edge
        Its row in the town's network.
    grade
        Its rise over its run all along, ≥ 0, and no steps are left; None only lets everybody on it
        whom steps or a mountain path keep off.
    """

    edge: int
    grade: float | None = None


def find_streets(town: Town, lonlat: Floats) -> Ints:
    """Return the edge each place lies on: the nearest of all streets (なおす道をさがす).

    Parameters
    ----------
    lonlat
        (n, 2) degrees.

    Raises
    ------
    InputError
        When no street lies within the town's limit of one, or the town has none.
    """
    if town.streetless:
        raise InputError(
            needs_streets(Words("坂や階段をなおした効き目", "what mending a street does"))
        )
    x_m, y_m = town.plane.to_m(lonlat[:, 0], lonlat[:, 1])
    snaps = town.snapper.snap(x_m, y_m, limit_m=town.snap_limit_m)
    lost = np.flatnonzero(snaps.edge < 0)
    if lost.size:
        lon, lat = lonlat[lost[0]]
        limit = f"{town.snap_limit_m:g}"
        raise InputError(
            Words(
                f"経度{lon:g}・緯度{lat:g} の{limit}m以内に、この街の道がありません",
                f"this town has no street within {limit} m of {lon:g},{lat:g}",
            )
        )
    return snaps.edge


def mend_streets(town: Town, mends: Sequence[Mend]) -> Town:
    """Return the town with streets mended; every edge keeps its row (道をなおす).

    A mended slope rises as steeply as it is said all along, the way it rises now.

    Raises
    ------
    InputError
        When a slope is mended of which no height is known, or that does not rise, or a street
        is opened that nothing closes.
    """
    flags = town.network.edge_flags.copy()
    slopes = [one for one in mends if one.grade is not None]
    for one in mends:
        if one.grade is None and not flags[one.edge] & BARRING:
            raise InputError(_OPEN_ALREADY)
        flags[one.edge] &= ~(STEPS if one.grade is not None else BARRING)
    relief = town.relief
    if relief is not None and slopes:
        told = [
            ToldSlope(one.edge, 0.0, float(town.network.edge_m[one.edge]), one.grade or 0.0)
            for one in slopes
        ]
        relief, laid = lay_slopes(relief, told)
        if len(laid) < len(told):
            raise InputError(_FLAT)
    elif any(not town.network.edge_flags[one.edge] & STEPS for one in slopes):
        raise InputError(_NO_HEIGHTS)
    return replace(town, network=replace(town.network, edge_flags=flags), relief=relief)


_OPEN_ALREADY: Final = Words(
    "この道は、階段でも山道でもないので、もう通れます。坂が急なら、坂をなおす案にしてください",
    "this street is neither steps nor a mountain path: it is open already. Where it is too steep, "
    "mend its slope",
)
_FLAT: Final = Words(
    "この道は平らか、どちらが高いか分からないので、坂をなおす案にできません",
    "this street is level, or which end is higher is not known: there is no slope to mend",
)
_NO_HEIGHTS: Final = Words(
    "この街には高さのデータがないので、坂をなおす案は数えられません",
    "this town has no heights, so a mended slope cannot be counted",
)
