"""The office's own texts of a report, written on the page (報告の文を書く)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.form.noticed import show_noticed
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import now_text, role_said
from pages.parts.reports.keeping import keep
from surveys.reports.parts.made import MadeTable, MadeText
from surveys.reports.parts.workbook import CARRIED
from surveys.reports.parts.written import read_written, span_of
from surveys.store.report_words import LONGEST_TEXT, ReportWord, save_word, take_word_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.parts.frame.office import Office
    from pages.parts.reports.asked import AskedReport
    from surveys.reports.parts.made import Paper, Word

_HEIGHT: Final = 110
_CHANGE: Final = Words("直すか、このまま残します。", "Change it, or keep it as it is.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One text the sheet has room for."""

    key: str
    head: str
    group: str
    shown: str
    carried: str


def show_texts(office: Office, asked: AskedReport, paper: Paper) -> None:
    """Show every text of a sheet to be written, with what was there before (文を書く所を出す)."""
    texts = list(_texts_of(paper))
    if not texts:
        return
    lang = office.lang
    words = read_written(office.register, asked.report, asked.division).of(paper.first, paper.last)
    group = ""
    with st.container(border=True, key="card_texts"):
        st.html(
            f"<h3 class='kz-head'>{Words('報告に書く文', 'Texts of the report').say(lang)}</h3>"
        )
        for one in texts:
            if one.group != group:
                st.html(f"<h4>{entity(one.group)}</h4>")
                group = one.group
            _ask_text(office, asked, paper, one, words.get(one.key))


def _texts_of(paper: Paper) -> Iterator[_Asked]:
    for part in paper.parts:
        if isinstance(part, MadeText):
            yield _Asked(key=part.key, head=part.head, group=f"{part.part}　{part.title}", shown=part.text,
                         carried=part.carried)  # fmt: skip
        elif isinstance(part, MadeTable):
            for row in part.rows:
                note = row[-1]
                if note.number is None and note.key.endswith("/note"):
                    name = next(
                        each.text for each in row if each.number is None and not each.text.isdigit()
                    )
                    yield _Asked(key=note.key, head=name, group=f"{part.title}：{part.heads[-1]}",
                                 shown=note.text, carried="")  # fmt: skip


def _ask_text(
    office: Office, asked: AskedReport, paper: Paper, one: _Asked, held: Word | None
) -> None:
    lang, span = office.lang, span_of(paper.first, paper.last)
    seen = held.seq if held is not None else 0
    # A version of its own for each writing: what another wrote meanwhile is shown, not hidden.
    key = f"rp_t:{asked.report.id}:{span}:{asked.division}:{one.key}:{seen}"
    before = str(held.value) if held is not None else one.shown
    text = st.text_area(
        no_markdown(one.head), value=before, max_chars=LONGEST_TEXT, height=_HEIGHT, key=key
    )
    if one.carried:
        told = CARRIED.fill(span=one.carried).say(lang)
        st.html(f"<p class='kz-note'>{entity(told)}。{_CHANGE.say(lang)}</p>")
    show_noticed(text, lang)
    row = st.container(horizontal=True, gap="small")
    changed = text != before or bool(one.carried)
    if row.button(
        Words("文を残す", "Keep the text").say(lang), key=f"{key}:keep", disabled=not changed
    ):
        word = ReportWord(
            form=asked.report.id, span=span, ground=asked.division, key=one.key, value=text,
            by=role_said(), made_at=now_text(),
        )  # fmt: skip
        keep(lambda: save_word(office.register, word, seen=seen), lang)
    if seen and row.button(Words("書く前に戻す", "Undo").say(lang), key=f"{key}:undo"):
        keep(lambda: take_word_back(office.register, seen, now=now_text(), by=role_said()), lang)
