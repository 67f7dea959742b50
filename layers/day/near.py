"""The 通いの場 near a point on foot, on a day: as coverage tells a home that stood there (ここから近い通いの場).

Nothing of it is cached (`layers.day.spot`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.sound import sound_numbers
from geo.base.words import Words
from geo.town import ordered_sites, put_places
from geo.walk.from_here import walks_from
from geo.walk.rules import Rules
from geo.walk.search import TOLERANCE_M
from layers.day.spot import DOING, rules_at
from layers.day.standing import joined
from layers.day.whom import whom_for

if TYPE_CHECKING:
    from geo.coverage.coverage import Status
    from layers.day.listed import Listed
    from layers.day.spot import Spot
    from layers.day.whom import Whom

LEND_UNKNOWN: Final = Words("貸し出しの分からない", "not known whether it lends its room")
WHOM_UNKNOWN: Final = Words("だれが来られるか分からない", "not known who may come")
# What a venue says of lending its room to a new group: to anybody, to the people around.
_LENT: Final = ("anyone", "members")


@dataclass(frozen=True, slots=True, kw_only=True)
class NearSalon:
    """A 通いの場 and the walk to it (近い通いの場).

    Attributes
    ----------
    metres, minutes
        Flat-equivalent, as the question's rules have it; infinite where there is no such walk.
    status
        As `geo.coverage.coverage.Status` tells a home here, were this the only 通いの場;
        ``off_network`` where this 通いの場 is.
    no_way
        Whether no walk at all leads there, with or without rests.
    whom
        Whether the people of the place may come.
    doubt
        Why it may not be as wished; None where it is.
    """

    listed: Listed
    metres: float
    minutes: float
    status: Status
    no_way: bool
    whom: Whom
    doubt: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearSalons:
    """The 通いの場 from a point, the nearest first (近い通いの場の一覧).

    Attributes
    ----------
    counted
        Those that coverage counts.
    maybe
        Those of which it is not known whether they are as wished, or there on the day.
    not_for_here
        How many are left out because they are for the people of other areas.
    """

    counted: tuple[NearSalon, ...]
    maybe: tuple[NearSalon, ...]
    not_for_here: int

    @property
    def within(self) -> tuple[NearSalon, ...]:
        """Those within reach (徒歩圏の中)."""
        return tuple(one for one in self.counted if one.status == "within")


@sound_numbers(DOING)
def near_salons(spot: Spot, *, lent: bool = False) -> NearSalons:
    """Return the 通いの場 by their walk from a point (近い通いの場).

    Parameters
    ----------
    lent
        Whether only those count that lend their room.

    Notes
    -----
    Cost: a search of the streets a way; with rests or toilets, what they cost a town of one home.
    Nothing for a point off the network: no walk begins there.
    """
    day = spot.day
    if not spot.on:
        return NearSalons(counted=(), maybe=(), not_for_here=0)
    counted = set(day.salons["site_id"])
    maybe = day.source.sites("maybe", "early")
    sites = ordered_sites(joined(day.salons, maybe))
    told = {one.site_id: one for one in day.source.listed}
    places = put_places(spot.town, spot.ground, sites)
    rules = rules_at(spot)
    metres = walks_from(spot.ground, spot.here, places, rules)
    free = metres
    if rules.rest_m is not None or rules.toilet_m is not None:
        free = walks_from(spot.ground, spot.here, places, Rules(trip=rules.trip))
    whom = whom_for(day, spot.at_m)
    rows = [
        _near(spot, told[str(id_)], float(far), float(plain), whom(told[str(id_)]),
              off=edge < 0, as_wished=id_ in counted)
        for id_, far, plain, edge in zip(sites["site_id"], metres, free, places.edge, strict=True)
    ]  # fmt: skip
    if lent:
        rows = [row for row in map(_lent, rows) if row is not None]
    every = len(rows)
    if day.wanted.eligible:
        rows = [row for row in map(_for_here, rows) if row is not None]
    rows.sort(key=lambda one: (one.metres, one.no_way, one.listed.site_id))
    return NearSalons(
        counted=tuple(one for one in rows if one.doubt is None),
        maybe=tuple(one for one in rows if one.doubt is not None),
        not_for_here=every - len(rows),
    )


def _near(
    spot: Spot, listed: Listed, metres: float, plain: float, whom: Whom, *, off: bool, as_wished: bool
) -> NearSalon:  # fmt: skip
    most = spot.question.limit_m + TOLERANCE_M
    status: Status = "within" if metres <= most else "no_rest" if plain <= most else "outside"
    return NearSalon(
        listed=listed,
        metres=metres,
        minutes=metres / spot.question.walker.metres_per_min,
        status="off_network" if off else status,
        no_way=not np.isfinite(plain),
        whom=whom,
        doubt=None if as_wished else listed.venue.why,
    )


def _lent(one: NearSalon) -> NearSalon | None:
    """Return a 通いの場 that lends its room, or may; None where it does not."""
    said = one.listed.answers.get("lendable")
    if said in _LENT:
        return one
    if said == "no":
        return None
    return replace(one, doubt=one.doubt or LEND_UNKNOWN)


def _for_here(one: NearSalon) -> NearSalon | None:
    """Return a 通いの場 that the people of the point may come to, or may be; None where not."""
    if one.whom.may == "no":
        return None
    return replace(one, doubt=one.doubt or WHOM_UNKNOWN) if one.whom.may == "unknown" else one
