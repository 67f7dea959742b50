"""What is behind a number, and a number by hand in its place (数のもと)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from pages.parts.form.noticed import show_noticed
from pages.parts.frame.office import link, now_text, role_said, title_of
from pages.parts.reports.keeping import keep, seen_at
from surveys.record.privacy import without_private
from surveys.reports.parts.listed import say_days
from surveys.reports.parts.written import read_written, span_of
from surveys.store.report_words import LARGEST, LONGEST_WHY, ReportWord, save_word

if TYPE_CHECKING:
    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from pages.parts.reports.asked import AskedReport
    from surveys.record.site import Site
    from surveys.reports.parts.made import Cell, Paper

_SHOWN: Final = 200
_NO_NUMBER: Final = Words(
    "その数は、この期間にはありません。", "There is no such number in this period."
)
_HOW: Final = Words(
    "数えた数と手で直した数の、どちらも残り、紙にもそう出ます。",
    "Both numbers are kept, and the paper says so.",
)


def show_behind(office: Office, asked: AskedReport, paper: Paper, key: str) -> None:
    """Show the records a number counts, and a way to write another in its place (数のもとを出す)."""
    cell = paper.cell(key)
    lang = office.lang
    if cell is None or cell.number is None:
        st.html(f"<p class='kz-fault'>{_NO_NUMBER.say(lang)}</p>")
        return
    with st.container(border=True, key="card_behind"):
        head = f"{_name_of(paper, cell)}　{cell.text}{cell.unit}"
        st.html(f"<h3 class='kz-head'>{entity(head)}</h3>")
        found = office.register.sites_of(cell.behind, logs=True)
        rows = "".join(_row(found[one], lang) for one in cell.behind[:_SHOWN] if one in found)
        none = Words("この数になる記録は、ありません。", "No record counts here.").say(lang)
        st.html(rows or f"<p class='kz-note'>{none}</p>")
        if len(cell.behind) > _SHOWN:
            more = Words(
                f"ほか {len(cell.behind) - _SHOWN:,}件", f"{len(cell.behind) - _SHOWN:,} more"
            )
            st.html(f"<p class='kz-note'>{more.say(lang)}</p>")
        with st.expander(
            Words("手で直す", "Write another number").say(lang), expanded=cell.by_hand
        ):
            _ask_number(office, asked, paper, cell)


def _name_of(paper: Paper, cell: Cell) -> str:
    for table in paper.tables:
        for row in table.rows:
            if cell in row:
                return f"{_row_name(row)}・{table.heads[row.index(cell)]}"
    return ""


def _row_name(row: tuple[Cell, ...]) -> str:
    return next((one.text for one in row if one.number is None and not one.text.isdigit()), "")


def _row(site: Site, lang: Lang) -> str:
    name = without_private(title_of(site.type, site.title, site.number, lang))
    if site.type.log:
        on = site.answer("on")
        day = say_days(site.answers, lang, with_year=True) if on else ""
        way = link("activities", name, lang, entry=site.id)
    else:
        day, way = "", link("karte", name, lang, site=site.id)
    said = f"<span>{way}</span><span class='kz-note'>{entity(day)}</span>"
    return f"<p class='kz-todo'>{icon_img(site.type.id, 28)}{said}</p>"


def _ask_number(office: Office, asked: AskedReport, paper: Paper, cell: Cell) -> None:
    lang, span = office.lang, span_of(paper.first, paper.last)
    newest = read_written(office.register, asked.report, asked.division).seen(span, cell.key)
    place = f"rp_hand:{asked.report.id}:{span}:{asked.division}:{cell.key}"
    seen_at(place, newest)
    st.html(f"<p class='kz-note'>{_HOW.say(lang)}</p>")
    number = st.number_input(
        Words(f"直した数（数えた数 {cell.counted:,}）", f"The number (counted {cell.counted:,})").say(lang),
        min_value=0, max_value=LARGEST, value=cell.number or 0, step=1, key=f"{place}:number",
    )  # fmt: skip
    why = st.text_input(
        Words("直すわけ", "Why").say(lang),
        value=cell.why,
        max_chars=LONGEST_WHY,
        key=f"{place}:why",
    )
    show_noticed(why, lang)

    def save(value: int | None) -> None:
        word = ReportWord(
            form=asked.report.id, span=span, ground=asked.division, key=cell.key, value=value,
            why=why.strip() if value is not None else "", by=role_said(), made_at=now_text(),
        )  # fmt: skip
        keep(
            lambda seen: save_word(office.register, word, seen=seen), lang, place=place,
            newest=newest, forget=(f"{place}:number", f"{place}:why"),
        )  # fmt: skip

    one, two = st.columns(2)
    if one.button(Words("この数にする", "Keep it").say(lang), key=f"{place}:keep", type="primary",
                  width="stretch"):  # fmt: skip
        save(int(number))
    if cell.by_hand and two.button(
        Words("数えた数に戻す", "Back to what is counted").say(lang), key=f"{place}:back", width="stretch"
    ):  # fmt: skip
        save(None)
