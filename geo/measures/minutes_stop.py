"""Minutes on foot to the nearest bus stop (停留所までの分)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.measures.measure import Measure, Walks
from geo.words import Words

if TYPE_CHECKING:
    from geo.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return the walker's minutes to the nearest bus stop, infinite where there is none (停留所までの分).

    NaN when the walk to one was not asked for.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([1.0])
    >>> walks = Walks(
    ...     metres=one, minutes=one, straight_m=one, sites_within=np.array([0]), limit_m=500.0,
    ...     kind_minutes={"bus_stop": np.array([7.0])},
    ... )
    >>> score(walks)
    array([7.])
    """
    return walks.minutes_to("bus_stop")


MEASURE = Measure(
    id="minutes_stop",
    key_ja="停留所までの分",
    words=Words("最寄りの停留所までの分", "minutes to the nearest bus stop"),
    unit="minutes",
    better="less",
    summary="quantiles",
    score=score,
    order=230,
    source=Words(
        "国の手引きはバス停から直線300m。ここでは道のりの分",
        "the ministry's handbook has 300 m straight from a bus stop; here minutes along the streets",
    ),
)
