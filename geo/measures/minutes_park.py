"""Minutes on foot to the nearest park (公園までの分)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.measures.measure import Measure, Walks
from geo.words import Words

if TYPE_CHECKING:
    from geo.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return the walker's minutes to the nearest park, infinite where there is none (公園までの分).

    NaN when the walk to one was not asked for.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([1.0])
    >>> walks = Walks(
    ...     metres=one, minutes=one, straight_m=one, sites_within=np.array([0]), limit_m=500.0,
    ...     kind_minutes={"park": np.array([7.0])},
    ... )
    >>> score(walks)
    array([7.])
    """
    return walks.minutes_to("park")


MEASURE = Measure(
    id="minutes_park",
    key_ja="公園までの分",
    words=Words("最寄りの公園までの分", "minutes to the nearest park"),
    unit="minutes",
    better="less",
    summary="quantiles",
    score=score,
    order=240,
    source=Words(
        "いちばん近い公園をとる。種別が分からないので、街区公園250m・近隣公園500mなどの誘致距離は使わない",
        "the nearest park of any class; classes are not known, so their own distances are not used",
    ),
)
