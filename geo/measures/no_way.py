"""Number of people from whom no street leads to any site (道がつながらない人の数)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.words import Words
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return 1 where no way leads to any site, however long, else 0 (道がないか).

    Rests and toilets on the way play no part in it.

    Examples
    --------
    >>> metres = np.array([900.0, np.inf])
    >>> walks = Walks(
    ...     metres=metres, minutes=metres / 60, straight_m=metres, sites_within=np.array([0, 0]),
    ...     limit_m=500.0,
    ... )
    >>> score(walks)
    array([0., 1.])
    """
    metres = walks.metres if walks.plain_m is None else walks.plain_m
    return np.where(np.isinf(metres), 1.0, 0.0)


MEASURE = Measure(
    id="no_way",
    key_ja="歩いて行く道がない人",
    words=Words("どの通いの場へも歩いて行く道がない人", "people with no way on foot to any salon"),
    unit="people",
    better="less",
    summary="sum",
    score=score,
    order=25,
    source=Words(
        "届かない人のうち、距離にかかわらず道がつながらない人。平均や分には入れず、人数で示す",
        "of those out of reach, the people no street leads from: counted, never made a distance",
    ),
)
