"""How many sites a person has within the walking range, on average (範囲内の通いの場の数)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return the number of sites within range (数)."""
    return walks.sites_within.astype(float)


MEASURE = Measure(
    id="sites_within",
    key_ja="範囲内の通いの場_1人平均",
    words=Words("範囲内の通いの場の数（1人平均）", "salons within range (mean per person)"),
    unit="sites",
    better="more",
    summary="mean",
    score=score,
    order=40,
    source=Words(
        "歩いて選べる通いの場の数（累積機会、人数で平均）",
        "cumulative opportunities, averaged over people",
    ),
)
