"""Smooth heights along streets, so that a model's noise makes no slopes (高さをならす).

A model of the ground with 5 m pixels is off by about 0.3 m from one pixel to the next: over
10 m of street that would be a slope of 6 % where there is none. So the height of a junction
is read off a plane through all street heights within 30 m of it along the streets, and that
of a street is the mean over 30 m both ways. A street on an even slope keeps exactly that
slope, to its blind end; one on a levee stays above the fields beside it, because only what
lies on the street itself is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints
    from geo.network.network import WalkNetwork

# DOMAIN §1.5: noise of ±0.3 m; over 60 m, seven samples, less than 2 % of slope is left of it.
WINDOW_M: Final = 30.0
_ROUNDS: Final = 3  # streets shorter than the window borrow from the next ones, so far on
# Across a street that is straight to 10 cm no slope is told: the plane there leans along it.
_LEAST_SPREAD_M2: Final = 0.01


def smooth_heights(
    network: WalkNetwork,
    start: Ints,
    samples: tuple[Floats, Floats, Floats],
    *,
    ground: Flags,
) -> tuple[Floats, Floats]:
    """Return smoothed heights of samples on the ground, and of nodes (ならした高さ).

    Parameters
    ----------
    start
        (E + 1,) first sample of each edge; samples are evenly spaced along an edge.
    samples
        x, y and measured height, (S,) each, metres; NaN where nothing was measured.
    ground
        (E,) edges that lie on the ground: no bridge, tunnel or steps. Others are not read.

    Returns
    -------
        (S,) metres, NaN where `samples` has none and off the ground; (N,) metres at nodes,
        NaN where no edge on the ground meets, or nothing was measured.
    """
    raw = samples[2]
    known = np.isfinite(raw) & np.repeat(ground, np.diff(start))
    height = np.full(raw.size, np.nan)
    node = np.full(network.node_count, np.nan)
    if not known.any():
        return height, node
    fitted = _node_heights(network, start, samples, known)
    height[known] = _street_means(network, start, raw, known, fitted)[known]
    for end, at in ((network.edge_u, start[:-1]), (network.edge_v, start[1:] - 1)):
        height[at[ground]] = np.where(known[at], fitted[end], np.nan)[ground]  # to the last bit
        node[end[known[at]]] = fitted[end[known[at]]]
    return height, node


class _Sums(NamedTuple):
    """Weighted sums over the samples around each of some points, x and y from the point."""

    n: Floats
    x: Floats
    y: Floats
    h: Floats
    xx: Floats
    xy: Floats
    yy: Floats
    xh: Floats
    yh: Floats


def _node_heights(
    network: WalkNetwork, start: Ints, samples: tuple[Floats, Floats, Floats], known: Flags
) -> Floats:
    """Height at each node of the plane through the samples around it; NaN without any.

    Beyond the far end of a street shorter than the window, the samples around that end stand
    for the street that goes on.
    """
    u, v, count = network.edge_u, network.edge_v, network.node_count
    ends = ((u, start[:-1], 1), (v, start[1:] - 1, -1))
    near = [_edge_sums(network, start, samples, known, end) for end in ends]
    own = _Sums(
        *(
            (np.bincount(u, a, count) + np.bincount(v, b, count)).astype(float)
            for a, b in zip(*near, strict=True)
        )
    )
    used = np.logical_or.reduceat(known, start[:-1])
    beyond_m = np.where(used, np.maximum(WINDOW_M - network.edge_m, 0.0), 0.0)
    short = np.flatnonzero(beyond_m > 0)
    u, v, beyond_m = u[short], v[short], beyond_m[short]
    here, there = np.concatenate([u, v]), np.concatenate([v, u])
    dx, dy = (at[there] - at[here] for at in (network.node_x_m, network.node_y_m))
    sums = own
    for _ in range(_ROUNDS):
        far = _Sums(*(each[there] for each in sums))
        share = np.divide(np.tile(beyond_m, 2), far.n, out=np.zeros(far.n.size), where=far.n > 0)
        more = _seen_from(far, dx, dy)
        sums = _Sums(
            *(
                mine + np.bincount(here, share * theirs, count)
                for mine, theirs in zip(own, more, strict=True)
            )
        )
    return _plane_at_origin(sums)


def _edge_sums(
    network: WalkNetwork,
    start: Ints,
    samples: tuple[Floats, Floats, Floats],
    known: Flags,
    end: tuple[Ints, Ints, int],
) -> _Sums:
    """Return the sums over the samples of each edge within the window of one of its ends."""
    node, at, way = end
    pieces = np.diff(start) - 1
    step = network.edge_m / pieces
    reach = np.minimum(np.rint(WINDOW_M / step), pieces).astype(np.int64)
    x0, y0 = network.node_x_m[node], network.node_y_m[node]
    sums = _Sums(*(np.zeros(node.size) for _ in _Sums._fields))
    for k in range(int(reach.max()) + 1):
        sample = at + way * np.minimum(k, reach)
        told = known[sample] & (k <= reach)
        x, y, h = samples[0][sample] - x0, samples[1][sample] - y0, samples[2][sample]
        weight = np.where(told, np.where((k == 0) | (k == pieces), step / 2, step), 0.0)
        h = np.where(told, h, 0.0)
        wx, wy = weight * x, weight * y
        parts = (weight, wx, wy, weight * h, wx * x, wx * y, wy * y, wx * h, wy * h)
        sums = _Sums(*(total + part for total, part in zip(sums, parts, strict=True)))
    return sums


def _seen_from(far: _Sums, dx: Floats, dy: Floats) -> _Sums:
    """Return sums about points that lie `dx`, `dy` from here as sums about here."""
    return _Sums(
        far.n,
        far.x + dx * far.n,
        far.y + dy * far.n,
        far.h,
        far.xx + 2 * dx * far.x + dx * dx * far.n,
        far.xy + dx * far.y + dy * far.x + dx * dy * far.n,
        far.yy + 2 * dy * far.y + dy * dy * far.n,
        far.xh + dx * far.h,
        far.yh + dy * far.h,
    )


def _plane_at_origin(sums: _Sums) -> Floats:
    """Height at x = y = 0 of the plane by least squares; NaN without samples."""
    n = np.where(sums.n > 0, sums.n, np.nan)
    x, y, h = sums.x / n, sums.y / n, sums.h / n
    xx = sums.xx / n - x * x + _LEAST_SPREAD_M2
    yy = sums.yy / n - y * y + _LEAST_SPREAD_M2
    xy, xh, yh = sums.xy / n - x * y, sums.xh / n - x * h, sums.yh / n - y * h
    spread = xx * yy - xy * xy
    east, north = (xh * yy - yh * xy) / spread, (yh * xx - xh * xy) / spread
    return h - east * x - north * y


def _street_means(
    network: WalkNetwork, start: Ints, raw: Floats, known: Flags, node: Floats
) -> Floats:
    """Return the moving mean along each edge, which is the node's at its ends.

    What differs from the straight line between the nodes goes on beyond an end mirrored
    and turned over, so that it is nothing at the end itself; a sum over the window is then a
    difference of two running sums, whose places are mirrored back into the edge. Near a sample
    without a height the window narrows, alike on both sides, so that a slope stays a slope.
    """
    pieces = (np.diff(start) - 1).astype(np.int32)
    step = network.edge_m / pieces
    at_u, at_v = node[network.edge_u], node[network.edge_v]
    at_u, at_v = np.where(np.isnan(at_u), at_v, at_u), np.where(np.isnan(at_v), at_u, at_v)
    at_u, at_v = np.nan_to_num(at_u), np.nan_to_num(at_v)
    each = pieces + 1
    number = (np.arange(start[-1]) - np.repeat(start[:-1], each)).astype(np.int32)
    line = np.repeat(at_u, each) + number * np.repeat((at_v - at_u) / pieces, each)
    over = np.where(known, raw - line, 0.0)
    middle = over.copy()
    middle[1:] += over[:-1]
    middle[start[:-1]] = 0.0
    running = np.cumsum(middle / 2)  # the first sample of each edge adds nothing
    # Two whole periods average to nothing; a longer window has nothing more to take away.
    wide = np.clip(np.rint(WINDOW_M / step), 1, 2 * pieces).astype(np.int32)
    period, first = np.repeat(2 * pieces, each), np.repeat(start[:-1], each)
    spread = np.minimum(np.repeat(wide, each), _clear(known, first, np.repeat(start[1:], each)))
    ahead, behind = (number + spread) % period, np.abs(number - spread) % period
    ahead, behind = np.minimum(ahead, period - ahead), np.minimum(behind, period - behind)
    mean = (running[first + ahead] - running[first + behind]) / np.maximum(2 * spread, 1)
    found: Floats = line + np.where(spread > 0, mean, over)
    return found


def _clear(known: Flags, first: Ints, end: Ints) -> Ints:
    """Return how many samples each one may look ahead and back until one is not known."""
    row = np.arange(known.size)
    before = np.maximum.accumulate(np.where(known, -1, row))
    after = np.minimum.accumulate(np.where(known, known.size, row)[::-1])[::-1]
    back = np.where(before >= first, row - before, known.size)
    ahead = np.where(after < end, after - row, known.size)
    clear: Ints = np.maximum(np.minimum(back, ahead) - 1, 0)
    return clear
