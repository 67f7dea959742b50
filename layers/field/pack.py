"""The pack of the town being served (動いている街の、端末に入れるもの)."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from datetime import timezone
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import shapely

from geo.base.dates import parse_date, say_date
from geo.base.place import LONLAT
from geo.base.problems import InputError
from layers.day.claiming import list_places
from layers.served.prepare import CACHE, follow_town
from layers.served.register import areas_of, register_now, register_stamp
from layers.served.town import stamp, town_folder, town_now
from layers.served.walking import day_now
from surveys.record.claim import split_thing
from surveys.record.outcome import outcome_of
from surveys.record.walk import WALK
from surveys.store.accounts import list_users
from surveys.store.listing import SiteQuery, list_pins, list_sites, list_walks
from surveys.store.own_choices import every_type
from surveys.sync.pack import (
    MOST_FREE,
    MOST_SITES,
    MOST_WALKS,
    RULES,
    PackAsked,
    PackContents,
    PackFree,
    PackTown,
    choose_middle,
    choose_near,
    dump_pack,
    walk_places,
)
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from geo.town import Town
    from layers.day.claiming import PlaceRow
    from surveys.record.outcome import Outcome
    from surveys.record.site import Site
    from surveys.store.register import Register
    from surveys.sync.pack import Box

BASE_URL: Final = "/field/base.pmtiles"
# Of walks older than these nobody asks which are finished.
_LATEST_WALKS: Final = 60
# How roles are parted where several walk.
_PARTED: Final = re.compile(r"[、，,・／/;；\n]\s*|\s+と\s+")


def find_walk(walk_id: str) -> Site | None:
    """Return a walk by its id, ``None`` when the register has no such walk (踏査を探す)."""
    site = register_now().site(walk_id)
    return site if site and site.type.id == WALK.id and not site.hidden else None


def pack_tag(walk_id: str, now: datetime) -> str:
    """Return what changes with everything a pack holds but its time (端末に入れるものの版).

    Which walks are still to come changes with the day.
    """
    day = now.date().isoformat()
    return _short(repr((*register_stamp(), str(base_map().stat().st_mtime_ns), walk_id, day)))


def base_map() -> Path:
    """Return the file of the town's base map, made anew where the town was (下絵のファイル).

    Raises
    ------
    InputError
        When no town was chosen, or its files cannot be read.
    """
    folder = town_folder()
    follow_town(folder)
    return folder / CACHE / "base.pmtiles"


def make_pack(walk: Site | None, now: datetime, *, rules: int = RULES) -> bytes:
    """Return the pack of a walk, or of the whole town, as JSON (この端末に入れる).

    Parameters
    ----------
    now
        With its time zone; days are Japan's.
    rules
        As `dump_pack`.
    """
    register, town = register_now(), town_now()
    described = _town(town)
    came = _came(register)
    walks = _open_walks(came, now.date().isoformat())
    chosen = _choose(register, walk, walks, described.box)
    found = register.sites_of(chosen)
    sites = tuple(found[id_] for id_ in chosen if id_ in found)
    places = list_places(day_now().told.joined, register, town.plane)
    contents = PackContents(
        made_at=now.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),  # noqa: UP017 - as the register's routes
        stamp=_short(repr(register_stamp())),
        town=described,
        types=every_type(register),
        walk=walk,
        walks=walks,
        sites=sites,
        areas=areas_of(town, sites),
        total=list_sites(register, SiteQuery(), limit=1)[1],
        asked=_asked(places),
        free=_free(places, walk, described.box),
        came={one.id: outcome for one, outcome in came},
        roles=_roles(register, walks),
    )
    return dump_pack(contents, rules=rules)


def _asked(places: Sequence[PlaceRow]) -> tuple[PackAsked, ...]:
    return tuple(
        PackAsked(
            place_id=one.place_id, site_id=one.site_id, inside=split_thing(one.thing_id)[1],
            kind=one.kind, name=one.name, metres=one.metres or 0.0, lon=one.lon, lat=one.lat,
        )
        for one in places
        if one.state == "asked"
    )  # fmt: skip


def _free(places: Sequence[PlaceRow], walk: Site | None, box: Box) -> tuple[PackFree, ...]:
    free = {one.place_id: one for one in places if one.state == "free" and one.kind in RECORD_TYPES}
    points = {id_: shapely.Point(one.lon, one.lat) for id_, one in free.items()}
    near = [] if walk is None or walk.place is None else choose_near(points, [walk.place])
    middle = choose_middle(points, box, most=MOST_FREE)
    return tuple(
        PackFree(
            place_id=id_, kind=free[id_].kind, name=free[id_].name, lon=free[id_].lon,
            lat=free[id_].lat,
        )
        for id_ in dict.fromkeys([*near, *middle])
    )  # fmt: skip


def _roles(register: Register, walks: Sequence[Site]) -> tuple[str, ...]:
    """Return the roles the office has declared: of its accounts, then of who walks."""
    titles = [one.title for one in list_users(register) if not one.disabled]
    walkers = [str(walk.answer("surveyors") or "") for walk in walks]
    return tuple(filter(None, [*titles, *(role for one in walkers for role in _PARTED.split(one))]))


def _choose(register: Register, walk: Site | None, walks: Sequence[Site], box: Box) -> list[str]:
    """Return the sites to carry: what is on the lists, what is near the walk, then the town."""
    pins = {pin.id: pin.shape for pin in list_pins(register, SiteQuery())}
    # What is on a list comes along whatever its state is, and before all else.
    own = [] if walk is None else walk_places(walk)
    wanted = [*own, *(id_ for one in walks[:MOST_WALKS] for id_ in walk_places(one))]
    known = register.sites_of(wanted)
    listed = [
        id_
        for id_ in wanted
        if id_ in known and not known[id_].hidden and known[id_].type.id in RECORD_TYPES
    ]
    near = []
    if walk is not None:
        places = [pins[id_] for id_ in own if id_ in pins]
        near = choose_near(pins, [*places, *([walk.place] if walk.place is not None else [])])
    chosen = list(dict.fromkeys([*listed, *near, *choose_middle(pins, box)]))
    return chosen[: max(MOST_SITES, len(set(listed)))]


def _came(register: Register) -> list[tuple[Site, Outcome]]:
    return [
        (walk, outcome_of(walk.answers, register.versions_of_walk(walk.id)))
        for walk in list_walks(register)[:_LATEST_WALKS]
    ]


def _open_walks(came: Sequence[tuple[Site, Outcome]], today: str) -> tuple[Site, ...]:
    """Return walks with places still to see first, the newest day first, those without a day before."""
    ranked = []
    for walk, outcome in came:
        on = str(walk.answer("on") or "")
        done = outcome.state in ("done", "left") or (
            not outcome.planned and bool(on and on < today)
        )
        ranked.append((done, on or "9", walk))
    ranked.sort(key=lambda one: (one[1], one[2].number), reverse=True)
    ranked.sort(key=lambda one: one[0])
    return tuple(walk for _, _, walk in ranked)


def _town(town: Town) -> PackTown:
    bounds = gpd.GeoSeries([town.border], crs=town.plane.crs).to_crs(LONLAT).total_bounds
    west, south, east, north = (round(float(at), 7) for at in bounds)
    file, now = base_map(), stamp(town_folder())
    return PackTown(
        name=town.name,
        box=(west, south, east, north),
        credit=_credit(town),
        base_url=f"{BASE_URL}?v={now}",
        base_bytes=file.stat().st_size,
        base_stamp=now,
    )


def _credit(town: Town) -> str:
    """Return where the town's data comes from, in one line, each source once."""
    said = []
    for one in town.credits:
        day = one.date
        with suppress(InputError):  # a year or a period stands as it is
            day = say_date(parse_date(day), "ja") if day else ""
        said.append((one.credit or one.name) + (f"（{day}）" if day else ""))
    return "出典：" + "・".join(dict.fromkeys(filter(None, said)))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
