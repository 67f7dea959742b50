"""A report's sheets, made from the entries of its days (報告をつくる)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import parse_date, say_date
from geo.base.problems import InputError
from geo.base.words import Words
from surveys.declaration.field import UNKNOWN
from surveys.formats.parts.cells import dump_cell
from surveys.record.privacy import without_private
from surveys.store.log import LogQuery, each_entry, list_entries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from surveys.record.site import Site
    from surveys.reports.parts.declare import Column, Report
    from surveys.store.register import Register

Cell = str | int | float | None
# A site and its answers, put together once.
_Entry = tuple["Site", "Mapping[str, Any]"]
_HALF: Final = 15
_FIRST_DAY: Final = "0001-01-01"
_LONGEST_DAYS: Final = 366
# An entry that began before its half month may reach into it.
_REACHES_DAYS: Final = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One sheet of a report (報告の一枚).

    Attributes
    ----------
    name
        Short, for a sheet of a workbook: ``2026-12-01～15``.
    heads, widths
        Of the columns.
    rows
        A cell a column.
    entries
        Ids of the entries behind the rows, row by row.
    """

    name: str
    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    entries: tuple[str, ...]


def cut_days(first: date, last: date) -> list[tuple[date, date]]:
    """Return the half months that days lie in, each whole (半月に分ける).

    Raises
    ------
    InputError
        The last day is before the first, or more than a year after it.

    Examples
    --------
    >>> [(str(a), str(b)) for a, b in cut_days(date(2026, 2, 10), date(2026, 2, 16))]
    [('2026-02-01', '2026-02-15'), ('2026-02-16', '2026-02-28')]
    """
    if not timedelta(0) <= last - first <= timedelta(days=_LONGEST_DAYS):
        raise InputError(
            Words(
                f"期間（{first}～{last}）は、はじめの日から1年以内の日までにしてください",
                f"{first} to {last}: give a last day within a year of the first",
            )
        )
    out: list[tuple[date, date]] = []
    day = first
    while day <= last:
        month = day.replace(day=1)
        end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        middle = month.replace(day=_HALF)
        half = (month, middle) if day.day <= _HALF else (middle + timedelta(days=1), end)
        out.append(half)
        day = half[1] + timedelta(days=1)
    return out


def make_papers(
    register: Register, report: Report, first: date, last: date, lang: Lang
) -> list[Paper]:
    """Return the sheets of a report, one a period, in the order of days (報告をつくる).

    What would tell who somebody is stands in no cell (`surveys.record.privacy`), whatever reason
    was given for keeping it in the record.

    Raises
    ------
    InputError
        For days that cannot be.
    """
    parts = cut_days(first, last)
    entries = _entries(register, report, parts[0][0], parts[-1][1])
    return [_paper(report, entries, *part, lang) for part in parts]


def count_dayless(register: Register, report: Report) -> int:
    """Return how many entries are in no sheet for want of a day (日のない記録の数)."""
    every, dated = (LogQuery(type=report.log, first=first) for first in ("", _FIRST_DAY))
    return list_entries(register, every, limit=0)[1] - list_entries(register, dated, limit=0)[1]


def _entries(register: Register, report: Report, first: date, last: date) -> list[_Entry]:
    since = (first - timedelta(days=_REACHES_DAYS)).isoformat()
    query = LogQuery(type=report.log, first=since, last=last.isoformat())
    found = [(one, one.answers) for one in each_entry(register, query)]
    kept = [one for one in found if one[1].get("stage") not in report.without]
    return sorted(kept, key=lambda one: (str(one[1].get("on")), one[0].number))


def _paper(report: Report, entries: Sequence[_Entry], first: date, last: date, lang: Lang) -> Paper:
    own = [one for one in entries if _lies_in(one[1], first.isoformat(), last.isoformat())]
    span = {"first": say_date(first, lang), "last": say_date(last, lang)}
    return Paper(
        name=f"{first:%Y-%m-%d}～{last:%d}",
        title=report.title.say(lang).format(**span),
        heads=tuple(one.head.say(lang) for one in report.columns),
        widths=tuple(one.width for one in report.columns),
        rows=tuple(tuple(_cell(one, each, lang) for each in report.columns) for one in own),
        entries=tuple(one.id for one, _ in own),
    )


def _lies_in(answers: Mapping[str, Any], first: str, last: str) -> bool:
    on, until = str(answers.get("on")), answers.get("until")
    end = str(until) if until and until != UNKNOWN else on
    return on <= last and end >= first


def _cell(entry: _Entry, column: Column, lang: Lang) -> Cell:
    found = [_say(entry, id_, lang) for id_ in column.fields]
    told = [one for one in found if one not in (None, "")]
    if len(told) == 1:
        return told[0]
    return "\n".join(map(str, told)) or None


def _say(entry: _Entry, id_: str, lang: Lang) -> Cell:
    site, answers = entry
    if id_ == "on":
        return _say_day(answers, lang)
    said = dump_cell(site.type.field(id_), answers.get(id_), lang)
    if isinstance(said, int | float) or said is None:
        return said
    return without_private(str(said))


def _say_day(answers: Mapping[str, Any], lang: Lang) -> str:
    """Return a day without its year, which the title says: 12月1日, a span, whether it is planned.

    A span over the end of a year says both years: the title tells one of them.
    """
    first = parse_date(answers["on"])
    until = answers.get("until")
    last = parse_date(until) if until and until != UNKNOWN else None
    ja, en = f"{first.month}月{first.day}日", f"{first:%d %b}"
    if last is not None:
        there = "" if last.month == first.month else f"{last.month}月"
        ja, en = f"{ja}～{there}{last.day}日", f"{en} to {last:%d %b}"
        if last.year != first.year:
            ja = f"{say_date(first, 'ja')}～{say_date(last, 'ja')}"
            en = f"{first:%d %b %Y} to {last:%d %b %Y}"
    planned = answers.get("stage") == "planned"
    return Words(
        f"{ja}{'（予定）' if planned else ''}", f"{en}{' (planned)' if planned else ''}"
    ).say(lang)
