"""What stands in an area: 通いの場, records, places of the map, streets looked at (地区にあるもの)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.text import area_key, tidy
from geo.tables.tables import each_row
from geo.walk.reach import Parts, part_lines
from layers.layered.parts.steepness import steep_parts
from layers.surveyed.read import middle_m
from surveys.record.history import STATUS_WORDS
from surveys.record.home import is_home
from surveys.store.listing import SiteQuery, each_site
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geo.base.arrays import Flags, Floats
    from layers.areas.place import Place
    from layers.day.day import Day
    from layers.day.listed import Listed
    from surveys.record.site import Site

CONCERN: Final = "concern"
SALON: Final = "salon"
_DIGITS: Final = re.compile(r"([0-9]+)")
_STANDING: Final = ("active", "paused", "not_found")
_GONE: Final = frozenset({STATUS_WORDS["closed"], STATUS_WORDS["removed"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A record, or a place nobody recorded yet (地区にあるもの).

    Attributes
    ----------
    kind
        Id of its record type.
    name
        "" where nobody named it.
    at_m
        On the town's plane.
    site
        Its record; None for a place of the map alone.
    home
        Whether it is somebody's home.
    """

    kind: str
    name: str
    at_m: tuple[float, float]
    site: Site | None
    home: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What stands in one area (地区の中のもの).

    Attributes
    ----------
    salons
        Every 通いの場 in it that is not closed for good, those that count first.
    things
        Others than 通いの場 and concerns, by kind in their usual order, then by name.
    concerns
        Those with a place in it, or about an area of its name.
    streets_m, looked_m
        Metres of its streets, and of those somebody looked at; None where nobody's looks are kept.
    steep_m
        Metres of its streets by class of `layers.maps.slope_classes`; nothing without heights.
    """

    salons: tuple[Listed, ...]
    things: tuple[Thing, ...]
    concerns: tuple[Site, ...]
    streets_m: float
    looked_m: float | None
    steep_m: dict[str, float]

    def of(self, kind: str) -> list[Thing]:
        """Return the things of a kind (種類ごと)."""
        return [one for one in self.things if one.kind == kind]


class Things:
    """All that stands in a town, to be asked for by area (街にあるもの).

    Cost: one query of the register; an area then costs what lies in it.
    """

    def __init__(self, day: Day) -> None:
        self._day = day
        self._town = day.built

    def inside(self, place: Place) -> Inside:
        """Return what stands in an area, its edge included (地区にあるもの)."""
        shapely.prepare(place.shape)
        salons = [one for one, there in zip(self._salons, _in(place, self._salon_at), strict=True)
                  if there]  # fmt: skip
        things = [one for one, there in zip(self._things, _in(place, self._things_at), strict=True)
                  if there]  # fmt: skip
        looked, streets = self._looked, self._streets
        return Inside(
            salons=tuple(salons), things=tuple(things), concerns=self._concerns_of(place),
            streets_m=_metres(streets, place), steep_m=self._steep_of(place),
            looked_m=None if looked is None else _metres(looked, place),
        )  # fmt: skip

    @cached_property
    def _salons(self) -> list[Listed]:
        counted = ("yes", "unsure")
        told = [one for one in self._day.listed.listed
                if one.at_m is not None and not (one.venue.counts == "no" and one.venue.why in _GONE)]  # fmt: skip
        return sorted(
            told, key=lambda one: (one.venue.counts not in counted, _natural(one.name), one.site_id)
        )

    @cached_property
    def _salon_at(self) -> Floats:
        return _points([one.at_m for one in self._salons if one.at_m is not None])

    @cached_property
    def _records(self) -> list[Site]:
        register = self._day.told.register
        if register is None:
            return []
        kinds = tuple(one for one in RECORD_TYPES if one != SALON)
        return [*each_site(register, SiteQuery(types=kinds, statuses=_STANDING, order="number"))]

    @cached_property
    def _things(self) -> list[Thing]:
        plane, found = self._town.plane, list[Thing]()
        for site in self._records:
            at = None if site.type.id == CONCERN else middle_m(plane, site)
            if at is None:
                continue
            found.append(
                Thing(
                    kind=site.type.id, name=site.title, at_m=(float(at[0]), float(at[1])),
                    site=site, home=is_home(site),
                )
            )  # fmt: skip
        sites, free = self._day.town.sites, self._day.told.joined.free
        mapped = sites[sites["site_id"].isin(free) & sites["kind"].isin(list(RECORD_TYPES))]
        found += [
            Thing(kind=row.kind, name=str(row.name), at_m=(row.x_m, row.y_m), site=None)
            for row in each_row(mapped)
        ]
        order = {kind: at for at, kind in enumerate(RECORD_TYPES)}
        return sorted(
            found, key=lambda one: (order[one.kind], one.site is None, one.name, one.at_m)
        )

    @cached_property
    def _things_at(self) -> Floats:
        return _points([one.at_m for one in self._things])

    def _concerns_of(self, place: Place) -> tuple[Site, ...]:
        name, found = area_key(place.name), []
        for site in self._records:
            if site.type.id != CONCERN:
                continue
            named = [area_key(str(one)) for one in site.answer("area") or []]
            at = middle_m(self._town.plane, site)
            if at is not None:
                there = bool(shapely.intersects_xy(place.shape, *at))
            else:
                there = not place.drawn and name in named
            found += [site] if there else []
        return tuple(found)

    @cached_property
    def _streets(self) -> _Streets:
        network = self._town.network
        every = np.arange(network.edge_count)
        return _Streets(
            part_lines(network, Parts(edge=every, from_m=np.zeros(every.size), to_m=network.edge_m)),
            np.asarray(network.edge_m, dtype=float),
        )  # fmt: skip

    @cached_property
    def _looked(self) -> _Streets | None:
        days = self._day.told.looked
        return None if days is None else self._streets.only(np.asarray(days != "", dtype=bool))

    @cached_property
    def _steep(self) -> dict[str, _Streets]:
        town = self._day.told.sloped.town
        if town.relief is None:
            return {}
        stairs = [one for one in self._day.told.slopes if one.steps]
        parts, kind = steep_parts(town.network, town.relief, stairs)
        lines = part_lines(town.network, parts)
        metres = parts.to_m - parts.from_m
        return {
            str(one): _Streets(lines[kind == one], metres[kind == one]) for one in np.unique(kind)
        }

    def _steep_of(self, place: Place) -> dict[str, float]:
        return {kind: _metres(streets, place) for kind, streets in self._steep.items()}

    def steep_lines(self, kind: str) -> npt.NDArray[np.object_]:
        """Return the lines of a class of steepness, metres on the plane (坂の線)."""
        found = self._steep.get(kind)
        return np.empty(0, dtype=object) if found is None else found.lines


class _Streets:
    """Lines and their metres, found by where they lie."""

    def __init__(self, lines: npt.NDArray[np.object_], metres: Floats) -> None:
        self.lines, self.metres = lines, metres

    @cached_property
    def tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.lines)

    def only(self, some: Flags) -> _Streets:
        """Return some of them."""
        return _Streets(self.lines[some], self.metres[some])


def _metres(streets: _Streets, place: Place) -> float:
    """Return the metres of street within an area."""
    touching = np.sort(streets.tree.query(place.shape, predicate="intersects"))
    whole = shapely.covers(place.shape, streets.lines[touching])
    cut = shapely.length(shapely.intersection(streets.lines[touching[~whole]], place.shape))
    total = shapely.length(streets.lines[touching[~whole]])
    share = np.divide(cut, total, out=np.zeros_like(cut), where=total > 0)
    return float(
        streets.metres[touching[whole]].sum() + (streets.metres[touching[~whole]] * share).sum()
    )


def _in(place: Place, at: Floats) -> Flags:
    found: Flags = shapely.intersects_xy(place.shape, at[:, 0], at[:, 1])
    return found


def _points(at: Sequence[tuple[float, float]]) -> Floats:
    return np.array(at, dtype=float).reshape(-1, 2)


def _natural(name: str) -> list[tuple[int, str]]:
    """Return what names are sorted by, 第2 before 第10."""
    parts = _DIGITS.split(tidy(name))
    return [(int(one), "") if one.isdecimal() else (-1, one) for one in parts if one]
