"""A report's sheets: every period's tables and texts (報告をつくる)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.dates import say_date
from geo.base.words import Words
from surveys.reports.parts.counted import make_counted
from surveys.reports.parts.days import before, cut_days, say_span, say_year
from surveys.reports.parts.declare import Counted, Listed, Told
from surveys.reports.parts.facts import read_facts
from surveys.reports.parts.lines import Sheet
from surveys.reports.parts.listed import make_listed
from surveys.reports.parts.made import MadeText, Paper
from surveys.reports.parts.marks import LOG
from surveys.store.log import LogQuery, list_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from surveys.reports.parts.declare import Cut, Report, Source
    from surveys.reports.parts.facts import Fact
    from surveys.reports.parts.made import Job, MadeTable
    from surveys.store.register import Register

_FIRST_DAY: Final = "0001-01-01"


def make_papers(
    register: Register, report: Report, first: date, last: date, job: Job
) -> list[Paper]:
    """Return the sheets of a report, one a period, in the order of days (報告をつくる).

    What would tell who somebody is stands in no cell (`surveys.record.privacy`), whatever reason
    was given for keeping it in the record.

    Raises
    ------
    InputError
        For days that cannot be.
    """
    days = cut_days(first, last, report.cut)
    held: dict[tuple[Source, date, date], Sequence[Fact]] = {}

    def facts_of(source: Source, of: tuple[date, date]) -> Sequence[Fact]:
        """Read the log once for all sheets; what is told of a sheet's last day, for each."""
        first, last = (days[0][0], days[-1][1]) if source == "log" else of
        if (source, first, last) not in held:
            held[source, first, last] = read_facts(
                register, source, first, last, job.ground, job.today
            )
        return held[source, first, last]

    dayless = count_dayless(register) if counts_log(report) else 0
    return [_paper(report, job, facts_of, *one, dayless) for one in days]


def count_dayless(register: Register) -> int:
    """Return how many entries of the log are in no sheet for want of a day (日のない記録の数)."""
    every, dated = (LogQuery(type=LOG, first=first) for first in ("", _FIRST_DAY))
    return list_entries(register, every, limit=0)[1] - list_entries(register, dated, limit=0)[1]


def counts_log(report: Report) -> bool:
    """Say whether anything of a report comes from the log (活動記録からの報告か)."""
    return any(not isinstance(one, Told) and one.source == "log" for one in report.parts)


def count_rows(papers: Sequence[Paper]) -> int:
    """Return how many records stand behind the sheets of a report, each once (報告のもとの数)."""
    cells = (
        cell for paper in papers for table in paper.tables for row in table.rows for cell in row
    )
    return len({one for cell in cells for one in cell.behind})


def _paper(
    report: Report, job: Job, facts_of: Callable[[Source, tuple[date, date]], Sequence[Fact]],
    first: date, last: date, dayless: int,
) -> Paper:  # fmt: skip
    lang, then = job.lang, before(first, last, report.cut)
    sheet = Sheet(
        first=first, last=last, job=job, facts_of=lambda source: facts_of(source, (first, last)),
        words=job.words_of(first, last),
        before=(say_span(*then, lang), job.words_of(*then)),
    )  # fmt: skip
    span = {"first": say_date(first, lang), "last": say_date(last, lang)}
    span["year"] = say_year(first, lang)
    return Paper(
        name=_name(first, last, report.cut),
        title=report.title.say(lang).format(**span),
        first=first,
        last=last,
        facts=tuple(_facts(report, job, dayless)),
        parts=tuple(_parts(report, sheet)),
    )


def _name(first: date, last: date, cut: Cut) -> str:
    if cut == "half_month":
        return f"{first:%Y-%m-%d}～{last:%d}"
    return f"{first:%Y-%m}" if cut == "month" else f"{first:%Y%m%d}～{last:%Y%m%d}"


def _facts(report: Report, job: Job, dayless: int) -> Iterator[str]:
    made = say_date(job.today, job.lang)
    yield Words(f"{made} 作成", f"made {made}").say(job.lang)
    if report.by_area and job.ground.division:
        yield Words(f"地区の分け方：{job.ground.division}", f"by {job.ground.division}").say(
            job.lang
        )
    if dayless:
        yield Words(
            f"日のはっきりしない活動記録 {dayless:,}件は、入っていません",
            f"{dayless:,} entries of the log without a day are not in it",
        ).say(job.lang)


def _parts(report: Report, sheet: Sheet) -> Iterator[MadeTable | MadeText]:
    for part in report.parts:
        if isinstance(part, Counted):
            yield make_counted(part, sheet)
        elif isinstance(part, Listed):
            yield make_listed(part, sheet)
        else:
            yield from _texts(part, sheet)


def _texts(part: Told, sheet: Sheet) -> Iterator[MadeText]:
    lang = sheet.job.lang
    for head in part.heads:
        for one in part.texts:
            key = f"{part.id}/{head.id}/{one.id}"
            text, carried = sheet.text(key)
            yield MadeText(
                key=key, part=part.words.say(lang), title=head.words.say(lang), head=one.words.say(lang), text=text,
                carried=carried,
            )  # fmt: skip
