"""A site as it was on a day, by what is known now or by what was known then (ある日の地点)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from geo.base.dates import say_date
from geo.base.words import Words
from surveys.record.history import STATUS, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from surveys.record.history import SiteState, Version

JAPAN: Final = timezone(timedelta(hours=9))


def say_moment(moment: str) -> Words:
    """Return a kept moment as a day and the time of day in Japan (日時を言う).

    Examples
    --------
    >>> say_moment("2026-11-21T01:05:00.000Z").ja
    '令和8年11月21日 10:05'
    """
    at = datetime.fromisoformat(moment).astimezone(JAPAN)
    ja, en = (f"{say_date(at.date(), lang)} {at:%H:%M}" for lang in ("ja", "en"))
    return Words(ja, en)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDay:
    """A site on a day (その日の地点).

    Attributes
    ----------
    state
        As its versions made it by then. Of a day before anybody saw it, as it was first told.
    early
        Whether the day is before the first that anybody tells of: what stood there then is not
        known. A state that says since when tells of each day from then on.
    """

    state: SiteState
    early: bool


def state_on(versions: Sequence[Version], day: str) -> OnDay | None:
    """Return a site as it was on a day, as far as all its versions tell (その日はどうだったか).

    A version speaks of the day it was seen or told, however late it was written down. A status
    that says since when, "paused since 2026-07-03", holds from that day on, and not before,
    whenever it was told.

    Parameters
    ----------
    versions
        All of the site, in any order.
    day
        ``2026-11-21``.

    Returns
    -------
    ``None`` for a site without versions.
    """
    if not versions:
        return None
    told = [part for one in versions if (part := _part_on(one, day)) is not None]
    if any(day_of(one) <= day for one in versions):
        return OnDay(state=fold(told), early=False)
    first = min(versions, key=lambda one: (day_of(one), one.seq))
    from_first = [one for one in versions if day_of(one) == day_of(first)]
    # Of a day before anybody saw it, `told` is only states that say since when: closed since then,
    # or open again.
    return OnDay(state=fold([*map(_without_status, from_first), *told]), early=not told)


def state_known_on(versions: Iterable[Version], day: str) -> OnDay | None:
    """Return a site as the register knew it at the end of a day in Japan (その日までに知っていたこと).

    Returns
    -------
    ``None`` for a site nobody had told of by then.
    """
    known = [one for one in versions if day_written(one) <= day]
    return state_on(known, day)


def day_of(version: Version) -> str:
    """Return the day a version speaks of; of one that does not say, the day it was written (いつのことか)."""
    return version.origin.on or version.seen_on or day_written(version)


def day_written(version: Version) -> str:
    """Return the day in Japan a version was written (書いた日)."""
    return day_in_japan(version.made_at)


def day_in_japan(time: str) -> str:
    """Return the day it is in Japan at a time (日本での日).

    Examples
    --------
    >>> day_in_japan("2026-11-20T15:00:00Z")
    '2026-11-21'
    """
    try:
        at = datetime.fromisoformat(time)
    except ValueError:
        return time[:10]
    at = at.replace(tzinfo=JAPAN) if at.tzinfo is None else at.astimezone(JAPAN)
    return at.date().isoformat()


def _part_on(version: Version, day: str) -> Version | None:
    """Return what a version tells of a day: whole, without its status, or its status alone."""
    status = version.patch.get(STATUS)
    since = str(status.get("on") or "") if isinstance(status, dict) else ""
    spoken = day_of(version) <= day
    if not since or not _is_day(since):
        return version if spoken else None
    if spoken:
        return version if since <= day else _without_status(version)
    return replace(version, patch={STATUS: status}) if since <= day else None


def _without_status(version: Version) -> Version:
    if STATUS not in version.patch:
        return version
    return replace(
        version, patch={path: one for path, one in version.patch.items() if path != STATUS}
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
