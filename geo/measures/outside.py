"""Number of people with no site within the walking range (届かない人の数)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.words import Words
from geo.measures.measure import Measure, Walks
from geo.walk.search import TOLERANCE_M

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return 1 where no site is within range, else 0 (届かないか)."""
    return np.where(walks.metres <= walks.limit_m + TOLERANCE_M, 0.0, 1.0)


MEASURE = Measure(
    id="outside",
    key_ja="届かない人",
    words=Words("届かない人", "people out of reach"),
    unit="people",
    better="less",
    summary="sum",
    score=score,
    order=20,
    source=Words(
        "割合だけでなく人数を見るため",
        "people beside the share, so that a small share of many is seen",
    ),
)
