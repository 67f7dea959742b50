"""報告: what the log and the register come to, on the screen, on paper and as a workbook."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.walk.walkers import WALKERS
from layers.day.reported import make_report
from layers.day.unmet import REPORT
from layers.maps.popup import entity
from layers.pdf.handed import plain_name
from layers.pdf.reports import dump_report
from layers.served.clock import now_in_japan
from layers.served.town import town_folder
from layers.sheets.parts.frame import Frame
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import show_empty
from pages.parts.frame.office import address, begin_office, button_link, print_links, today
from pages.parts.reports.asked import ask_report
from pages.parts.reports.behind import show_behind
from pages.parts.reports.ground import show_ground
from pages.parts.reports.mapping import show_mapping
from pages.parts.reports.shown import table_html
from pages.parts.reports.texts import show_texts
from surveys.formats.format import FORMATS
from surveys.reports.parts.made import MadeTable

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from pages.parts.reports.asked import AskedReport
    from surveys.reports.parts.made import Paper

PAGE = Page(
    id="reports", words=Words("報告", "Reports"), group="give", order=87,
    kinds=("report_word", "setting", "site"), types=("activity", "concern", "salon", "shop", "resource"),
)  # fmt: skip
TITLE: Final = Words("何を、いつの分、報告するか", "What is reported, and of when?")
_PRESS: Final = Words(
    "数を押すと、元になった記録が出ます。手で直すのも、そこです。",
    "Press a number to see the entries behind it; it is corrected by hand there, too.",
)
_READS: Final = {"form", "since", "until", "areas", "on"}


def show_page() -> None:
    """Show the report that is asked for (画面)."""
    office = begin_office(TITLE)
    asked = ask_report(office)
    try:
        (paper, *_) = make_report(
            office.register, office.town, asked.report, (asked.first, asked.last),
            division=asked.division, lang=office.lang, today=today(),
        )  # fmt: skip
    except InputError as error:
        show_empty(
            Words("この期間では、つくれません", "cannot be made of these days"),
            outside(error.words), office.lang,
        )  # fmt: skip
        return
    _show_head(paper)
    _show_files(office, asked, paper)
    if asked.report.id == REPORT.id and asked.division:
        show_ground(office, asked, paper)
    _show_paper(office, asked, paper)
    show_texts(office, asked, paper)
    show_mapping(office, asked)


def _show_head(paper: Paper) -> None:
    facts = "".join(f"<p class='kz-note'>{entity(one)}</p>" for one in paper.facts)
    # A narrow screen parts the title between its days, not inside one.
    title = entity(paper.title).replace("～", "～<wbr>")
    st.html(f"<h2 style='word-break:keep-all;overflow-wrap:anywhere'>{title}</h2>{facts}")


def _show_paper(office: Office, asked: AskedReport, paper: Paper) -> None:
    lang = office.lang
    if any(one.rows for one in paper.tables):
        st.html(f"<p class='kz-note'>{_PRESS.say(lang)}</p>")
    here = {key: one for key, one in st.query_params.items() if key in _READS}
    chosen = st.query_params.get("cell", "")
    alone = len(paper.parts) == 1
    for part in paper.parts:
        if not isinstance(part, MadeTable):
            continue
        if not alone:
            st.html(f"<h3 class='kz-head'>{entity(part.title)}</h3>")
        st.html(table_html(part, lang, here, chosen=chosen))
        if chosen.startswith(f"{part.id}/"):
            show_behind(office, asked, paper, chosen)
    if not any(one.rows for one in paper.tables):
        words = Words("活動を書く", "Write an entry")
        button_link(address("record", lang, type="activity"), words, lang)


def _show_files(office: Office, asked: AskedReport, paper: Paper) -> None:
    lang = office.lang
    name = plain_name(
        f"{office.town.name}_{asked.report.words.ja}_{paper.first:%Y%m%d}-{paper.last:%Y%m%d}_庁内用"
    )
    one, two, _ = st.columns([0.34, 0.18, 0.48])
    with one:
        asks = {"from": paper.first.isoformat(), "to": paper.last.isoformat()}
        asks |= {"division": asked.division} if asked.division else {}
        print_links(
            f"/print/report/{asked.report.id}", urlencode(asks), Words("印刷する", "Print"), lang
        )
    with two:
        st.download_button(
            "Excel", partial(_dump, office, asked, paper), file_name=f"{name}.xlsx",
            mime=FORMATS["xlsx"].mime, key=f"rp_get_{asked.report.id}_{paper.first}", on_click="ignore",
            width="stretch",
        )  # fmt: skip
    note = Words(
        "庁内用。名前や電話番号のようなことばは伏せて出します。",
        "For the office; words that tell who somebody is are left out.",
    )
    st.html(f"<p class='kz-note'>{note.say(lang)}</p>")


def _dump(office: Office, asked: AskedReport, paper: Paper) -> bytes:
    frame = Frame(
        town_folder=town_folder(), town=office.town, register=office.register,
        walker=WALKERS["elderly"], now=now_in_japan(), lang=office.lang, as_file=True,
    )  # fmt: skip
    return dump_report(frame, asked.report, [paper], pdf=False)


show_page()
