"""The 通いの場 that count on a day: the register's, and the town's own nobody recorded yet (数える通いの場)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.schedule import fit_schedule, parse_schedule, worse
from geo.tables.tables import each_row
from layers.day.listed import Listed, SalonList
from layers.day.own_list import (
    SALON,
    exact_places,
    exactly,
    known_salon,
    middle_m,
    own_versions,
    told_by,
)
from layers.surveyed.addresses import find_rough
from surveys.declaration.paths import assemble, known_paths
from surveys.record.as_of import state_known_on, state_on
from surveys.record.home import is_home
from surveys.record.meeting import DOUBT_WORDS, fit_content
from surveys.record.site import make_title
from surveys.record.venue import UNFIT, Venue, is_private_home, judge_venue
from surveys.record.wanted import EVERY_SALON, Wanted
from surveys.store.listing import SiteQuery, each_site
from surveys.store.own_batches import is_own_batch, own_batches

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.base.place import Plane
    from geo.town import Town
    from layers.day.own_list import Points
    from surveys.declaration.paths import Answers
    from surveys.record.as_of import OnDay
    from surveys.record.history import Version
    from surveys.record.site import Site
    from surveys.store.register import Register

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

    The register's people decide. What only the town's files tell is listed too, as long as their
    list was not taken into the register (`layers.day.own_import`) and no record is about it: of
    the same id, of the same name within 50 m, or within 25 m. It counts as if it had been taken:
    before the day its list speaks of nobody knows. What is wished of their groups is looked for
    in what each tells.

    Notes
    -----
    Cost: one query for the sites, one for their versions.
    """
    return list_each(town, register, when, [wanted])[0]


def list_each(
    town: Town, register: Register | None, when: When, wishes: Sequence[Wanted]
) -> list[SalonList]:
    """Return `list_salons` for several wishes, the register read once (選び方ごとの一覧)."""
    found, newest, known = [], "", []
    points = exact_places(town)
    if register is not None:
        query = SiteQuery(types=("salon",), statuses=(), order="number")
        # Of an import that was undone a later file's word on the state may be left: no 通いの場.
        sites = [one for one in each_site(register, query) if not one.left_over]
        versions = register.versions_of(site.id for site in sites)
        for site in sites:
            told = versions.get(site.id, [])
            newest = max([newest, *(one.made_at for one in told if _is_record(one))])
            known.append(known_salon(town.plane, site))
            on = _on(told, when)
            if on is not None:
                found.append(_known(site, on, when, town.plane, points, _note(on, told)))
    own = town.salons[~told_by(town.salons, known)]
    list_at = ""
    if register is not None and own_batches(register):
        own = own.iloc[:0]
        list_at = _newer_list_at(register)
    found = [*_with_rough(town, found), *_own(town, own, when)]
    held = [_held_each(one, on, when, wishes) for one, on in found]
    return [
        SalonList(listed=tuple(one[at] for one in held), newest_at=newest, list_at=list_at)
        for at in range(len(wishes))
    ]


def list_given(salons: pd.DataFrame, wanted: Wanted) -> SalonList:
    """Return the 通いの場 of a file, held against what is wished (渡された表の一覧).

    Parameters
    ----------
    salons
        Sites on the town's plane. What is done there, a table of Sites does not tell.
    """
    return SalonList(listed=tuple(_given(salons, wanted)), newest_at="")


def _on(versions: Sequence[Version], when: When) -> OnDay | None:
    return state_known_on(versions, when.on) if when.known else state_on(versions, when.on)


def _is_record(version: Version) -> bool:
    """Say whether somebody wrote it: what the town was built with is nobody's record."""
    return not is_own_batch(version.batch_id)


def _newer_list_at(register: Register) -> str:
    """Return when a newer list of the town was taken, "" where only its first one was, or undone."""
    lists = [one for one in register.batches() if is_own_batch(one.id)]
    first = min((one.made_at for one in lists), default="")
    return max(
        (one.made_at for one in lists if not one.undone_at and one.made_at > first), default=""
    )


def _note(on: OnDay, versions: Sequence[Version]) -> str:
    """Return what the town's own list says of the venue; a person's words are for the office."""
    seq = on.state.setters.get("about", 0)
    own = any(one.seq == seq and is_own_batch(one.batch_id) for one in versions)
    return str(on.state.flat.get("about") or "") if own else ""


def _known(
    site: Site, on: OnDay, when: When, plane: Plane, points: Points, note: str
) -> tuple[Listed, OnDay]:
    """Return a 通いの場 of the register as it was on the day, before anything is wished."""
    answers: Answers = assemble(SALON, known_paths(SALON, on.state.answers))
    venue = judge_venue(on, answers, when.on)
    place = on.state.place
    at = None if place is None or place.is_empty else middle_m(plane, place)
    listed = Listed(
        site_id=site.id,
        name=make_title(SALON, answers),
        at_m=None if at is None else exactly(points, site.id, *at),
        venue=venue,
        schedule=venue.schedule,
        sessions_per_month=venue.sessions_per_month,
        capacity=venue.capacity,
        note=note,
        source=SOURCE,
        own=False,
        open=venue.counts,
        home=is_home(site) or is_private_home(answers),
        answers=answers,
        seen_on=on.state.seen_on,
    )
    return listed, on


def _with_rough(town: Town, found: Sequence[tuple[Listed, OnDay]]) -> list[tuple[Listed, OnDay]]:
    """Return the same; those without a place with the 町丁目 their address tells, no more."""
    lacking = {one.site_id: one.answers.get("address") for one, _ in found if one.at_m is None}
    hits = find_rough(town, {id_: str(text or "") for id_, text in lacking.items()})
    return [
        (replace(one, rough=hits[one.site_id].town) if one.site_id in hits else one, on)
        for one, on in found
    ]


def _held_each(listed: Listed, on: OnDay, when: When, wishes: Sequence[Wanted]) -> list[Listed]:
    """Return a 通いの場 held against each wish; what is not as wished is not if more is wished."""
    unfit: dict[Wanted, Listed] = {}
    found = []
    for wanted in wishes:
        held = next((one for wider, one in unfit.items() if _asks_less(wider, wanted)), None)
        if held is None:
            held = _held(listed, on, when, wanted)
            if held.venue.counts == "no":
                unfit[wanted] = held
        found.append(held)
    return found


def _asks_less(wider: Wanted, wanted: Wanted) -> bool:
    """Return whether all that one wishes of the groups the other wishes too."""
    a, b = wider.times, wanted.times
    return all(
        one in (None, other)
        for one, other in (
            (a.weekday, b.weekday), (a.half, b.half), (a.at_least, b.at_least),
        )
    ) and (not wider.content or wider.content == wanted.content)  # fmt: skip


def _held(listed: Listed, on: OnDay, when: When, wanted: Wanted) -> Listed:
    """Return a 通いの場 held against what is wished."""
    if not wanted.of_groups or listed.venue.counts == "no":
        return listed
    venue = judge_venue(on, listed.answers, when.on, wanted)
    room = venue.capacity
    if listed.own:  # told by the file's words
        room = listed.capacity if math.isnan(room) else room
    return replace(
        listed, venue=venue, sessions_per_month=venue.sessions_per_month, capacity=room,
        schedule=listed.schedule if listed.own else venue.schedule,
    )  # fmt: skip


def _own(town: Town, salons: pd.DataFrame, when: When) -> list[tuple[Listed, OnDay]]:
    """Return the town's own as they would be in the register, told by the file's words."""
    found = []
    for row, version in zip(each_row(salons), own_versions(town, salons), strict=True):
        on = _on([version], when)
        if on is None:
            continue
        answers = assemble(SALON, known_paths(SALON, on.state.answers))
        venue = judge_venue(on, answers, when.on)
        sessions, room = venue.sessions_per_month, venue.capacity
        if math.isnan(sessions):
            sessions = float(row.sessions_per_month)  # told without the words that say so
        listed = Listed(
            site_id=row.site_id,
            name=row.name,
            at_m=(float(row.x_m), float(row.y_m)),
            venue=venue,
            schedule=row.schedule,
            sessions_per_month=sessions,
            capacity=float(row.capacity) if math.isnan(room) else room,
            note=row.note,
            source=row.source,
            own=True,
            open=venue.counts,
            answers=answers,
            seen_on=on.state.seen_on,
        )
        found.append((listed, on))
    return found


def _given(salons: pd.DataFrame, wanted: Wanted) -> list[Listed]:
    fits = [fit_text(one, wanted) for one in salons["schedule"]]
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


def fit_text(schedule: str, wanted: Wanted, content: object = None) -> tuple[Venue, float | None]:
    """Return how a 通いの場 counts of which a text tells when it meets (文で分かる集まり).

    Parameters
    ----------
    content
        Ids of what is done there; None where it is not told.

    Returns
    -------
        How it counts, and its sessions as wished in a mean month, None where no times are wished.
    """
    if not wanted.of_groups:
        return Venue(counts="yes", why=Words("", ""), meetings=()), None
    found = fit_schedule(parse_schedule(schedule), wanted.times)
    fits = worse(found.fits, fit_content(content, wanted))
    if fits == "no":
        return Venue(counts="no", why=UNFIT, meetings=()), None
    sessions = None if wanted.times.empty else found.per_month
    if fits == "yes":
        return Venue(counts="yes", why=Words("", ""), meetings=()), sessions
    why = DOUBT_WORDS[found.doubt or "content"]
    return Venue(counts="maybe", why=why, meetings=()), sessions
