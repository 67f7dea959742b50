"""One more 通いの場: what each candidate place alone would bring (一つ増やすなら).

A gain is exact: people without a 通いの場 within reach who have one with it, to the person what
`geo.town.ask` says with it and without. Gains of two do not add up: their people may be the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.analysis.site_gain import make_setting, newly_within, reach_places
from geo.base.pairs import SAME_M
from geo.base.problems import InputError
from geo.base.words import Words
from geo.tables.rests import rests_of_sites
from geo.tables.tables import SITES, check_sites
from geo.town import ages_of, ask, ordered_sites, put_places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.analysis.site_gain import Setting
    from geo.base.arrays import Flags, Floats, Ints
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.network.snap import Snaps
    from geo.tables.tables import People
    from geo.town import Town
    from geo.walk.costs import Unknown
    from geo.walk.travel import Pairs

CANDIDATES: Final = ("candidate_id", "kind", "name", "x_m", "y_m", "source")
# Elders walk 200 to 400 m without reluctance (北川ら): the least of it, where a question has no rule.
SEAT_EVERY_M: Final = 200.0
RUNS: Final[tuple[Unknown, ...]] = ("bad", "known", "good")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gains:
    """What each candidate alone would bring (候補ごとの、新しく届く人).

    Attributes
    ----------
    before
        The answer as it is now.
    table
        One row a candidate, the largest gain first, ties by id. `CANDIDATES`, ``rank`` (from 1),
        ``lon lat``; ``on_network``, ``off_m`` straight metres from the street and ``off_minutes``
        to walk them; ``gained`` people of the question's age newly within reach, ``gained_low`` and
        ``gained_high`` the least and the most of it; ``gained_`` and each age the town knows, with
        ``_low`` and ``_high``; ``minutes_half`` within which half of the gained walk and
        ``minutes_most`` of the farthest (NaN where nobody is gained); ``seated`` of the gained who
        have a walk with a seat known at least every `seat_every_m`; ``area_name`` where most of the
        gained live, ``area_gained`` how many; ``beside`` names of the other candidates at the place.
    areas
        ``candidate_id area_id area_name gained gained_low gained_high``, of the areas of the
        division where anybody is gained in any run.
    ages
        The age groups the town knows.
    seat_every_m
        The longest stretch without a seat asked of `seated`, in flat-equivalent metres: the
        question's own where it has one.
    unsure
        Whether low and high were looked for: something about the walks is not known.
    """

    before: Coverage
    table: pd.DataFrame
    areas: pd.DataFrame
    ages: tuple[People, ...]
    seat_every_m: float
    unsure: bool


def site_gains(  # noqa: PLR0913 - the parts of a question, each by name
    town: Town,
    question: Question,
    candidates: pd.DataFrame,
    sites: pd.DataFrame | None = None,
    *,
    rests: pd.DataFrame | None = None,
    surveyed: Flags | None = None,
    eligible: Mapping[str, Flags] | None = None,
    ends: bool = True,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Gains:
    """Return what each candidate alone would bring (一つ増やすなら).

    Parameters
    ----------
    candidates
        `check_candidates`; each counts as a 通いの場 for everybody.
    sites, rests, eligible
        As `geo.town.ask`; `rests` are also where a walker may sit on the way.
    surveyed
        As `geo.analysis.band.ask_band`.
    ends
        Whether low and high are looked for, where anything is not known.
    tell
        Called with how much is done, and of how much.

    Notes
    -----
    Low and high are the least and the most of three runs, with the unknown taken as bad, as known
    and as good, each with and without the candidate: a place may bring fewer where all is good, as
    more people have a 通いの場 already. Cost: an answer a run, and a short search a candidate.

    Raises
    ------
    InputError
        As `geo.town.ask`, or there is no candidate.
    """
    table = check_candidates(candidates).sort_values("candidate_id", ignore_index=True)
    ruled = question.rest_m is not None or question.toilet_m is not None
    unsure = ends and (ruled or question.heights)
    dark = ~(np.zeros(town.network.edge_count, dtype=bool) if surveyed is None else surveyed)
    runs: list[_Run] = []
    for unknown in RUNS if unsure else ("known",):
        free = dark if unknown == "good" and question.rest_m is not None else None
        more = {"rests": rests, "eligible": eligible, "unknown": unknown, "free": free}
        before = ask(town, question, sites, **more)  # type: ignore[arg-type]
        setting = make_setting(town, question, sites, **more)  # type: ignore[arg-type]
        places = put_places(town, setting.ground, table)
        done, all_ = len(runs) * len(table), (3 if unsure else 1) * len(table)
        lacking = _lacking(before)
        found = newly_within(
            setting,
            places,
            lacking,
            lambda some, _, done=done, all_=all_: tell(done + some, all_),  # type: ignore[misc]
        )
        runs.append(_Run(before=before, setting=setting, places=places, pairs=found))
        tell(done + len(table), all_)
    return _gains(town, question, table, runs, rests, unsure=unsure)


def check_candidates(candidates: pd.DataFrame) -> pd.DataFrame:
    """Return candidates, or refuse them (候補の表).

    Columns `CANDIDATES`: ``candidate_id`` (unique), ``kind``, ``name``, ``x_m y_m`` on the town's
    plane, ``source``.

    Raises
    ------
    InputError
        A column is absent, an id is there twice, a place is no number, or there is none at all.
    """
    missing = [name for name in CANDIDATES if name not in candidates.columns]
    if missing:
        raise InputError(
            Words(
                f"候補の表に列 {'、'.join(missing)} がありません",
                f"the table of candidates lacks column {', '.join(missing)}",
            )
        )
    at = candidates[["x_m", "y_m"]].to_numpy(dtype=float)
    bad = candidates["candidate_id"].duplicated().to_numpy() | ~np.isfinite(at).all(axis=1)
    if bad.any():
        one = candidates["candidate_id"].iloc[int(np.argmax(bad))]
        raise InputError(
            Words(
                f"候補「{one}」が二度あるか、場所が数ではありません",
                f"candidate {one!r} is there twice, or its place is no number",
            )
        )
    if candidates.empty:
        raise InputError(
            Words(
                "候補が1つもありません。--kinds を広げるか、--candidates で候補の表を渡してください",
                "there is no candidate; widen --kinds, or give a table with --candidates",
            )
        )
    return candidates


def with_candidate(
    town: Town, sites: pd.DataFrame | None, rests: pd.DataFrame | None, candidate: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return Sites and Rests with one candidate among the 通いの場, for a fresh answer (候補を入れた表).

    Its gain is `geo.town.ask` of these less `geo.town.ask` of those that were given.
    """
    sites = town.salons if sites is None else sites
    rests = rests_of_sites(town.sites) if rests is None else rests
    one = pd.DataFrame(
        [
            {
                "site_id": candidate["candidate_id"], "kind": "salon", "name": candidate["name"],
                "x_m": float(candidate["x_m"]), "y_m": float(candidate["y_m"]), "schedule": "",
                "note": "", "source": candidate["source"], "sessions_per_month": np.nan,
                "capacity": np.nan,
            }
        ]
    )  # fmt: skip
    joined = pd.concat([sites[list(SITES)], one], ignore_index=True)
    seats = pd.concat([rests, rests_of_sites(check_sites(one))], ignore_index=True)
    return ordered_sites(check_sites(joined)), seats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Run:
    """One way to take the unknown: the answer before, and whom each candidate gains."""

    before: Coverage
    setting: Setting
    places: Snaps
    pairs: Pairs


def _lacking(before: Coverage) -> Ints:
    """Return the cells of the division that are on the network and not within reach."""
    out = before.cells["status"].isin(["outside", "no_rest"]).to_numpy(dtype=bool)
    return np.flatnonzero(out & (before.cells["area"] >= 0).to_numpy(dtype=bool))


def _gains(
    town: Town,
    question: Question,
    table: pd.DataFrame,
    runs: list[_Run],
    rests: pd.DataFrame | None,
    *,
    unsure: bool,
) -> Gains:
    known = runs[len(runs) // 2]
    ages = ages_of(town)
    people = {age: town.cells[f"people_{age}"].to_numpy(dtype=np.int64) for age in ages}
    columns: dict[str, Ints] = {}
    for name, age in (("gained", question.people), *((f"gained_{age}", age) for age in ages)):
        each = np.array([_count(run.pairs, people[age], len(table)) for run in runs])
        columns |= {
            name: each[len(runs) // 2],
            f"{name}_low": each.min(axis=0),
            f"{name}_high": each.max(axis=0),
        }
    own, every_m = people[question.people], question.rest_m or SEAT_EVERY_M
    pace = question.walker.metres_per_min
    half, most = _minutes(known.pairs, own, len(table), pace)
    off = known.places.off_m
    areas, best = _areas(known.before, runs, own, table)
    lon, lat = town.plane.to_lonlat(table["x_m"], table["y_m"])
    told = {
        **{name: table[name].to_numpy() for name in CANDIDATES},
        "lon": lon, "lat": lat, "on_network": known.places.edge >= 0, "off_m": off,
        "off_minutes": off / pace,
        **columns,
        "minutes_half": half, "minutes_most": most,
        "seated": _seated(town, question, known, rests, own, every_m),
        "area_name": best["area_name"], "area_gained": best["gained"], "beside": _beside(table),
    }  # fmt: skip
    made = pd.DataFrame(told)
    made = made.iloc[np.lexsort((made["candidate_id"], -made["gained"].to_numpy()))]
    made = made.reset_index(drop=True)
    made.insert(0, "rank", np.arange(1, len(made) + 1))
    return Gains(
        before=known.before, table=made, areas=areas, ages=ages, seat_every_m=every_m,
        unsure=unsure,
    )  # fmt: skip


def _count(pairs: Pairs, people: Ints, count: int) -> Ints:
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, pairs.site, people[pairs.cell])
    return total


def _minutes(pairs: Pairs, people: Ints, count: int, pace: float) -> tuple[Floats, Floats]:
    """Return within how many minutes half of the gained walk, and the farthest of them."""
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


def _seated(
    town: Town,
    question: Question,
    run: _Run,
    rests: pd.DataFrame | None,
    people: Ints,
    every_m: float,
) -> Ints:
    """Return how many of the gained have a walk to the place with a seat known often enough."""
    count = run.places.edge.size
    if question.rest_m is not None:
        return _count(run.pairs, people, count)
    asked = replace(question, rest_m=every_m)
    setting = make_setting(town, asked, rests=rests)
    cells = np.unique(run.pairs.cell[people[run.pairs.cell] > 0])
    seated = reach_places(setting, setting.homes.take(cells), run.places, setting.rules)
    keys = run.pairs.cell * count + run.pairs.site
    found = np.isin(keys, cells[seated.cell] * count + seated.site)
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, run.pairs.site[found], people[run.pairs.cell[found]])
    return total


def _areas(
    before: Coverage, runs: list[_Run], people: Ints, table: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, Sequence[object]]]:
    """Return the gains by candidate and area, and the area of each with the most."""
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


def _beside(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the names of the other candidates within 25 m of each."""
    at, names = table[["x_m", "y_m"]].to_numpy(dtype=float), table["name"].tolist()
    near = cKDTree(at).query_ball_point(at, SAME_M)
    return [
        tuple(names[one] for one in sorted(some) if one != row) for row, some in enumerate(near)
    ]
