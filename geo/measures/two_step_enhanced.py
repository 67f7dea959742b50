"""Supply per person, nearer people first (近さも見た1人あたりの供給)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.measures.floating_catchment import bell_weight, known_supply, say_supply, share_supply
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return what the sites within range offer one person, the nearer the more (1人あたりの供給).

    NaN when people, pairs, sessions or capacity were not given.

    Examples
    --------
    One salon of 4 sessions a month, 10 people at its door and 10 half the range away:

    >>> import numpy as np
    >>> metres = np.array([0.0, 250.0])
    >>> walks = Walks(
    ...     metres=metres, minutes=metres / 60, straight_m=metres, sites_within=np.array([1, 1]),
    ...     limit_m=500.0, people=np.array([10, 10]),
    ...     pair_cell=np.array([0, 1]), pair_site=np.array([0, 0]), pair_m=metres,
    ...     sessions=np.array([4.0]), capacity=np.array([np.nan]),
    ... )
    >>> score(walks).round(3), note(walks).en[:24]
    (array([0.235, 0.165]), 'supply: sessions a month')
    """
    people, cell, site, metres = walks.people, walks.pair_cell, walks.pair_site, walks.pair_m
    if people is None or cell is None or site is None or metres is None:
        return walks.unknown
    if walks.sessions is None or walks.capacity is None:
        return walks.unknown
    supply, _ = known_supply(walks.sessions, walks.capacity)
    weight = bell_weight(metres, walks.limit_m)
    return share_supply(people=people, supply=supply, cell=cell, site=site, weight=weight)


def note(walks: Walks) -> Words | None:
    """Return what the supply is counted in, which depends on what is known (量の数え方)."""
    return say_supply(walks.sessions, walks.capacity)


MEASURE = Measure(
    id="two_step_enhanced",
    key_ja="近さも見た1人あたりの供給",
    words=Words("近さも見た1人あたりの通いの場の量", "salons to share, per person, by nearness"),
    unit="supply_per_person",
    better="more",
    summary="mean",
    score=score,
    order=80,
    note=note,
    source=Words(
        "重みつき2段階浮動圏域法（E2SFCA、Luo & Qi 2009）。近い人ほど使うとみて、範囲の端で0になる釣鐘形の重み",
        "enhanced 2SFCA (Luo & Qi 2009), with a Gaussian weight that is 0 at the end of the range",
    ),
)
