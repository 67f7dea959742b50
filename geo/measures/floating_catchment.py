"""Supply shared among the people who can walk to it: floating catchments (浮動圏域法).

Luo & Wang 2003 (2SFCA): what a site offers is divided by the people within its range, and each
person adds up the shares of the sites within theirs. Luo & Qi 2009 (E2SFCA) let nearer people
weigh more. Nothing is made or lost: people × access over all cells is the supply of the sites
somebody can reach.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from geo.base.words import Words

if TYPE_CHECKING:
    from geo.base.arrays import Floats, Ints

Supply = Literal["places", "sessions", "sites"]
SUPPLY_WORDS: Final[dict[Supply, Words]] = {
    "places": Words(
        "定員×月の開催回数（1か月に参加できるのべ人数）で数えた",
        "supply: places a month (capacity × sessions)",
    ),
    "sessions": Words(
        "定員が分からないため、月の開催回数で数えた",
        "supply: sessions a month, since not every salon's capacity is known",
    ),
    "sites": Words(
        "開催回数が分からないため、どの通いの場も1つと数えた",
        "supply: every salon counts 1, since not all sessions are known",
    ),
}
_EDGE: Final = math.exp(-0.5)  # the bell's height at the limit, taken off so that it ends at 0


def share_supply(
    *,
    people: Ints,
    supply: Floats,
    cell: Ints,
    site: Ints,
    weight: Floats,
) -> Floats:
    """Return how much of the supply falls to one person of each cell (供給を分ける).

    Parameters
    ----------
    people, supply
        (C,) people of cells, (F,) supply of sites.
    cell, site, weight
        (P,) pairs within the range, each with its weight from 0 to 1; their order changes
        nothing, not even the last digit.

    Returns
    -------
    (C,) supply per person; 0 where no site is within range. A site in whose range nobody
    lives gives nothing to anybody.

    Examples
    --------
    Ten sessions shared by the 2 + 3 people of two cells:

    >>> share_supply(
    ...     people=np.array([2, 3]), supply=np.array([10.0]), cell=np.array([0, 1]),
    ...     site=np.array([0, 0]), weight=np.ones(2),
    ... )
    array([2., 2.])
    """
    demand = sum_by(site, weight * people[cell], len(supply))
    ratio = np.divide(supply, demand, out=np.zeros(len(supply)), where=demand > 0)
    return sum_by(cell, weight * ratio[site], len(people))


def sum_by(group: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of the values of each group 0 … count-1 (組ごとの合計).

    Values are added from the least up, so that the order of rows cannot show in the last digit.

    Examples
    --------
    >>> sum_by(np.array([2, 0, 2]), np.array([1.0, 2.0, 3.0]), 3)
    array([2., 0., 4.])
    """
    order = np.lexsort((values, group))
    sums = np.bincount(group[order], weights=values[order], minlength=count)
    return sums.astype(np.float64)


def bell_weight(metres: Floats, limit_m: float) -> Floats:
    """Return the Gaussian weight of a walk: 1 at the door, 0 at the limit (距離による重み).

    ``(exp(-½ (d / limit)²) - exp(-½)) / (1 - exp(-½))``, the continuous form of the zones of
    Luo & Qi 2009; 0 beyond the limit.

    Examples
    --------
    >>> bell_weight(np.array([0.0, 250.0, 500.0]), 500.0).round(3)
    array([1.   , 0.701, 0.   ])
    """
    near = 1 - np.square(metres / limit_m)
    bell: Floats = np.expm1(0.5 * np.clip(near, 0, 1))
    return bell * (_EDGE / (1 - _EDGE))


def known_supply(sessions: Floats, capacity: Floats) -> tuple[Floats, Supply]:
    """Return what each site offers in a month, by what is known of all of them (供給量).

    Places (capacity × sessions) where both are known of every site, else sessions where these
    are, else every site is one: sites are never compared by different yardsticks.

    Examples
    --------
    >>> known_supply(np.array([4.0, 2.0]), np.array([10.0, np.nan]))
    (array([4., 2.]), 'sessions')
    >>> known_supply(np.array([4.0, np.nan]), np.array([10.0, 20.0]))
    (array([1., 1.]), 'sites')
    """
    if sessions.size == 0 or np.isnan(sessions).any():
        return np.ones(len(sessions)), "sites"
    if np.isnan(capacity).any():
        return sessions.astype(float), "sessions"
    return sessions * capacity, "places"


def say_supply(sessions: Floats | None, capacity: Floats | None) -> Words | None:
    """Return which yardstick `known_supply` takes, None where nothing was given (供給量の言い方)."""
    if sessions is None or capacity is None:
        return None
    return SUPPLY_WORDS[known_supply(sessions, capacity)[1]]
