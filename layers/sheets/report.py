"""A report on paper: its tables and texts, across the page (報告の紙)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import parse_date
from geo.base.problems import InputError
from geo.base.square import OFFICE_ONLY
from geo.base.words import Words
from layers.day.reported import make_report
from layers.sheets.parts.declare import NotHereError, Sheet
from layers.sheets.parts.frame import render
from surveys.reports import REPORTS
from surveys.reports.parts.made import MadeText
from surveys.reports.parts.workbook import CARRIED, NONE, hands_of, say_hand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.sheets.parts.frame import Frame
    from surveys.reports.parts.declare import Report
    from surveys.reports.parts.made import Cell, MadeTable, Paper

# Names of rows no longer than this are not broken.
_SHORT: Final = 16
_NO_REPORT: Final = Words(
    "この名前の報告はありません。報告のページから開き直してください",
    "there is no such report; open it again from the page of reports",
)

_ONE_PERIOD: Final = Words(
    "この紙は1つの期間のものです。いくつもの期間は、期間ごとに開くか、kayoi report で1つの PDF にしてください",
    "this sheet is of one period: open each, or make one PDF of several by kayoi report",
)


def draw_report(frame: Frame, report: Report, paper: Paper) -> str:
    """Return one sheet of a report as an HTML page for A4 across (報告を組む)."""
    return render(
        "report.html", frame,
        sheet=report.words.say(frame.lang),
        title=paper.title,
        size="A4 landscape",
        mark=OFFICE_ONLY.say(frame.lang),
        facts=[{"text": one, "due": False} for one in (OFFICE_ONLY.say(frame.lang), *paper.facts)],
        parts_=[_part(one, frame, alone=len(paper.parts) == 1) for one in paper.parts],
        nothing=NONE.say(frame.lang),
    )  # fmt: skip


def _part(part: MadeTable | MadeText, frame: Frame, *, alone: bool) -> dict[str, Any]:
    if isinstance(part, MadeText):
        carried = CARRIED.fill(span=part.carried).say(frame.lang) if part.carried else ""
        return {"kind": "text", "part": part.part, "title": part.title, "head": part.head, "text": part.text,
                "carried": carried}  # fmt: skip
    last = len(part.rows) if part.total else 0
    short = all(len(row[0].text) <= _SHORT for row in part.rows)
    return {
        "kind": "table",
        "part": "",
        "title": "" if alone else part.title,
        "sentence": part.sentence,
        # Texts may be broken, numbers not.
        "heads": [{"text": head, "n": _is_number(part, at)} for at, head in enumerate(part.heads)],
        "rows": [
            {
                "total": number == last,
                "cells": [_cell(one, frame, short=short and not at) for at, one in enumerate(row)],
            }
            for number, row in enumerate(part.rows, start=1)
        ],
        "notes": [*part.notes, *hands_of(part, frame.lang)],
    }


def _is_number(table: MadeTable, column: int) -> bool:
    return (
        bool(table.rows)
        and all(row[column].number is not None or not row[column].text for row in table.rows)
        and any(row[column].number is not None for row in table.rows)
    )


def _cell(cell: Cell, frame: Frame, *, short: bool) -> dict[str, Any]:
    kind = "n" if cell.number is not None else "when" if short else "text"
    return {
        "kind": f"{kind} muted" if cell.number == 0 and not cell.by_hand else kind,
        "text": f"{cell.text}{cell.unit if cell.number else ''}",
        "hand": say_hand(cell, frame.lang),
    }


def _draw(frame: Frame, path: Mapping[str, str], params: Mapping[str, str]) -> str:
    report = REPORTS.get(path["form"].replace("-", "_"))
    if report is None:
        raise NotHereError(_NO_REPORT)
    first, last = (
        parse_date(params[key]) if params.get(key) else frame.now.date() for key in ("from", "to")
    )
    papers = make_report(
        frame.register, frame.town, report, (first, last), division=params.get("division", ""),
        lang=frame.lang, today=frame.now.date(),
    )  # fmt: skip
    if len(papers) > 1:
        raise InputError(_ONE_PERIOD)
    return draw_report(frame, report, papers[0])


SHEET: Final = Sheet(
    id="report", words=Words("報告", "Report"), address="report/{form}",
    asked_with=Words("報告の名前と、期間・地区の分け方", "a report's name, its days and a division"),
    draw=_draw, kinds=("site", "report_word"), own_command=True,
)  # fmt: skip
