"""A measure's figures for many areas at once: those of `summarise_area` for each (地区ごとにまとめる)."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from geo.measures.measure import QUANTILES, summarise_area

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints
    from geo.measures.measure import Measure


def summarise_areas(
    measure: Measure, scores: Floats, people: Ints, cuts: Ints
) -> dict[str, Floats]:
    """Return a measure's figures, (A,) a column, NaN where an area has none (地区ごとの数字).

    To the last digit what `geo.measures.measure.summarise_area` gives for each area alone.

    Parameters
    ----------
    scores, people
        (n,) of the cells that count, an area after the other.
    cuts
        (A + 1,) where each area's begin and end; cells before the first and after the last are of
        no area.

    Notes
    -----
    Cost: a sort of all cells a measure, and no longer a dozen calls of numpy an area.
    """
    held = slice(int(cuts[0]), int(cuts[-1]))
    scores, people, cuts = scores[held], people[held], cuts - cuts[0]
    some = people > 0
    cuts = np.append(0, np.cumsum(some))[cuts]
    scores, people = scores[some], people[some]
    area = np.repeat(np.arange(cuts.size - 1), np.diff(cuts))
    silent = np.diff(cuts) == 0
    silent[area[np.isnan(scores)]] = True
    match measure.summary:
        case "quantiles" | "median":
            percents = QUANTILES if measure.summary == "quantiles" else (50,)
            found = _quantiles(scores, people, cuts, area, percents)
        case "mean" | "sum" | "mean_reached":
            found = [_sums(measure, scores, people, cuts, silent)]
        case _:
            alone = [
                summarise_area(measure, scores[lo:hi], people[lo:hi]) for lo, hi in pairwise(cuts)
            ]
            return {
                name: np.array([one[name] for one in alone], dtype=float)
                for name in measure.columns
            }
    out = {}
    for column, values in zip(measure.columns, found, strict=True):
        out[column] = np.where(silent | ~np.isfinite(values), np.nan, values)
    return out


def _quantiles(
    scores: Floats, people: Ints, cuts: Ints, area: Ints, percents: tuple[int, ...]
) -> list[Floats]:
    """Return `geo.measures.measure.weighted_quantiles` of each area; people are whole numbers."""
    order = np.lexsort((scores, area))
    ordered, total = scores[order], np.append(0, np.cumsum(people[order]))
    before, own = total[cuts[:-1]], np.diff(total[cuts])
    out = []
    for percent in percents:
        at = np.searchsorted(100 * total[1:], 100 * before + percent * own)
        out.append(np.append(ordered, np.nan)[np.minimum(at, ordered.size)])
    return out


def _sums(measure: Measure, scores: Floats, people: Ints, cuts: Ints, silent: Flags) -> Floats:
    """Return exactly rounded sums, or means of them, of each area that has a figure."""
    out = np.full(silent.size, np.nan)
    counted = np.isfinite(scores) | (measure.summary != "mean_reached")
    told = (np.where(counted, scores, 0.0) * people).tolist()
    head = np.append(0, np.cumsum(np.where(counted, people, 0)))
    for at in np.flatnonzero(~silent).tolist():
        lo, hi = int(cuts[at]), int(cuts[at + 1])
        whole = math.fsum(told[lo:hi])
        if measure.summary == "sum":
            out[at] = whole
            continue
        count = int(head[hi] - head[lo])
        out[at] = whole / count if count else math.nan
    return out
