"""Walks from one place to every other, as coverage measures them (ここからの道のり).

Coverage searches from the sites, for there are many homes; from one home it is the other way round.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.walk.rules import walk_each
from geo.walk.search import walk_nearest

if TYPE_CHECKING:
    from geo.base.arrays import Floats
    from geo.network.snap import Snaps
    from geo.walk.ground import Ground
    from geo.walk.rules import Rules
    from geo.walk.search import Way


def walks_from(ground: Ground, here: Snaps, places: Snaps, rules: Rules) -> Floats:
    """Return the walks from one point to each of some places (ここからの道のり).

    Parameters
    ----------
    here
        One point, as it meets the streets of `ground`.
    places
        (S,) where to.

    Returns
    -------
        (S,) flat-equivalent metres from door to door, each what `geo.walk.rules.walk_sites` finds
        for that place and a home here; infinite where there is no such walk, and where the place
        is off the network. NaN everywhere where `here` is.

    Notes
    -----
    Cost: one search of the streets a way; with rests or toilets what `walk_each` costs one home.
    """
    if here.edge[0] < 0 or not places.edge.size:
        return np.full(places.edge.size, np.nan)
    if ground.costs.symmetric:
        rules = replace(rules, trip="there")  # both ways are one
    if rules.rest_m is not None or rules.toilet_m is not None:
        each = walk_each(ground, here, places, rules)
        return np.array([walked[0] for walked in each], dtype=float)
    if rules.trip in ("there", "back"):
        return _one_way(ground, here, places, "there" if rules.trip == "there" else "back")
    there, back = (_one_way(ground, here, places, way) for way in ("there", "back"))
    return np.maximum(there, back) if rules.trip == "worse" else (there + back) / 2


def _one_way(ground: Ground, here: Snaps, places: Snaps, way: Way) -> Floats:
    """Return the walks to the places: from each of them to here, on the way turned round."""
    round_: Way = "back" if way == "there" else "there"
    ends, start = ground.ends(places), ground.ends(here)
    metres = walk_nearest(ground.graph, ends, start, way=round_).metres
    return np.where(np.isnan(metres), np.inf, metres)
