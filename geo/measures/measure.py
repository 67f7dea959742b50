"""What a measure is: a score per cell, and how scores sum to an area (指標の型)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, assert_never

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.arrays import Floats, Ints
    from geo.words import Words


QUANTILES = (50, 75, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """What a measure may look at: C cells on the network (歩く道のりのまとめ).

    Attributes
    ----------
    metres
        (C,) walk to the nearest site, infinite where there is none.
    minutes
        (C,) the same in the walker's minutes.
    straight_m
        (C,) straight-line metres to the nearest site, infinite where there is no site.
    sites_within
        (C,) number of sites within the walking range.
    limit_m
        The walking range in metres; a walk of exactly this is within.
    """

    metres: Floats
    minutes: Floats
    straight_m: Floats
    sites_within: Ints
    limit_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure (指標).

    Attributes
    ----------
    id
        English, equal to the file's name and to the exported column (quantiles add _p50 …).
    words, unit, source
        What it is called, what it counts in, whose definition it is.
    better
        ``"more"`` or ``"less"``.
    summary
        How cells sum to an area, by people: ``mean``, ``sum`` or ``quantiles``.
    score
        The pure function from `Walks` to (C,) scores.
    order
        Place in tables.
    """

    id: str
    words: Words
    unit: Literal["share", "people", "minutes", "count"]
    better: Literal["more", "less"]
    summary: Literal["mean", "sum", "quantiles"]
    source: Words
    score: Callable[[Walks], Floats]
    order: int

    @property
    def columns(self) -> tuple[str, ...]:
        """The area columns it fills (列)."""
        return (
            tuple(f"{self.id}_p{q}" for q in QUANTILES)
            if self.summary == "quantiles"
            else (self.id,)
        )


def summarise_area(measure: Measure, scores: Floats, people: Ints) -> dict[str, float | None]:
    """Return a measure's figures for one area (区域にまとめる).

    Parameters
    ----------
    scores, people
        (n,) of the area's cells on the network. ``None`` comes back where nobody lives, and
        for a quantile that falls on people with no walk at all: unreachable is no number.

    Examples
    --------
    >>> from geo.measures import MEASURES
    >>> summarise_area(MEASURES["minutes"], np.array([4.0, 8, np.inf]), np.array([5, 3, 2]))
    {'minutes_p50': 4.0, 'minutes_p75': 8.0, 'minutes_p90': None}
    """
    total = int(people.sum())
    if total == 0:
        return dict.fromkeys(measure.columns)
    if measure.summary == "mean":
        return {measure.id: float((scores * people).sum() / total)}
    if measure.summary == "sum":
        return {measure.id: float((scores * people).sum())}
    if measure.summary == "quantiles":
        return {
            f"{measure.id}_p{q}": value
            if np.isfinite(value := weighted_quantile(scores, people, q))
            else None
            for q in QUANTILES
        }
    assert_never(measure.summary)


def weighted_quantile(values: Floats, people: Ints, percent: int) -> float:
    """Return the least value that `percent` of the people do not exceed (重みつき分位点).

    People are whole numbers, so the comparison is exact.

    Examples
    --------
    >>> weighted_quantile(np.array([3.0, 1.0]), np.array([1, 1]), 50)
    1.0
    """
    order = np.argsort(values, kind="stable")
    reached = 100 * np.cumsum(people[order]) >= percent * int(people.sum())
    return float(values[order][int(np.argmax(reached))])
