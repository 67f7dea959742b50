"""A report as page, paper and command make it: the register, the town's areas, what was written (報告を一つに)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.day.report_ground import ground_of
from surveys.reports import REPORTS
from surveys.reports.parts.days import say_span
from surveys.reports.parts.declare import Counted
from surveys.reports.parts.made import Job
from surveys.reports.parts.marks import LOG
from surveys.reports.parts.paper import make_papers
from surveys.reports.parts.written import read_written
from surveys.store.own_choices import type_of
from surveys.store.report_words import list_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.base.words import Lang
    from geo.town import Town
    from surveys.reports.parts.declare import Report, Source
    from surveys.reports.parts.made import Paper
    from surveys.store.register import Register
    from surveys.store.report_words import ReportWord


def make_report(
    register: Register,
    town: Town,
    report: Report,
    days: tuple[date, date],
    *,
    division: str = "",
    lang: Lang,
    today: date,
) -> list[Paper]:
    """Return the sheets of a report with what the office wrote into it, one a period (報告をつくる).

    Parameters
    ----------
    days
        The first and the last, both included.
    division
        By whose areas it counts; "" takes the town's first where the report has areas.

    Raises
    ------
    InputError
        For days that cannot be, or no such division.
    """
    division = division_of(town, report, division)
    written = read_written(register, report, division)
    job = Job(
        ground=ground_of(town, division), lang=lang, today=today, log=type_of(register, LOG),
        mapped=written.mapped,
        words_of=written.of,
    )  # fmt: skip
    papers = make_papers(register, report, *days, job)
    elsewhere = [
        one for one in list_numbers(register)
        if one.form != report.id and one.form in REPORTS
        and _counted(REPORTS[one.form]) & _counted(report)
    ]  # fmt: skip
    return [
        replace(paper, facts=(*paper.facts, *_by_hand(elsewhere, paper, lang))) for paper in papers
    ]


def _counted(report: Report) -> frozenset[Source]:
    """Return of what a report counts: another's number is none of it where it counts other things."""
    tables = [one for one in report.parts if isinstance(one, Counted)]
    own = {one.source for one in tables}
    return frozenset(own | {each.source for one in tables for each in one.numbers if each.source})


def _by_hand(elsewhere: Sequence[ReportWord], paper: Paper, lang: Lang) -> Iterator[str]:
    """Yield which other reports of these days have numbers by hand, which this one does not take over."""
    first, last = paper.first.isoformat(), paper.last.isoformat()
    found: dict[tuple[str, str], int] = {}
    for one in elsewhere:
        begun, _, ended = one.span.partition("/")
        if begun <= last and first <= ended:
            found[one.form, one.span] = found.get((one.form, one.span), 0) + 1
    for (form, span), count in found.items():
        begin, end = map(date.fromisoformat, span.split("/"))
        days = say_span(begin, end, lang)
        words = REPORTS[form].words
        yield Words(
            f"ほかの報告「{words.ja}」（{days}）には、手で直した数が {count}か所あります。この紙には入っていません",
            f"{count} of the numbers in “{words.en}” ({days}) {'is' if count == 1 else 'are'} by hand; "
            "this sheet does not take them over",
        ).say(lang)


def division_of(town: Town, report: Report, division: str) -> str:
    """Return the division a report counts by, "" for one without areas (報告の地区の分け方).

    Unless one is named, that of the fewest areas: what is reported is told by 圏域, not by 町丁目.
    """
    if not report.by_area:
        return ""
    several = [one for one in town.divisions if len(town.division(one)) > 1]
    few = min(several, key=lambda one: len(town.division(one)), default="")
    return division or few or next(iter(town.divisions), "")
