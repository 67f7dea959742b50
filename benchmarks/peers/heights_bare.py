"""Heights and slope costs with SciPy alone: a sample every 10 m, Tobler's rule, no smoothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from height_field import make_heights
from scipy.ndimage import map_coordinates

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from store import Case, Work

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

_SPACING_M = 10.0


def slopes(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Both directions' cost of every street."""
    field = make_heights(work)
    arrays = work.streets

    def answer() -> Any:  # noqa: ANN401 - an array
        start, along, x, y = _sample(arrays)
        place = np.stack([(y - field.y0) / field.step_m, (x - field.x0) / field.step_m])
        height = map_coordinates(field.height_m, place, order=1, output=float)
        run, rise = np.diff(along), np.diff(height)
        joint = start[1:-1] - 1  # from the end of one street to the start of the next
        run[joint], rise[joint] = 1.0, 0.0
        cost = np.empty((2, start.size - 1))
        for turn, sign in enumerate((1.0, -1.0)):
            part = run * np.exp(3.5 * (np.abs(sign * rise / run + 0.05) - 0.05))
            part[joint] = 0.0
            cost[turn] = np.add.reduceat(part, start[:-1])
        return cost

    return lambda _: answer


def _sample(arrays: Any) -> tuple[Ints, Floats, Floats, Floats]:  # noqa: ANN401 - a mapping
    """Return the first sample of each street, and metres along, x and y of all samples."""
    x, y, first = arrays["vertex_x_m"], arrays["vertex_y_m"], arrays["edge_start"]
    step = np.hypot(np.diff(x), np.diff(y))
    step[first[1:-1] - 1] = 0.0
    total = np.concatenate([[0.0], np.cumsum(step)])
    length = arrays["edge_m"]
    count = np.ceil(length / _SPACING_M).astype(np.int64) + 1
    start = np.concatenate([[0], np.cumsum(count)])
    edge = np.repeat(np.arange(length.size), count)
    along = (np.arange(start[-1]) - start[:-1][edge]) / (count - 1)[edge] * length[edge]
    want = total[first[edge]] + along
    at = np.clip(np.searchsorted(total, want, side="right") - 1, first[edge], first[edge + 1] - 2)
    part = (want - total[at]) / np.maximum(step[at], 1e-9)
    return start, along, x[at] + part * (x[at + 1] - x[at]), y[at] + part * (y[at + 1] - y[at])


TASKS = {"slopes": slopes}
