"""Places other than 通いの場 by their walk from a point: toilets, benches, stops, shops, parks (近い所)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.base.sound import sound_numbers
from geo.tables.tables import each_row
from geo.town import ordered_sites, put_places
from geo.walk.from_here import walks_from
from layers.day.spot import DOING, PLAIN

if TYPE_CHECKING:
    from geo.tables.rests import Known
    from layers.day.spot import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPlace:
    """A place of another kind and the walk to it (近い所).

    Attributes
    ----------
    metres, minutes
        Flat-equivalent, the way there, without rules of rests.
    seat, toilet
        Whether one can sit there, and use a toilet by day.
    seen_on
        The day of these, "" for none.
    mapped
        Whether the map alone knows of it: nobody recorded it.
    """

    site_id: str
    kind: str
    name: str
    at_m: tuple[float, float]
    metres: float
    minutes: float
    seat: Known
    toilet: Known
    seen_on: str
    mapped: bool


@sound_numbers(DOING)
def near_places(spot: Spot, kind: str) -> list[NearPlace]:
    """Return the places of a kind by their walk from a point, those with a way (近い所).

    As the measures of coverage tell the minutes to the nearest (`geo.measures.minutes_bench` …).
    Cost: one search of the streets.
    """
    sites = ordered_sites(spot.town.sites[spot.town.sites["kind"] == kind])
    if not spot.on or sites.empty:
        return []
    places = put_places(spot.town, spot.ground, sites)
    metres = walks_from(spot.ground, spot.here, places, PLAIN)
    joined = spot.day.told.joined
    facts = {str(row.rest_id): row for row in each_row(joined.places)}
    facts |= {str(row.rest_id): row for row in each_row(joined.things)}
    pace = spot.question.walker.metres_per_min
    found = []
    for row, far in zip(each_row(sites), metres, strict=True):
        fact = facts.get(str(row.site_id))
        if np.isfinite(far):
            found.append(
                NearPlace(
                    site_id=str(row.site_id), kind=kind, name=str(row.name),
                    at_m=(float(row.x_m), float(row.y_m)),
                    metres=float(far), minutes=float(far) / pace,
                    seat=fact.seat if fact else "unknown",
                    toilet=fact.toilet if fact else "unknown",
                    seen_on=str(fact.as_of) if fact else "",
                    mapped=row.site_id in joined.free,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.metres, one.site_id))
