"""Who writes a record, when it was seen, where it is from and how sure (だれが書くか)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date
from geo.base.words import Words
from pages.parts.frame.frame import pick
from pages.parts.frame.office import ROLE, today
from pages.parts.question.day import ask_day
from surveys.record.history import SOURCE_WORDS, SURE_WORDS, Origin
from surveys.record.site import find_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.store.drafts import Draft

# Kept in the draft beside the answers, where it is not the usual.
ORIGIN_KEY: Final = "@origin"
USUAL: Final = {"source": "surveyed", "sure": "sure"}
_SEEN_ON: Final = Words("見た日", "Seen on")
_WRITTEN_ON: Final = Words("書いた日", "Written on")


def ask_who(office: Office, draft: Draft) -> Origin:
    """Ask who writes, when it was seen, where it is from and how sure; of a log who and when (だれが書くか)."""
    lang = office.lang
    with st.container(border=True, key="card_who"):
        key = f"w:{draft.id}"
        if f"{key}:on" not in st.session_state:
            st.session_state[f"{key}:on"] = parse_date(draft.on or today().isoformat())
            st.session_state[f"{key}:by"] = draft.by or ROLE.say(lang)
        on_column, by_column = st.columns(2)
        with on_column:
            on = ask_day(
                (_WRITTEN_ON if find_type(draft.type).log else _SEEN_ON).say(lang), f"{key}:on", lang,
                between=(date(1900, 1, 1), max(today(), parse_date(draft.on or today().isoformat()))),
            )  # fmt: skip
        by = by_column.text_input(
            Words("だれが（役職）", "By (role)").say(lang), key=f"{key}:by",

        )  # fmt: skip
        said = USUAL | dict(draft.answers.get(ORIGIN_KEY) or {})
        if not find_type(draft.type).log:
            said = _ask_origin(said, key, lang)
    st.session_state["by"] = by
    day = on.isoformat() if on else ""
    return Origin(source=said["source"], sure=said["sure"], by=(by or "").strip(), on=day)  # type: ignore[arg-type]


def _ask_origin(said: Mapping[str, str], key: str, lang: Lang) -> dict[str, str]:
    from_column, sure_column = st.columns(2)
    sources: dict[str, str] = {one: SOURCE_WORDS[one].say(lang) for one in ("surveyed", "told")}
    with from_column:
        source = pick(
            Words("どこから", "From"), list(sources), sources, f"{key}:source", lang,
            said["source"],
        )  # fmt: skip
    sures: dict[str, str] = {one: SURE_WORDS[one].say(lang) for one in ("sure", "likely")}
    with sure_column:
        sure = pick(
            Words("確かさ", "How sure"), list(sures), sures, f"{key}:sure", lang, said["sure"]
        )
    return {"source": source, "sure": sure}
