"""Minutes on foot to the nearest shop (買い物先までの分)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.measures.measure import Measure, Walks
from geo.words import Words

if TYPE_CHECKING:
    from geo.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return the walker's minutes to the nearest shop, infinite where there is none (買い物先までの分).

    NaN when the walk to one was not asked for.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([1.0])
    >>> walks = Walks(
    ...     metres=one, minutes=one, straight_m=one, sites_within=np.array([0]), limit_m=500.0,
    ...     kind_minutes={"shop": np.array([7.0])},
    ... )
    >>> score(walks)
    array([7.])
    """
    return walks.minutes_to("shop")


MEASURE = Measure(
    id="minutes_shop",
    key_ja="買い物先までの分",
    words=Words("最寄りの買い物先までの分", "minutes to the nearest shop"),
    unit="minutes",
    better="less",
    summary="quantiles",
    score=score,
    order=220,
    source=Words(
        "食料品アクセス（農林水産省）は直線500m。ここでは道のりの分",
        "MAFF's food access is 500 m in a straight line; here minutes along the streets",
    ),
)
