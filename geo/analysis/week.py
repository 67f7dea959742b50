"""Whom the 通いの場 of each weekday and half of the day reach (曜日ごとに届く人).

One walk finds every home within range of every 通いの場; who is reached by those that meet on
Tuesday mornings, or that meet every week, is then a choice of its pairs: to the person what
`geo.town.ask` says of that choice. A 通いの場 once a month is not one every week, so how often is
told beside each figure; one whose days nobody knows is in no weekday.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from geo.analysis.site_gain import make_setting, reach_within
from geo.town import ask, kept_cells_of, ordered_sites

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.arrays import Flags, Floats, Ints
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.town import Town
    from geo.walk.travel import Pairs

# What a choice is by: the time of the day, what is done, whom it is for.
Part = Literal["time", "content", "whom"]
ANY: Final = "any"
UNKNOWN: Final = "unknown"
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", UNKNOWN, ANY)
HALVES: Final = ("am", "pm", "night", UNKNOWN, ANY)
# From however often to every week: each is a part of the one before.
OFTEN: Final = (ANY, "monthly", "twice", "weekly")
WHOM: Final = ("anybody", "areas", UNKNOWN)
KEY: Final = ("part", "what", "weekday", "half", "at_least")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Some of the 通いの場, by when they meet, what is done or whom they are for (選んだ通いの場).

    Attributes
    ----------
    part, what
        What is told apart: ``time`` and "", ``content`` and its id, ``whom`` and one of `WHOM`.
    weekday, half, at_least
        One of `DAYS`, of `HALVES` (``unknown``: it meets that day, at a time nobody told) and of
        `OFTEN`.
    ids
        The 通いの場 that are so.
    eligible
        As `geo.town.ask` takes it.
    """

    part: Part = "time"
    what: str = ""
    weekday: str = ANY
    half: str = ANY
    at_least: str = ANY
    ids: frozenset[str]
    eligible: Mapping[str, Flags] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Week:
    """Whom each choice reaches (一週間の表).

    Attributes
    ----------
    coverage
        The answer for all the 通いの場 together.
    table
        One row a choice, in the order given: `KEY`, ``salons`` how many they are, ``within`` the
        people who have one of them within reach, ``share`` of those on the network (NaN of nobody).
    areas
        The same for each area of the division: also ``area_id area_name people``, ``people`` being
        those on the network.
    """

    coverage: Coverage
    table: pd.DataFrame
    areas: pd.DataFrame

    def row(self, **key: str) -> pd.Series:
        """Return one choice's row of the table; what is not named is ``any``, or "" (表の一行).

        Raises
        ------
        KeyError
            When there is no such choice.
        """
        wanted = {"part": "time", "what": "", "weekday": ANY, "half": ANY, "at_least": ANY} | key
        same = np.all([self.table[name] == value for name, value in wanted.items()], axis=0)
        if not same.any():
            raise KeyError(str(wanted))
        return self.table[same].iloc[0]


def reach_week(
    town: Town,
    question: Question,
    choices: Sequence[Choice],
    sites: pd.DataFrame | None = None,
    *,
    rests: pd.DataFrame | None = None,
    eligible: Mapping[str, Flags] | None = None,
) -> Week:
    """Return whom each choice of the 通いの場 reaches (一週間の表をつくる).

    Parameters
    ----------
    choices
        Of `sites`.
    sites, rests, eligible
        As `geo.town.ask`; `eligible` of the answer for all of them.

    Notes
    -----
    Cost: an answer, one walk from all homes to all 通いの場, and a count of its pairs a choice.

    Raises
    ------
    InputError
        As `geo.town.ask`.
    ValueError
        When a choice names a 通いの場 that is not there.
    """
    sites = ordered_sites(town.salons if sites is None else sites)
    coverage = ask(town, question, sites, rests=rests, eligible=eligible)
    setting = make_setting(town, question, sites, rests=rests)
    pairs = reach_within(setting, setting.homes, setting.sites, setting.rules)
    area = np.where(setting.homes.edge < 0, -1, kept_cells_of(town, question.division))
    people = town.cells[f"people_{question.people}"].to_numpy(dtype=np.int64)
    count = len(coverage.areas)
    known = _by_area(people, np.ones(people.size, dtype=bool), area, count)
    row_of = {str(id_): row for row, id_ in enumerate(sites["site_id"])}
    every = int(known.sum())
    reached = [
        _by_area(people, reached_by(one, row_of, pairs, people.size), area, count)
        for one in choices
    ]
    keys = {name: np.array([getattr(one, name) for one in choices], dtype=object) for name in KEY}
    within = np.array(reached, dtype=np.int64).reshape(len(choices), count)
    table = pd.DataFrame(keys).assign(
        salons=[len(one.ids) for one in choices],
        within=within.sum(axis=1),
        share=within.sum(axis=1) / every if every else np.nan,
    )
    areas = pd.DataFrame(
        {
            **{name: np.repeat(values, count) for name, values in keys.items()},
            **{
                name: np.tile(values, len(choices))
                for name, values in (
                    ("area_id", coverage.areas["area_id"].to_numpy(dtype=object)),
                    ("area_name", coverage.areas["area_name"].to_numpy(dtype=object)),
                    ("people", known),
                )
            },
            "within": within.ravel(),
            "share": _share(within, known).ravel(),
        }
    )
    return Week(coverage=coverage, table=table, areas=areas)


def halves_of(week: Week) -> list[str]:
    """Return the halves of the day the table has, in order, the whole day last (表の時間帯)."""
    told = set(week.table["half"][week.table["part"] == "time"])
    return [one for one in HALVES if one in told]


def reached_by(choice: Choice, row_of: Mapping[str, int], pairs: Pairs, homes: int) -> Flags:
    """Return (C,) who has one of a choice's 通いの場, that is for them, within reach (届く家).

    Parameters
    ----------
    row_of
        The row of each 通いの場 in `pairs`, by its id.
    """
    if missing := choice.ids - set(row_of):
        raise ValueError(f"there is no such site: {', '.join(sorted(missing))}")
    chosen = np.zeros(len(row_of), dtype=bool)
    chosen[[row_of[one] for one in choice.ids]] = True
    some = chosen[pairs.site]
    for id_, flags in choice.eligible.items():
        if id_ in choice.ids:
            some &= (pairs.site != row_of[id_]) | flags[pairs.cell]
    found = np.zeros(homes, dtype=bool)
    found[pairs.cell[some]] = True
    return found


def _by_area(people: Ints, some: Flags, area: Ints, count: int) -> Ints:
    total = np.zeros(count, dtype=np.int64)
    mine = some & (area >= 0)
    np.add.at(total, area[mine], people[mine])
    return total


def _share(within: Ints, known: Ints) -> Floats:
    return np.where(known > 0, within / np.maximum(known, 1), np.nan)
