"""What each street costs a walker, both ways, in metres of flat street (道の負担).

Every cost is in flat-equivalent metres (坂の分を足した距離): metres on the flat that would take the walker
as long, or as much strength. Where heights are not used they are plain metres. Minutes are
flat-equivalent metres over the walker's speed on the flat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, assert_never

import numpy as np

from geo.network.network import STEPS, TRAIL

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints
    from geo.network.network import WalkNetwork
    from geo.relief.relief import Relief
    from geo.walk.walkers import Slope, Walker

Unknown = Literal["known", "bad", "good"]

# Where no street of the town is steeper for certain: the grade a pavement may have where it
# cannot be helped (道路移動等円滑化基準, 8 %).
BAD_GRADE: Final = 0.08
# Beyond this no formula was measured; a smoothed street of Japan is hardly ever steeper.
STEEPEST: Final = 0.35
# Outdoor steps are commonly 15–16 cm high and 30 cm deep: the rise where heights are not known.
STEPS_GRADE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """How the cost adds up along each edge (道に沿った負担).

    Attributes
    ----------
    start
        (E + 1,) first sample of each edge.
    along_m
        (S,) metres from end u, ascending within an edge, from 0 to its length.
    forward, backward
        (S,) cost of walking from u to the sample, and from the sample back to u.
    """

    start: Ints
    along_m: Floats
    forward: Floats
    backward: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Costs:
    """What each edge costs in each direction (辺の負担).

    Attributes
    ----------
    forward, backward
        (E,) flat-equivalent metres from u to v and from v to u, > 0; infinite for both where
        the walker may not go.
    profile
        How they add up along the edges, or None where they do so evenly.
    least_per_m
        Not more than the cost of any metre of street, so that a straight line times this is
        never more than the walk.
    """

    forward: Floats
    backward: Floats
    profile: Profile | None
    least_per_m: float

    @property
    def usable(self) -> Flags:
        """(E,) whether the walker may use the edge (使える道)."""
        return np.isfinite(self.forward)

    @property
    def symmetric(self) -> bool:
        """Whether both directions cost the same everywhere (行きと帰りが同じか)."""
        if not np.array_equal(self.forward, self.backward):
            return False
        return self.profile is None or np.array_equal(self.profile.forward, self.profile.backward)

    def partial(self, network: WalkNetwork, edge: Ints, along_m: Floats) -> tuple[Floats, Floats]:
        """Return the cost from u to points on edges, and from them back to u (途中までの負担).

        Parameters
        ----------
        edge, along_m
            (n,) edges, and metres from their end u.
        """
        if self.profile is None:
            part = along_m / network.edge_m[edge]
            return part * self.forward[edge], part * self.backward[edge]
        return _interpolate(self.profile, edge, along_m)

    def along(self, network: WalkNetwork, edge: Ints, cost: Floats, *, backward: bool) -> Floats:
        """Return how far from u a budget of cost leads (負担の尽きる所).

        With `backward` it is the farthest point from which one comes back to u for `cost`.
        """
        total = self.backward if backward else self.forward
        if self.profile is None:
            return np.clip(cost / total[edge], 0.0, 1.0) * network.edge_m[edge]
        values = self.profile.backward if backward else self.profile.forward
        return _invert(self.profile, values, edge, np.clip(cost, 0.0, total[edge]))


def flat_costs(network: WalkNetwork, usable: Flags | None = None) -> Costs:
    """Return plain metres as costs (平らな道として).

    `usable` (E,) bars the other edges; None uses all.
    """
    metres = network.edge_m if usable is None else np.where(usable, network.edge_m, np.inf)
    return Costs(forward=metres, backward=metres, profile=None, least_per_m=1.0)


def of_kind(network: WalkNetwork, walker: Walker) -> Flags:
    """Return (E,) which streets are of a kind the walker uses, whatever their grade (使える種類の道)."""
    barring = (STEPS if walker.steps == "bar" else 0) | (TRAIL if walker.trails == "bar" else 0)
    return np.asarray((network.edge_flags & barring) == 0)


def make_costs(
    network: WalkNetwork,
    walker: Walker,
    relief: Relief | None = None,
    *,
    unknown: Unknown = "known",
) -> Costs:
    """Return what the streets cost a walker (道の負担を求める).

    Parameters
    ----------
    relief
        Heights along the streets; None leaves slopes and the effort of steps out. Steps and
        mountain paths are barred to walkers who cannot use them either way.
    unknown
        A stretch without a height: ``known`` charges the grade that half the measured street
        length does not exceed, ``bad`` at least 8 %, ``good`` none; always as if uphill.

    Notes
    -----
    DOMAIN: v(s) = v0 f(s)/f(0). Grades beyond 35 % are charged as 35 %. Steps cost their
    length and the walker's seconds for their rise, and no grade. Cost: linear in samples.
    """
    on_steps = (network.edge_flags & STEPS) > 0
    barred = ~of_kind(network, walker)
    if relief is None:
        return flat_costs(network, ~barred)
    edge = np.repeat(np.arange(network.edge_count), np.diff(relief.start) - 1)
    first = np.delete(np.arange(relief.along_m.size), relief.start[1:] - 1)
    run = relief.along_m[first + 1] - relief.along_m[first]
    grade = (relief.height_m[first + 1] - relief.height_m[first]) / run
    assumed = _assumed_grade(grade, run, unknown)
    told = np.isfinite(grade)
    up, down = np.where(told, grade, assumed), np.where(told, -grade, assumed)
    ahead, back = _factor(walker, up), _factor(walker, down)
    if walker.bar_grade is not None:
        steep = (np.abs(up) > walker.bar_grade) & ~on_steps[edge]
        barred = barred | (np.bincount(edge[steep], minlength=network.edge_count) > 0)
    climb = _steps_factor(network, walker, relief)
    ahead = np.where(on_steps[edge], climb[edge], ahead)
    back = np.where(on_steps[edge], climb[edge], back)
    forward, backward = _add_up(relief.start, run * ahead), _add_up(relief.start, run * back)
    last = relief.start[1:] - 1
    profile = Profile(
        start=relief.start, along_m=relief.along_m, forward=forward, backward=backward
    )
    return Costs(
        forward=np.where(barred, np.inf, forward[last]),
        backward=np.where(barred, np.inf, backward[last]),
        profile=profile,
        least_per_m=float(min(1.0, ahead.min(initial=1.0), back.min(initial=1.0))),
    )


def time_factor(grade: Floats) -> Floats:
    """Return how much longer a metre takes on a grade than on the flat (坂の時間の倍率).

    Tobler's hiking function (1993), as a ratio to its own value on the flat.

    Examples
    --------
    >>> time_factor(np.array([0.0, 0.1, -0.05])).round(2).tolist()
    [1.0, 1.42, 0.84]
    """
    factor: Floats = np.exp(3.5 * (np.abs(_capped(grade) + 0.05) - 0.05))
    return factor


def energy_factor(grade: Floats) -> Floats:
    """Return how much more strength a metre takes on a grade than on the flat (坂の労力の倍率).

    Minetti et al. (2002), J Appl Physiol 93: the energy of walking a metre, as a ratio.

    Examples
    --------
    >>> energy_factor(np.array([0.0, 0.1, -0.1])).round(2).tolist()
    [1.0, 1.96, 0.45]
    """
    i = _capped(grade)
    cost: Floats = np.polyval(np.array([280.5, -58.7, -76.8, 51.9, 19.6, 2.5]), i) / 2.5
    return cost


def _capped(grade: Floats) -> Floats:
    return np.clip(grade, -STEEPEST, STEEPEST)


def _factor(walker: Walker, grade: Floats) -> Floats:
    factor = _response(walker.slope, grade)
    return factor if walker.downhill_bonus else np.maximum(factor, 1.0)


def _response(slope: Slope, grade: Floats) -> Floats:
    if slope == "tobler":
        return time_factor(grade)
    if slope == "energy":
        return energy_factor(grade)
    if slope == "none":
        return np.ones_like(grade)
    assert_never(slope)


def _assumed_grade(grade: Floats, run: Floats, unknown: Unknown) -> float:
    if unknown == "good":
        return 0.0
    steep = np.abs(grade)
    told = np.isfinite(steep)
    middle = 0.0
    if told.any():
        order = np.argsort(steep[told], kind="stable")
        length = np.cumsum(run[told][order])
        middle = float(steep[told][order][np.searchsorted(length, length[-1] / 2)])
    return middle if unknown == "known" else max(BAD_GRADE, middle)


def _steps_factor(network: WalkNetwork, walker: Walker, relief: Relief) -> Floats:
    """Cost of a metre of steps: its length, and the seconds its rise adds at the walker's speed."""
    first, last = relief.start[:-1], relief.start[1:] - 1
    rise = np.abs(relief.height_m[last] - relief.height_m[first])
    rise = np.where(np.isfinite(rise), rise, STEPS_GRADE * network.edge_m)
    return 1.0 + walker.step_s_per_m * walker.speed_m_s * rise / network.edge_m


def _add_up(start: Ints, part: Floats) -> Floats:
    """Return (S,) sums along each edge of the costs `part` (S − E,) between its samples."""
    total = np.zeros(start[-1])
    inner = np.delete(np.arange(start[-1]), start[:-1])
    total[inner] = part
    running = np.cumsum(total)
    sums: Floats = running - np.repeat(running[start[:-1]], np.diff(start))
    return sums


def _interpolate(profile: Profile, edge: Ints, along_m: Floats) -> tuple[Floats, Floats]:
    at, part = _locate(profile, profile.along_m, edge, along_m)
    values = (profile.forward, profile.backward)
    one, two = (v[at] + part * (v[at + 1] - v[at]) for v in values)
    return one, two


def _invert(profile: Profile, values: Floats, edge: Ints, cost: Floats) -> Floats:
    at, part = _locate(profile, values, edge, cost)
    found: Floats = profile.along_m[at] + part * (profile.along_m[at + 1] - profile.along_m[at])
    return found


def _locate(profile: Profile, values: Floats, edge: Ints, want: Floats) -> tuple[Ints, Floats]:
    """Return the sample before `want` on each edge, and the part of the way to the next."""
    lo, hi = profile.start[edge].astype(np.int64), profile.start[edge + 1] - 2
    while True:  # bisect all at once: `hi` is the last sample with a next one
        middle = (lo + hi + 1) // 2
        wider = lo < hi
        if not wider.any():
            break
        below = values[middle] <= want
        lo = np.where(wider & below, middle, lo)
        hi = np.where(wider & ~below, middle - 1, hi)
    step = values[lo + 1] - values[lo]
    part = np.clip((want - values[lo]) / np.where(step > 0, step, 1.0), 0.0, 1.0)
    return lo, part
