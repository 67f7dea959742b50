"""Where people are left out: places a neighbour would name, each cause by itself (取り残された所).

Whoever has no 通いの場 within reach is in just one place. Places and figures are of the same walks as
the answer they are made from: over all of them, people and causes add up to the answer's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.analysis.gap_figures import (
    Homes,
    Known,
    area_of_most,
    cause_figures,
    off_network,
    opened_figures,
    walk_figures,
)
from geo.analysis.gap_names import middles_of, name_gaps
from geo.analysis.gap_places import FEW, draw_places, join_homes, smallest_division
from geo.analysis.some_homes import coverage_of_homes
from geo.town import ages_of, ground_of, kept_cells_of

if TYPE_CHECKING:
    import shapely

    from geo.base.arrays import Ints
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.tables.tables import People
    from geo.town import Town


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gaps:
    """The places where people are left out (空白の一覧).

    Attributes
    ----------
    coverage
        The answer they are made from.
    table
        One row a place where anybody of the question's age is left out, most people first, then
        most of 75 and over, then by id. Columns:
        ``rank`` from 1; ``gap_id``; ``area_id area_name`` of the smallest division ("" outside all);
        ``division_area`` of the question's division, where most of them live; ``street near
        near_kind near_m`` by which one would name it ("" and NaN where nothing is near); ``lon lat
        x_m y_m`` of a street in its middle (`geo.analysis.gap_names.middles_of`);
        ``people`` and ``people_`` with each age the town knows;
        ``minutes_half minutes_least minutes_most`` to the nearest 通いの場 whatever the rules of
        rests, of those with a way; ``no_way`` people without; ``nearest_id nearest_name`` the one
        most of them have nearest; ``to_home`` whether any has somebody's home nearest: then minutes,
        name and way are those to the nearest that is none;
        ``slope_minutes`` more that half of them walk than on the level, NaN where slopes are not
        counted and where `to_home`;
        `geo.analysis.why.CAUSES`, which add up to ``people``;
        ``way_m way_steps way_rise_m way_steepest way_seatless_m`` of the way from its middle to
        the nearest (`geo.analysis.gap_ways.WayFacts`);
        ``stop_near`` people with a stop within range, ``stop_can_come`` those who could ride from
        it to another with a 通いの場 within range;
        ``open_any open_monthly open_twice open_weekly`` people with a 通いの場 within reach on other
        days than asked, each a part of the one before;
        ``unknown`` people who would have one if all counted of which it is not known;
        ``off_network`` people off the network beside it, who are in no other column.
    shapes
        (K,) the ground of each, on the town's plane: squares, no homes.
    small
        The smallest division.
    ages
        The age groups the town knows.
    off_rest
        People off the network who are beside no place.
    stops, often
        Whether the town has stops, and whether days were asked.
    seldom
        As `Known`.
    heights
        Whether the town has heights.
    """

    coverage: Coverage
    table: pd.DataFrame
    shapes: list[shapely.Geometry]
    small: str
    ages: tuple[People, ...]
    off_rest: int
    stops: bool
    often: bool
    seldom: int | None
    heights: bool


def left_out(town: Town, coverage: Coverage) -> Ints:
    """Return the rows of homes where anybody lives who has no 通いの場 within reach (取り残された家)."""
    cells = coverage.cells
    out = cells["status"].isin(["outside", "no_rest"]).to_numpy(dtype=bool)
    out = out & (cells["area"].to_numpy() >= 0)
    return np.flatnonzero(out & (town.cells["people_all"].to_numpy() > 0))


def find_gaps(
    town: Town,
    question: Question,
    coverage: Coverage,
    known: Known | None = None,
    *,
    rests: pd.DataFrame | None = None,
) -> Gaps:
    """Return the places where people are left out, most people first (空白をさがす).

    Parameters
    ----------
    town
        With the 通いの場 that were asked of.
    coverage
        Its answer to the question.
    known
        Of the homes of `left_out`, in their order.
    rests
        Where one can sit, for what is told of the way; None takes what the town's sites tell.

    Notes
    -----
    Homes are joined whatever age is asked, so that a place is the same for each. Cost: a sort of
    the homes, and a short search a place.
    """
    known = Known() if known is None else known
    rows, small = left_out(town, coverage), smallest_division(town)
    area, names = kept_cells_of(town, small), town.division(small)
    at = town.cells[["x_m", "y_m"]].to_numpy(dtype=float)[rows]
    squares = join_homes(town.plane, at[:, 0], at[:, 1], area[rows])
    people = {
        age: town.cells[f"people_{age}"].to_numpy(dtype=np.int64)[rows] for age in ages_of(town)
    }
    homes = Homes(
        rows=rows, own=people[question.people], place=squares.place_of_home, count=squares.count,
        area=area[rows],
    )  # fmt: skip
    few = homes.sum(people["all"]) < FEW
    drawn = draw_places(town.plane, squares, names, few=few)
    of = np.full(homes.count, -1, dtype=np.int64)
    of[homes.place] = homes.area
    part = coverage_of_homes(coverage, rows)
    table = pd.DataFrame(
        {
            "gap_id": drawn.ids,
            **{
                column: [[*names[column].astype(str), ""][one] for one in of]
                for column in ("area_id", "area_name")
            },
            "division_area": area_of_most(coverage, homes),
            "people": homes.sum(homes.own),
            **{f"people_{age}": homes.sum(each) for age, each in people.items()},
            **walk_figures(town, part, homes, known),
            **cause_figures(part, homes, known),
            **opened_figures(part, homes, known),
            "off_network": off_network(town, coverage, homes, area),
        }
    )
    order = _rank(table)
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    middles = middles_of(town, ground, homes, squares, limit_m=question.limit_m, few=few)
    table = table.iloc[order].reset_index(drop=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    table = name_gaps(town, question, table, middles.take(order), known=known, rests=rests)
    return Gaps(
        coverage=coverage, table=table, shapes=[drawn.shapes[one] for one in order], small=small, ages=ages_of(town),
        off_rest=coverage.totals["off_network"] - int(table["off_network"].sum()),
        stops=known.by_stop is not None, often=bool(known.often), seldom=known.seldom,
        heights=town.relief is not None,
    )  # fmt: skip


def _rank(table: pd.DataFrame) -> Ints:
    """Return the places with people of the age asked, most of them first."""
    people = table["people"].to_numpy()
    oldest = table["people_75"].to_numpy() if "people_75" in table else people
    order = np.lexsort((table["gap_id"], -oldest, -people))
    return order[people[order] > 0]
