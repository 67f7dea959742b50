"""Share of people within the walking range, along the streets (道のりで届く人の割合)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.words import Words
from geo.measures.measure import Measure, Walks
from geo.walk.search import TOLERANCE_M

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return 1 where the nearest site is within range, else 0 (届くか)."""
    return np.where(walks.metres <= walks.limit_m + TOLERANCE_M, 1.0, 0.0)


MEASURE = Measure(
    id="share",
    key_ja="届く割合",
    words=Words("届く人の割合", "share within reach"),
    unit="share",
    better="more",
    summary="mean",
    score=score,
    order=10,
    source=Words(
        "徒歩圏人口カバー率（都市構造の評価に関するハンドブック）を、直線でなく道のりで数えたもの",
        "MLIT's share of people in walking range, counted along the streets instead of by radius",
    ),
)
