"""What a walk was like: the weather and what was noticed (踏査の天気と気づいたこと)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.form.form import Form
from pages.parts.frame.draft_bar import say_kept
from pages.parts.frame.office import clock_text, new_id, now_text, role_now, today
from pages.parts.walk.draft import PLAN_KEY, forget_draft, put_draft, with_answers
from surveys.record.compose import Written, compose
from surveys.record.history import Origin
from surveys.record.walk import WALK
from surveys.store.drafts import Draft, find_draft, save_draft

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from surveys.record.site import Site

_ASKED: Final = ("weather", "note")


def ask_notes(office: Office, walk: Site) -> None:
    """Ask the weather and what was noticed, kept at every change until saved (天気と気づいたこと)."""
    lang = office.lang
    draft = _draft_of(office, walk)
    form = Form(draft.id, office.register, lang)
    with st.container(border=True, key="card_notes"):
        given = {id_: form.ask(WALK.field(id_), draft.answers.get(id_)) for id_ in _ASKED}
        new = with_answers(draft, given)
        changed = new.answers != draft.answers or st.session_state.get(f"draft:{draft.id}:stored")
        if new.answers != draft.answers and put_draft(office, new):
            st.query_params["draft"] = draft.id
        for words in st.session_state.pop(f"faults:{draft.id}", []):
            st.html(f"<p class='kz-fault'>{entity(words.say(lang))}</p>")
        lost = st.session_state.get(f"draft:{draft.id}:lost")
        if lost:
            st.html(f"<p class='kz-fault'>{entity(lost.say(lang))}</p>")
        if st.session_state.get(f"draft:{draft.id}:stored"):
            said = say_kept(draft.id, kept=True)
            st.html(f"<p class='kz-note' role='status'>{said.say(lang)}</p>")
        if st.button(
            Words("保存する", "Save").say(lang), key="save_notes", width="stretch",
            type="primary" if changed else "secondary", disabled=not changed,
        ):  # fmt: skip
            _save(office, walk, new)


def _draft_of(office: Office, walk: Site) -> Draft:
    """Return the draft the address names, the one of this visit, or a new one."""
    named = st.query_params.get("draft", "")
    own = st.session_state.get(f"notes:{walk.id}")
    for id_ in filter(None, (named, own)):
        draft: Draft | None = st.session_state.get(f"draft:{id_}") or find_draft(
            office.register, id_
        )
        stale = draft is not None and draft.base != walk.state.head and id_ != named
        if draft is not None and draft.site_id == walk.id and PLAN_KEY not in draft.answers:
            if stale and not st.session_state.get(f"draft:{id_}:stored"):
                break  # nothing was written on it: begin from what is known now
            if f"draft:{id_}" not in st.session_state:
                st.session_state[f"draft:{id_}:stored"] = clock_text()
            st.session_state[f"draft:{id_}"] = draft
            st.session_state[f"notes:{walk.id}"] = id_
            return draft
    made = Draft(
        id=new_id(), type=WALK.id, changed_at=now_text(), site_id=walk.id, base=walk.state.head,
        answers=walk.answers, shape=walk.place, by=role_now(office.lang), on=today().isoformat(),
    )  # fmt: skip
    st.session_state[f"draft:{made.id}"] = made
    st.session_state[f"notes:{walk.id}"] = made.id
    return made


def _save(office: Office, walk: Site, draft: Draft) -> None:
    version, faults = compose(
        WALK,
        office.register.state_at(walk.id, draft.base),
        Written(
            version_id=draft.id, record_id=draft.id, site_id=walk.id, kind="correct", made_at=now_text(),
            origin=Origin(
                source="surveyed", sure="sure", by=role_now(office.lang), on=today().isoformat()
            ),
            answers={key: one for key, one in draft.answers.items() if key != PLAN_KEY},
        ),
    )  # fmt: skip
    told = [words for _, words in faults]
    if not told:
        try:
            receipt = save_draft(office.register, draft.id, version)
        except InputError as error:
            told = [outside(error.words)]
        else:
            st.session_state[f"walk_saved:{walk.id}"] = (receipt, 0, clock_text())
            forget_draft(draft.id)
            st.session_state.pop(f"notes:{walk.id}", None)
            st.query_params.pop("draft", None)
    st.session_state[f"faults:{draft.id}"] = told
    st.rerun()
