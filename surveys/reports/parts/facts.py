"""What reports count: each thing once, with the marks it is grouped by (数えるもの)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from geo.schedule.count import WEEKLY, sessions_per_month
from surveys.declaration.field import UNKNOWN
from surveys.declaration.paths import assemble, known_paths
from surveys.record.as_of import state_on
from surveys.record.risen import level_of, steps_of
from surveys.record.service_kinds import service_kinds_of
from surveys.record.venue import judge_venue
from surveys.reports.parts.marks import LOG
from surveys.store.listing import SiteQuery, each_site
from surveys.store.log import LogQuery, each_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from surveys.record.site import Site
    from surveys.record.venue import Venue
    from surveys.reports.parts.declare import Source
    from surveys.reports.parts.ground import Ground
    from surveys.store.register import Register

# Stages of an entry that did not happen, or has not yet.
_NOT_DONE: Final = ("called_off", "planned")
# What a concern is that is over.
_CLOSED: Final = ("solved", "dropped")
# A 通いの場 counts where it is known to meet, where nobody knows that it does not, and where it was
# written down later than the day, which is told.
_COUNTED: Final = ("yes", "unsure", "early")
# A concern that was taken out of the register is none.
LISTED: Final = SiteQuery().statuses
# An entry that began before its period may reach into it.
REACHES: Final = timedelta(days=62)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that is counted (数えるもの一つ).

    Attributes
    ----------
    site, answers
        The record behind it, and its answers, put together once.
    title
        Its name, for a list of names.
    day
        ``2026-12-02``; "" for none.
    marks
        Values by mark; several where it is of several.
    sums
        What it says of people and minutes, by measure.
    about
        Whether its number of people was not counted.
    early
        Whether it was first written down after the day that is asked.
    """

    site: Site
    answers: Mapping[str, Any]
    title: str
    day: str
    marks: Mapping[str, tuple[str, ...]]
    sums: Mapping[str, int]
    about: bool = False
    early: bool = False


def read_facts(
    register: Register, source: Source, first: date, last: date, ground: Ground, today: date
) -> list[Fact]:
    """Return everything a source holds that matters for some days (数えるものを読む).

    Parameters
    ----------
    first, last
        Entries of the log and concerns are those of these days, both included; what a log begun
        up to two months before may reach into them. Groups are those of the last day, resources
        those there are.
    today
        Decides which days without a year are near.
    """
    return _SOURCES[source](register, first, last, ground, today)


def _log(register: Register, first: date, last: date, ground: Ground, _: date) -> list[Fact]:
    query = LogQuery(type=LOG, first=(first - REACHES).isoformat(), last=last.isoformat())
    found = [
        _fact(
            one, answers, areas, day=_text(answers, "on"), marks={"kind": _marks(answers, "kind")}
        )
        for one, answers, areas in _told(each_entry(register, query), ground)
    ]
    return sorted(found, key=lambda one: (one.day, one.site.number))


def _concerns(register: Register, first: date, last: date, ground: Ground, _: date) -> list[Fact]:
    """Yield concerns raised up to the last day, without those that were closed before the first."""
    found = []
    for one, answers, areas in _told(_sites(register, "concern"), ground):
        way = steps_of(answers)
        days = [step.on for step in way if step.on]
        day = _text(answers, "found_on") or min(days, default=one.state.first_on)
        last_on = max(days, default=one.state.seen_on)
        closed = _text(answers, "state") in _CLOSED and last_on < first.isoformat()
        if day <= last.isoformat() and not closed:
            marks = {
                "level": tuple(filter(None, (level_of(answers),))),
                "been_at": tuple({level_of(answers), *(step.level for step in way)} - {""}),
                "state": _marks(answers, "state"),
                "service": service_kinds_of("concern", answers),
            }
            found.append(_fact(one, answers, areas, day=day, marks=marks))
    return found


def _needs(register: Register, first: date, last: date, ground: Ground, today: date) -> list[Fact]:
    found = _concerns(register, first, last, ground, today)
    return [one for one in found if not set(one.marks["state"]) & set(_CLOSED)]


def _groups(register: Register, _: date, last: date, ground: Ground, today: date) -> list[Fact]:
    """Yield the groups that meet on the last day, each with its venue's area (団体).

    A venue that tells of no group is one.
    """
    return [
        replace(_group(one, areas, group, today), early=venue.counts == "early")
        for (one, venue), (_, _, areas) in _meeting(register, last, ground, today)
        for group in venue.groups or ({},)
    ]


def _meeting(
    register: Register, last: date, ground: Ground, today: date
) -> Iterator[tuple[tuple[Site, Venue], tuple[Site, Mapping[str, Any], tuple[str, ...]]]]:
    """Yield the 通いの場 there are on a day, by the rule every figure asks, with their areas."""
    day = min(last, today).isoformat()
    query = SiteQuery(types=("salon",), statuses=(), order="number")
    sites = [one for one in each_site(register, query) if not one.left_over]
    versions = register.versions_of(one.id for one in sites)
    found = []
    for one in sites:
        on = state_on(versions.get(one.id, []), day)
        if on is not None:
            answers = assemble(one.type, known_paths(one.type, on.state.answers))
            venue = judge_venue(on, answers, day)
            if venue.counts in _COUNTED:
                found.append((one, venue))
    return zip(found, _told((one for one, _ in found), ground), strict=True)


def _group(site: Site, areas: tuple[str, ...], thing: Mapping[str, Any], today: date) -> Fact:
    content = _marks(thing, "content")[:1]  # what is done most
    schedule = thing.get("schedule")
    per_month = sessions_per_month(schedule, today).per_month if isinstance(schedule, list) else 0
    sums = {"people": thing.get("participant_count"), "over_75": thing.get("over_75_count")}
    return Fact(
        site=site,
        answers=thing,
        title=_text(thing, "group") or site.title,
        day="",
        marks={"area": areas, "content": content, "often": _often(per_month)},
        sums={key: one for key, one in sums.items() if isinstance(one, int)},
    )


def _often(per_month: float) -> tuple[str, ...]:
    if not per_month:
        return ()
    if per_month >= WEEKLY:
        return ("weekly",)
    return ("twice",) if per_month >= 1.5 else ("monthly",) if per_month >= 0.95 else ("rarely",)  # noqa: PLR2004 - between once and twice


def _resources(register: Register, _: date, last: date, ground: Ground, today: date) -> list[Fact]:
    """Yield what there is: resources, shops that come by, 通いの場 that meet."""
    told = [
        (one, answers, areas)
        for type_id in ("resource", "shop")
        for one, answers, areas in _told(_sites(register, type_id, ("active",)), ground)
    ]
    told += [whole for _, whole in _meeting(register, last, ground, today)]
    return [
        _fact(one, answers, areas, day="", marks={"service": services})
        for one, answers, areas in told
        if (services := service_kinds_of(one.type.id, answers)) or one.type.id == "resource"
    ]


_SOURCES: Final[
    Mapping[Source, Callable[[Register, date, date, Ground, date], list[Fact]]]
] = {
    "log": _log, "concern": _concerns, "group": _groups, "need": _needs, "resource": _resources,
}  # fmt: skip


def is_done(fact: Fact, today: date) -> bool:
    """Say whether an entry tells what happened, and not what is to come or was called off (したことか)."""
    return is_held(fact) and fact.day <= today.isoformat()


def is_held(fact: Fact) -> bool:
    """Say whether an entry is neither called off nor marked as planned (予定や中止でないか)."""
    return _text(fact.answers, "stage") not in _NOT_DONE


def lies_in(fact: Fact, first: date, last: date) -> bool:
    """Say whether an entry's days touch some others (期間にかかるか)."""
    until = _text(fact.answers, "until")
    return fact.day <= last.isoformat() and max(until, fact.day) >= first.isoformat()


def _sites(register: Register, type_id: str, statuses: tuple[str, ...] = LISTED) -> Iterator[Site]:
    return each_site(register, SiteQuery(types=(type_id,), statuses=statuses))


def _told(
    sites: Iterable[Site], ground: Ground
) -> Iterator[tuple[Site, Mapping[str, Any], tuple[str, ...]]]:
    """Yield sites with their answers, put together once, and their areas."""
    every = [(one, one.answers) for one in sites]
    areas = ground.areas_of(every)
    return ((one, answers, some) for (one, answers), some in zip(every, areas, strict=True))


def _fact(
    site: Site, answers: Mapping[str, Any], areas: tuple[str, ...], *,
    day: str, marks: dict[str, tuple[str, ...]],
) -> Fact:  # fmt: skip
    sums = {"people": answers.get("people_count"), "minutes": answers.get("spent_min")}
    return Fact(
        site=site,
        answers=answers,
        title=site.title,
        day=day,
        marks={**marks, "area": areas, "month": (day[:7],) if day else ()},
        sums={key: one for key, one in sums.items() if isinstance(one, int)},
        about=answers.get("about") == "yes",
    )


def _marks(answers: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = answers.get(key)
    if value is None or value == UNKNOWN:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _text(answers: Mapping[str, Any], key: str) -> str:
    value = answers.get(key)
    return "" if value is None or value == UNKNOWN else str(value)
