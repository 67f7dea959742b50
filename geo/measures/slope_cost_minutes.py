"""Minutes that slopes and steps cost, on average (坂と階段の分)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.words import Words
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return how many more minutes the walk takes than on the level (坂の分).

    Below zero where a gentle way down is quicker than the level; infinite where no way leads
    to a site, also when only steps that the walker cannot take are in the way. What a rule of
    rests adds is none of it; where slopes are not counted nothing is told of them.

    Examples
    --------
    >>> one = np.array([600.0, np.inf])
    >>> walks = Walks(
    ...     metres=one, minutes=one / 60, straight_m=one, sites_within=np.array([0, 0]),
    ...     limit_m=500.0, minutes_flat=np.array([8.0, np.inf]),
    ... )
    >>> score(walks)
    array([ 2., inf])
    """
    if walks.minutes_flat is None or not walks.slopes:
        return walks.unknown
    minutes = walks.minutes if walks.plain_minutes is None else walks.plain_minutes
    way = np.isfinite(minutes) & np.isfinite(walks.minutes_flat)
    none = np.where(np.isnan(minutes), np.nan, np.inf)
    return np.subtract(minutes, walks.minutes_flat, out=none, where=way)


MEASURE = Measure(
    id="slope_cost_minutes",
    key_ja="坂と階段の分_1人平均",
    words=Words(
        "坂と階段のぶん余計にかかる分（1人平均）", "minutes that slopes and steps add (mean)"
    ),
    unit="minutes",
    better="less",
    summary="mean_reached",
    score=score,
    order=100,
    source=Words(
        "最寄りまでの分から、坂がなければの分を引いたもの。歩いて行ける人の平均",
        "minutes to the nearest less those on the level, averaged over those with a way",
    ),
)
