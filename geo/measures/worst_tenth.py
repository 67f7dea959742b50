"""Mean minutes of the worst-off tenth of the people (最も遠い1割の人の平均)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.words import Words
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return the walker's minutes to the nearest site, infinite where there is none (分).

    Examples
    --------
    >>> metres = np.array([600.0, np.inf])
    >>> walks = Walks(
    ...     metres=metres, minutes=metres / 60, straight_m=metres, sites_within=np.array([0, 0]),
    ...     limit_m=500.0, people=np.array([9, 1]),
    ... )
    >>> score(walks), note(walks).en
    (array([10., inf]), 'without the 1 people who have no way on foot')
    """
    return walks.minutes


def note(walks: Walks) -> Words | None:
    """Return how many people the figure leaves out, if any (数字に入らない人)."""
    lost = 0 if walks.people is None else int(walks.people[np.isinf(walks.minutes)].sum())
    if not lost:
        return None
    ruled = walks.plain_m is not None
    return Words(
        f"{'休みながら' if ruled else ''}歩いて行く道がない{lost:,}人は入っていません",
        f"without the {lost:,} people who have no way on foot{' with such rests' if ruled else ''}",
    )


MEASURE = Measure(
    id="worst_tenth",
    key_ja="最も遠い1割の人の平均分",
    words=Words("最も遠い1割の人の平均の分", "mean minutes of the worst-off tenth of the people"),
    unit="minutes",
    better="less",
    summary="worst_tenth",
    score=score,
    order=35,
    note=note,
    source=Words(
        "公平さを見るため。歩いて行ける人のうち最も遠い1割。道がない人は「歩いて行く道がない人」で数える",
        "equity: the farthest tenth of those with a way; the others are counted in “people with no way on "
        "foot to any salon”",
    ),
)
