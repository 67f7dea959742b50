"""Who can walk to a 通いの場, per neighbourhood (徒歩圏カバー)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from geo.measures import MEASURES
from geo.measures.measure import Walks, summarise_area
from geo.search import TOLERANCE_M, walk_nearest, walk_travel

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.arrays import Flags, Floats, Ints
    from geo.network import WalkNetwork
    from geo.ranges import WalkingRange
    from geo.snap import Snaps
    from geo.tables import People
    from geo.walkers import Walker

Status = Literal["within", "outside", "off_network"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a town (問い).

    Attributes
    ----------
    division
        The division whose areas are reported.
    people
        The age group counted.
    walker, within
        Who walks, and how far counts as within reach.
    """

    division: str
    people: People
    walker: Walker
    within: WalkingRange

    @property
    def limit_m(self) -> float:
        """The walking range in metres (距離)."""
        return self.within.limit_m(self.walker)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The answer (結果).

    Attributes
    ----------
    question
        What was asked.
    cells
        One row a cell: ``cell_id people metres minutes site status area``; `site` is a row of
        the sites or -1, `status` a `Status`, `area` a row of `areas` or -1. `metres` is NaN off
        the network and infinite where no walk leads to any site.
    areas
        One row an area of the division: ``area_id area_name division tier people within
        outside off_network`` (whole people; the last three add up to `people`) and the columns
        of every measure; NaN where there is no figure.
    totals
        ``people within outside off_network`` of all areas together.
    left_out
        ``outside_division`` people in no area of the division, ``no_path`` people among
        `outside` for whom no street leads to any site, ``sites_off_network`` sites too far
        from a street to be used.
    """

    question: Question
    cells: pd.DataFrame
    areas: pd.DataFrame
    totals: dict[str, int]
    left_out: dict[str, int]

    @property
    def share_outside(self) -> float | None:
        """Share of the people on the network with no site within reach (届かない割合)."""
        known = self.totals["within"] + self.totals["outside"]
        return self.totals["outside"] / known if known else None


def measure_coverage(  # noqa: PLR0913 - the parts of a town, each by name
    question: Question,
    *,
    network: WalkNetwork,
    cells: pd.DataFrame,
    cell_snaps: Snaps,
    cell_area: Ints,
    sites: pd.DataFrame,
    site_snaps: Snaps,
    areas: gpd.GeoDataFrame,
) -> Coverage:
    """Return who is within reach, per area (徒歩圏カバーを求める).

    Exact along the streets, with the walks from door to street at both ends; a walk of
    exactly the range is within. People off the network are counted apart: they are neither
    within nor outside, and no share has them in it.

    Parameters
    ----------
    cells, cell_snaps, cell_area
        The people, where they meet the streets, and the row of `areas` each belongs to
        (`assign_cells`), -1 for none.
    sites, site_snaps
        The 通いの場.
    areas
        The areas of the question's division.

    Notes
    -----
    Cost: one search for the nearest, one short search per site for the number within reach.
    """
    people = cells[f"people_{question.people}"].to_numpy(dtype=np.int64)
    on = cell_snaps.edge >= 0
    nearest = walk_nearest(network, cell_snaps, site_snaps)
    walks = _walks(question, network, cells, cell_snaps, sites, site_snaps, nearest.metres)
    within = on & (nearest.metres <= question.limit_m + TOLERANCE_M)
    status = np.where(on, np.where(within, "within", "outside"), "off_network")
    table = pd.DataFrame(
        {
            "cell_id": cells["cell_id"],
            "people": people,
            "metres": nearest.metres,
            "minutes": walks.minutes,
            "site": nearest.site,
            "status": status,
            "area": cell_area,
        }
    )
    rows = _area_rows(areas, people, cell_area, status, on, walks)
    totals = {
        name: int(rows[name].sum()) for name in ("people", "within", "outside", "off_network")
    }
    unreachable = np.isinf(nearest.metres) & (cell_area >= 0)
    left_out = {
        "outside_division": int(people[cell_area < 0].sum()),
        "no_path": int(people[unreachable].sum()),
        "sites_off_network": int((site_snaps.edge < 0).sum()),
    }
    return Coverage(question=question, cells=table, areas=rows, totals=totals, left_out=left_out)


def assign_cells(cells: pd.DataFrame, areas: gpd.GeoDataFrame, *, own_people: bool) -> Ints:
    """Return the row of `areas` each cell belongs to, or -1 (住む所を区域に割り当てる).

    The first area that holds the point, borders included; with `own_people` the cells'
    ``area_id`` names areas of this division, and people counted in one stay in it. Both
    tables are on the town's plane.
    """
    rows = np.full(len(cells), -1, dtype=np.int64)
    tree = shapely.STRtree(areas.geometry.to_numpy())
    cell, area = tree.query(shapely.points(cells["x_m"], cells["y_m"]), predicate="intersects")
    order = np.lexsort((area, cell))[::-1]
    rows[cell[order]] = area[order]  # the lowest area is written last
    if own_people:
        named = cells["area_id"].map(pd.Series(np.arange(len(areas)), index=areas["area_id"]))
        known = named.notna().to_numpy()
        rows[known] = named[known].to_numpy(dtype=np.int64)
    return rows


def _walks(
    question: Question,
    network: WalkNetwork,
    cells: pd.DataFrame,
    cell_snaps: Snaps,
    sites: pd.DataFrame,
    site_snaps: Snaps,
    metres: Floats,
) -> Walks:
    usable = site_snaps.edge >= 0
    straight = np.full(len(cells), np.inf)
    if usable.any():
        place = cKDTree(sites.loc[usable, ["x_m", "y_m"]].to_numpy(dtype=float))
        straight, _ = place.query(cells[["x_m", "y_m"]].to_numpy(dtype=float))
    travel = walk_travel(
        network,
        cell_snaps,
        site_snaps,
        limit_m=question.limit_m,
        metres_per_min=question.walker.metres_per_min,
    )
    return Walks(
        metres=metres,
        minutes=metres / question.walker.metres_per_min,
        straight_m=straight,
        sites_within=np.bincount(travel["cell"], minlength=len(cells)).astype(np.int64),
        limit_m=question.limit_m,
    )


def _area_rows(
    areas: gpd.GeoDataFrame,
    people: Ints,
    cell_area: Ints,
    status: np.ndarray,
    on: Flags,
    walks: Walks,
) -> pd.DataFrame:
    rows = pd.DataFrame(areas[["area_id", "area_name", "division", "tier"]]).reset_index(drop=True)
    known = cell_area >= 0
    for name, some in (
        ("people", known),
        ("within", known & (status == "within")),
        ("outside", known & (status == "outside")),
        ("off_network", known & (status == "off_network")),
    ):
        total = np.zeros(len(areas), dtype=np.int64)
        np.add.at(total, cell_area[some], people[some])
        rows[name] = total
    order = np.argsort(cell_area, kind="stable")
    cuts = np.searchsorted(cell_area[order], np.arange(len(areas) + 1))
    scores = {measure.id: measure.score(walks) for measure in MEASURES.values()}
    for measure in MEASURES.values():
        if measure.id in rows:
            continue  # the whole people are already counted
        figures = []
        for lo, hi in pairwise(cuts):
            mine = order[lo:hi][on[order[lo:hi]]]
            figures.append(summarise_area(measure, scores[measure.id][mine], people[mine]))
        for column in measure.columns:
            rows[column] = np.array([f[column] for f in figures], dtype=float)
    return rows
