"""Where people are left out on a day, with what the register knows of each place (その日の空白)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.by_stop import find_by_stop
from geo.analysis.gap_figures import Known
from geo.analysis.gaps import find_gaps, left_out
from geo.analysis.reached import reach_sites
from geo.analysis.some_homes import eligible_of_homes, town_of_homes
from geo.analysis.week import ANY, OFTEN, Choice, reached_by
from geo.schedule import Times
from geo.town import ask
from geo.walk.travel import Pairs
from layers.day.day import limits_of
from layers.day.week import list_wishes
from layers.day.why import ask_otherwise, salons_opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from geo.analysis.gaps import Gaps
    from geo.base.arrays import Flags, Ints
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.town import Town
    from layers.day.day import Day
    from layers.day.listed import SalonList
    from surveys.record.wanted import Wanted


def day_gaps(
    day: Day, question: Question, coverage: Coverage, streets: gpd.GeoDataFrame | None = None
) -> Gaps:
    """Return where people are left out on a day (その日の空白).

    Parameters
    ----------
    coverage
        The day's answer to the question.
    streets
        Those with a name (`geo.sources.town_folder.load_named_streets`).

    Notes
    -----
    All that is asked beside is asked of the homes left out alone: answers with one thing put right
    as for 「なぜ届かないか」, walks to the stops, and to those 通いの場 that meet on other days or
    of which it is not known whether they count.
    """
    rows = left_out(day.built, coverage)
    known = Known(homes=day.homes, streets=streets, seldom=_seldom(day, question, coverage))
    town = day.town_for(question)
    if rows.size:
        some = town_of_homes(town, rows)
        stops = town.sites[town.sites["kind"] == "bus_stop"]
        rests = day.rests_for(question)
        known = replace(
            known,
            otherwise=ask_otherwise(day, question, rows),
            by_stop=None if stops.empty else find_by_stop(some, question, stops, rests=rests),
            often=_often(day, question, some, rows),
            unknown=_unknown(day, question, some, rows),
            public=_public(day, question, some, rows),
            more=salons_opened(day),
        )
    return find_gaps(town, day.as_asked(question), coverage, known, rests=day.rests)


def _pairs(
    day: Day, question: Question, town: Town, sites: pd.DataFrame
) -> tuple[Pairs, dict[str, int]]:
    """Return all walks within range to some 通いの場, whomever these are for."""
    found = reach_sites(town, question, sites, rests=day.rests_for(question))
    pairs = Pairs(cell=found.cell, site=found.site, metres=found.metres)
    return pairs, {id_: row for row, id_ in enumerate(found.ids)}


def _wishes(day: Day) -> dict[str, Wanted]:
    """Return what is wished but for the days, by how often."""
    return {
        one: replace(
            day.wanted,
            times=Times(at_least=None if one == ANY else one),  # type: ignore[arg-type]
        )
        for one in OFTEN
    }


def _choice(day: Day, listed: SalonList) -> Choice:
    """Return the 通いの場 of a list that count, and whom they are for."""
    ids = frozenset(
        one.site_id
        for one in listed.listed
        if one.venue.counts in ("yes", "unsure") and one.at_m is not None
    )
    if not day.wanted.eligible:
        return Choice(ids=ids)
    limited = limits_of(listed, ids, day.end)
    return Choice(ids=ids, eligible=day.areas.cells_of_each(limited, day.end))


def _often(day: Day, question: Question, town: Town, rows: Ints) -> Mapping[str, Flags]:
    """Return who of those left out has a 通いの場 within reach on other days, by how often."""
    if day.wanted.times.empty or day.others is not None:
        return {}
    wishes = _wishes(day)
    lists = list_wishes(day, [*wishes.values()])
    pairs, row_of = _pairs(day, question, town, lists[wishes[ANY]].sites("yes", "unsure"))
    found = {}
    for often, wish in wishes.items():
        choice = _choice(day, lists[wish])
        own = eligible_of_homes(choice.eligible, rows) or {}
        choice = replace(choice, ids=choice.ids & set(row_of), eligible=own)
        found[often] = reached_by(choice, row_of, pairs, rows.size)
    return found


def _seldom(day: Day, question: Question, coverage: Coverage) -> int | None:
    """Return the people within reach, but of none that meets every week; None where it is not known."""
    if not day.wanted.times.empty or day.others is not None:
        return None
    wish = _wishes(day)["weekly"]
    choice = _choice(day, list_wishes(day, [wish])[wish])
    if not choice.ids:  # of none it is known when it meets
        return None
    if choice.ids >= set(day.salons["site_id"]):
        return 0
    cells = coverage.cells
    within = (cells["status"] == "within").to_numpy() & (cells["area"].to_numpy() >= 0)
    rows = np.flatnonzero(within & (cells["people"].to_numpy() > 0))
    if not rows.size:
        return 0
    town = town_of_homes(day.town_for(question), rows)
    sites = day.salons[day.salons["site_id"].isin(choice.ids)]
    pairs, row_of = _pairs(day, question, town, sites)
    own = eligible_of_homes(choice.eligible, rows) or {}
    choice = replace(choice, ids=choice.ids & set(row_of), eligible=own)
    weekly = reached_by(choice, row_of, pairs, rows.size)
    return int(cells["people"].to_numpy(dtype=np.int64)[rows][~weekly].sum())


def _public(day: Day, question: Question, town: Town, rows: Ints) -> Coverage | None:
    """Return the answer for those left out without 通いの場 that are somebody's home; None without any."""
    private = day.salons["site_id"].isin(day.homes)
    if not private.any():
        return None
    return ask(
        town, question, day.salons[~private], rests=day.rests_for(question),
        eligible=eligible_of_homes(day.eligible, rows),
    )  # fmt: skip


def _unknown(day: Day, question: Question, town: Town, rows: Ints) -> Flags | None:
    """Return who of those left out would have a 通いの場 if all counted of which it is not known."""
    if day.others is not None:
        return None
    _, most = day.ends()
    unsure = any(not one.known or day.areas.unknown(one) for one in day.limited.values())
    if len(most.salons) == len(day.salons) and not unsure:
        return None
    found = reach_sites(
        town, question, most.salons, rests=day.rests_for(question),
        eligible=eligible_of_homes(most.eligible, rows),
    )  # fmt: skip
    return found.within()
