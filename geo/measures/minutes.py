"""Minutes on foot to the nearest site (最寄りまでの分)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return the walker's minutes to the nearest site, infinite where there is none (分)."""
    return walks.minutes


MEASURE = Measure(
    id="minutes",
    key_ja="分",
    words=Words("最寄りの通いの場までの分", "minutes to the nearest salon"),
    unit="minutes",
    better="less",
    summary="quantiles",
    score=score,
    order=30,
    source=Words(
        "半分の人・4人に3人・10人に9人が、何分以内か",
        "within how many minutes half, 3 of 4 and 9 of 10 of the people are",
    ),
)
