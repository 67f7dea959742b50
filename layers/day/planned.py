"""A plan carried out on a day: the town as it would be, and who gains and who loses (検討案を試す)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo.analysis.mended import Mend, find_streets, mend_streets
from geo.base.problems import InputError
from geo.base.words import Words
from geo.schedule import parse_schedule, sessions_per_month
from geo.tables.rests import RESTS, check_rests
from layers.day.listed import Listed, SalonList
from layers.day.salons import fit_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.town import Town
    from layers.day.day import Day
    from layers.day.told import Told
    from surveys.record.plan import Change
    from surveys.record.venue import Venue

OF_A_PLAN: Final = Words("検討案", "of the plan")
_SOURCE: Final = "検討案"
_PAUSED: Final = Words("この案で休みにする", "paused by the plan")
_CLOSED: Final = Words("この案で閉じる", "closed by the plan")
_PER_CENT: Final = 100.0
_RESTS: Final = ("bench", "toilet")
_STREETS: Final = ("mend", "open")
# As far out as a build keeps places by itself (`geo.sources.recipe.Options.keep_beyond_m`).
_BEYOND_M: Final = 3000.0
_FAR: Final = Words(
    "その所は、この街から3kmより遠くにあります。街の中か、すぐそばを選んでください",
    "that place is more than 3 km from this town; choose one in it or just beside it",
)


def carry_out(day: Day, changes: Sequence[Change]) -> Day:
    """Return the day as it would be with a plan's changes (検討案のとおりの街).

    A bus stop that moves changes nothing here, but must be there: it is no 通いの場.

    Raises
    ------
    InputError
        When a 通いの場 that changes is not there, a place has no street near, or a street cannot be
        mended so.
    """
    listed = {one.site_id: one for one in day.source.listed}
    for do in ("move", "days", "pause", "close"):  # what is shut is so whenever it would meet
        for one in (one for one in changes if one.do == do):
            if one.site_id not in listed:
                raise InputError(_unknown(one.site_id, list(listed.values())))
            listed[one.site_id] = _changed(day, listed[one.site_id], one)
    for number, one in enumerate((one for one in changes if one.do == "add"), 1):
        new = _added(day, one, number, listed)
        listed[new.site_id] = new
    move_stops(day, changes)
    made = replace(
        day,
        told=_mended(day.told, [one for one in changes if one.do in _STREETS]),
        given=SalonList(
            listed=tuple(listed.values()), newest_at=day.source.newest_at,
            list_at=day.source.list_at,
        ),
        given_as=OF_A_PLAN,
        more_rests=_rests(day.built, [one for one in changes if one.do in _RESTS]),
    )  # fmt: skip
    for name in ("listed", "areas"):  # what was read is not read again
        made.__dict__[name] = getattr(day, name)
    return made


def find_faults(day: Day, changes: Sequence[Change]) -> list[Words]:
    """Return which changes of a plan cannot be carried out, each by its number, and why (できないこと)."""
    found = []
    for number, one in enumerate(changes, 1):
        try:
            carry_out(day, (one,))
        except InputError as error:
            found.append(
                Words(f"{number}番: {error.words.ja}", f"number {number}: {error.words.en}")
            )
    return found


def _changed(day: Day, before: Listed, change: Change) -> Listed:
    if change.do == "pause":
        return _shut(before, _PAUSED)
    if change.do == "close":
        return _shut(before, _CLOSED)
    if change.do == "days":
        venue, sessions = _meets(day, change.schedule, _contents(before))
        if before.open in ("no", "early"):  # closed, whenever it would meet
            venue = before.venue
        elif before.open == "unsure" and venue.counts == "yes":
            venue = replace(venue, counts="unsure", why=before.venue.why)
        return replace(
            before, schedule=change.schedule, sessions_per_month=sessions,
            venue=replace(venue, meetings=before.venue.meetings),
        )  # fmt: skip
    return replace(before, at_m=_on_street(day.built, change))


def _shut(before: Listed, why: Words) -> Listed:
    return replace(before, open="no", venue=replace(before.venue, counts="no", why=why))


def _added(day: Day, change: Change, number: int, listed: Mapping[str, Listed]) -> Listed:
    while (site_id := f"new-{number}") in listed:
        number += 1
    venue, sessions = _meets(day, change.schedule)
    return Listed(
        site_id=site_id,
        name=change.name or f"検討中の通いの場{number}",
        at_m=_on_street(day.built, change),
        venue=venue,
        schedule=change.schedule,
        sessions_per_month=sessions,
        capacity=np.nan,
        note="",
        source=_SOURCE,
        own=False,
        open="yes",
    )


def _meets(day: Day, schedule: str, content: object = None) -> tuple[Venue, float]:
    """Return how a 通いの場 with these days counts, and its sessions as wished in a mean month."""
    venue, sessions = fit_text(schedule, day.wanted, content)
    if sessions is None:
        sessions = sessions_per_month(parse_schedule(schedule)).per_month or np.nan
    return venue, sessions


def _contents(listed: Listed) -> list[str] | None:
    """Return what is done by any group there, None where nobody told."""
    groups = listed.answers.get("activities")
    told = [one.get("content") for one in groups] if isinstance(groups, list) else []
    return [id_ for one in told if isinstance(one, list) for id_ in one] or None


def _on_street(town: Town, change: Change) -> tuple[float, float]:
    at = _lonlat([change])
    _check_places(town, at)
    x_m, y_m = town.plane.to_m(at[:, 0], at[:, 1])
    return float(x_m[0]), float(y_m[0])


def _check_places(town: Town, lonlat: np.ndarray) -> None:
    """Refuse places without a street near, or far from a town that has no streets."""
    if not town.streetless:
        find_streets(town, lonlat)
        return
    x_m, y_m = town.plane.to_m(lonlat[:, 0], lonlat[:, 1])
    if (shapely.distance(town.border, shapely.points(x_m, y_m)) > _BEYOND_M).any():
        raise InputError(_FAR)


def _lonlat(changes: Sequence[Change]) -> np.ndarray:
    return np.array([one.at for one in changes], dtype=float).reshape(-1, 2)


def _rests(town: Town, changes: Sequence[Change]) -> pd.DataFrame | None:
    """Return the Rests a plan adds, None for none."""
    if not changes:
        return None
    at = _lonlat(changes)
    _check_places(town, at)
    x_m, y_m = town.plane.to_m(at[:, 0], at[:, 1])
    seat = ["yes" if one.do == "bench" else "no" for one in changes]
    rows = {
        "rest_id": [f"{_SOURCE}-{number}" for number in range(1, len(changes) + 1)],
        "kind": [one.do for one in changes],
        "name": [one.name for one in changes],
        "x_m": x_m, "y_m": y_m,
        "seat": seat,
        "toilet": ["no" if one == "yes" else "yes" for one in seat],
        "source": [_SOURCE] * len(changes),
        "as_of": [""] * len(changes),
    }  # fmt: skip
    return check_rests(pd.DataFrame({name: rows[name] for name in RESTS}))


def _mended(told: Told, changes: Sequence[Change]) -> Told:
    """Return what is told of the ground with streets mended: by a plan, whatever was measured there."""
    if not changes:
        return told
    edges = find_streets(told.town, _lonlat(changes))
    mends = [
        Mend(edge=int(edge), grade=None if one.grade is None else one.grade / _PER_CENT)
        for edge, one in zip(edges, changes, strict=True)
    ]
    town = mend_streets(told.town, mends)
    sloped = mend_streets(told.sloped.town, mends)
    made = replace(told, town=town)
    for name in ("rests", "joined", "looked", "slopes", "inside"):  # none looks at grades
        made.__dict__[name] = getattr(told, name)
    made.__dict__["sloped"] = replace(told.sloped, town=replace(sloped, network=town.network))
    return made


def _unknown(site_id: str, listed: Sequence[Listed]) -> Words:
    shown = [one for one in listed if one.at_m is not None][:5]
    some = "、".join(f"{one.site_id}（{one.name}）" for one in shown)
    more = Words("など", " …") if len(listed) > len(shown) else Words("", "")
    return Words(
        f"コード「{site_id}」の通いの場はありません。あるもの: {some}{more.ja}",
        f"there is no salon {site_id!r}; there are {', '.join(one.site_id for one in shown)}{more.en}",
    )


def stops_of(day: Day) -> pd.DataFrame:
    """Return the day's stops, moved by nobody: Sites (停留所)."""
    return day.town.sites[day.town.sites["kind"] == "bus_stop"].reset_index(drop=True)


def move_stops(day: Day, changes: Sequence[Change]) -> pd.DataFrame:
    """Return the day's stops as a plan has them: Sites (検討案の停留所).

    Raises
    ------
    InputError
        When a stop is not there, or its new place has no street near.
    """
    stops = stops_of(day)
    for one in changes:
        if one.do == "stop":
            row = stops["site_id"] == one.site_id
            if not row.any():
                raise InputError(
                    Words(
                        f"コード「{one.site_id}」の停留所はありません",
                        f"there is no stop {one.site_id!r}",
                    )
                )
            stops.loc[row, ["x_m", "y_m"]] = _on_street(day.built, one)
    return stops
