"""Figures of the places where people are left out: minutes, causes, stops, days (空白の数字)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.spatial import cKDTree

from geo.analysis.week import OFTEN
from geo.analysis.why import CAUSES, Otherwise, causes_of
from geo.measures.measure import weighted_quantiles
from geo.town import ordered_sites

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from geo.analysis.by_stop import ByStop
    from geo.base.arrays import Flags, Floats, Ints
    from geo.coverage.coverage import Coverage
    from geo.town import Town

# Homes off the network are told beside the place whose nearest home is no farther.
BESIDE_M: Final = 200.0
_APART_M: Final = 1e6
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
    public
        The answer for these homes without those; None where there is none of them.
    more
        The 通いの場 of ``otherwise.opened``, in the order of `geo.town.ordered_sites`; None where it is.
    streets
        Named streets, ``name`` and geometry on the town's plane; None where none are known.
    """

    otherwise: Otherwise = field(default_factory=Otherwise)
    by_stop: ByStop | None = None
    often: Mapping[str, Flags] = field(default_factory=dict)
    unknown: Flags | None = None
    seldom: int | None = None
    homes: frozenset[str] = frozenset()
    public: Coverage | None = None
    more: pd.DataFrame | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Walks:
    """The nearest 通いの場 of each home, whatever the rules of rests: metres, its id and name."""

    metres: Floats
    site: Ints
    ids: list[str]
    names: list[str]


def walk_figures(town: Town, part: Coverage, homes: Homes, known: Known) -> dict[str, Any]:
    """Return how far people of each place walk to the nearest, whatever the rules of rests (歩く分).

    Parameters
    ----------
    part
        The answer for these homes alone, in their order.
    """
    sites = ordered_sites(town.salons)
    private = sites["site_id"].isin(known.homes).to_numpy(dtype=bool)
    every = _walks(part, sites)
    public = every if known.public is None else _walks(known.public, sites[~private])
    home = np.append(private, False)[every.site]
    level, pace = known.otherwise.level, part.question.walker.metres_per_min
    even = None if level is None else level.cells["walk_m"].to_numpy(dtype=float)
    order = np.argsort(homes.place, kind="stable")
    cuts = np.searchsorted(homes.place[order], np.arange(homes.count + 1))
    rows = []
    for one in range(homes.count):
        mine = order[cuts[one] : cuts[one + 1]]
        mine = mine[homes.own[mine] > 0]
        to_home = bool(home[mine].any())  # three distances to a home are its door
        walks = public if to_home else every
        some = mine[np.isfinite(walks.metres[mine])]
        more = np.nan if even is None or to_home else _slopes(walks, even, homes.own, some) / pace
        rows.append(
            (
                *_minutes(walks, homes.own, some, pace),
                more,
                *_nearest(walks, homes.own, some),
                to_home,
            )
        )
    names = ("minutes_half", "minutes_least", "minutes_most", "slope_minutes", "nearest_id",
             "nearest_name", "to_home")  # fmt: skip
    columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return {**columns, "no_way": homes.sum(homes.own, ~np.isfinite(every.metres))}


def _walks(found: Coverage, sites: pd.DataFrame) -> _Walks:
    return _Walks(
        metres=found.cells["walk_m"].to_numpy(dtype=float),
        site=found.cells["walk_site"].to_numpy(dtype=np.int64),
        ids=sites["site_id"].astype(str).tolist(), names=sites["name"].astype(str).tolist(),
    )  # fmt: skip


def _minutes(walks: _Walks, own: Ints, some: Ints, pace: float) -> tuple[float, float, float]:
    """Return the minutes half of the people walk at most, the nearest and the farthest of them."""
    if not some.size:
        return np.nan, np.nan, np.nan
    far = walks.metres[some] / pace
    (half,) = weighted_quantiles(far, own[some], (_HALF,))
    return half, float(far.min()), float(far.max())


def _nearest(walks: _Walks, own: Ints, some: Ints) -> tuple[str, str]:
    """Return id and name of the 通いの場 most people have nearest, of as many the first by id."""
    if not some.size:
        return "", ""
    at = int(np.bincount(walks.site[some], weights=own[some]).argmax())
    return walks.ids[at], walks.names[at]


def _slopes(walks: _Walks, even: Floats, own: Ints, some: Ints) -> float:
    """Return how many metres more than on the level half of the people walk at most."""
    some = some[np.isfinite(even[some])]
    if not some.size:
        return np.nan
    return weighted_quantiles(walks.metres[some] - even[some], own[some], (_HALF,))[0]


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


def opened_figures(part: Coverage, homes: Homes, known: Known) -> dict[str, list[str]]:
    """Return id and name of the 通いの場 that would bring most of each place, were it open (開けば届く通いの場).

    "" where none would, and where it is somebody's home.
    """
    opened, blank = known.otherwise.opened, [""] * homes.count
    if opened is None or known.more is None:
        return {"opened_id": blank, "opened_name": [*blank]}
    some = causes_of(part, known.otherwise) == CAUSES.index("why_not_open")
    site = opened.cells["site"].to_numpy(dtype=np.int64)
    people = np.zeros((homes.count, len(known.more)), dtype=np.int64)
    np.add.at(people, (homes.place[some], site[some]), homes.own[some])
    most = people.argmax(axis=1)
    ids = known.more["site_id"].astype(str).to_numpy()[most]
    told = (people.max(axis=1) > 0) & ~np.isin(ids, list(known.homes))
    names = known.more["name"].astype(str).to_numpy()[most]
    return {
        name: np.where(told, given, "").tolist()
        for name, given in (("opened_id", ids), ("opened_name", names))
    }


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
        # Of another area a home lies farther than any.
        placed = np.column_stack([at, small * _APART_M])
        far, nearest = cKDTree(placed[homes.rows]).query(placed[lost])
        mine = far <= BESIDE_M
        np.add.at(total, homes.place[nearest[mine]], people[lost[mine]])
    return total
