"""A walk to look at what keeps people of a place out of reach: its way, slopes, steps, seats (空白を見に行く)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.analysis.gap_reasons import find_reasons
from geo.base.problems import InputError
from geo.base.words import Words
from geo.say.gap_why import SEATLESS_M, STEEP, say_place, say_way
from geo.tables.tables import each_row
from layers.walks.places import find_recorded, find_unrecorded, spot_id
from surveys.store.listing import SiteQuery

if TYPE_CHECKING:
    from geo.analysis.gap_reasons import Spot
    from geo.analysis.gaps import Gaps
    from geo.coverage.question import Question
    from geo.town import Town
    from layers.day.day import Day
    from surveys.store.register import Register

# What says whether one can walk there, and sit on the way; as wide as both sides of a street.
_LOOKED: Final = ("slope", "bench", "toilet", "park")
_BESIDE_M: Final = 30.0
_MOST_SPOTS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GapWalk:
    """What a walk to a place left out looks at (空白の踏査).

    Attributes
    ----------
    name
        The place.
    spots
        Ids of steps and slopes nobody recorded (`layers.walks.places.spot_of`), then of the 通いの場
        that would bring most were it open, and of what the register and the town have beside the way.
    start, end
        Longitude and latitude: the middle of the place, and the door of the nearest 通いの場.
    lines
        The streets that are its reasons, in degrees.
    said
        What one meets on the way.
    """

    name: str
    spots: tuple[str, ...]
    start: tuple[float, float]
    end: tuple[float, float]
    lines: shapely.Geometry
    said: tuple[Words, ...]


def walk_to_gap(
    day: Day, register: Register, question: Question, gaps: Gaps, gap_id: str
) -> GapWalk | None:
    """Return what to look at for a place left out, None where no way leads to a 通いの場 (空白を見に行く).

    Raises
    ------
    InputError
        When there is no such place: the town or its records are others now.
    """
    row = next((one for one in each_row(gaps.table) if one.gap_id == gap_id), None)
    if row is None:
        raise InputError(
            Words(
                "その空白の所は、もうありません（街か記録が変わりました）。「空白をさがす」から選び直してください",
                "that place is not there any more (town or records changed); choose it anew in Find gaps",
            )
        )
    town, plane = day.town_for(question), day.built.plane
    found = find_reasons(
        town, question, (row.x_m, row.y_m), row.nearest_id, steep=STEEP, seatless_m=SEATLESS_M,
        rests=day.rests,
    )  # fmt: skip
    if found is None:
        return None
    beside = plane.to_degrees(found.way.buffer(_BESIDE_M))
    query = SiteQuery(types=_LOOKED, within=beside)
    known = [one.id for one in find_recorded(day.town, register, query)]
    own = find_unrecorded(day.town, register, kinds=_LOOKED, within=beside)
    spots = [_id(day.built, one) for one in found.spots[:_MOST_SPOTS]]
    if row.opened_id and register.sites_of([row.opened_id]):
        known = [row.opened_id, *known]
    # The door is told as the map shows it: a private home is never the nearest here.
    ends = shapely.get_coordinates(plane.to_degrees(found.way))
    lon, lat = (float(one) for one in ends[-1])
    return GapWalk(
        name=say_place(row).ja,
        spots=tuple(dict.fromkeys([*spots, *known, *(one.id for one in own if not one.twin)])),
        start=(round(float(row.lon), 7), round(float(row.lat), 7)),
        end=(round(lon, 7), round(lat, 7)),
        lines=plane.to_degrees(found.lines), said=tuple(say_way(row)),
    )  # fmt: skip


def _id(town: Town, spot: Spot) -> str:
    lon, lat = (float(one) for one in town.plane.to_lonlat(spot.x_m, spot.y_m))
    return spot_id(None if np.isnan(spot.grade) else round(spot.grade * 100), lon, lat)
