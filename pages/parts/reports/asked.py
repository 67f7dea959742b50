"""Which report, of which days, by which areas (どの報告か)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date
from geo.base.marks import shown
from geo.base.problems import InputError
from geo.base.words import Words
from layers.day.reported import division_of
from layers.maps.popup import entity
from pages.parts.frame.frame import label
from pages.parts.frame.linked import linked, linked_choice, quiet
from pages.parts.frame.office import today
from pages.parts.question.day import ask_day
from surveys.reports import REPORTS
from surveys.reports.parts.days import before, cut_days, say_period

if TYPE_CHECKING:
    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.reports.parts.declare import Report

# Of each cut as many periods are offered as somebody may still be asked for.
_OFFERED: Final = {"half_month": 72, "month": 36, "quarter": 40, "half_year": 20, "year": 10}
_FIRST_DAY: Final = date(2000, 4, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReport:
    """A report as it is asked for (聞かれた報告)."""

    report: Report
    first: date
    last: date
    division: str


def ask_report(office: Office) -> AskedReport:
    """Ask which report, of which days, by which division (報告を聞く)."""
    lang = office.lang
    with quiet("reports"):
        one, two, three = st.columns([0.4, 0.36, 0.24])
        form = one.selectbox(
            Words("報告", "Report").say(lang), list(REPORTS),
            format_func=lambda id_: label(REPORTS[id_].words, lang),
            **linked_choice("rp_form", "form", list(REPORTS), first=next(iter(REPORTS))),
        )  # fmt: skip
        report = REPORTS[form]
        with two:
            first, last = _ask_days(report, lang)
        with three:
            division = _ask_division(office, report)
        st.html(f"<p class='kz-note'>{entity(report.help.say(lang))}</p>")
    return AskedReport(report=report, first=first, last=last, division=division)


def _ask_days(report: Report, lang: Lang) -> tuple[date, date]:
    if report.cut == "whole":
        return _ask_span(report, lang)
    period = cut_days(today(), today(), report.cut)[0]
    periods = {period[0].isoformat(): period}
    while len(periods) < _OFFERED[report.cut]:
        period = before(*period, report.cut)
        periods[period[0].isoformat()] = period

    def read(text: str) -> str:
        """Take any day for the period it lies in: an address may be of another report's."""
        day = _day(text, (_FIRST_DAY, today() + timedelta(days=366)))
        period = cut_days(day, day, report.cut)[0]
        periods[period[0].isoformat()] = period
        return period[0].isoformat()

    kept = linked(f"rp_{report.cut}", "since", first=next(iter(periods)), read=read, say=str)
    if (shown_now := st.session_state[kept["key"]]) not in periods:
        read(shown_now)
    chosen = st.selectbox(
        Words("期間", "Period").say(lang), list(periods),
        format_func=lambda key: say_period(*periods[key], report.cut, lang), **kept,
    )  # fmt: skip
    return periods[chosen]


def _ask_span(report: Report, lang: Lang) -> tuple[date, date]:
    year = cut_days(today(), today(), "year")[0][0]
    between = (_FIRST_DAY, today() + timedelta(days=366))
    found = []
    for part, words, start in (
        ("since", Words("はじめの日", "First day"), year), ("until", Words("おわりの日", "Last day"), today()),
    ):  # fmt: skip
        if part == "since" and "{first}" not in report.title.ja:
            continue  # of one day
        kept = linked(
            f"rp_{part}", part, first=start, read=lambda text: _day(text, between),
            say=lambda day: day.isoformat() if day else "",
        )  # fmt: skip
        chosen = ask_day(
            words.say(lang), kept["key"], lang, between=between, on_change=kept["on_change"]
        )
        found.append(chosen or start)
    last = found[-1]
    first = found[0] if len(found) > 1 else min(year, last)
    return first, last


def _day(text: str, between: tuple[date, date]) -> date:
    day = parse_date(text)
    if between[0] <= day <= between[1]:
        return day
    raise InputError(
        Words(
            f"「{text}」は {between[0]}～{between[1]} の日ではありません",
            f"{text} is not from {between[0]} to {between[1]}",
        )
    )


def _ask_division(office: Office, report: Report) -> str:
    divisions = list(office.town.divisions)
    if not report.by_area or not divisions:
        return ""
    if len(divisions) == 1:
        return division_of(office.town, report, "")
    return str(
        st.selectbox(
            Words("地区の分け方", "Division").say(office.lang), divisions,
            format_func=shown,
            **linked_choice("rp_division", "areas", divisions, first=division_of(office.town, report, "")),
        )
    )  # fmt: skip
