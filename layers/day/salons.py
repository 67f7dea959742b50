"""The 通いの場 that count on a day: the register's, and the town's own nobody recorded yet (数える通いの場)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.spatial import cKDTree

from geo.base.pairs import SAME_M, SAME_NAME_M
from geo.base.text import tidy
from geo.base.words import Words
from geo.schedule import fit_schedule, parse_schedule, worse
from geo.tables.tables import each_row
from layers.day.listed import Listed, SalonList
from surveys.declaration.paths import assemble, known_paths
from surveys.record.as_of import state_known_on, state_on
from surveys.record.home import is_home
from surveys.record.meeting import DOUBT_WORDS, fit_content
from surveys.record.site import make_title
from surveys.record.venue import UNFIT, Venue, is_private_home, judge_venue
from surveys.record.wanted import EVERY_SALON, Wanted
from surveys.store.listing import SiteQuery, each_site
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import shapely

    from geo.base.arrays import Flags
    from geo.base.place import Plane
    from geo.town import Town
    from surveys.declaration.paths import Answers
    from surveys.record.as_of import OnDay
    from surveys.record.history import Version
    from surveys.record.site import Site
    from surveys.store.register import Register

SALON: Final = RECORD_TYPES["salon"]
SOURCE: Final = "台帳"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Which day is asked of, and by whose knowledge (いつの時点).

    Attributes
    ----------
    on
        The day, ``2026-11-21``.
    known
        Whether by what the register knew at the end of that day, and not by what is known now.
    """

    on: str
    known: bool = False


def list_salons(
    town: Town, register: Register | None, when: When, wanted: Wanted = EVERY_SALON
) -> SalonList:
    """Return all 通いの場 known on a day (その日の一覧をつくる).

    The register's people decide. What only the town's files tell is listed too, as long as no
    record is about it: of the same id, of the same name within 50 m, or within 25 m. What is
    wished of their groups is looked for in what each tells.

    Notes
    -----
    Cost: one query for the sites, one for their versions.
    """
    found, newest, places = [], "", []
    if register is not None:
        query = SiteQuery(types=("salon",), statuses=(), order="number")
        sites = list(each_site(register, query))
        versions = register.versions_of(site.id for site in sites)
        for site in sites:
            told = versions.get(site.id, [])
            newest = max([newest, *(one.made_at for one in told)])
            place = site.place if site.place is not None and not site.place.is_empty else None
            at = None if place is None else _at_m(town.plane, place)
            places.append((site.id, tidy(site.title), at))
            on = _on(told, when)
            if on is not None:
                found.append(_listed(site, on, when, town.plane, wanted))
    own = town.salons[~_known(town.salons, places)]
    return SalonList(listed=(*found, *_own(own, wanted)), newest_at=newest)


def list_given(salons: pd.DataFrame, wanted: Wanted) -> SalonList:
    """Return the 通いの場 of a file, held against what is wished (渡された表の一覧).

    Parameters
    ----------
    salons
        Sites on the town's plane. What is done there, a table of Sites does not tell.
    """
    return SalonList(listed=tuple(_own(salons, wanted)), newest_at="")


def _on(versions: Sequence[Version], when: When) -> OnDay | None:
    return state_known_on(versions, when.on) if when.known else state_on(versions, when.on)


def _listed(site: Site, on: OnDay, when: When, plane: Plane, wanted: Wanted) -> Listed:
    answers: Answers = assemble(SALON, known_paths(SALON, on.state.answers))
    venue = judge_venue(on, answers, when.on, wanted)
    place = on.state.place
    return Listed(
        site_id=site.id,
        name=make_title(SALON, answers),
        at_m=None if place is None or place.is_empty else _at_m(plane, place),
        venue=venue,
        schedule=venue.schedule,
        sessions_per_month=venue.sessions_per_month,
        capacity=venue.capacity,
        note="",
        source=SOURCE,
        own=False,
        open=judge_venue(on, answers, when.on).counts if wanted.of_groups else venue.counts,
        home=is_home(site) or is_private_home(answers),
    )


def _at_m(plane: Plane, place: shapely.Geometry) -> tuple[float, float]:
    at = place.representative_point()
    x_m, y_m = plane.to_m([at.x], [at.y])
    return float(np.atleast_1d(x_m)[0]), float(np.atleast_1d(y_m)[0])


def _own(salons: pd.DataFrame, wanted: Wanted) -> list[Listed]:
    fits = [_fit_text(one, wanted) for one in salons["schedule"]]
    return [
        Listed(
            site_id=row.site_id,
            name=row.name,
            at_m=(float(row.x_m), float(row.y_m)),
            venue=venue,
            schedule=row.schedule,
            sessions_per_month=float(row.sessions_per_month) if sessions is None else sessions,
            capacity=float(row.capacity),
            note=row.note,
            source=row.source,
            own=True,
            open="yes",
        )
        for row, (venue, sessions) in zip(each_row(salons), fits, strict=True)
    ]


def _fit_text(schedule: str, wanted: Wanted) -> tuple[Venue, float | None]:
    """Return how a 通いの場 counts of which a text alone tells, and its sessions as wished."""
    if not wanted.of_groups:
        return Venue(counts="yes", why=Words("", ""), meetings=()), None
    found = fit_schedule(parse_schedule(schedule), wanted.times)
    fits = worse(found.fits, fit_content(None, wanted))
    if fits == "no":
        return Venue(counts="no", why=UNFIT, meetings=()), None
    sessions = None if wanted.times.empty else found.per_month
    if fits == "yes":
        return Venue(counts="yes", why=Words("", ""), meetings=()), sessions
    why = DOUBT_WORDS[found.doubt or "content"]
    return Venue(counts="maybe", why=why, meetings=()), sessions


def _known(
    salons: pd.DataFrame, places: Sequence[tuple[str, str, tuple[float, float] | None]]
) -> Flags:
    """Return which of the town's own 通いの場 a record of the register is about: (n,)."""
    known = np.array(salons["site_id"].isin([id_ for id_, _, _ in places]), dtype=bool)
    placed = [(name, at) for _, name, at in places if at is not None]
    if salons.empty or not placed:
        return known
    tree = cKDTree(np.array([at for _, at in placed], dtype=float))
    points = salons[["x_m", "y_m"]].to_numpy(dtype=float)
    near = tree.query_ball_point(points, SAME_NAME_M)
    names = [tidy(str(name)) for name in salons["name"]]
    for row, rows in enumerate(near):
        for one in rows:
            name, at = placed[one]
            far = math.hypot(points[row][0] - at[0], points[row][1] - at[1])
            if far <= SAME_M or (name and name == names[row]):
                known[row] = True
    return known
