"""Minutes on foot to the nearest bench (ベンチまでの分)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.measures.measure import Measure, Walks
from geo.words import Words

if TYPE_CHECKING:
    from geo.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return the walker's minutes to the nearest bench, infinite where there is none (ベンチまでの分).

    NaN when the walk to one was not asked for.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([1.0])
    >>> walks = Walks(
    ...     metres=one, minutes=one, straight_m=one, sites_within=np.array([0]), limit_m=500.0,
    ...     kind_minutes={"bench": np.array([7.0])},
    ... )
    >>> score(walks)
    array([7.])
    """
    return walks.minutes_to("bench")


MEASURE = Measure(
    id="minutes_bench",
    key_ja="ベンチまでの分",
    words=Words("最寄りのベンチまでの分", "minutes to the nearest bench"),
    unit="minutes",
    better="less",
    summary="quantiles",
    score=score,
    order=210,
    source=Words(
        "座って休める所。地図と調査で分かっているものだけを数える",
        "where one may sit; only those that the map or a survey knows",
    ),
)
