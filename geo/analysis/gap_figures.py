"""Figures of the places where people are left out: minutes, causes, stops, days (空白の数字)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.spatial import cKDTree

from geo.analysis.week import OFTEN
from geo.analysis.why import CAUSES, Otherwise, causes_of
from geo.measures.measure import weighted_quantile
from geo.town import ordered_sites

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.analysis.by_stop import ByStop
    from geo.base.arrays import Flags, Ints
    from geo.coverage.coverage import Coverage
    from geo.town import Town

# Homes off the network are told beside the place whose nearest home is no farther.
BESIDE_M: Final = 200.0
_HALF: Final = 50
_BESIDE: Final = ("stop_near", "stop_can_come", "unknown", *(f"open_{one}" for one in OFTEN))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """What is known of the homes left out beside the answer (ほかに分かっていること).

    Attributes
    ----------
    otherwise
        The answers for these homes with one thing put right.
    by_stop
        Whom stops could bring, of these homes; None in a town without stops.
    often
        By `geo.analysis.week.OFTEN`, (L,) who of them has a 通いの場 within reach that meets so
        often, on whichever days; empty where no days were asked.
    unknown
        (L,) who would have one if all did count of which it is not known; None where all is known.
    seldom
        People within reach, but of none that meets every week; None where it was not counted.
    homes
        Ids of 通いの場 that are somebody's home.
    streets
        Named streets, ``name`` and geometry on the town's plane; None where none are known.
    """

    otherwise: Otherwise = field(default_factory=Otherwise)
    by_stop: ByStop | None = None
    often: Mapping[str, Flags] = field(default_factory=dict)
    unknown: Flags | None = None
    seldom: int | None = None
    homes: frozenset[str] = frozenset()
    streets: gpd.GeoDataFrame | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Homes:
    """The homes left out, and the place each is of (取り残された家).

    Attributes
    ----------
    rows
        (L,) of the town's cells.
    own
        (L,) people of the question's age.
    place
        (L,) number of its place, `count` of them.
    area
        (L,) row of the smallest division, -1 for none.
    """

    rows: Ints
    own: Ints
    place: Ints
    count: int
    area: Ints

    def sum(self, people: Ints, some: Flags | None = None) -> Ints:
        """Return (K,) the people at each place, of some homes or of all (所ごとの人数)."""
        total = np.zeros(self.count, dtype=np.int64)
        np.add.at(total, self.place, people if some is None else np.where(some, people, 0))
        return total


def area_of_most(coverage: Coverage, homes: Homes) -> list[str]:
    """Return (K,) the area of the question's division where most people of each place live (いちばん多い地区)."""
    area = coverage.cells["area"].to_numpy(dtype=np.int64)[homes.rows]
    sums = np.zeros((homes.count, len(coverage.areas)), dtype=np.int64)
    np.add.at(sums, (homes.place, area), homes.own)
    names = coverage.areas["area_name"].astype(str).tolist()
    return [names[one] for one in sums.argmax(axis=1)]


def walk_figures(town: Town, part: Coverage, homes: Homes, known: Known) -> dict[str, Any]:
    """Return how far people of each place walk to the nearest, whatever the rules of rests (歩く分).

    Parameters
    ----------
    part
        The answer for these homes alone, in their order.
    """
    own, place, count = homes.own, homes.place, homes.count
    cells, pace = part.cells, part.question.walker.metres_per_min
    metres = cells["walk_m"].to_numpy(dtype=float)
    site = cells["walk_site"].to_numpy(dtype=np.int64)
    level = known.otherwise.level
    even = metres if level is None else level.cells["walk_m"].to_numpy(dtype=float)
    sites = ordered_sites(town.salons)
    ids, names = sites["site_id"].astype(str).tolist(), sites["name"].astype(str).tolist()
    private = np.array([*(one in known.homes for one in ids), False], dtype=bool)
    columns: dict[str, list[Any]] = {
        name: [] for name in ("minutes_half", "minutes_least", "minutes_most", "slope_minutes",
                              "nearest_id", "nearest_name", "to_home")
    }  # fmt: skip
    order = np.argsort(place, kind="stable")
    cuts = np.searchsorted(place[order], np.arange(count + 1))
    for one in range(count):
        mine = order[cuts[one] : cuts[one + 1]]
        some = mine[(own[mine] > 0) & np.isfinite(metres[mine])]
        far = metres[some] / pace
        half = least = most = more = np.nan
        id_, name = "", ""
        if some.size:
            half = weighted_quantile(far, own[some], _HALF)
            least, most = float(far.min()), float(far.max())
            nearest = int(np.bincount(site[some], weights=own[some]).argmax())
            id_, name = ids[nearest], names[nearest]
            walked = np.isfinite(even[some])
            if level is not None and walked.any():
                cost = (metres[some] - even[some])[walked] / pace
                more = weighted_quantile(cost, own[some][walked], _HALF)
        to_home = bool(private[site[some]].any())
        if to_home:
            half = least = most = more = np.nan  # three distances to a home are its door
        told = (half, least, most, more, id_, name, to_home)
        for column, value in zip(columns.values(), told, strict=True):
            column.append(value)
    return {**columns, "no_way": homes.sum(own, ~np.isfinite(metres))}


def cause_figures(part: Coverage, homes: Homes, known: Known) -> dict[str, Ints]:
    """Return what keeps the people of each place out of reach, and what is known beside (わけごとの人数)."""
    cause = causes_of(part, known.otherwise)
    flags: dict[str, Flags] = {f"open_{one}": some for one, some in known.often.items()}
    if known.by_stop is not None:
        flags |= {"stop_near": known.by_stop.near, "stop_can_come": known.by_stop.can_come}
    if known.unknown is not None:
        flags["unknown"] = known.unknown
    none = np.zeros(homes.own.size, dtype=bool)
    told = {name: flags.get(name, none) for name in _BESIDE}
    told |= {name: cause == at for at, name in enumerate(CAUSES)}
    return {name: homes.sum(homes.own, some) for name, some in told.items()}


def off_network(town: Town, coverage: Coverage, homes: Homes, small: Ints) -> Ints:
    """Return (K,) the people off the network beside each place: in its area, near a home of it (道につながらない人).

    Parameters
    ----------
    small
        (C,) row of the smallest division of every home of the town.
    """
    cells = coverage.cells
    people = cells["people"].to_numpy(dtype=np.int64)
    off = (cells["status"] == "off_network").to_numpy() & (cells["area"].to_numpy() >= 0)
    lost = np.flatnonzero(off & (people > 0))
    total = np.zeros(homes.count, dtype=np.int64)
    if homes.rows.size and lost.size:
        at = town.cells[["x_m", "y_m"]].to_numpy(dtype=float)
        far, nearest = cKDTree(at[homes.rows]).query(at[lost])
        mine = (far <= BESIDE_M) & (small[lost] == homes.area[nearest])
        np.add.at(total, homes.place[nearest[mine]], people[lost[mine]])
    return total
