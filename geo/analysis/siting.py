"""One more 通いの場: what each candidate place alone would bring (一つ増やすなら).

A gain is exact: people without a 通いの場 within reach who have one with it, to the person what
`geo.town.ask` says with it and without. Gains of two do not add up: their people may be the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.analysis.site_gain import make_setting, newly_within
from geo.analysis.siting_figures import (
    Run,
    by_area,
    count_people,
    count_seated,
    names_beside,
    walk_minutes,
)
from geo.base.problems import InputError
from geo.base.words import Words
from geo.tables.rests import rests_of_sites
from geo.tables.tables import SITES, check_sites
from geo.town import ages_of, ask, ordered_sites, put_places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.base.arrays import Flags, Ints
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.tables.tables import People
    from geo.town import Town
    from geo.walk.costs import Unknown

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
        have a walk with a seat known at least every `seat_every_m` (0 without streets, where it is
        not known); ``area_name`` where most of the gained live, ``area_gained`` how many; ``beside``
        names of the other candidates at the place.
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
    runs: list[Run] = []
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
        runs.append(Run(before=before, setting=setting, places=places, pairs=found))
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


def _lacking(before: Coverage) -> Ints:
    """Return the cells of the division that are on the network and not within reach."""
    out = before.cells["status"].isin(["outside", "no_rest"]).to_numpy(dtype=bool)
    return np.flatnonzero(out & (before.cells["area"] >= 0).to_numpy(dtype=bool))


def _gains(
    town: Town,
    question: Question,
    table: pd.DataFrame,
    runs: list[Run],
    rests: pd.DataFrame | None,
    *,
    unsure: bool,
) -> Gains:
    known = runs[len(runs) // 2]
    ages = ages_of(town)
    people = {age: town.cells[f"people_{age}"].to_numpy(dtype=np.int64) for age in ages}
    columns: dict[str, Ints] = {}
    for name, age in (("gained", question.people), *((f"gained_{age}", age) for age in ages)):
        each = np.array([count_people(run.pairs, people[age], len(table)) for run in runs])
        columns |= {
            name: each[len(runs) // 2],
            f"{name}_low": each.min(axis=0),
            f"{name}_high": each.max(axis=0),
        }
    own, every_m = people[question.people], question.rest_m or SEAT_EVERY_M
    pace = question.walker.metres_per_min
    half, most = walk_minutes(known.pairs, own, len(table), pace)
    off = known.places.off_m
    areas, best = by_area(known.before, runs, own, table)
    lon, lat = town.plane.to_lonlat(table["x_m"], table["y_m"])
    told = {
        **{name: table[name].to_numpy() for name in CANDIDATES},
        "lon": lon, "lat": lat, "on_network": known.places.edge >= 0, "off_m": off,
        "off_minutes": off / pace,
        **columns,
        "minutes_half": half, "minutes_most": most,
        "seated": count_seated(town, question, known, rests, own, every_m),
        "area_name": best["area_name"], "area_gained": best["gained"], "beside": names_beside(table),
    }  # fmt: skip
    made = pd.DataFrame(told)
    made = made.iloc[np.lexsort((made["candidate_id"], -made["gained"].to_numpy()))]
    made = made.reset_index(drop=True)
    made.insert(0, "rank", np.arange(1, len(made) + 1))
    return Gains(
        before=known.before, table=made, areas=areas, ages=ages, seat_every_m=every_m,
        unsure=unsure,
    )  # fmt: skip
