"""A town: everything a question is asked of (街)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geo.base.problems import InputError
from geo.base.sound import sound_numbers
from geo.base.words import Words
from geo.coverage.coverage import Coverage, assign_cells, count_totals, measure_coverage
from geo.coverage.question import Facilities, Question
from geo.tables.rests import rests_of_sites, usable
from geo.tables.tables import people_words
from geo.walk.ground import make_ground
from geo.walk.welcome import make_welcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from geo.base.arrays import Flags, Ints
    from geo.base.place import Plane
    from geo.network.network import WalkNetwork
    from geo.network.snap import Snapper, Snaps
    from geo.relief.relief import Relief
    from geo.tables.tables import People
    from geo.walk.costs import Unknown
    from geo.walk.ground import Ground
    from geo.walk.walkers import Walker
    from geo.walk.welcome import Welcome

FORMAT: Final = 1
# The division of one area that every town is built with, and that area's id.
WHOLE: Final = "全域"
ALL: Final = "all"
# The kinds to whose nearest place the minutes are told beside the 通いの場.
OTHER_KINDS: Final = ("toilet", "bench", "shop", "bus_stop", "park")


Thing = TypeVar("Thing")


class _Held(Generic[Thing]):
    """A thing told apart by being itself, so that a cache may keep by it."""

    __slots__ = ("it",)

    def __init__(self, it: Thing) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.it is self.it

    def __hash__(self) -> int:
        return id(self.it)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Where a source comes from (出典).

    Attributes
    ----------
    role
        ``streets``, ``border``, ``division``, ``people``, ``sites``, ``addresses`` or ``heights``.
    name, date, licence, credit
        As they are printed beside every map and file; "" where nobody has said.
    """

    role: str
    name: str
    date: str
    licence: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Town:
    """A built town, all geometry on its plane in metres (街).

    Attributes
    ----------
    name, plane
        What it is called, and its metres.
    network
        Streets a walker may use.
    border
        The city's polygon.
    areas
        Areas of every division (`geo.tables.tables.check_areas`), divisions in the recipe's order.
    cells
        Where people live (`geo.tables.tables.check_cells`); empty when no people were given.
    sites
        Sites of every kind (`geo.tables.tables.check_sites`).
    credits
        The sources, for printing.
    people_division
        The division whose own table gave the people, or "" (mesh, points).
    snap_limit_m
        How far from a street a place may be and still be on the network.
    facts
        What the build counted: what was left out and why.
    relief
        Heights along the streets, or None where none were given.
    built_at
        When its files were written, ISO text in UTC; "" for one that is not on a disk.
    """

    name: str
    plane: Plane
    network: WalkNetwork
    border: shapely.Geometry
    areas: gpd.GeoDataFrame
    cells: pd.DataFrame
    sites: pd.DataFrame
    credits: tuple[Credit, ...]
    people_division: str
    snap_limit_m: float
    facts: dict[str, object]
    snapper: Snapper = field(repr=False)
    cell_snaps: Snaps = field(repr=False)
    relief: Relief | None = field(default=None, repr=False)
    built_at: str = ""

    @property
    def divisions(self) -> tuple[str, ...]:
        """Names of the divisions, in order (地区の分け方)."""
        return tuple(dict.fromkeys(self.areas["division"]))

    def division(self, name: str) -> gpd.GeoDataFrame:
        """Return the areas of one division, or refuse an unknown name (地区の一覧)."""
        return _division(_Held(self.areas), name).copy(deep=False)

    def site_snaps(self, sites: pd.DataFrame) -> Snaps:
        """Return where sites meet the streets (地点を道に下ろす)."""
        return self.snapper.snap(
            sites["x_m"].to_numpy(dtype=float),
            sites["y_m"].to_numpy(dtype=float),
            limit_m=self.snap_limit_m,
        )

    @property
    def streetless(self) -> bool:
        """Whether no streets were given: every distance is then a straight line (道のない街か)."""
        return self.snapper.straight

    def without_streets(self, division: str) -> frozenset[str]:
        """Return the ids of areas whose streets are not in the data (道のデータが足りない地区)."""
        streets = self.facts.get("streets")
        without = streets.get("areas_without", {}) if isinstance(streets, dict) else {}
        return frozenset(without.get(division, ()))

    def without_people(self, division: str) -> frozenset[str]:
        """Return the ids of areas the table of people says nothing of (人口のない地区).

        Also those on whose row no number of people can be read.
        """
        listed = self.facts.get("areas_without_people")
        if division != self.people_division or not isinstance(listed, list):
            return frozenset()
        return frozenset(map(str, listed))

    @property
    def salons(self) -> pd.DataFrame:
        """The town's own salons (通いの場)."""
        return self.sites[self.sites["kind"] == "salon"].reset_index(drop=True)


def snap_cells(snapper: Snapper, cells: pd.DataFrame, *, limit_m: float) -> Snaps:
    """Return where people meet the streets (住む所を道に下ろす).

    Places guessed on a grid stand in an area without street or building: where such people
    leave their area is unknown, so they are off the network whatever street passes near. In a town
    without streets nobody is off any: there they count where they were guessed to live.
    """
    snaps = snapper.snap(
        cells["x_m"].to_numpy(dtype=float), cells["y_m"].to_numpy(dtype=float), limit_m=limit_m
    )
    if snapper.straight:
        return snaps
    guessed = (cells["placed_by"] == "grid").to_numpy()
    snaps.edge[guessed], snaps.along_m[guessed] = -1, np.nan
    return snaps


def ground_of(
    town: Town, *, walker: Walker | None = None, heights: bool = False, unknown: Unknown = "known"
) -> Ground:
    """Return a town's streets prepared for a walker; the last few are kept (街の歩く下地).

    Parameters
    ----------
    walker
        None walks every street in plain metres.
    heights
        Whether slopes and steps cost.
    unknown
        How a street without a height is taken.

    Raises
    ------
    InputError
        When heights are asked for and the town has none.
    """
    if heights and town.relief is None:
        raise InputError(
            Words(
                "この街には高さのデータが入っていないので、坂を入れて数えられません。"
                "kayoi build に --heights で標高のファイルを渡してください",
                "this town has no heights, so slopes cannot be counted; give kayoi build a file "
                "of heights with --heights",
            )
        )
    # By the streets and not by the town: with other 通いの場 it is the same ground.
    relief = _Held(town.relief if heights else None)
    return _ground(_Held(town.network), _Held(town.snapper), relief, walker, unknown=unknown)


@lru_cache(maxsize=16)
def _division(areas: _Held[gpd.GeoDataFrame], name: str) -> gpd.GeoDataFrame:
    """Return the areas of one division, kept: a page asks for them ten times over."""
    known = tuple(dict.fromkeys(areas.it["division"]))
    if name not in known:
        there = "、".join(known)
        raise InputError(
            Words(
                f"地区の分け方「{name}」は、この街にありません。あるもの: {there}",
                f"this town has no division {name!r}; it has: {there}",
            )
        )
    return areas.it[areas.it["division"] == name].reset_index(drop=True)


def home_tree(town: Town) -> cKDTree:
    """Return the homes to be searched by where they are, rows of the cells; kept (住む所を場所で引く)."""
    return _home_tree(_Held(town.cells))


@lru_cache(maxsize=2)
def _home_tree(cells: _Held[pd.DataFrame]) -> cKDTree:
    return cKDTree(cells.it[["x_m", "y_m"]].to_numpy(dtype=float))


@lru_cache(maxsize=12)
def _ground(
    network: _Held[WalkNetwork],
    snapper: _Held[Snapper],
    relief: _Held[Relief | None],
    walker: Walker | None,
    *,
    unknown: Unknown,
) -> Ground:
    return make_ground(
        network.it, walker=walker, relief=relief.it, unknown=unknown, snapper=snapper.it
    )


def cells_on(town: Town, ground: Ground) -> Snaps:
    """Return where people meet the streets that a walker may use (歩行者ごとの家の前の道)."""
    if ground.snapper is town.snapper:
        return town.cell_snaps
    return _cells_on(ground, _Held(town.cells), town.snap_limit_m)


@lru_cache(maxsize=12)
def _cells_on(ground: Ground, cells: _Held[pd.DataFrame], limit_m: float) -> Snaps:
    return snap_cells(ground.snapper, cells.it, limit_m=limit_m)


def put_places(town: Town, ground: Ground, places: pd.DataFrame) -> Snaps:
    """Return where places with ``x_m y_m`` meet the streets of a walker (地点を道に下ろす)."""
    return _snap(ground, places, town.snap_limit_m)


def _snap(ground: Ground, places: pd.DataFrame, limit_m: float) -> Snaps:
    x_m, y_m = (places[name].to_numpy(dtype=float) for name in ("x_m", "y_m"))
    return ground.snapper.snap(x_m, y_m, limit_m=limit_m)


@lru_cache(maxsize=12)
def _kinds_on(ground: Ground, sites: _Held[pd.DataFrame], limit_m: float) -> dict[str, Snaps]:
    of = sites.it["kind"].to_numpy()
    return {kind: _snap(ground, sites.it[of == kind], limit_m) for kind in OTHER_KINDS}


@sound_numbers(Words("徒歩圏の計算", "the count of who is within reach"))
def ask(
    town: Town,
    question: Question,
    sites: pd.DataFrame | None = None,
    *,
    rests: pd.DataFrame | None = None,
    unknown: Unknown = "known",
    free: Flags | None = None,
    eligible: Mapping[str, Flags] | None = None,
) -> Coverage:
    """Return the coverage of a town (街に問う).

    Parameters
    ----------
    sites
        Other 通いの場 than the town's own; Sites on the town's plane. Their order changes
        nothing: they are taken in the order of their ids.
    rests
        Rests (`geo.tables.rests.check_rests`); None takes what the town's sites tell.
    unknown
        How streets without a height and places of which nobody has told whether one can sit
        are taken.
    free
        (E,) streets along which one may rest anywhere (`geo.analysis.band`).
    eligible
        By ``site_id``, (C,) of the town's cells whose people a 通いの場 is for; those not named
        are for everybody, and so are all where it is None.

    Raises
    ------
    InputError
        When the division is unknown, the town has no people, or no heights and they are asked;
        when a number on the way is none.
    """
    areas = town.division(question.division)
    lost = town.without_streets(question.division)
    areas = areas.assign(
        no_streets=areas["area_id"].isin(lost),
        no_people=areas["area_id"].isin(town.without_people(question.division)),
    )
    check_people(town, question)
    question = as_measured(town, question)
    sites = ordered_sites(town.salons if sites is None else sites)
    ground = ground_of(town, walker=question.walker, heights=question.heights, unknown=unknown)
    level = ground_of(town, walker=question.walker) if question.heights else None
    cell_area = kept_cells_of(town, question.division)
    found = measure_coverage(
        question,
        ground=ground,
        cells=town.cells,
        cell_snaps=cells_on(town, ground),
        cell_area=cell_area,
        sites=sites,
        site_snaps=put_places(town, ground, sites),
        areas=areas,
        facilities=replace(facilities_of(town, ground, rests, unknown=unknown), free=free),
        level=level,
        welcome=welcome_of(sites, eligible, len(town.cells)),
        flat_known=town.relief is not None,
    )
    missed = {
        "not_placed": not_placed(town, question.people),
        "between_areas": _between_areas(town, question.people, cell_area),
    }
    return replace(found, left_out={**found.left_out, **missed})


@sound_numbers(Words("徒歩圏の計算", "the count of who is within reach"))
def ask_totals(
    town: Town,
    question: Question,
    sites: pd.DataFrame | None = None,
    *,
    rests: pd.DataFrame | None = None,
    eligible: Mapping[str, Flags] | None = None,
) -> dict[str, int]:
    """Return the totals of `ask` alone, for a line beside its answer: far less work (合計だけを問う).

    Parameters and errors are those of `ask`.
    """
    town.division(question.division)
    check_people(town, question)
    question = as_measured(town, question)
    sites = ordered_sites(town.salons if sites is None else sites)
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    return count_totals(
        question,
        ground=ground,
        cells=town.cells,
        cell_snaps=cells_on(town, ground),
        cell_area=kept_cells_of(town, question.division),
        site_snaps=put_places(town, ground, sites),
        facilities=facilities_of(town, ground, rests, unknown="known"),
        welcome=welcome_of(sites, eligible, len(town.cells)),
    )


def as_measured(town: Town, question: Question) -> Question:
    """Return a question that knows whether its distances are straight lines (直線で数えるか).

    Raises
    ------
    InputError
        When it asks for what needs streets, and the town has none.
    """
    if question.straight == town.streetless:
        return question
    return replace(question, straight=town.streetless)


def welcome_of(
    sites: pd.DataFrame, eligible: Mapping[str, Flags] | None, count: int
) -> Welcome | None:
    """Return whom each of the sites is for, as `ask` takes it, None for everybody (使える人)."""
    told = eligible or {}
    return make_welcome([told.get(str(id_)) for id_ in sites["site_id"]], count)


def not_placed(town: Town, people: People) -> int:
    """Return the people of the table whose place was not found (置けなかった人).

    A town built before this was told by age group knows the number of all ages alone.
    """
    told = town.facts.get("people_not_placed")
    if isinstance(told, dict):
        return int(told.get(people, 0))
    left = town.facts.get("people_left_out", 0)
    return left if people == "all" and isinstance(left, int) else 0


def _between_areas(town: Town, people: People, cell_area: Ints) -> int:
    """Return the people within the town's border whom none of a division's areas holds."""
    cells = town.cells[cell_area < 0]
    inside = shapely.intersects_xy(town.border, cells["x_m"], cells["y_m"])
    return int(cells[f"people_{people}"].to_numpy()[inside].sum())


def facilities_of(
    town: Town, ground: Ground, rests: pd.DataFrame | None, *, unknown: Unknown
) -> Facilities:
    """Return rests, toilets and other places on a walker's streets (途中で使える所)."""
    rests = rests_of_sites(town.sites) if rests is None else rests
    kinds = _kinds_on(ground, _Held(town.sites), town.snap_limit_m)
    seats, toilets = (usable(rests, need, unknown) for need in ("seat", "toilet"))
    return Facilities(
        rests=put_places(town, ground, rests[seats]),
        toilets=put_places(town, ground, rests[toilets]),
        kinds=kinds,
    )


def check_people(town: Town, question: Question) -> None:
    """Refuse a question about people nobody told of (人口があるか確かめる).

    Raises
    ------
    InputError
        The town has no people at all, or its table does not tell the age asked for.
    """
    if not town.cells["people_all"].any():
        raise InputError(
            Words(
                "この街には人口が入っていません。kayoi build に --people で人口の表を渡してください",
                "this town has no people; give kayoi build a table with --people",
            )
        )
    check_age(town, question.people)


def check_age(town: Town, people: People) -> None:
    """Refuse an age group the town's table of people does not tell (年齢があるか確かめる).

    Raises
    ------
    InputError
        It does not; those that can be asked are named.
    """
    if people not in (known := ages_of(town)):
        who = people_words(people)
        ja = "・".join(people_words(one).ja for one in known)
        en = ", ".join(known)
        raise InputError(
            Words(
                f"人口の表に{who.ja}の人数がないので、{who.ja}は数えられません（データなし）。{ja}から選んでください",
                f"the table of people does not tell those {who.en}; choose of {en}",
            )
        )


def missing_ages(town: Town) -> tuple[str, ...]:
    """Return the age groups the town's table of people does not tell (人数のない年齢)."""
    missing = town.facts.get("ages_missing")
    return tuple(missing) if isinstance(missing, list) else ()


def ages_of(town: Town) -> tuple[People, ...]:
    """Return the age groups that can be asked of a town, by age, ``all`` last (数えられる年齢)."""
    more = town.facts.get("ages")
    ages = {"65", "75", *(more if isinstance(more, list) else ())} - set(missing_ages(town))
    return (*sorted(ages, key=int), "all")


def ordered_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """Return sites in the order of their ids, the order all results refer to (並びをそろえる)."""
    return sites.sort_values("site_id", ignore_index=True)


def cells_of(town: Town, division: str) -> Ints:
    """Return the row of the division's areas each cell belongs to, -1 for none (地区への割り当て)."""
    return _cells_of(town.cells, town.areas, division, own_people=division == town.people_division)


def kept_cells_of(town: Town, division: str) -> Ints:
    """Return `cells_of`, the last few kept and not to be written to (控えてある割り当て).

    Of a town that stands: the cells of one asked about a person's own place must be kept nowhere.
    """
    held = (_Held(town.cells), _Held(town.areas))
    return _kept_cells_of(*held, division, own_people=division == town.people_division)


@lru_cache(maxsize=12)
def _kept_cells_of(
    cells: _Held[pd.DataFrame],
    areas: _Held[gpd.GeoDataFrame],
    division: str,
    *,
    own_people: bool,
) -> Ints:
    rows = _cells_of(cells.it, areas.it, division, own_people=own_people)
    rows.setflags(write=False)
    return rows


def _cells_of(
    cells: pd.DataFrame, areas: gpd.GeoDataFrame, division: str, *, own_people: bool
) -> Ints:
    mine = areas[areas["division"] == division].reset_index(drop=True)
    rows = assign_cells(cells, mine, own_people=own_people)
    if division == WHOLE and mine["area_id"].tolist() == [ALL]:
        rows[(cells["area_id"] != "").to_numpy()] = 0  # counted in one of its areas
    return rows
