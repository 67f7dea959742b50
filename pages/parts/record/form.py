"""The parts of a survey form: first questions, repeated things, details, status (調査票の組み立て)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.dates import parse_date
from geo.base.words import Words, count_in_english
from pages.parts.form.form import Form
from pages.parts.frame.draft_bar import show_kept
from pages.parts.frame.frame import pick
from pages.parts.frame.office import today
from pages.parts.question.day import ask_day
from pages.parts.record.items import ask_items
from pages.parts.record.linked import named_kinds, near_sites
from surveys.record.history import ACTIVE, STATUS_WORDS
from surveys.record.privacy import REASON, notice_answers, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from pages.parts.frame.office import Office
    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType
    from surveys.store.drafts import Draft

STATUS_KEY: Final = "@status"
_FIRST_DAY: Final = date(1900, 1, 1)
_LAST_DAY: Final = date(2100, 12, 31)
# Asked apart from the others.
_PLACED: Final = frozenset({"items", "point"})


@dataclass(slots=True)
class Turn:
    """What the parts of a form share while it stands (画面の調査票の一巡).

    Attributes
    ----------
    whole
        Whether the whole page is drawn; else one part alone, and that part keeps its answers.
    keep
        Told of a part's answers, and of the ids of all it asks; says whether they are kept.
    """

    keep: Callable[[dict[str, Any], Collection[str]], bool]
    whole: bool = True


def ask_answers(office: Office, draft: Draft, type_: RecordType, turn: Turn) -> dict[str, Any]:
    """Ask all that a type asks and return what stands in the form (答えを聞く).

    Each part is a fragment: an answer draws its own part anew, not the page.
    """
    areas = list(dict.fromkeys(office.town.areas["area_name"]))
    sites = near_sites(office, draft, type_)
    form = Form(
        draft.id, office.register, office.lang, areas=areas, sites=sites,
        named=named_kinds(office, type_), watched=watched(type_),
    )  # fmt: skip
    plain = [one for one in type_.fields if not _is_last(type_, one) and one.kind not in _PLACED]
    first = [one for one in plain if one.first]
    later = [one for one in plain if not one.first]
    named = draft.answers.get(REASON) or notice_answers(type_, draft.answers)
    last = [one for one in type_.fields if _is_last(type_, one) and (named or one.id != REASON)]
    out: dict[str, Any] = {}
    with st.container(border=True, key="card_first"):
        out |= _ask_part(form, draft, turn, first) or {}
    for field in type_.fields:
        if field.kind == "items":
            out |= _ask_things(form, draft, turn, field) or {}
    if later:
        out |= _ask_later(form, draft, turn, later) or {}
    with st.container(border=True, key="card_last"):
        out |= _ask_part(form, draft, turn, last) or {}
    return out


def _is_last(type_: RecordType, field: Field) -> bool:
    """Say whether a question stands at the end; what happened of a log stands where it is declared."""
    return field.kind == "photos" or field.id == REASON or (field.id == "note" and not type_.log)


@st.fragment
def _ask_part(form: Form, draft: Draft, turn: Turn, fields: Sequence[Field]) -> dict[str, Any]:
    out = form.ask_all(fields, _answers(draft))
    _keep_part(form, turn, out, fields)
    return out


@st.fragment
def _ask_things(form: Form, draft: Draft, turn: Turn, field: Field) -> dict[str, Any]:
    value = ask_items(form, field, _answers(draft).get(field.id))
    out = {} if value is None else {field.id: value}
    _keep_part(form, turn, out, [field])
    return out


@st.fragment
def _ask_later(form: Form, draft: Draft, turn: Turn, fields: Sequence[Field]) -> dict[str, Any]:
    answers = _answers(draft)
    told = sum(one.id in answers for one in fields)
    words = Words(
        f"詳しく（{len(fields)}項目・{told}項目に答えた）",
        f"In detail ({count_in_english(len(fields), 'question')}, {told} answered)",
    )
    with st.expander(words.say(form.lang)):
        out = form.ask_all(fields, answers)
    _keep_part(form, turn, out, fields)
    return out


def _answers(draft: Draft) -> Mapping[str, Any]:
    """Return the answers as they stand now: a part alone is given those the page was drawn with."""
    now: Draft = st.session_state.get(f"draft:{draft.id}", draft)
    return now.answers


def _keep_part(form: Form, turn: Turn, out: dict[str, Any], fields: Sequence[Field]) -> None:
    if turn.whole:
        return
    if not turn.keep(out, [one.id for one in fields]):
        st.rerun()  # the page says what is not kept, and where
    show_kept(form.name, form.lang)


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
