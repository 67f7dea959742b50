"""The parts of a survey form: first questions, repeated things, details, status (調査票の組み立て)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.dates import parse_date
from geo.base.words import Words
from pages.parts.form.form import Form
from pages.parts.frame.frame import pick
from pages.parts.frame.office import title_of, today
from pages.parts.question.day import ask_day
from pages.parts.record.items import ask_items
from surveys.record.history import ACTIVE, STATUS_WORDS
from surveys.store.listing import SiteQuery, list_pins
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from surveys.declaration.record_type import RecordType
    from surveys.store.drafts import Draft

STATUS_KEY: Final = "@status"
_FIRST_DAY: Final = date(1900, 1, 1)
_LAST_DAY: Final = date(2100, 12, 31)
_NEAR_DEG: Final = 0.005  # about 500 m


def ask_answers(office: Office, draft: Draft, type_: RecordType) -> dict[str, Any]:
    """Ask all that a type asks and return what stands in the form (答えを聞く)."""
    lang = office.lang
    areas = list(dict.fromkeys(office.town.areas["area_name"]))
    form = Form(
        draft.id, office.register, lang, areas=areas, sites=_near_sites(office, draft, type_)
    )
    answers = draft.answers
    plain = [
        one
        for one in type_.fields
        if one.kind not in ("items", "photos", "point") and one.id != "note"
    ]
    first = [one for one in plain if one.first]
    later = [one for one in plain if not one.first]
    last = [one for one in type_.fields if one.kind == "photos" or one.id == "note"]
    out: dict[str, Any] = {}
    with st.container(border=True, key="card_first"):
        out |= form.ask_all(first, answers)
    for field in type_.fields:
        if field.kind == "items":
            value = ask_items(form, field, answers.get(field.id))
            if value is not None:
                out[field.id] = value
    if later:
        told = sum(one.id in answers for one in later)
        words = Words(
            f"詳しく（{len(later)}項目・{told}項目に答えた）",
            f"In detail ({len(later)} questions, {told} answered)",
        )
        with st.expander(words.say(lang)):
            out |= form.ask_all(later, answers)
    with st.container(border=True, key="card_last"):
        out |= form.ask_all(last, answers)
    return out


def _near_sites(office: Office, draft: Draft, type_: RecordType) -> dict[str, str]:
    if not any(one.kind == "sites" for one in type_.fields) or draft.shape is None:
        return {}
    around = draft.shape.buffer(_NEAR_DEG)
    pins = list_pins(office.register, SiteQuery(within=around))
    out: dict[str, str] = {}
    for pin in pins:
        kind = RECORD_TYPES[pin.type]
        title = title_of(kind, pin.title, pin.number, office.lang)
        if pin.id != draft.site_id:
            out[pin.id] = f"{kind.words.say(office.lang)}：{title}"
    return out


def ask_status(office: Office, draft: Draft) -> dict[str, str]:
    """Ask whether the site is still there, since when it is not, and why (状態を聞く)."""
    lang = office.lang
    standing = dict(draft.answers.get(STATUS_KEY) or ACTIVE)
    key = f"s:{draft.id}"
    with st.container(border=True, key="card_status"):
        words: dict[str, str] = {one: said.say(lang) for one, said in STATUS_WORDS.items()}
        chosen = pick(Words("いまの状態", "Status"), list(words), words, key, lang, standing["is"])
        if chosen == "active":
            return dict(ACTIVE)
        if f"{key}:on" not in st.session_state:
            # A status without a day does not get today's by being looked at.
            since = None if chosen == standing["is"] else today()
            st.session_state[f"{key}:on"] = (
                parse_date(standing["on"]) if standing.get("on") else since
            )
            st.session_state[f"{key}:reason"] = standing.get("reason", "")
        on_column, why_column = st.columns([0.35, 0.65])
        days = [day for day in (_FIRST_DAY, st.session_state[f"{key}:on"]) if day]
        with on_column:
            on = ask_day(
                Words("いつから", "Since").say(lang), f"{key}:on", lang, between=(min(days), _LAST_DAY),
            )  # fmt: skip
        why = why_column.text_input(Words("わけ", "Reason").say(lang), key=f"{key}:reason")
    day = on.isoformat() if on else ""
    return {
        key: text
        for key, text in (("is", chosen), ("on", day), ("reason", (why or "").strip()))
        if text
    }
