"""Why people are out of reach: the same question asked with one thing changed (なぜ届かないか)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.measures.measure import weighted_quantiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.base.arrays import Flags, Ints
    from geo.base.words import Words
    from geo.coverage.coverage import Coverage, Status

# In this order, the last what nothing tried would change. Seats come first, so that whom they
# alone would bring are as many as the answer itself says.
CAUSES: Final = ("why_no_rest", "why_slope", "why_not_open", "why_together", "why_far")
COUNTS: Final = (*CAUSES, "why_no_way")
_NO_REST, _SLOPE, _NOT_OPEN, _TOGETHER, _FAR = range(5)
_HALF: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Otherwise:
    """Answers to the same question with something put right (変えてみた答え).

    Attributes
    ----------
    level
        With level streets and steps that cost nothing; None where slopes are not counted.
    opened
        With the 通いの場 counted that are known and do not count; None where there are none.
    both
        With both; None where either is.
    """

    level: Coverage | None = None
    opened: Coverage | None = None
    both: Coverage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A 通いの場 that is known and does not count, and why (数えない通いの場)."""

    site_id: str
    name: str
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Why:
    """The people out of reach of each area, by what keeps them (なぜ届かないか).

    Attributes
    ----------
    areas
        One row an area: ``area_id area_name outside off_network``, `COUNTS`, and
        ``nearest_id nearest_name nearest_m`` of the people of ``why_far``; the `CAUSES` add up
        to ``outside``, ``why_no_rest`` is the answer's ``no_rest``. ``why_no_way`` is a part of
        ``why_far``.
        "" and NaN where nobody of ``why_far`` has a way; NaN, too, of a private home.
    totals
        One row of the same of all areas together, ``area_id`` and ``area_name`` "".
    waiting
        By area, and under "" of all: whose opening alone would bring whom, most people first; their
        people add up to ``why_not_open``.
    """

    areas: pd.DataFrame
    totals: pd.DataFrame
    waiting: Mapping[str, tuple[tuple[Waiting, int], ...]]


def make_why(
    known: Coverage,
    otherwise: Otherwise,
    *,
    salons: pd.DataFrame,
    more: pd.DataFrame,
    waiting: Sequence[Waiting] = (),
    homes: frozenset[str] = frozenset(),
) -> Why:
    """Return what keeps those out of reach, per area (届かないわけ).

    Causes are tried in order: no seat or toilet, slopes and steps, the only 通いの場 not open. First
    each by itself: a person counts under the first that would do alone. Whom none alone would
    bring is tried with two put right together (slopes and seats, slopes and opening, seats and
    opening), then with all three, and counts under ``why_together``. So nobody counts twice, and
    whoever is left has none within range, whatever is put right.

    Parameters
    ----------
    known
        The answer; those of `otherwise` are of the same homes, in the same order.
    salons, more
        The Sites of `known`, and of ``otherwise.opened``, in the order of their ids.
    waiting
        Those of `more` that are not among `salons`.
    homes
        Ids of those that are somebody's home: how far they are is not told.
    """
    cells = known.cells
    people = cells["people"].to_numpy(dtype=np.int64)
    row = cells["area"].to_numpy(dtype=np.int64)
    cause = causes_of(known, otherwise)
    far = (cause == _FAR) & (row >= 0)
    way = np.isfinite(cells["walk_m"].to_numpy(dtype=float))
    flags = {name: cause == at for at, name in enumerate(CAUSES)}
    flags |= {"why_no_way": far & ~way}
    areas = known.areas[["area_id", "area_name", "outside", "off_network"]].reset_index(drop=True)
    sums = {name: _sum(people, flag, row, len(areas)) for name, flag in flags.items()}
    table = areas.assign(**sums)
    whole = {name: [int(table[name].sum())] for name in ("outside", "off_network", *COUNTS)}
    totals = pd.DataFrame({"area_id": [""], "area_name": [""], **whole})
    walked = far & way & (people > 0)
    alone = (cause == _NOT_OPEN) & (row >= 0)
    each = [walked & (row == at) for at in range(len(table))]
    return Why(
        areas=_with_nearest(table, each, known, salons, homes),
        totals=_with_nearest(totals, [walked], known, salons, homes),
        waiting=dict(_waiting(alone, otherwise.opened, areas["area_id"].tolist(), more, waiting)),
    )


def causes_of(known: Coverage, otherwise: Otherwise) -> Ints:
    """Return (C,) what keeps each home out of reach, a row of `CAUSES`; -1 of the others (家ごとのわけ)."""
    count = len(known.cells)
    level, opened, both = otherwise.level, otherwise.opened, otherwise.both
    tried = (
        (_NO_REST, _is(known, "no_rest", count)),
        (_SLOPE, _is(level, "within", count)),
        (_NOT_OPEN, _is(opened, "within", count)),
        (_TOGETHER, _is(level, "no_rest", count)),
        (_TOGETHER, _is(both, "within", count)),
        (_TOGETHER, _is(opened, "no_rest", count)),
        (_TOGETHER, _is(both, "no_rest", count)),
    )
    left = _is(known, "outside", count) | _is(known, "no_rest", count)
    cause = np.where(left, _FAR, -1).astype(np.int64)
    for one, does in tried:
        cause[left & does] = one
        left = left & ~does
    return cause


def _is(coverage: Coverage | None, status: Status, count: int) -> Flags:
    if coverage is None:
        return np.zeros(count, dtype=bool)
    return np.asarray(coverage.cells["status"] == status, dtype=bool)


def _sum(people: Ints, flag: Flags, row: Ints, count: int) -> Ints:
    some = flag & (row >= 0)
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, row[some], people[some])
    return total


def _with_nearest(
    table: pd.DataFrame,
    each: Sequence[Flags],
    known: Coverage,
    salons: pd.DataFrame,
    homes: frozenset[str],
) -> pd.DataFrame:
    """Return rows with the 通いの場 most of their homes have nearest, and half of the people's metres."""
    people = known.cells["people"].to_numpy(dtype=np.int64)
    metres = known.cells["walk_m"].to_numpy(dtype=float)
    site = known.cells["walk_site"].to_numpy(dtype=np.int64)
    ids, names, middle = [], [], []
    for some in each:
        id_, name, half_m = "", "", np.nan
        if some.any():  # of as many people the first by id
            at = int(np.bincount(site[some], weights=people[some]).argmax())
            id_, name = str(salons["site_id"].iloc[at]), str(salons["name"].iloc[at])
            (half_m,) = weighted_quantiles(metres[some], people[some], (_HALF,))
        ids.append(id_)
        names.append(name)
        middle.append(np.nan if id_ in homes else half_m)
    return table.assign(nearest_id=ids, nearest_name=names, nearest_m=np.array(middle, dtype=float))


def _waiting(
    alone: Flags,
    opened: Coverage | None,
    area_ids: Sequence[str],
    more: pd.DataFrame,
    waiting: Sequence[Waiting],
) -> Iterator[tuple[str, tuple[tuple[Waiting, int], ...]]]:
    """Yield by area who, opened, would be the nearest of those it alone would bring."""
    told: dict[str, Counter[str]] = {key: Counter() for key in ("", *area_ids)}
    if opened is not None:
        ids = more["site_id"].tolist()
        cells = opened.cells.loc[alone, ["people", "site", "area"]]
        for people, site, area in cells.itertuples(index=False, name=None):
            told[""][ids[site]] += people
            told[area_ids[area]][ids[site]] += people
    by_id = {one.site_id: one for one in waiting}
    for key, counted in told.items():
        rows = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        yield key, tuple((by_id[id_], int(people)) for id_, people in rows if people)
