"""Places along a Hilbert curve: near in the plane, near in memory (ヒルベルト曲線)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from geo.base.arrays import Floats, Ints

_LEVELS: Final = 16


def hilbert_distance(x_m: Floats, y_m: Floats) -> Ints:
    """Return each point's place along a Hilbert curve over their box (ヒルベルト曲線上の位置).

    The classic construction by quarters (Hilbert 1891), 65,536 steps a side.

    Examples
    --------
    >>> hilbert_distance(np.array([0.0, 0, 1, 1]), np.array([0.0, 1, 1, 0])).argsort().tolist()
    [0, 1, 2, 3]
    """
    if not x_m.size:
        return np.zeros(0, dtype=np.int64)
    side = max(float(np.ptp(x_m)), float(np.ptp(y_m)), 1e-9)
    most = (1 << _LEVELS) - 1
    x = ((x_m - x_m.min()) / side * most).astype(np.int64)
    y = ((y_m - y_m.min()) / side * most).astype(np.int64)
    distance = np.zeros(x.size, dtype=np.int64)
    for level in range(_LEVELS - 1, -1, -1):
        bit = 1 << level
        right, upper = (x & bit) > 0, (y & bit) > 0
        distance += bit * bit * ((3 * right) ^ upper)
        turn = ~upper
        flip = turn & right
        x, y = np.where(flip, most - x, x), np.where(flip, most - y, y)
        x, y = np.where(turn, y, x), np.where(turn, x, y)
    return distance
