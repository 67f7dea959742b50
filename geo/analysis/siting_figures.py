"""Figures of candidates out of whom each gains: people, minutes, seats on the way, areas (候補の数字)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.analysis.site_gain import make_setting, reach_within
from geo.base.pairs import SAME_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.site_gain import Setting
    from geo.base.arrays import Floats, Ints
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.network.snap import Snaps
    from geo.town import Town
    from geo.walk.travel import Pairs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """One way to take the unknown: the answer before, and whom each candidate gains (一つの見方)."""

    before: Coverage
    setting: Setting
    places: Snaps
    pairs: Pairs


def count_people(pairs: Pairs, people: Ints, count: int) -> Ints:
    """Return (K,) how many people each of the candidates gains (ふえる人数)."""
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, pairs.site, people[pairs.cell])
    return total


def walk_minutes(pairs: Pairs, people: Ints, count: int, pace: float) -> tuple[Floats, Floats]:
    """Return within how many minutes half of the gained walk, and the farthest of them (歩く分)."""
    half, most = np.full(count, np.nan), np.full(count, np.nan)
    order = np.lexsort((pairs.metres, pairs.site))
    order = order[people[pairs.cell[order]] > 0]
    cut = np.searchsorted(pairs.site[order], np.arange(count + 1))
    for site in np.flatnonzero(np.diff(cut)).tolist():
        mine = order[cut[site] : cut[site + 1]]
        total = np.cumsum(people[pairs.cell[mine]])
        half[site] = pairs.metres[mine[np.searchsorted(2 * total, total[-1])]] / pace
        most[site] = pairs.metres[mine[-1]] / pace
    return half, most


def count_seated(
    town: Town,
    question: Question,
    run: Run,
    rests: pd.DataFrame | None,
    people: Ints,
    every_m: float,
) -> Ints:
    """Return how many of the gained have a walk to the place with a seat known often enough (途中で座れる人)."""
    count = run.places.edge.size
    if town.streetless:
        return np.zeros(count, dtype=np.int64)  # of no way is known what is on it: not told
    if question.rest_m is not None:
        return count_people(run.pairs, people, count)
    asked = replace(question, rest_m=every_m)
    setting = make_setting(town, asked, rests=rests)
    cells = np.unique(run.pairs.cell[people[run.pairs.cell] > 0])
    seated = reach_within(setting, setting.homes.take(cells), run.places, setting.rules)
    keys = run.pairs.cell * count + run.pairs.site
    found = np.isin(keys, cells[seated.cell] * count + seated.site)
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, run.pairs.site[found], people[run.pairs.cell[found]])
    return total


def by_area(
    before: Coverage, runs: list[Run], people: Ints, table: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, Sequence[object]]]:
    """Return the gains by candidate and area, and the area of each with the most (地区ごと)."""
    row, areas = before.cells["area"].to_numpy(dtype=np.int64), before.areas
    shape = (len(runs), len(table), len(areas))
    sums = np.zeros(shape, dtype=np.int64)
    for at, run in enumerate(runs):
        np.add.at(sums[at], (run.pairs.site, row[run.pairs.cell]), people[run.pairs.cell])
    known = sums[len(runs) // 2]
    which, area = np.nonzero(sums.any(axis=0))
    ids, names = areas["area_id"].to_numpy(), areas["area_name"].to_numpy()
    long = pd.DataFrame(
        {
            "candidate_id": table["candidate_id"].to_numpy()[which],
            "area_id": ids[area],
            "area_name": names[area],
            "gained": known[which, area],
            "gained_low": sums.min(axis=0)[which, area],
            "gained_high": sums.max(axis=0)[which, area],
        }
    )
    first = known.argmax(axis=1) if len(areas) else np.zeros(len(table), dtype=np.int64)
    most = known[np.arange(len(table)), first] if len(areas) else first
    named = [str(names[a]) if count else "" for a, count in zip(first, most, strict=True)]
    return long, {"area_name": named, "gained": most.tolist()}


def names_beside(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the names of the other candidates within 25 m of each (同じ所の候補)."""
    at, names = table[["x_m", "y_m"]].to_numpy(dtype=float), table["name"].tolist()
    near = cKDTree(at).query_ball_point(at, SAME_M)
    return [
        tuple(names[one] for one in sorted(some) if one != row) for row, some in enumerate(near)
    ]
