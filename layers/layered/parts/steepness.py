"""How steep each part of the streets is, measured slopes and stairs too (道の坂)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.network.network import STEPS
from geo.walk.reach import Parts
from layers.layered.parts.classed import dump_classes, take_parts
from layers.maps.slope_classes import SLOPE_WORDS, slope_classes
from layers.served.register import register_stamp
from layers.served.walking import day_now

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from geo.network.network import WalkNetwork
    from geo.relief.relief import Relief
    from layers.surveyed.slopes import SlopeFact

_STAIRS: Final = "steps"
_LEAST_M: Final = 1e-6


def dump_steepness() -> bytes:
    """Return the streets by steepness for the browser (坂の GeoJSON).

    With the slopes and stairs people measured, as they are known today.
    """
    return _dump(register_stamp())


@lru_cache(maxsize=2)
def _dump(_at: tuple[str, ...]) -> bytes:
    told = day_now().told
    town = told.sloped.town
    if town.relief is None:
        return dump_classes(town.network, town.plane, {})
    stairs = [one for one in told.slopes if one.steps]
    parts, kind = steep_parts(town.network, town.relief, stairs)
    found = {id_: take_parts(parts, kind == id_) for id_ in SLOPE_WORDS}
    return dump_classes(town.network, town.plane, found)


def steep_parts(
    network: WalkNetwork, relief: Relief, stairs: Iterable[SlopeFact] = ()
) -> tuple[Parts, npt.NDArray[np.str_]]:
    """Return the streets cut where their class changes, and the class of each part (坂の区間).

    Parameters
    ----------
    stairs
        Stairs people measured: what lies on a street takes the place of its grade.
    """
    edge = np.repeat(np.arange(network.edge_count), np.diff(relief.start) - 1)
    first = np.delete(np.arange(relief.along_m.size), relief.start[1:] - 1)
    run = relief.along_m[first + 1] - relief.along_m[first]
    kind = slope_classes((relief.height_m[first + 1] - relief.height_m[first]) / run)
    kind = np.where(network.edge_flags[edge] & STEPS, _STAIRS, kind)
    pieces = (edge, relief.along_m[first], relief.along_m[first + 1], kind)
    for one in stairs:
        pieces = _lay(pieces, one)
    return _join(*pieces)


_Pieces = tuple[
    "npt.NDArray[np.int64]", "npt.NDArray[np.float64]", "npt.NDArray[np.float64]",
    "npt.NDArray[np.str_]",
]  # fmt: skip


def _lay(pieces: _Pieces, stair: SlopeFact) -> _Pieces:
    """Return the pieces with a stair in place of what they were between its ends."""
    edge, low, high, kind = pieces
    on = (edge == stair.edge) & (low < stair.to_m) & (high > stair.from_m)
    rows = [(e, lo, hi, k) for e, lo, hi, k in zip(*(one[~on] for one in pieces), strict=True)]
    for lo, hi, was in zip(low[on], high[on], kind[on], strict=True):
        a, b = max(lo, stair.from_m), min(hi, stair.to_m)
        rows += [
            (stair.edge, x, y, k)
            for x, y, k in ((lo, a, was), (a, b, _STAIRS), (b, hi, was))
            if y - x > _LEAST_M
        ]
    rows.sort(key=lambda row: (row[0], row[1]))
    columns = list(zip(*rows, strict=True))
    return (
        np.array(columns[0], dtype=np.int64),
        np.array(columns[1]),
        np.array(columns[2]),
        np.array(columns[3]),
    )


def _join(
    edge: npt.NDArray[np.int64],
    low: npt.NDArray[np.float64],
    high: npt.NDArray[np.float64],
    kind: npt.NDArray[np.str_],
) -> tuple[Parts, npt.NDArray[np.str_]]:
    """Return neighbours of one edge and class as one part."""
    new = np.ones(edge.size, dtype=bool)
    new[1:] = (edge[1:] != edge[:-1]) | (kind[1:] != kind[:-1])
    at = np.flatnonzero(new)
    last = np.append(at[1:], edge.size) - 1
    return Parts(edge=edge[at], from_m=low[at], to_m=high[last[: at.size]]), kind[at]
