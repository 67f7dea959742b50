"""同じ所か: the map's places and the records that may be of them, a tap each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.day.claiming import claim_of, list_places
from layers.maps.popup import entity
from layers.served.walking import day_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import split_page
from pages.parts.frame.office import begin_office, new_id, now_text, role_now
from pages.parts.same.answers import show_answers
from pages.parts.same.pairs import name_place, name_record, show_map, show_pairs
from surveys.store.claims import keep_claims, undo_claim

if TYPE_CHECKING:
    from layers.day.claiming import PlaceRow
    from pages.parts.frame.office import Office

PAGE = Page(id="same", words=Words("同じ所か", "The same?"), group="record", order=75)
TITLE: Final = Words(
    "地図の所と記録は、同じ所か", "Is the place on the map the one that was recorded?"
)
LATER: Final = "sm_later"
DONE: Final = "sm_done"


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE)
    lang = office.lang
    with st.spinner(Words("照らし合わせています…", "Comparing…").say(lang)):
        joined = day_now().told.joined
        rows = list_places(joined, office.register, office.town.plane)
    asked = [one for one in rows if one.state == "asked"]
    _show_done(office)
    st.html(f"<p class='kz-read'>{_say_left(rows, asked).say(lang)}</p>")
    controls, main, below = split_page()
    if asked:
        later = st.session_state.setdefault(LATER, [])
        first = [one for one in asked if _key(one) not in later]
        ordered = [*first, *(one for one in asked if _key(one) in later)]
        with controls:
            show_pairs(office, ordered, _answer)
        with main:
            show_map(office, ordered)
    with below:
        show_answers(office, joined)


def _say_left(rows: list[PlaceRow], asked: list[PlaceRow]) -> Words:
    claimed = sum(one.state == "claimed" for one in rows)
    free = sum(one.state == "free" for one in rows)
    if not rows:
        return Words(
            "この街の地図には、通いの場のほかの所が入っていません。",
            "This town's map has no places but salons.",
        )
    if not asked:
        return Words(
            f"尋ねることはありません。地図の所 <b>{len(rows):,}</b>：記録あり {claimed:,}・"
            f"地図だけ {free:,}。",
            f"Nothing to ask. Of <b>{len(rows):,}</b> places on the map {claimed:,} are recorded, "
            f"{free:,} are on the map alone.",
        )
    taken = sum(one.taken for one in asked)
    until = Words(
        f"うち {taken:,}組は、答えがあるまで同じ所として1回だけ数えます。" if taken else "",
        f" {taken:,} of them are counted as one until you answer." if taken else "",
    )
    return Words(
        f"あと <b>{len(asked):,}</b>組です。{until.ja}",
        f"<b>{len(asked):,}</b> pairs are left.{until.en}",
    )


def _key(row: PlaceRow) -> str:
    return f"{row.place_id}|{row.thing_id}"


def _answer(office: Office, row: PlaceRow, said: str) -> None:
    """Keep an answer, or put the pair at the end for this visit."""
    if said == "later":
        later = [one for one in st.session_state.get(LATER, []) if one != _key(row)]
        st.session_state[LATER] = [*later, _key(row)]
        return
    same, by = said == "same", role_now(office.lang)
    claim = claim_of(row, same=same, id_=new_id(), by=by, now=now_text())
    try:
        keep_claims(office.register, [claim])
    except InputError as error:  # its record was undone meanwhile
        st.session_state[DONE] = ("", outside(error.words).say(office.lang))
        return
    place, record = name_place(row, office.lang), name_record(row, office.lang)
    words = (
        Words(f"「{place}」と「{record}」を、同じ所としました。", f"{place} is {record}.")
        if same
        else Words(
            f"「{place}」と「{record}」を、ちがう所としました。", f"{place} is not {record}."
        )
    )
    st.session_state[DONE] = (claim.id, words.say(office.lang))


def _show_done(office: Office) -> None:
    done = st.session_state.get(DONE)
    if not done:
        return
    lang = office.lang
    if not done[0]:
        st.html(f"<p class='kz-fault' role='alert'>{entity(done[1])}</p>")
        return
    with st.container(key="same_done"):
        said, undo = st.columns([0.75, 0.25], vertical_alignment="center")
    said.html(f"<div class='kz-saved' role='status'><b>{entity(done[1])}</b></div>")
    undo.button(
        Words("取り消す", "Undo").say(lang), key="sm_undo", width="stretch",
        on_click=_take_back, args=(office, done[0]),
    )  # fmt: skip


def _take_back(office: Office, claim_id: str) -> None:
    undo_claim(office.register, claim_id, now=now_text())
    st.session_state.pop(DONE, None)


show_page()
