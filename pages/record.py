"""記録する: write down one site, with nothing lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from pages.parts.frame.declared import Page
from pages.parts.frame.draft_bar import press_throw_away
from pages.parts.frame.frame import label
from pages.parts.frame.office import (
    Office,
    begin_office,
    link,
    new_id,
    now_text,
    role_now,
    say_moment,
    today,
    type_of,
)
from pages.parts.question.visit import write_address
from pages.parts.record.begun import list_begun
from pages.parts.record.draft import UNDONE_KEY, is_untouched, show_form
from pages.parts.record.form import STATUS_KEY
from surveys.record.site import find_type, make_title
from surveys.store.drafts import Draft, drop_draft, find_draft, list_drafts
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from surveys.declaration.record_type import RecordType
    from surveys.record.site import Site


PAGE = Page(
    id="record", words=Words("記録する", "Record"), group="record", order=45,
    kinds=("site", "draft", "photo"),
)  # fmt: skip
TITLE: Final = Words("何を書きとめるか", "What to write down?")
_DRAFTS_SHOWN: Final = 6
_KINDS_ABREAST: Final = 3


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
    from layers.served.register import register_now  # noqa: PLC0415 - only here

    kept = st.session_state.get(f"draft:{draft_id}")
    try:
        draft = kept or find_draft(register_now(), draft_id)
    except InputError:
        draft = kept
    if draft is None or type_of(draft.type) is None:
        _choose(lost=True)
        return None
    type_ = find_type(draft.type)
    office = begin_office(Words(f"{type_.sheet.ja}を書く", f"Write: {type_.sheet.en}"))
    return office, draft


def _open_form() -> None:
    """Make a draft for the site or type the address names, and go on to its form."""
    office = begin_office(TITLE)
    site = office.register.site(st.query_params.get("site", ""), logs=True)
    type_ = type_of(site.type.id if site else st.query_params.get("type"))
    if type_ is None:
        write_address(dict.fromkeys(("site", "type", "walk"), ""))
        st.rerun()
        return
    begun = _begun(office, site) if site else None
    if begun is not None:
        _go_to(begun.id)
        return
    draft = Draft(
        id=new_id(), type=type_.id, changed_at=now_text(), site_id=site.id if site else None,
        walk_id=st.query_params.get("walk"), base=site.state.head if site else 0,
        answers=_as_seen(office, site) if site else _first_answers(type_),
        shape=site.place if site else None, by=role_now(office.lang), on=today().isoformat(),
    )  # fmt: skip
    st.session_state[f"draft:{draft.id}"] = draft
    _go_to(draft.id)


def _first_answers(type_: RecordType) -> dict[str, Any]:
    """Return what a new record begins with: a log its day."""
    return {"on": today().isoformat()} if type_.log else {}


def _begun(office: Office, site: Site) -> Draft | None:
    """Return a draft of today that was opened for the site as it is, and has nothing in it yet."""
    walk = st.query_params.get("walk")
    wanted = (site.id, site.state.head, walk, today().isoformat())
    return next(
        (
            one
            for one in list_drafts(office.register)
            if (one.site_id, one.base, one.walk_id, one.on) == wanted and is_untouched(office, one)
        ),
        None,
    )


def _go_to(draft_id: str) -> None:
    write_address({"site": "", "type": "", "walk": "", "draft": draft_id})
    st.rerun()


def _as_seen(office: Office, site: Site) -> dict[str, Any]:
    """Return what the form begins with: the answers, the status, what was undone by then."""
    undone = sorted(office.register.undone_batches(site.id))
    return {**site.answers, STATUS_KEY: dict(site.state.status), UNDONE_KEY: undone}


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
    columns: list[DeltaGenerator] = []
    for type_ in RECORD_TYPES.values():
        # A row at a time, so that the Tab key goes as one reads.
        columns = columns or list(st.columns(_KINDS_ABREAST))
        row = columns.pop(0).container(
            key=f"kind_{type_.id}", horizontal=True, vertical_alignment="center", gap="small"
        )
        row.html(icon_img(type_.id, 40), width="content")
        if row.button(label(type_.words, lang), key=f"new_{type_.id}", width="stretch"):
            st.query_params["type"] = type_.id
            st.rerun()
    existing = Words(
        "もう一覧にある地点は、一覧で選び、カルテの「見て書く・直す」を押します。",
        "For a site that is there already, find it in the list and press “Write or correct”.",
    )
    listed = link("sites", Words("一覧へ", "To the list").say(lang), lang)
    besides = Words("電話・会議・訪問は「活動記録」へ", "Calls, meetings, visits: the activity log")
    logged = link("activities", besides.say(lang), lang)
    st.html(f"<p class='kz-note'>{existing.say(lang)}　{listed}　{logged}</p>")
    _show_drafts(office)


def _show_drafts(office: Office) -> None:
    lang = office.lang
    drafts = list_begun(office)
    if not drafts:
        return
    st.subheader(Words("続きから", "Go on with a draft").say(lang), anchor=False)
    for draft in drafts[:_DRAFTS_SHOWN]:
        _show_draft(office, draft)
    rest = drafts[_DRAFTS_SHOWN:]
    if rest:
        with st.expander(Words(f"ほか {len(rest)}件", f"{len(rest)} more").say(lang)):
            for draft in rest:
                _show_draft(office, draft)


def _show_draft(office: Office, draft: Draft) -> None:
    lang, type_ = office.lang, find_type(draft.type)
    title = make_title(type_, dict(draft.answers)) or label(type_.words, lang)
    with st.container(border=True, key=f"card_draft_{draft.id}"):
        icon, text, go_on, drop = st.columns([0.08, 0.5, 0.22, 0.2], vertical_alignment="center")
        icon.html(icon_img(type_.id, 32))
        when = say_moment(draft.changed_at, lang)
        text.html(
            f"<b>{entity(title)}</b><br><span class='kz-note'>{entity(draft.by)}　{when}</span>"
        )
        go_words = Words("続きを書く", "Go on").say(lang)
        if go_on.button(go_words, key=f"go_{draft.id}", width="stretch"):
            st.query_params["draft"] = draft.id
            st.rerun()
        with drop.popover(Words("捨てる", "Throw away").say(lang), width="stretch"):
            if press_throw_away(draft.id, lang):
                drop_draft(office.register, draft.id)
                st.rerun()


show_page()
