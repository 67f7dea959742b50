"""What reports count: each thing once, with the marks it is grouped by (数えるもの)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from geo.schedule.count import WEEKLY, sessions_per_month
from surveys.declaration.field import UNKNOWN
from surveys.record.risen import LEVEL_WORDS, LEVELS, level_of, steps_of
from surveys.record.service_kinds import KIND_WORDS, service_kinds_of
from surveys.store.listing import SiteQuery, each_site
from surveys.store.log import LogQuery, each_entry
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from surveys.declaration.record_type import RecordType
    from surveys.record.site import Site
    from surveys.reports.parts.declare import Source
    from surveys.reports.parts.ground import Ground
    from surveys.store.register import Register

LOG: Final = "activity"
# Of a mark that a thing does not tell: its own line, last, and in words.
NOT_TOLD: Final = ""
NOT_TOLD_WORDS: Final[Mapping[str, Words]] = {
    "area": Words("地区の分からないもの", "area not told"),
    "kind": Words("種類のないもの", "kind not told"),
    "content": Words("内容の分からないもの", "content not told"),
    "often": Words("回数の分からないもの", "how often is not told"),
    "level": Words("段階の決まらないもの", "level not told"),
    "state": Words("ようすの分からないもの", "state not told"),
    "service": Words("種類のないもの", "kind not told"),
    "month": Words("月の分からないもの", "month not told"),
}
OFTEN: Final[Mapping[str, Words]] = {
    "weekly": Words("週1回以上", "weekly or more"),
    "twice": Words("月2～3回", "two or three times a month"),
    "monthly": Words("月1回", "once a month"),
    "rarely": Words("月1回より少ない", "less than monthly"),
}
# Stages of an entry that did not happen, or has not yet.
_NOT_DONE: Final = ("called_off", "planned")
# What a group or a concern is that no longer is, or not yet.
_NO_GROUP: Final = ("ended", "planned", "paused")
_CLOSED: Final = ("solved", "dropped")
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
    """

    site: Site
    answers: Mapping[str, Any]
    title: str
    day: str
    marks: Mapping[str, tuple[str, ...]]
    sums: Mapping[str, int]
    about: bool = False


def read_facts(
    register: Register, source: Source, first: date, last: date, ground: Ground, today: date
) -> list[Fact]:
    """Return everything a source holds that matters for some days (数えるものを読む).

    Parameters
    ----------
    first, last
        Entries of the log and concerns are those of these days, both included; what a log begun
        up to two months before may reach into them. Groups and resources are those there are.
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
        days = [step.on for step in steps_of(answers) if step.on]
        day = _text(answers, "found_on") or min(days, default=one.state.first_on)
        last_on = max(days, default=one.state.seen_on)
        closed = _text(answers, "state") in _CLOSED and last_on < first.isoformat()
        if day <= last.isoformat() and not closed:
            marks = {
                "level": tuple(filter(None, (level_of(answers),))),
                "state": _marks(answers, "state"),
                "service": service_kinds_of("concern", answers),
            }
            found.append(_fact(one, answers, areas, day=day, marks=marks))
    return found


def _needs(register: Register, first: date, last: date, ground: Ground, today: date) -> list[Fact]:
    found = _concerns(register, first, last, ground, today)
    return [one for one in found if not set(one.marks["state"]) & set(_CLOSED)]


def _groups(register: Register, _: date, __: date, ground: Ground, today: date) -> list[Fact]:
    """Yield the groups that meet, each with its venue's area; what is paused, over or not begun is none."""
    return [
        _group(one, areas, thing, today)
        for one, answers, areas in _told(_sites(register, "salon"), ground)
        for thing in answers.get("activities") or ()
        if thing.get("state") not in _NO_GROUP
    ]


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


def _resources(register: Register, _: date, __: date, ground: Ground, ___: date) -> list[Fact]:
    """Yield what there is: resources, 通いの場 that meet, shops that come by."""
    return [
        _fact(one, answers, areas, day="", marks={"service": services})
        for type_id in ("resource", "salon", "shop")
        for one, answers, areas in _told(_sites(register, type_id), ground)
        if (services := service_kinds_of(type_id, answers)) or type_id == "resource"
        if type_id != "salon" or _meets(answers)
    ]


def _meets(answers: Mapping[str, Any]) -> bool:
    groups = answers.get("activities")
    return not groups or any(one.get("state") not in _NO_GROUP for one in groups)


_SOURCES: Final[
    Mapping[Source, Callable[[Register, date, date, Ground, date], list[Fact]]]
] = {
    "log": _log, "concern": _concerns, "group": _groups, "need": _needs, "resource": _resources,
}  # fmt: skip


def is_done(fact: Fact) -> bool:
    """Say whether an entry tells what happened, and not what is planned or was called off (したことか)."""
    return _text(fact.answers, "stage") not in _NOT_DONE


def lies_in(fact: Fact, first: date, last: date) -> bool:
    """Say whether an entry's days touch some others (期間にかかるか)."""
    until = _text(fact.answers, "until")
    return fact.day <= last.isoformat() and max(until, fact.day) >= first.isoformat()


def choices_of(source: Source, mark: str, log: RecordType) -> Mapping[str, Words] | None:
    """Return the values a mark may have and their words, None where they are not declared (値とことば).

    Parameters
    ----------
    log
        The log's type as the office has it: its own kinds in its own order.
    """
    if mark == "often":
        return OFTEN
    if mark == "service":
        return KIND_WORDS
    if mark == "level":  # the highest first: it is a report upward
        return {one: LEVEL_WORDS[one] for one in reversed(LEVELS)}
    if (field := _FIELDS.get((source, mark))) is None:
        return None
    type_id, path = field
    fields = log.fields if type_id == log.id else EVERY_TYPE[type_id].fields
    *outer, last = path.split("/")
    for one in outer:
        item = next(each for each in fields if each.id == one).item
        fields = item.fields if item else ()
    choices = next(each for each in fields if each.id == last).choices
    return {one.id: one.words for one in choices}


def hidden_in(source: Source, mark: str, log: RecordType) -> frozenset[str]:
    """Return the values the office no longer offers: told where something still has them (使わない値)."""
    if source != "log" or mark != "kind":
        return frozenset()
    return frozenset(one.id for one in log.field("kind").choices if one.hidden)


_FIELDS: Final = {
    ("log", "kind"): (LOG, "kind"),
    ("concern", "state"): ("concern", "state"),
    ("group", "content"): ("salon", "activities/content"),
}


def _sites(register: Register, type_id: str) -> Iterator[Site]:
    return each_site(register, SiteQuery(types=(type_id,), statuses=("active", "paused")))


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
