"""One draft on the screen: its form, the keeping of it, its receipt (書いている記録)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from pages.parts.frame.draft_bar import press_save, say_kept
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import (
    Office,
    clock_text,
    now_text,
    title_of,
)
from pages.parts.record.form import STATUS_KEY, Turn, ask_answers, ask_status
from pages.parts.record.placing import ask_place
from pages.parts.record.saved import show_receipt
from pages.parts.record.who import ORIGIN_KEY, USUAL, ask_who
from surveys.declaration.paths import assemble, flatten
from surveys.record.compose import KEEP, Written, compose
from surveys.record.history import (
    NOTHING,
    Origin,
)
from surveys.record.privacy import REASON, lacks_reason, notice_answers
from surveys.record.say_path import say_path
from surveys.record.site import find_type, knows_type
from surveys.store.drafts import Draft, keep_draft, save_draft
from surveys.store.own_choices import type_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import shapely

    from surveys.declaration.record_type import RecordType
    from surveys.record.history import SiteState


# What the form keeps in its draft beside the answers: imports that were undone when it was opened,
# and who says it, where that is not the usual.
UNDONE_KEY: Final = "@undone"
_KEPT: Final = Words(
    "書いたことは、そのつど下書きに残る。まだ保存していません。",
    "Each answer is kept as a draft; not saved yet.",
)
_NEW_SITE: Final = Words("新しい地点", "a new site")
_NEW_ENTRY: Final = Words("新しい記録", "a new entry")


def show_form(office: Office, draft: Draft) -> None:
    """Show the form of a draft, or its receipt once it is saved (調査票を出す)."""
    lang, type_ = office.lang, type_of(office.register, draft.type)
    before = _seen_state(office, draft)
    receipt = st.session_state.get(f"saved:{draft.id}")
    if receipt:
        show_receipt(office, draft, receipt, before, _own_answers(draft.answers))
        return
    site = office.register.site(draft.site_id, logs=True) if draft.site_id else None
    name = (
        title_of(type_, site.title, site.number, lang)
        if site
        else (_NEW_ENTRY if type_.log else _NEW_SITE).say(lang)
    )
    st.html(f"<p class='kz-sub'>{icon_img(type_.id, 26)}　{entity(name)}</p>")
    with st.container(key="record"):
        # Of a log what was done comes first, and a place is of few.
        widths = [0.62, 0.38] if type_.log else [0.42, 0.58]
        one, other = st.columns(widths, gap="medium")
    left, right = (other, one) if type_.log else (one, other)
    with left, st.container(key="place"):
        place, moved = _ask_place(office, draft, type_)
        if moved or place != draft.shape:
            draft = replace(draft, shape=place, answers=_put_points(type_, draft.answers, moved))
            if keep(office, draft):
                st.rerun()  # the map shows what was placed
        who = ask_who(office, draft)
    with right, st.container(key="answers"):
        turn = Turn(keep=lambda said, asked: _keep_part(office, draft.id, said, asked))
        answers = ask_answers(office, draft, type_, turn) | _form_own(draft.answers)
        answers |= {ORIGIN_KEY: {"source": who.source, "sure": who.sure}}
        if answers[ORIGIN_KEY] == USUAL:
            del answers[ORIGIN_KEY]
        if site is not None and not type_.log:
            answers[STATUS_KEY] = ask_status(office, draft)
        draft = replace(draft, answers=answers, by=who.by, on=who.on)
        kept = keep(office, draft)
        _show_save(office, draft, type_, before, who, kept)
    turn.whole = False


def _ask_place(
    office: Office, draft: Draft, type_: RecordType
) -> tuple[shapely.Geometry | None, dict[str, list[float]]]:
    if not type_.log:
        return ask_place(office, draft.id, type_, draft.shape, draft.answers)
    words = Words("場所（なくてもよい）", "Place (may be left out)")
    shown = st.toggle(
        words.say(office.lang), value=draft.shape is not None, key=f"p:{draft.id}:shown"
    )
    if not shown:
        return draft.shape, {}
    return ask_place(office, draft.id, type_, draft.shape, draft.answers)


def _keep_part(
    office: Office, draft_id: str, said: Mapping[str, Any], asked: Collection[str]
) -> bool:
    """Keep the answers of one part of the form; the others stay as they were kept."""
    draft: Draft = st.session_state[f"draft:{draft_id}"]
    others = {key: value for key, value in draft.answers.items() if key not in asked}
    return keep(office, replace(draft, answers=others | dict(said)))


def _seen_state(office: Office, draft: Draft) -> SiteState:
    if draft.site_id is None:
        return NOTHING
    return office.register.state_at(draft.site_id, draft.base, undone=draft.answers.get(UNDONE_KEY))


def _put_points(
    type_: RecordType, answers: Mapping[str, Any], moved: Mapping[str, list[float]]
) -> dict[str, Any]:
    if not moved:
        return dict(answers)
    return assemble(type_, flatten(type_, _own_answers(answers)) | dict(moved)) | _form_own(answers)


def _own_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the type asks, without what the form keeps beside it."""
    return {key: value for key, value in answers.items() if not key.startswith("@")}


def _form_own(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answers.items() if key.startswith("@")}


def keep(office: Office, draft: Draft) -> bool:
    """Keep the draft when an answer changed; say so, or say why it could not be kept (下書きを残す)."""
    key = f"draft:{draft.id}"
    last = st.session_state.get(key)
    stored = st.session_state.get(key + ":stored")
    if last is not None and stored and _same_draft(last, draft):
        return True
    known = st.session_state.get(key + ":kept", draft.changed_at if last is None else "")
    if last is None and not stored:
        st.session_state[key] = draft
        st.session_state[key + ":kept"] = known
        st.session_state[key + ":stored"] = clock_text()
        return True  # just read from the register: nothing new
    draft = replace(draft, changed_at=now_text())
    st.session_state[key] = draft
    try:
        keep_draft(office.register, draft, over=known)
    except InputError as error:
        st.session_state[key + ":stored"] = None
        st.error(no_markdown(outside(error.words).say(office.lang)))
        return False
    st.session_state[key + ":kept"] = draft.changed_at
    st.session_state[key + ":stored"] = clock_text()
    return True


def _same_draft(one: Draft, other: Draft) -> bool:
    shapes: tuple[shapely.Geometry | None, shapely.Geometry | None] = (one.shape, other.shape)
    return shapes[0] == shapes[1] and replace(one, changed_at="", shape=None) == replace(
        other, changed_at="", shape=None
    )


def _show_save(
    office: Office,
    draft: Draft,
    type_: RecordType,
    before: SiteState,
    who: Origin,
    kept: bool,  # noqa: FBT001 - said by its name
) -> None:
    # Without the time: the part that is answered says when, and this is not drawn anew for it.
    said = _KEPT if kept else say_kept(draft.id, kept=False)
    if press_save(draft.id, said, "record", office.lang):
        _save(office, draft, type_, before, who)
        st.rerun()


def _save(office: Office, draft: Draft, type_: RecordType, before: SiteState, who: Origin) -> None:
    answers = _own_answers(draft.answers)
    status = draft.answers.get(STATUS_KEY)
    version, faults = compose(
        type_,
        before,
        Written(
            version_id=draft.id, record_id=draft.id, site_id=draft.site_id or f"s{draft.id}", kind="visit",
            origin=who, made_at=now_text(), answers=answers, place=draft.shape,
            status=status if status and draft.site_id else KEEP, walk_id=draft.walk_id,
        ),
    )  # fmt: skip
    flat = flatten(type_, answers)
    told = [
        Words(f"{said.ja}：{words.ja}", f"{said.en}: {words.en}")
        for said, words in ((say_path(type_, path, flat), words) for path, words in faults)
    ]
    if lacks_reason(type_, answers):
        told.append(_say_private(type_, answers))
    if type_.log and set(answers) <= {"on"}:
        told.append(
            Words(
                "何をしたかを、1つは書いてください", "write what was done, in one answer at least"
            )
        )
    if not who.on:
        told.append(Words("見た日を入れてください", "give the day it was seen"))
    if not told:
        try:
            st.session_state[f"saved:{draft.id}"] = save_draft(office.register, draft.id, version)
        except InputError as error:
            told = [outside(error.words)]
    st.session_state[f"faults:{draft.id}"] = told


def _say_private(type_: RecordType, answers: Mapping[str, Any]) -> Words:
    """Return what of a record names somebody, and how it may stay."""
    found = notice_answers(type_, answers)
    named = "、".join(dict.fromkeys(one.text for some in found.values() for one in some))
    reason = type_.field(REASON).words
    return Words(
        f"個人の名前や電話番号のようなことば（{named}）があります。役職・年代・地区で書き直すか、"
        f"どうしても残すときは「{reason.ja}」にわけを書いてください",
        f"words that tell who somebody is ({named}): write role, age group and area instead, or say"
        f" under “{reason.en}” why they have to stay",
    )


def is_untouched(office: Office, draft: Draft) -> bool:
    """Say whether a draft of a site says nothing its site does not (まだ何も書いていない下書きか)."""
    if not knows_type(draft.type):
        return False
    if draft.site_id is None:
        # A log is opened with its day.
        return find_type(draft.type).log and set(draft.answers) <= {"on"} and draft.shape is None
    status = draft.answers.get(STATUS_KEY)
    written = Written(
        version_id="", record_id="", site_id=draft.site_id, kind="correct",
        origin=Origin(source="surveyed", sure="sure", by="", on=""), made_at="",
        answers=_own_answers(draft.answers), place=draft.shape, status=status or KEEP,
    )  # fmt: skip
    version, faults = compose(
        type_of(office.register, draft.type), _seen_state(office, draft), written
    )
    return not version.patch and not faults and ORIGIN_KEY not in draft.answers
