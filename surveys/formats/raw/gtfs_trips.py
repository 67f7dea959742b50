"""How often a day buses leave each stop of a feed, by line and direction (停留所の1日の本数)."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from geo.base.delimited import decode_text
from geo.base.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DayKind = Literal["weekday", "saturday", "holiday"]
NEEDED: Final = ("trips.txt", "stop_times.txt", "routes.txt")
CALENDARS: Final = ("calendar.txt", "calendar_dates.txt")
INTERVALS: Final = "frequencies.txt"  # trips of these have no times of their own
_MOST_BYTES: Final = 60_000_000
_MOST_DAYS: Final = 400
_WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SATURDAY, _SUNDAY = 5, 6
_NO_PICKUP: Final = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departures:
    """What leaves a stop on a line in a direction (停留所を出る便).

    Attributes
    ----------
    counts
        Trips on the commonest weekday, Saturday and Sunday of the feed.
    first, last
        ``08:05``, of a weekday, else of any day; ``26:10`` is past midnight.
    """

    line: str
    direction: str
    counts: Mapping[DayKind, int]
    first: str
    last: str


@dataclass(slots=True)
class _Line:
    trips: dict[DayKind, set[str]] = field(default_factory=lambda: defaultdict(set))
    times: dict[DayKind, list[str]] = field(default_factory=lambda: defaultdict(list))


def count_departures(tables: Mapping[str, bytes]) -> dict[str, tuple[Departures, ...]]:
    """Return by stop what leaves it; nothing where the feed does not tell times (便を数える).

    A trip counts at a stop where one may get on: not at its last stop, nor where
    ``pickup_type`` is 1. Of each kind of day the set of services that runs on most of its dates
    stands for it, so a holiday on a Monday does not count as a weekday.

    Parameters
    ----------
    tables
        The feed's files by name.
    """
    told = sum(len(tables.get(one, b"")) for one in (*NEEDED, *CALENDARS))
    lacks = any(one not in tables for one in NEEDED) or not any(one in tables for one in CALENDARS)
    if lacks or INTERVALS in tables or told > _MOST_BYTES:
        return {}
    services = _usual_services(
        _rows(tables, "calendar.txt"), list(_rows(tables, "calendar_dates.txt"))
    )
    names = {one.get("route_id", ""): _name_line(one) for one in _rows(tables, "routes.txt")}
    trips = {one.get("trip_id", ""): one for one in _rows(tables, "trips.txt")}
    kinds = {
        id_: [kind for kind, active in services.items() if one.get("service_id", "") in active]
        for id_, one in trips.items()
    }
    lines: defaultdict[str, defaultdict[tuple[str, str], _Line]] = defaultdict(
        lambda: defaultdict(_Line)
    )
    for one, last in _stops_of_trips(_rows(tables, "stop_times.txt")):
        id_, at = one.get("trip_id", ""), _time(one.get("departure_time", ""))
        trip = trips.get(id_)
        if trip is None or last or one.get("pickup_type", "") == _NO_PICKUP:
            continue
        heading = one.get("stop_headsign", "") or trip.get("trip_headsign", "")
        line = lines[one.get("stop_id", "")][names.get(trip.get("route_id", ""), ""), heading]
        for kind in kinds[id_]:
            line.trips[kind].add(f"{id_} {at}")
            if at:
                line.times[kind].append(at)
    return {
        stop: tuple(_say(key, line) for key, line in sorted(held.items()))
        for stop, held in lines.items()
    }


def _say(key: tuple[str, str], line: _Line) -> Departures:
    usual = line.times["weekday"] or [at for held in line.times.values() for at in held]
    kinds: tuple[DayKind, ...] = ("weekday", "saturday", "holiday")
    return Departures(
        line=key[0], direction=key[1], counts={kind: len(line.trips[kind]) for kind in kinds},
        first=min(usual, default=""), last=max(usual, default=""),
    )  # fmt: skip


def _rows(tables: Mapping[str, bytes], name: str) -> Iterator[dict[str, str]]:
    if name not in tables:
        return
    try:
        text = decode_text(tables[name], name, "")
    except InputError:
        return
    reader = csv.DictReader(io.StringIO(text))
    reader.fieldnames = [one.strip() for one in reader.fieldnames or ()]
    for row in reader:
        yield {key: value.strip() for key, value in row.items() if isinstance(value, str)}


def _name_line(route: Mapping[str, str]) -> str:
    return route.get("route_long_name", "") or route.get("route_short_name", "")


def _stops_of_trips(rows: Iterable[dict[str, str]]) -> Iterator[tuple[dict[str, str], bool]]:
    """Yield each row with whether its trip ends there, whatever the rows' order."""
    held = list(rows)
    ends: dict[str, int] = {}
    for one in held:
        id_, at = one.get("trip_id", ""), _number(one.get("stop_sequence", ""))
        ends[id_] = max(ends.get(id_, at), at)
    for one in held:
        yield one, _number(one.get("stop_sequence", "")) == ends[one.get("trip_id", "")]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else -1


def _time(text: str) -> str:
    hours, _, rest = text.partition(":")
    minutes = rest.partition(":")[0]
    good = hours.isdecimal() and minutes.isdecimal()
    return f"{int(hours):02d}:{int(minutes):02d}" if good else ""


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _usual_services(
    calendar: Iterable[Mapping[str, str]], exceptions: Iterable[Mapping[str, str]]
) -> dict[DayKind, frozenset[str]]:
    """Return for each kind of day the services that run together on most of its dates."""
    running: defaultdict[date, set[str]] = defaultdict(set)
    for one in calendar:
        first, last = _day(one.get("start_date", "")), _day(one.get("end_date", ""))
        if first is None or last is None:
            continue
        for ahead in range(min((last - first).days + 1, _MOST_DAYS)):
            on = first + timedelta(days=ahead)
            if one.get(_WEEK[on.weekday()], "") == "1":
                running[on].add(one.get("service_id", ""))
    for one in exceptions:
        on_day, added = _day(one.get("date", "")), one.get("exception_type", "") == "1"
        if on_day is not None:
            (running[on_day].add if added else running[on_day].discard)(one.get("service_id", ""))
    counts: defaultdict[DayKind, Counter[frozenset[str]]] = defaultdict(Counter)
    for on, active in running.items():
        if active:
            counts[_kind(on)][frozenset(active)] += 1
    return {
        kind: max(found, key=lambda one: (found[one], sorted(one)))
        for kind, found in counts.items()
    }


def _kind(on: date) -> DayKind:
    if on.weekday() == _SATURDAY:
        return "saturday"
    return "holiday" if on.weekday() == _SUNDAY else "weekday"
