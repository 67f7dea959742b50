"""The office's own texts of a report, written on the page (報告の文を書く)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.form.noticed import show_noticed
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import now_text, role_said, say_moment
from pages.parts.reports.keeping import keep
from surveys.reports.parts.made import MadeTable, MadeText
from surveys.reports.parts.workbook import CARRIED
from surveys.reports.parts.written import read_written, span_of
from surveys.store.report_words import LONGEST_TEXT, ReportWord, save_word, take_word_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from pages.parts.reports.asked import AskedReport
    from surveys.reports.parts.made import Paper, Word

_HEIGHT: Final = 110
_LENGTH: Final = Words(
    f"{LONGEST_TEXT:,}字まで。書いて、ほかの所を押すと残ります。",
    f"At most {LONGEST_TEXT:,} characters; kept as you leave the box.",
)
_KEPT: Final = Words("残っている文：", "Kept:")
_THEIRS: Final = Words("いま残っている文", "The text that is kept now")
_MINE: Final = Words("自分の文に替える", "Put mine in its place")
_AS_IS: Final = Words("このまま残す", "Keep it as it is")
_UNDO: Final = Words("書く前に戻す", "Undo")
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
    written = read_written(office.register, asked.report, asked.division)
    words = written.of(paper.first, paper.last)
    group = ""
    with st.container(border=True, key="card_texts"):
        st.html(
            f"<h3 class='kz-head'>{Words('報告に書く文', 'Texts of the report').say(lang)}</h3>"
        )
        for one in texts:
            if one.group != group:
                st.html(f"<h4>{entity(one.group)}</h4>")
                group = one.group
            seen = written.seen(span_of(paper.first, paper.last), one.key)
            _ask_text(office, asked, paper, one, words.get(one.key), seen)


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
    office: Office, asked: AskedReport, paper: Paper, one: _Asked, held: Word | None, seen: int
) -> None:
    """Show one text's box: what is typed is kept as one leaves it, and never over another's."""
    lang, span, state = office.lang, span_of(paper.first, paper.last), st.session_state
    now = str(held.value) if held is not None else one.shown
    key = f"rp_t:{asked.report.id}:{span}:{asked.division}:{one.key}"
    base, clash = f"{key}:base", f"{key}:clash"
    # What was shown last, and its version; what another wrote comes in where nothing was typed.
    if key not in state or (base in state and state[key] == state[base][1] != now):
        state[key], state[base] = now, (seen, now)

    def keep_text(*, over: int | None = None) -> None:
        word = ReportWord(
            form=asked.report.id, span=span, ground=asked.division, key=one.key, value=state[key],
            by=role_said(), made_at=now_text(),
        )  # fmt: skip
        try:
            made = save_word(office.register, word, seen=state[base][0] if over is None else over)
        except InputError as error:
            state[clash] = outside(error.words)
            return
        state[base] = (made.seq, state[key])
        state.pop(clash, None)

    text = st.text_area(
        no_markdown(one.head), key=key, height=_HEIGHT, on_change=keep_text,
        help=_LENGTH.say(lang),
    )  # fmt: skip
    if one.carried and text == one.shown:
        told = CARRIED.fill(span=one.carried).say(lang)
        st.html(f"<p class='kz-note'>{entity(told)}。{_CHANGE.say(lang)}</p>")
    show_noticed(text, lang)
    moved = seen != state[base][0]
    why = state.get(clash)
    _tell(lang, why, held, now if moved else None)
    row = st.container(horizontal=True, gap="small")
    if why is not None and moved and row.button(_MINE.say(lang), key=f"{key}:over"):
        keep_text(over=seen)
        st.rerun()
    if one.carried and text == one.shown and row.button(_AS_IS.say(lang), key=f"{key}:keep"):
        keep_text()
        st.rerun()
    if held is not None and not moved and row.button(_UNDO.say(lang), key=f"{key}:undo"):
        _take_back(office, seen, key)


def _tell(lang: Lang, why: Words | None, held: Word | None, theirs: str | None) -> None:
    """Say why a text was refused, with another's where there is one; or since when it is kept."""
    if why is not None:
        st.html(f"<p class='kz-fault' role='alert'>{entity(why.say(lang))}</p>")
        if theirs is not None:
            st.html(f"<p class='kz-note'>{_THEIRS.say(lang)}：{entity(theirs)}</p>")
    elif held is not None and theirs is None:
        st.html(f"<p class='kz-note'>{_KEPT.say(lang)} {say_moment(held.at, lang)}</p>")


def _take_back(office: Office, seen: int, key: str) -> None:
    keep(
        lambda _: take_word_back(office.register, seen, now=now_text(), by=role_said()),
        office.lang, place=f"{key}:back", newest=seen, forget=(key,),
    )  # fmt: skip
