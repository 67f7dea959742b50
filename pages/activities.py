"""活動記録: what was done besides walking, day by day; written here, read here, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.declared import Page
from pages.parts.frame.office import begin_office, link, say_moment
from pages.parts.log.entry import show_entry
from pages.parts.log.kinds import PARAM, show_kinds
from pages.parts.log.listed import show_list
from pages.parts.record.begun import list_begun
from surveys.record.site import make_title
from surveys.types import LOGS

if TYPE_CHECKING:
    from geo.base.words import Lang
    from surveys.store.drafts import Draft

PAGE = Page(
    id="activities", words=Words("活動記録", "Activity log"), group="record", order=48,
    kinds=("site", "draft", "setting"), types=("activity",),
)  # fmt: skip
TITLE: Final = Words("いつ、だれと、何をしたか", "What was done, when, with whom?")
_DRAFTS: Final = 5


def show_page() -> None:
    """Show the list, one entry, or the kinds, as the address says (画面)."""
    office = begin_office(TITLE)
    lang, wanted = office.lang, st.query_params.get("entry", "")
    entry = office.register.site(wanted, logs=True) if wanted else None
    if entry is not None and entry.type.log and not entry.hidden:
        show_entry(office, entry)
        return
    if wanted:
        gone = Words("その活動記録は、ありません。", "There is no such entry.")
        st.warning(gone.say(lang))
    if st.query_params.get(PARAM):
        show_kinds(office)
        return
    drafts = list_begun(office, LOGS)
    if drafts:
        rows = "".join(_say_draft(one, lang) for one in drafts[:_DRAFTS])
        head = Words(f"書きかけ　{len(drafts)}件", f"Unsaved drafts: {len(drafts)}").say(lang)
        with st.container(border=True, key="card_log_drafts"):
            st.html(f"<h3 class='kz-head'>{head}</h3>{rows}")
    show_list(office)


def _say_draft(draft: Draft, lang: Lang) -> str:
    type_ = LOGS[draft.type]
    title = make_title(type_, dict(draft.answers)) or type_.words.say(lang)
    way = link("record", title, lang, draft=draft.id)
    who = f"{entity(draft.by)}　{say_moment(draft.changed_at, lang)}"
    return f"<p class='kz-todo'>{way}<span class='kz-note'>{who}</span></p>"


show_page()
