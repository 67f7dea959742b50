"""What one meets on the way to a 通いの場: steps, climbs, stretches without a seat (道すじのようす)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.pairs import SAME_M
from geo.network.network import STEPS
from geo.town import put_places
from geo.walk.path import find_path
from geo.walk.rules import Rules

if TYPE_CHECKING:
    import pandas as pd

    from geo.base.arrays import Floats
    from geo.network.snap import Snaps
    from geo.relief.relief import Relief
    from geo.town import Town
    from geo.walk.ground import Ground
    from geo.walk.path import Path


_LEAST_M: Final = 0.01  # of shorter pieces rounding makes a slope


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFacts:
    """What one meets on a way (道すじのようす).

    Attributes
    ----------
    metres
        What a tape would measure, from the street in the middle of a place to the door.
    steps
        How many flights of steps.
    rise_m, steepest
        Metres one goes up altogether, and the steepest grade but for steps, whichever way is up;
        NaN where the town has no heights, or some of the way has none.
    seatless_m
        The longest stretch without a known seat, the 通いの場 being one, in metres of ground.
    """

    metres: float
    steps: int
    rise_m: float
    steepest: float
    seatless_m: float


NO_WAY: Final = WayFacts(metres=np.nan, steps=0, rise_m=np.nan, steepest=np.nan, seatless_m=np.nan)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seats:
    """Known seats beside the streets, by edge and how far along it (道ばたの座れる所)."""

    edge: np.ndarray
    along_m: Floats

    def on(self, edge: int, low: float, high: float) -> Floats:
        """Return where on a piece of an edge seats are, metres from its end u (ある区間の席)."""
        first, last = np.searchsorted(self.edge, [edge, edge + 1])
        along = self.along_m[first:last]
        return along[(along >= low) & (along <= high)]


def put_seats(town: Town, ground: Ground, seats: pd.DataFrame) -> Seats:
    """Return seats no farther than 25 m from a street: one passes them on the way (席を道におく)."""
    snaps = put_places(town, ground, seats)
    near = np.flatnonzero((snaps.edge >= 0) & (snaps.off_m <= SAME_M))
    near = near[np.lexsort((snaps.along_m[near], snaps.edge[near]))]
    return Seats(edge=snaps.edge[near], along_m=snaps.along_m[near])


def way_facts(
    ground: Ground, here: Snaps, site: Snaps, *, seats: Seats, relief: Relief | None, most_m: float
) -> WayFacts:
    """Return what one meets on the shortest way there, whatever the rules of rests (道すじを調べる).

    Parameters
    ----------
    here, site
        One point each, as they meet the streets of `ground`.
    most_m
        About how long it is, in flat-equivalent metres: looked for first within it.
    """
    path = find_path(ground, here, site, Rules(), limit_m=most_m, drawn=False)
    if path is None:
        path = find_path(ground, here, site, Rules(), drawn=False)
    if path is None:
        return NO_WAY
    steps = (ground.network.edge_flags & STEPS) > 0
    on_steps = [bool(steps[edge]) for edge, _, _ in path.pieces]
    rise, steepest = _climb(path, on_steps, relief)
    before = [False, *on_steps[:-1]]
    return WayFacts(
        metres=path.street_m,
        steps=sum(now and not then for now, then in zip(on_steps, before, strict=True)),
        rise_m=rise,
        steepest=steepest,
        seatless_m=float(np.diff(seat_stops(path, seats)).max()),
    )


def _climb(path: Path, on_steps: list[bool], relief: Relief | None) -> tuple[float, float]:
    """Return metres up and the steepest grade along a way; NaN where a height is not known."""
    if relief is None:
        return np.nan, np.nan
    rise, steepest = 0.0, 0.0
    for (edge, begin, end), steps in zip(path.pieces, on_steps, strict=True):
        if begin == end:
            continue
        part = slice(int(relief.start[edge]), int(relief.start[edge + 1]))
        along, height = relief.along_m[part], relief.height_m[part]
        low, high = min(begin, end), max(begin, end)
        at = np.concatenate([[low], along[(along > low) & (along < high)], [high]])
        up = np.diff(np.interp(at, along, height)) * (1.0 if end > begin else -1.0)
        rise += float(np.maximum(up, 0.0).sum())
        if np.isnan(up).any():
            return np.nan, np.nan
        long = np.diff(at) > _LEAST_M
        if not steps and long.any():
            steepest = max(steepest, float((np.abs(up) / np.diff(at))[long].max()))
    return rise, steepest


def seat_stops(path: Path, seats: Seats) -> list[float]:
    """Return where a way has a seat beside it, metres from its start, which is the first; last the door (座れる所)."""
    stops, gone = [0.0], 0.0
    for edge, begin, end in path.pieces:
        along = seats.on(edge, min(begin, end), max(begin, end))
        stops += sorted((gone + np.abs(along - begin)).tolist())
        gone += abs(end - begin)
    return [*stops, path.street_m]
