"""Slopes somebody measured on the spot, laid over heights (測った坂を高さに重ねる)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.relief.relief import Relief


class ToldSlope(NamedTuple):
    """A grade measured on a part of a street (測った坂).

    `edge` is a row of the network, `from_m` and `to_m` metres from its end u, and `grade` the
    rise over the run, ≥ 0, whichever way is up.
    """

    edge: int
    from_m: float
    to_m: float
    grade: float


def lay_slopes(relief: Relief, told: Iterable[ToldSlope]) -> tuple[Relief, tuple[ToldSlope, ...]]:
    """Return heights with measured slopes in them, and the slopes that were laid (測った坂を入れる).

    A ground model smooths a short steep piece away; who stood on it knows better. The way up
    is the model's: where it has no height, or none that differs, a slope is not laid. Of two on
    one street the first given counts. Along such a street heights are true from one sample to
    the next, as costs use them, and no more against the streets it meets.

    Parameters
    ----------
    told
        In order of preference. A piece between two samples belongs to a slope when its middle
        does; a shorter slope has the piece its own middle lies on.
    """
    height, laid, taken = relief.height_m.copy(), [], set()
    for slope in told:
        first, last = int(relief.start[slope.edge]), int(relief.start[slope.edge + 1])
        along, own = relief.along_m[first:last], relief.height_m[first:last]
        middle = (along[1:] + along[:-1]) / 2
        part = (middle >= slope.from_m) & (middle <= slope.to_m)
        if not part.any():
            part[np.argmin(np.abs(middle - (slope.from_m + slope.to_m) / 2))] = True
        rise = np.diff(own)
        way = np.sign(rise[part].sum())
        if slope.edge in taken or np.isnan(way) or (slope.grade > 0 and not way):
            continue
        taken.add(slope.edge)
        laid.append(slope)
        more = np.zeros(rise.size)
        more[part] = way * slope.grade * np.diff(along)[part] - rise[part]
        height[first + 1 : last] += np.cumsum(more)
    return replace(relief, height_m=height), tuple(laid)
