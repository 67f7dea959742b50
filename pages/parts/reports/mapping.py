"""Which kinds a row or column of a report counts, as the office says (何を数えるかを決める)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import now_text, role_said
from pages.parts.reports.keeping import keep, seen_at
from surveys.reports.parts.marks import LOG, choices_of
from surveys.reports.parts.written import mapped_of, read_written
from surveys.store.own_choices import type_of
from surveys.store.report_words import ReportWord, save_word

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from pages.parts.reports.asked import AskedReport
    from surveys.reports.parts.written import Mapped, Written

_HEAD = Words("何を、どの欄に数えるか", "What counts where")
_HOW = Words(
    "この報告のすべての期間に使います。どの欄にも選ばない種類は、表の下に「どの欄にも数えていないもの」として出ます。",
    "It holds for every period of this report. Kinds chosen nowhere are told below the table.",
)


def show_mapping(office: Office, asked: AskedReport) -> None:
    """Show a table of what each line counts, to be changed (決める表を出す)."""
    mapped = list(mapped_of(asked.report))
    if not mapped:
        return
    lang = office.lang
    written = read_written(office.register, asked.report, "")
    with st.expander(_HEAD.say(lang)):
        st.html(f"<p class='kz-note'>{_HOW.say(lang)}</p>")
        for one in mapped:
            if len(mapped) > 1:
                st.html(f"<h4>{entity(one.title.say(lang))}</h4>")
            _ask(office, asked, one, written)


def _ask(office: Office, asked: AskedReport, one: Mapped, written: Written) -> None:
    lang, held, newest = office.lang, written.mapped.get(one.key), written.seen("", one.key)
    words = choices_of(one.source, one.by, type_of(office.register, LOG)) or {}
    place = f"rp_map:{asked.report.id}:{one.key}"
    seen_at(place, newest)
    chosen: dict[str, list[str]] = {}
    for line in one.lines:
        now = (held or {}).get(line.id, line.values)
        chosen[line.id] = st.multiselect(
            no_markdown(line.words.say(lang)), list(words), default=[v for v in now if v in words],
            format_func=lambda id_: no_markdown(words[id_].say(lang)), key=f"{place}:{line.id}",
            placeholder=Words("選ぶ", "Choose").say(lang),
        )  # fmt: skip

    def save(value: dict[str, list[str]] | None) -> None:
        word = ReportWord(
            form=asked.report.id, span="", ground="", key=one.key, value=value, by=role_said(),
            made_at=now_text(),
        )  # fmt: skip
        keep(
            lambda seen: save_word(office.register, word, seen=seen), lang, place=place,
            newest=newest, forget=[f"{place}:{line.id}" for line in one.lines],
        )  # fmt: skip

    row = st.container(horizontal=True, gap="small")
    if row.button(
        Words("このように数える", "Count so").say(lang), key=f"{place}:keep", type="primary"
    ):
        save(chosen)
    if held is not None and row.button(
        Words("はじめの数え方に戻す", "Back to how it was").say(lang), key=f"{place}:back"
    ):
        save(None)
