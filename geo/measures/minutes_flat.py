"""Minutes to the nearest site if the town were level (坂がなければの分)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return the minutes without slopes and the cost of steps, infinite where no way (分).

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([600.0])
    >>> walks = Walks(
    ...     metres=one, minutes=np.array([10.0]), straight_m=one, sites_within=np.array([0]),
    ...     limit_m=500.0, minutes_flat=np.array([8.0]),
    ... )
    >>> score(walks)
    array([8.])
    """
    return walks.unknown if walks.minutes_flat is None else walks.minutes_flat


MEASURE = Measure(
    id="minutes_flat",
    key_ja="坂がなければの分",
    words=Words("坂や段差がなければの分", "minutes to the nearest salon if the town were level"),
    unit="minutes",
    better="less",
    summary="quantiles",
    score=score,
    order=90,
    source=Words(
        "坂と階段の負担を見るため、平らな道として歩いた分を並べる",
        "beside the minutes, so that what slopes and steps cost is seen",
    ),
)
