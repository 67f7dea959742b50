"""A report as one file to hand over: a PDF across the page, or a workbook (報告を渡す)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.pdf.handed import hand_over
from layers.sheets.report import draw_report
from surveys.reports.parts.workbook import dump_papers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheets.parts.frame import Frame
    from surveys.reports.parts.declare import Report
    from surveys.reports.parts.made import Paper


def dump_report(frame: Frame, report: Report, papers: Sequence[Paper], *, pdf: bool) -> bytes:
    """Return a report's sheets as one PDF, or as a workbook with a sheet each (報告のファイルをつくる)."""
    if not pdf:
        return dump_papers(papers, frame.lang, frame.now.isoformat(timespec="seconds"))
    pages = [draw_report(frame, report, one) for one in papers]
    title = f"{frame.town.name}　{report.words.say(frame.lang)}"
    return hand_over(pages, frame, for_office=True, title=title, contents=len(pages) > 1)
