"""Minutes on foot to the nearest toilet (トイレまでの分)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.measures.measure import Measure, Walks
from geo.words import Words

if TYPE_CHECKING:
    from geo.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return the walker's minutes to the nearest toilet, infinite where there is none (トイレまでの分).

    NaN when the walk to one was not asked for.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([1.0])
    >>> walks = Walks(
    ...     metres=one, minutes=one, straight_m=one, sites_within=np.array([0]), limit_m=500.0,
    ...     kind_minutes={"toilet": np.array([7.0])},
    ... )
    >>> score(walks)
    array([7.])
    """
    return walks.minutes_to("toilet")


MEASURE = Measure(
    id="minutes_toilet",
    key_ja="トイレまでの分",
    words=Words("最寄りのトイレまでの分", "minutes to the nearest toilet"),
    unit="minutes",
    better="less",
    summary="quantiles",
    score=score,
    order=200,
    source=Words(
        "外出先のトイレ。地図と調査で分かっているものだけを数える",
        "toilets on the way; only those that the map or a survey knows",
    ),
)
