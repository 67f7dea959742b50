"""Who can walk to a 通いの場, per neighbourhood (徒歩圏カバー)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from geo.coverage.question import Facilities
from geo.coverage.summing import summarise_areas
from geo.measures import MEASURES, measure_notes
from geo.measures.measure import Walks, summarise_area
from geo.schedule import tells_holidays_off
from geo.walk.rules import Rules, walk_metres, walk_sites
from geo.walk.search import TOLERANCE_M, walk_nearest
from geo.walk.welcome import least_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    import numpy.typing as npt

    from geo.base.arrays import Flags, Floats, Ints
    from geo.base.words import Words
    from geo.coverage.question import Question
    from geo.network.snap import Snaps
    from geo.walk.ground import Ground
    from geo.walk.rules import Walked
    from geo.walk.welcome import Welcome

# "no_rest": within range, but not with a rest (or a toilet) often enough.
Status = Literal["within", "no_rest", "outside", "off_network"]
COUNTED: Final = ("people", "within", "outside", "off_network", "no_rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The answer (結果).

    Attributes
    ----------
    question
        What was asked.
    cells
        One row a cell: ``cell_id people metres minutes site status area walk_m walk_site``;
        `site` is a row of the sites or -1, `status` a `Status`, `area` a row of `areas` or -1.
        `metres` is NaN off the network and infinite where no walk leads to any site; `walk_m` and
        `walk_site` are those of the nearest whatever rests and toilets there are on the way.
    areas
        One row an area of the division: ``area_id area_name division tier people within
        outside off_network no_rest`` (whole people; `within`, `outside` and `off_network` add
        up to `people`, `no_rest` is a part of `outside`), ``no_streets`` (the streets there are
        not in the data: its figures say nothing), ``no_people`` (nobody told who lives there)
        and the columns of every measure; NaN where there is no figure.
    totals
        ``people within outside off_network no_rest`` of all areas together.
    left_out
        ``outside_division`` people in no area of the division, ``no_path`` people among
        `outside` for whom no street leads to any site, ``sites_off_network`` sites too far
        from a street to be used; of a town (`geo.town.ask`) also ``not_placed`` people of the
        table without a place, and ``between_areas`` people within the border in no area.
    notes
        What must be told beside a measure's figures, by measure.
    whole
        The figures of all areas together, by the columns of `areas`; NaN where there is none.
    """

    question: Question
    cells: pd.DataFrame
    areas: pd.DataFrame
    totals: dict[str, int]
    left_out: dict[str, int]
    notes: Mapping[str, Words] = field(default_factory=dict)
    whole: Mapping[str, float] = field(default_factory=dict)

    @property
    def missed(self) -> int:
        """People asked about whom no figure counts: off the network, or without a place (数えない人)."""
        named = ("not_placed", "between_areas")
        return self.totals["off_network"] + sum(self.left_out.get(name, 0) for name in named)

    @property
    def share_missed(self) -> float:
        """Share of the people asked about whom no figure counts, 0 of nobody (数えない人の割合)."""
        counted = self.totals["within"] + self.totals["outside"]
        everyone = counted + self.missed
        return self.missed / everyone if everyone else 0.0

    @property
    def share_no_way(self) -> float:
        """Share of those counted whom no street leads to any site, 0 of nobody (道のない人の割合)."""
        counted = self.totals["within"] + self.totals["outside"]
        return self.left_out.get("no_path", 0) / counted if counted else 0.0

    @property
    def share_outside(self) -> float | None:
        """Share of the people on the network with no site within reach (届かない割合)."""
        known = self.totals["within"] + self.totals["outside"]
        return self.totals["outside"] / known if known else None


def measure_coverage(  # noqa: PLR0913 - the parts of a town, each by name
    question: Question,
    *,
    ground: Ground,
    cells: pd.DataFrame,
    cell_snaps: Snaps,
    cell_area: Ints,
    sites: pd.DataFrame,
    site_snaps: Snaps,
    areas: gpd.GeoDataFrame,
    facilities: Facilities | None = None,
    level: Ground | None = None,
    welcome: Welcome | None = None,
    flat_known: bool = True,
) -> Coverage:
    """Return who is within reach, per area (徒歩圏カバーを求める).

    Exact along the streets, with the walks from door to street at both ends; a walk of
    exactly the range is within. People off the network are counted apart: they are neither
    within nor outside, and no share has them in it.

    Parameters
    ----------
    ground
        The streets prepared for the question's walker.
    cells, cell_snaps, cell_area
        The people, where they meet the streets, and the row of `areas` each belongs to
        (`assign_cells`), -1 for none.
    sites, site_snaps
        The 通いの場.
    areas
        The areas of the question's division; ``no_streets`` and ``no_people`` where they are known.
    facilities
        Where one can sit, toilets, and other kinds of places.
    level
        The same streets without slopes, for comparison; None where `ground` is level.
    welcome
        Which cells each 通いの場 is for; None where all are for everybody. To the others it is
        as if it were not there: nearest, numbers within reach, sessions and shares.
    flat_known
        Whether the town has heights: without, there is no telling what slopes cost.

    Notes
    -----
    Cost: one search for the nearest, one short search per site for the number within reach;
    with rests, toilets or both ways, one search per site and way.
    """
    people = cells[f"people_{question.people}"].to_numpy(dtype=np.int64)
    facilities = Facilities() if facilities is None else facilities
    walked = walk_sites(
        ground, cell_snaps, site_snaps, rules_for(question, facilities), limit_m=question.limit_m,
        welcome=welcome,
    )  # fmt: skip
    free = _without_stops(question, ground, cell_snaps, site_snaps, walked, welcome)
    plain = free.metres
    walks = _walks(
        question,
        ground=ground,
        cells=cells,
        cell_snaps=cell_snaps,
        sites=sites,
        site_snaps=site_snaps,
        walked=walked,
        plain=plain,
        facilities=facilities,
        level=level,
        welcome=welcome,
    )
    if not flat_known:
        walks = replace(walks, minutes_flat=None)
    on = cell_snaps.edge >= 0
    status = _status(question, on, walked.metres, plain)
    table = pd.DataFrame(
        {
            "cell_id": cells["cell_id"],
            "people": people,
            "metres": walked.metres,
            "minutes": walks.minutes,
            "site": walked.site,
            "status": status,
            "area": cell_area,
            "walk_m": plain,
            "walk_site": free.site,
        }
    )
    rows, whole = _area_rows(areas, people, cell_area, status, on, walks)
    totals = {name: int(rows[name].sum()) for name in COUNTED}
    unreachable = np.isinf(plain) & (cell_area >= 0)
    left_out = {
        "outside_division": int(people[cell_area < 0].sum()),
        "no_path": int(people[unreachable].sum()),
        "sites_off_network": int((site_snaps.edge < 0).sum()),
    }
    return Coverage(
        question=question,
        cells=table,
        areas=rows,
        totals=totals,
        left_out=left_out,
        notes=measure_notes(walks),
        whole=whole,
    )


def count_totals(  # noqa: PLR0913 - as measure_coverage
    question: Question,
    *,
    ground: Ground,
    cells: pd.DataFrame,
    cell_snaps: Snaps,
    cell_area: Ints,
    site_snaps: Snaps,
    facilities: Facilities,
    welcome: Welcome | None = None,
) -> dict[str, int]:
    """Return the totals of `measure_coverage` alone (合計だけを数える).

    The same numbers, without the measures and the areas: for a line that compares two figures.
    """
    people = cells[f"people_{question.people}"].to_numpy(dtype=np.int64)

    def walk(rules: Rules) -> Floats:
        return walk_metres(
            ground, cell_snaps, site_snaps, rules, limit_m=question.limit_m, welcome=welcome
        )

    metres = plain = walk(rules_for(question, facilities))
    if question.rest_m is not None or question.toilet_m is not None:
        plain = walk(Rules(trip=question.trip))
    status = _status(question, cell_snaps.edge >= 0, metres, plain)
    counted = _counted(cell_area >= 0, status)
    return {name: int(people[some].sum()) for name, some in counted.items()}


def rules_for(question: Question, facilities: Facilities) -> Rules:
    """Return what a question asks every walk to keep (問いの決まり)."""
    return Rules(
        trip=question.trip,
        rest_m=question.rest_m,
        rests=facilities.rests,
        toilet_m=question.toilet_m,
        toilets=facilities.toilets,
        free=facilities.free,
    )


def _without_stops(
    question: Question,
    ground: Ground,
    cells: Snaps,
    sites: Snaps,
    walked: Walked,
    welcome: Welcome | None,
) -> Walked:
    """Return the walks as they are without a rule of rests and toilets."""
    if question.rest_m is None and question.toilet_m is None:
        return walked
    rules = Rules(trip=question.trip)
    return walk_sites(ground, cells, sites, rules, limit_m=question.limit_m, welcome=welcome)


def _status(question: Question, on: Flags, metres: Floats, plain: Floats) -> npt.NDArray[np.str_]:
    most = question.limit_m + TOLERANCE_M
    beyond = np.where(on & (plain <= most), "no_rest", "outside")
    return np.where(on, np.where(metres <= most, "within", beyond), "off_network")


def _counted(known: Flags, status: npt.NDArray[np.str_]) -> dict[str, Flags]:
    """Return which cells each of `COUNTED` counts, of those some area holds."""
    return {
        "people": known,
        "within": known & (status == "within"),
        "outside": known & ((status == "outside") | (status == "no_rest")),
        "off_network": known & (status == "off_network"),
        "no_rest": known & (status == "no_rest"),
    }


def assign_cells(cells: pd.DataFrame, areas: gpd.GeoDataFrame, *, own_people: bool) -> Ints:
    """Return the row of `areas` each cell belongs to, or -1 (住む所を地区に割り当てる).

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


def _walks(  # noqa: PLR0913 - as measure_coverage
    question: Question,
    *,
    ground: Ground,
    cells: pd.DataFrame,
    cell_snaps: Snaps,
    sites: pd.DataFrame,
    site_snaps: Snaps,
    walked: Walked,
    plain: Floats,
    facilities: Facilities,
    level: Ground | None,
    welcome: Welcome | None,
) -> Walks:
    shape = (len(cells), len(sites))
    straight = least_of(welcome, shape, _straight_walk(cells, sites, site_snaps.edge >= 0))
    pace = question.walker.metres_per_min
    homes = ground.ends(cell_snaps)
    kinds = {
        kind: walk_nearest(ground.graph, homes, ground.ends(snaps)).metres / pace
        for kind, snaps in facilities.kinds.items()
    }
    flat = walked.metres
    if level is not None or not rules_for(question, facilities).plain:
        even = ground if level is None else level
        flat = least_of(
            welcome,
            shape,
            lambda some, theirs: (
                walk_nearest(
                    even.graph, even.ends(cell_snaps.take(some)), even.ends(site_snaps.take(theirs))
                ).metres
            ),
        )
        flat = np.where(cell_snaps.edge >= 0, flat, np.nan)
    pairs = walked.pairs
    ruled = question.rest_m is not None or question.toilet_m is not None
    return Walks(
        metres=walked.metres,
        minutes=walked.metres / pace,
        straight_m=straight,
        sites_within=np.bincount(pairs.cell, minlength=len(cells)).astype(np.int64),
        limit_m=question.limit_m,
        people=cells[f"people_{question.people}"].to_numpy(dtype=np.int64),
        pair_cell=pairs.cell,
        pair_site=pairs.site,
        pair_m=pairs.metres,
        sessions=sites["sessions_per_month"].to_numpy(dtype=float),
        holidays_off=_closed_on_holidays(sites),
        capacity=sites["capacity"].to_numpy(dtype=float),
        minutes_flat=flat / pace,
        kind_minutes=kinds,
        plain_m=plain if ruled else None,
        plain_minutes=plain / pace if ruled else None,
        slopes=level is not None,
    )


def _straight_walk(
    cells: pd.DataFrame, sites: pd.DataFrame, usable: Flags
) -> Callable[[Ints, Ints], Floats]:
    """Return the straight line from some cells to the nearest of some sites on the network."""
    homes = cells[["x_m", "y_m"]].to_numpy(dtype=float)
    places = sites[["x_m", "y_m"]].to_numpy(dtype=float)

    def walk(some: Ints, theirs: Ints) -> Floats:
        theirs = theirs[usable[theirs]]
        if not theirs.size:
            return np.full(some.size, np.inf)
        far, _ = cKDTree(places[theirs]).query(homes[some])
        return np.asarray(far, dtype=float)

    return walk


def _closed_on_holidays(sites: pd.DataFrame) -> int:
    """Return how many counted sites have holidays off, which their count does not take away."""
    counted = sites[sites["sessions_per_month"].notna()]
    told = counted["schedule"] + "。" + counted["note"]
    return sum(map(tells_holidays_off, told))


def _area_rows(
    areas: gpd.GeoDataFrame,
    people: Ints,
    cell_area: Ints,
    status: np.ndarray,
    on: Flags,
    walks: Walks,
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Return the figures of each area, and of all areas together."""
    told = areas.reset_index(drop=True)  # as columns first: a table grown by columns is slow
    rows: dict[str, Any] = {
        name: told[name] for name in ("area_id", "area_name", "division", "tier")
    }
    known = cell_area >= 0
    for name, some in _counted(known, status).items():
        total = np.zeros(len(areas), dtype=np.int64)
        np.add.at(total, cell_area[some], people[some])
        rows[name] = total
    for name in ("no_streets", "no_people"):
        rows[name] = told[name] if name in told else np.zeros(len(told), dtype=bool)
    mine = np.argsort(cell_area, kind="stable")
    mine = mine[on[mine]]
    cuts = np.searchsorted(cell_area[mine], np.arange(len(areas) + 1))
    scores = {measure.id: measure.score(walks) for measure in MEASURES.values()}
    every = np.flatnonzero(known & on)
    whole: dict[str, float] = {name: int(rows[name].sum()) for name in COUNTED}
    for measure in MEASURES.values():
        if measure.id in rows:
            continue  # the whole people are already counted
        figures = summarise_areas(measure, scores[measure.id][mine], people[mine], cuts)
        together = summarise_area(measure, scores[measure.id][every], people[every])
        for column in measure.columns:
            rows[column] = figures[column]
            figure = together[column]
            whole[column] = np.nan if figure is None else figure
    return pd.DataFrame(rows), whole
