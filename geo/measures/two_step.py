"""Supply per person by floating catchments (1人あたりの供給)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.words import Words
from geo.measures.floating_catchment import known_supply, say_supply, share_supply
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return what the sites within range offer one person, shared among all in theirs (1人あたりの供給).

    NaN when people, pairs, sessions or capacity were not given.

    Examples
    --------
    One salon of 4 sessions a month, 10 people within its range:

    >>> metres = np.array([100.0, 400.0])
    >>> walks = Walks(
    ...     metres=metres, minutes=metres / 60, straight_m=metres, sites_within=np.array([1, 1]),
    ...     limit_m=500.0, people=np.array([4, 6]),
    ...     pair_cell=np.array([0, 1]), pair_site=np.array([0, 0]), pair_m=metres,
    ...     sessions=np.array([4.0]), capacity=np.array([np.nan]),
    ... )
    >>> score(walks), note(walks).en[:24]
    (array([0.4, 0.4]), 'supply: sessions a month')
    """
    people, cell, site, metres = walks.people, walks.pair_cell, walks.pair_site, walks.pair_m
    if people is None or cell is None or site is None or metres is None:
        return walks.unknown
    if walks.sessions is None or walks.capacity is None:
        return walks.unknown
    supply, _ = known_supply(walks.sessions, walks.capacity)
    weight = np.ones(len(metres))
    return share_supply(people=people, supply=supply, cell=cell, site=site, weight=weight)


def note(walks: Walks) -> Words | None:
    """Return what the supply is counted in, which depends on what is known (量の数え方)."""
    return say_supply(walks.sessions, walks.capacity)


MEASURE = Measure(
    id="two_step",
    key_ja="1人あたりの供給",
    words=Words("1人あたりの通いの場の量", "salons to share, per person"),
    unit="supply_per_person",
    better="more",
    summary="mean",
    score=score,
    order=70,
    note=note,
    source=Words(
        "2段階浮動圏域法（2SFCA、Luo & Wang 2003）。範囲に住む人みなで分けあう",
        "two-step floating catchment area (2SFCA, Luo & Wang 2003): shared by all in range",
    ),
)
