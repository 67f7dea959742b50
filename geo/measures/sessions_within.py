"""Sessions a month within the walking range, on average (範囲内の開催回数)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.words import Words
from geo.measures.floating_catchment import sum_by
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints


def score(walks: Walks) -> Floats:
    """Return the sessions a month of all sites within range (範囲内の月の回数).

    The sum is that of the sites whose sessions are known, so at least this (`note` says how
    many are not); NaN where people reach only sites whose sessions are not known, which is
    never no session, and 0 where they reach no site.

    Examples
    --------
    >>> one = np.array([300.0])
    >>> walks = Walks(
    ...     metres=one, minutes=one / 60, straight_m=one, sites_within=np.array([2]), limit_m=500.0,
    ...     pair_cell=np.array([0, 0]), pair_site=np.array([0, 1]), pair_m=np.array([300.0, 400.0]),
    ...     sessions=np.array([4.0, np.nan]),
    ... )
    >>> score(walks), note(walks).en[:46]
    (array([4.]), 'how often 1 of 2 salons meet is not known, so ')
    """
    cell, site, sessions = walks.pair_cell, walks.pair_site, walks.sessions
    if cell is None or site is None or sessions is None or _none_known(sessions):
        return walks.unknown
    known = ~np.isnan(sessions[site])
    count = len(walks.metres)
    sums = sum_by(cell[known], sessions[site[known]], count)
    sums[_reached(cell, count) & ~_reached(cell[known], count)] = np.nan
    return sums


def note(walks: Walks) -> Words | None:
    """Return how many sites' sessions are not known, or are counted on holidays too (但し書き)."""
    if walks.sessions is None:
        return None
    told = [one for one in (_say_unknown(walks.sessions), _say_holidays(walks)) if one is not None]
    if not told:
        return None
    return Words("。".join(one.ja for one in told), "; ".join(one.en for one in told))


def _say_unknown(sessions: Floats) -> Words | None:
    count, unknown = len(sessions), int(np.isnan(sessions).sum())
    if not unknown:
        return None
    if unknown == count:
        return Words(
            "どの通いの場も開催回数が分からないので、数字を出していません",
            "how often the salons meet is not known, so there is no figure",
        )
    return Words(
        f"{count}か所のうち{unknown}か所は開催回数が分からないので、数字は「少なくとも」です。"
        "そこしか範囲にない人のいる地区は、0回とせず、数字を出していません",
        f"how often {unknown} of {count} salons meet is not known, so the figures are “at least”; "
        "where people reach only such salons there is no figure, which is not none",
    )


def _say_holidays(walks: Walks) -> Words | None:
    if not walks.holidays_off:
        return None
    return Words(
        f"{walks.holidays_off}か所は祝日・年末年始などが休みですが、その分は引いていません",
        f"{walks.holidays_off} are closed on holidays, which are not taken away",
    )


def _reached(cell: Ints, count: int) -> Flags:
    return np.bincount(cell, minlength=count) > 0


def _none_known(sessions: Floats) -> bool:
    return bool(sessions.size and np.isnan(sessions).all())


MEASURE = Measure(
    id="sessions_within",
    key_ja="範囲内の開催回数_月_1人平均",
    words=Words(
        "範囲内の開催回数（月、1人平均）", "sessions a month within range (mean per person)"
    ),
    unit="sessions",
    better="more",
    summary="mean",
    score=score,
    order=45,
    note=note,
    source=Words(
        "歩いて通える回数（累積機会）。月1回と毎週の通いの場を同じに数えない",
        "cumulative opportunities: a monthly salon does not count like a weekly one",
    ),
)
