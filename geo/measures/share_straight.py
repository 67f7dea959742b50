"""Share of people within the range as the crow flies (直線で測った割合)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.words import Words
from geo.measures.measure import Measure, Walks
from geo.walk.search import TOLERANCE_M

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return 1 where a site lies within the range in a straight line, else 0 (直線で届くか)."""
    return np.where(walks.straight_m <= walks.limit_m + TOLERANCE_M, 1.0, 0.0)


MEASURE = Measure(
    id="share_straight",
    key_ja="直線で測った割合",
    words=Words("直線で測った割合", "share by straight line"),
    unit="share",
    better="more",
    summary="mean",
    score=score,
    order=50,
    source=Words(
        "国の手引きの800m・500mは直線の半径。比べるために並べる",
        "the ministry's 800 and 500 m are straight radii; shown beside for comparison",
    ),
)
