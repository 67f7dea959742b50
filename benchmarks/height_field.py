"""The generated city's ground as a grid of heights, like the ones an authority publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from city import height_m

if TYPE_CHECKING:
    import numpy.typing as npt
    from store import Work

_MARGIN_M = 200.0
_MOST_PIXELS = 12_000_000  # of 10 m at 100,000 nodes; a larger city gets larger pixels


class HeightField(NamedTuple):
    """Heights (rows, columns) in metres; pixel (0, 0) has its centre at `x0`, `y0`."""

    height_m: npt.NDArray[np.float32]
    x0: float
    y0: float
    step_m: float


def make_heights(work: Work) -> HeightField:
    """Return the heights on a grid of 10 m, of 20 m or 30 m in a city too large for it."""
    x, y = work.streets["node_x_m"], work.streets["node_y_m"]
    x0, y0 = float(x.min()) - _MARGIN_M, float(y.min()) - _MARGIN_M
    wide, high = (float(np.ptp(part)) + 2 * _MARGIN_M for part in (x, y))
    step = next(s for s in (10.0, 20.0, 30.0, 100.0) if wide * high / s**2 < _MOST_PIXELS)
    columns = np.arange(int(wide / step) + 1, dtype=float)
    rows = np.arange(int(high / step) + 1, dtype=float)
    heights = height_m(x0 + columns * step, (y0 + rows * step)[:, None])
    return HeightField(heights.astype(np.float32), x0, y0, step)
