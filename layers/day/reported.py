"""A report as page, paper and command make it: the register, the town's areas, what was written (報告を一つに)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.day.report_ground import ground_of
from surveys.reports.parts.made import Job
from surveys.reports.parts.marks import LOG
from surveys.reports.parts.paper import make_papers
from surveys.reports.parts.written import read_written
from surveys.store.own_choices import type_of

if TYPE_CHECKING:
    from datetime import date

    from geo.base.words import Lang
    from geo.town import Town
    from surveys.reports.parts.declare import Report
    from surveys.reports.parts.made import Paper
    from surveys.store.register import Register


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
    return make_papers(register, report, *days, job)


def division_of(town: Town, report: Report, division: str) -> str:
    """Return the division a report counts by, "" for one without areas (報告の地区の分け方).

    Unless one is named, that of the fewest areas: what is reported is told by 圏域, not by 町丁目.
    """
    if not report.by_area:
        return ""
    several = [one for one in town.divisions if len(town.division(one)) > 1]
    few = min(several, key=lambda one: len(town.division(one)), default="")
    return division or few or next(iter(town.divisions), "")
