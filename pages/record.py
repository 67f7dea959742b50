"""記録する: write down one site, with nothing lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.problems import InputError
from geo.words import Words
from layers.popup import entity
from layers.site_html import icon_img
from pages.frame import label
from pages.office import (
    Office,
    begin_office,
    new_id,
    now_text,
    role_now,
    today,
    type_of,
)
from pages.record_draft import show_form
from pages.record_form import STATUS_KEY
from surveys.site import find_type, make_title
from surveys.store.drafts import Draft, drop_draft, find_draft, list_drafts
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping


TITLE: Final = Words("何を書きとめるか", "What to write down?")
_DRAFTS_SHOWN: Final = 6


def show_page() -> None:
    """Show the page: what to write, or the form of a draft (画面)."""
    draft_id = st.query_params.get("draft")
    if st.query_params.get("site") or st.query_params.get("type"):
        _open_form()
        return
    if not draft_id:
        _choose()
        return
    office = begin_office_of(draft_id)
    if office is None:
        return
    show_form(*office)


def begin_office_of(draft_id: str) -> tuple[Office, Draft] | None:
    """Begin the page of a draft, titled by its sheet (下書きの画面の始め)."""
    from layers.register_live import register_now  # noqa: PLC0415 - only here

    kept = st.session_state.get(f"draft:{draft_id}")
    try:
        draft = kept or find_draft(register_now(), draft_id)
    except InputError:
        draft = kept
    if draft is None:
        _choose(lost=True)
        return None
    type_ = find_type(draft.type)
    office = begin_office(Words(f"{type_.sheet.ja}を書く", f"Write: {type_.sheet.en}"))
    return office, draft


def _open_form() -> None:
    """Make a draft for the site or type the address names, and go on to its form."""
    office = begin_office(TITLE)
    site = office.register.site(st.query_params.get("site", ""))
    type_ = site.type if site else type_of(st.query_params.get("type"))
    if type_ is None:
        st.query_params.clear()
        st.rerun()
        return
    draft = Draft(
        id=new_id(), type=type_.id, changed_at=now_text(), site_id=site.id if site else None,
        walk_id=st.query_params.get("walk"), base=site.state.head if site else 0,
        answers=_with_status(site.answers, site.state.status) if site else {},
        shape=site.place if site else None, by=role_now(office.lang), on=today().isoformat(),
    )  # fmt: skip
    st.session_state[f"draft:{draft.id}"] = draft
    _go_to(draft.id, office)


def _go_to(draft_id: str, office: Office) -> None:
    for key in ("site", "type", "walk"):
        st.query_params.pop(key, None)
    st.query_params["draft"] = draft_id
    if office.lang == "en":
        st.query_params["lang"] = "en"
    st.rerun()


def _with_status(answers: Mapping[str, Any], status: Mapping[str, str]) -> dict[str, Any]:
    return {**answers, STATUS_KEY: dict(status)}


# ---- what to write -------------------------------------------------------------------------


def _choose(*, lost: bool = False) -> None:
    office = begin_office(TITLE)
    lang = office.lang
    if lost:
        words = Words(
            "その下書きは、もうありません（保存したか、捨てました）。",
            "That draft is gone: saved or thrown away.",
        )
        st.warning(words.say(lang))
    columns = st.columns(3)
    for at, type_ in enumerate(RECORD_TYPES.values()):
        with columns[at % 3], st.container(key=f"kind_{type_.id}"):
            icon, button = st.columns([0.2, 0.8], vertical_alignment="center", gap="small")
            icon.html(icon_img(type_.id, 40))
            if button.button(label(type_.words, lang), key=f"new_{type_.id}", width="stretch"):
                st.query_params["type"] = type_.id
                st.rerun()
    existing = Words(
        "もうある地点は、一覧でさがして「見て書く」を選びます。",
        "For a site that is there already, find it in the list.",
    )
    st.html(f"<p class='kz-note'>{existing.say(lang)}</p>")
    _show_drafts(office)


def _show_drafts(office: Office) -> None:
    lang = office.lang
    drafts = [
        one
        for one in list_drafts(office.register)
        if one.type in RECORD_TYPES and (one.answers or one.shape)
    ]
    if not drafts:
        return
    st.subheader(Words("続きから", "Go on with a draft").say(lang), anchor=False)
    for draft in drafts[:_DRAFTS_SHOWN]:
        type_ = find_type(draft.type)
        title = make_title(type_, dict(draft.answers)) or label(type_.words, lang)
        with st.container(border=True, key=f"card_draft_{draft.id}"):
            icon, text, go_on, drop = st.columns(
                [0.08, 0.5, 0.22, 0.2], vertical_alignment="center"
            )
            icon.html(icon_img(type_.id, 32))
            when = draft.changed_at[:16].replace("T", " ")
            text.html(
                f"<b>{entity(title)}</b><br><span class='kz-note'>{entity(draft.by)}　{when} UTC</span>"
            )
            if go_on.button(
                Words("続きを書く", "Go on").say(lang),
                key=f"go_{draft.id}",
                width="stretch",
                type="primary",
            ):
                st.query_params["draft"] = draft.id
                st.rerun()
            with drop.popover(Words("捨てる", "Throw away").say(lang), width="stretch"):
                ask = Words(
                    "この下書きを捨てますか。元には戻せません。", "Throw this draft away for good?"
                )
                st.html(f"<p>{ask.say(lang)}</p>")
                if st.button(Words("捨てる", "Throw away").say(lang), key=f"drop_{draft.id}"):
                    drop_draft(office.register, draft.id)
                    st.rerun()


show_page()
