"""Many signs on one map: near ones of a kind share one sign that tells how many (近いしるしをまとめる)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.arrays import Floats
    from layers.paper.paper import Paper
    from layers.paper.signs import Sign

# Two signs beside each other are read; of three, one is over another.
_LEAST: Final = 3
_FIRST_MM, _WIDER = 4.0, 1.3
# A shared sign is a little larger than the others, its plate small beside it.
_PX, _PLATE = 20.0, 0.62


def group_signs(signs: Sequence[Sign], paper: Paper, *, most: int) -> tuple[list[Sign], float]:
    """Return signs, near ones of a kind as one with their number, and how near that is (まとめる).

    Parameters
    ----------
    signs
        Without numbers of their own.
    most
        How many may be on the paper: near is made farther, from 4 mm on, until they are no more,
        or nothing is left to share.

    Returns
    -------
    tuple
        The signs, and the millimetres; 0 where nothing had to share. Each sign is drawn by itself
        or counted in one: none is left out. A shared sign stands in the middle of those it counts,
        and is hollow when they all are.
    """
    near, found = _FIRST_MM, list(signs)
    widest = paper.width_mm + paper.height_mm
    if len(signs) <= most:
        return found, 0.0
    at = paper.to_mm([(one.x_m, one.y_m) for one in signs])
    while True:
        found = _grouped(signs, at, near)
        if len(found) <= most or near > widest:
            return found, near
        near *= _WIDER


def _grouped(signs: Sequence[Sign], at: Floats, near: float) -> list[Sign]:
    out: list[Sign] = []
    for kind in dict.fromkeys(one.kind for one in signs):
        mine = np.array([i for i, one in enumerate(signs) if one.kind == kind])
        for members in _clusters(at[mine], near):
            chosen = [signs[i] for i in mine[members]]
            if len(chosen) < _LEAST:
                out += chosen
                continue
            out.append(
                replace(
                    chosen[0],
                    x_m=float(np.mean([one.x_m for one in chosen])),
                    y_m=float(np.mean([one.y_m for one in chosen])),
                    number=str(len(chosen)),
                    px=_PX,
                    plate=_PLATE,
                    hollow=all(one.hollow for one in chosen),
                    label="、".join(one.label for one in chosen if one.label),
                )
            )
    return out


def _clusters(at: Floats, near: float) -> list[list[int]]:
    """Return the rows that are within `near` of the first of them, in their order."""
    left = np.ones(len(at), dtype=bool)
    out = []
    for i in range(len(at)):
        if not left[i]:
            continue
        found = left & (np.hypot(*(at - at[i]).T) <= near)
        left &= ~found
        out.append([int(one) for one in np.flatnonzero(found)])
    return out
