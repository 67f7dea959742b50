"""The pack of the town being served (動いている街の持ち出し)."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import timezone
from typing import TYPE_CHECKING, Final

import geopandas as gpd

from geo.base.dates import parse_date, say_date
from geo.base.place import LONLAT
from geo.base.problems import InputError
from layers.day.claiming import list_places
from layers.served.prepare import CACHE, follow_town
from layers.served.register import areas_of, register_now, register_stamp
from layers.served.town import stamp, town_folder, town_now
from layers.served.walking import day_now
from surveys.record.claim import split_thing
from surveys.record.walk import WALK, places_seen
from surveys.store.listing import SiteQuery, list_pins, list_sites, list_walks
from surveys.sync.pack import (
    MOST_SITES,
    RULES,
    PackAsked,
    PackContents,
    PackTown,
    choose_middle,
    choose_near,
    dump_pack,
    walk_places,
)
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from geo.town import Town
    from surveys.record.site import Site
    from surveys.store.register import Register
    from surveys.sync.pack import Box

BASE_URL: Final = "/field/base.pmtiles"
# Of walks older than these nobody asks which are finished.
_LATEST_WALKS: Final = 60


def find_walk(walk_id: str) -> Site | None:
    """Return a walk by its id, ``None`` when the register has no such walk (踏査を探す)."""
    site = register_now().site(walk_id)
    return site if site and site.type.id == WALK.id and not site.hidden else None


def pack_tag(walk_id: str, now: datetime) -> str:
    """Return what changes with everything a pack holds but its time (持ち出しの版).

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
    """Return the pack of a walk, or of the whole town, as JSON (持ち出しをつくる).

    Parameters
    ----------
    now
        With its time zone; days are Japan's.
    rules
        As `dump_pack`.
    """
    register, town = register_now(), town_now()
    described = _town(town)
    chosen = _choose(register, walk, described.box)
    found = register.sites_of(chosen)
    sites = tuple(found[id_] for id_ in chosen if id_ in found)
    contents = PackContents(
        made_at=now.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),  # noqa: UP017 - as the register's routes
        stamp=_short(repr(register_stamp())),
        town=described,
        types=tuple(RECORD_TYPES.values()),
        walk=walk,
        walks=_open_walks(register, now.date().isoformat()),
        sites=sites,
        areas=areas_of(town, sites),
        total=list_sites(register, SiteQuery(), limit=1)[1],
        asked=_asked(register, town),
    )
    return dump_pack(contents, rules=rules)


def _asked(register: Register, town: Town) -> tuple[PackAsked, ...]:
    rows = list_places(day_now().told.joined, register, town.plane)
    return tuple(
        PackAsked(
            place_id=one.place_id, site_id=one.site_id, inside=split_thing(one.thing_id)[1],
            kind=one.kind, name=one.name, metres=one.metres or 0.0, lon=one.lon, lat=one.lat,
        )
        for one in rows
        if one.state == "asked"
    )  # fmt: skip


def _choose(register: Register, walk: Site | None, box: Box) -> list[str]:
    pins = {pin.id: pin.shape for pin in list_pins(register, SiteQuery())}
    if walk is None:
        return choose_middle(pins, box)
    # What is on the list comes along whatever its state is, and before all else.
    wanted = walk_places(walk)
    known = register.sites_of(wanted)
    listed = [
        id_
        for id_ in wanted
        if id_ in known and not known[id_].hidden and known[id_].type.id in RECORD_TYPES
    ]
    places = [pins[id_] for id_ in listed if id_ in pins]
    near = choose_near(pins, [*places, *([walk.place] if walk.place is not None else [])])
    return list(dict.fromkeys([*listed, *near]))[: max(MOST_SITES, len(listed))]


def _open_walks(register: Register, today: str) -> tuple[Site, ...]:
    """Return walks with places still to see first, the newest day first, those without a day before."""
    ranked = []
    for walk in list_walks(register)[:_LATEST_WALKS]:
        seen = places_seen(walk_places(walk), register.versions_of_walk(walk.id))
        on = str(walk.answer("on") or "")
        done = "missed" not in seen.values() and (bool(seen) or bool(on and on < today))
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
