"""Save a walk's plan, with the town's own places on it (踏査を保存する)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.walks.places import record_town_site
from pages.parts.frame.draft_bar import press_save, say_kept
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import clock_text, now_text, role_now, today
from pages.parts.question.day import unread_days
from pages.parts.walk.draft import forget_draft
from surveys.record.compose import Written, compose
from surveys.record.history import NOTHING, Origin
from surveys.record.walk import WALK

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from pages.parts.walk.draft import Planned
    from surveys.record.history import SiteState, Version
    from surveys.record.site import Site
    from surveys.store.drafts import Draft


def show_save(office: Office, draft: Draft, planned: Planned, *, kept: bool) -> None:
    """Say what is kept, and offer to save (保存の段)."""
    lang = office.lang
    said = say_kept(draft.id, kept=kept)
    if not kept:
        lost: Words = st.session_state[f"draft:{draft.id}:lost"]
        st.error(no_markdown(lost.say(lang)))
    elif st.session_state.get(f"draft:{draft.id}:stored") is None:
        said = Words("まだ何も書いていません。", "Nothing is written yet.")
    if press_save(draft.id, said, "walks", lang):
        save_walk(office, draft, planned)


def save_walk(office: Office, draft: Draft, planned: Planned) -> None:
    """Save the plan, and take the town's own places on it into the register (計画を保存する).

    Both in one transaction. On success the address becomes the walk's own.
    """
    now, by = now_text(), role_now(office.lang)
    before = _seen_state(office, draft)
    line = planned.plan.line_m
    answers = {key: one for key, one in draft.answers.items() if not key.startswith("@")}
    version, faults = compose(
        WALK,
        before,
        Written(
            version_id=draft.id, record_id=draft.id, site_id=draft.site_id or f"w{draft.id}",
            kind="correct" if draft.site_id else "visit", made_at=now,
            origin=Origin(source="surveyed", sure="sure", by=by, on=today().isoformat()),
            answers=answers | {"places": list(planned.ids)},
            place=None if line is None else office.town.plane.to_degrees(line),
        ),
    )  # fmt: skip
    told = [*(words for _, words in faults), *unread_days(draft.id)]
    if not told:
        try:
            _save_all(office, draft, version, planned, by)
        except InputError as error:
            told = [outside(error.words)]
    st.session_state[f"faults:{draft.id}"] = told
    if not told:
        forget_draft(draft.id)
        st.query_params.pop("draft", None)
        st.query_params["walk"] = version.site_id
    st.rerun()


def show_receipt(office: Office, walk: Site) -> None:
    """Say what was saved in this visit, with its number (受取)."""
    saved = st.session_state.get(f"walk_saved:{walk.id}")
    if not saved:
        return
    receipt, taken, at = saved
    lang = office.lang
    more = Words("", "")
    if taken:
        more = Words(
            f"　街のデータの{taken}か所を、一覧に入れました（まだ見ていない所として）。",
            f" {taken} of the town's own places are in the register now, as not seen yet.",
        )
    head = Words(f"保存済み {at}　受付番号", f"Saved at {at}, receipt").say(lang)
    st.html(
        f"<div class='kz-saved' role='status'><b>{head} {receipt.number}-{receipt.seq}</b>{more.say(lang)}</div>"
    )


def _save_all(office: Office, draft: Draft, version: Version, planned: Planned, by: str) -> None:
    new = [id_ for id_ in planned.ids if id_ in planned.places and not planned.places[id_].recorded]
    taken = [
        record_town_site(
            office.town, id_, version_id=f"{draft.id}-{at}", by=by, made_at=version.made_at
        )
        for at, id_ in enumerate(sorted(new))
    ]
    versions = [*(one for one in taken if one is not None), version]
    receipt = office.register.save_all(versions, draft_id=draft.id)[-1]
    st.session_state[f"walk_saved:{version.site_id}"] = (receipt, len(taken), clock_text())


def _seen_state(office: Office, draft: Draft) -> SiteState:
    if draft.site_id is None:
        return NOTHING
    return office.register.state_at(draft.site_id, draft.base)
