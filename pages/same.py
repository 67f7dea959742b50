"""同じ所か: the map's places and the records that may be of them, a tap each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.day.claiming import claim_of, list_places
from layers.served.walking import day_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import split_page
from pages.parts.frame.office import begin_office, new_id, now_text, role_said
from pages.parts.same.answers import show_answers
from pages.parts.same.pairs import name_place, name_record, show_on_map, show_pairs
from pages.parts.same.told import Done, in_order, settle, show_done, tell
from surveys.store.claims import keep_claims, undo_claim

if TYPE_CHECKING:
    from layers.day.claiming import PlaceRow
    from pages.parts.frame.office import Office

PAGE = Page(
    id="same", words=Words("同じ所か", "The same?"), group="record", order=75,
    kinds=("claim", "site"),
)  # fmt: skip
TITLE: Final = Words(
    "地図の所と記録は、同じ所か", "Is the place on the map the one that was recorded?"
)
LATER: Final = "sm_later"
# In the address, too, so that a reload keeps it.
_IN_ADDRESS: Final = "later"


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE)
    lang = office.lang
    with st.spinner(Words("照らし合わせています…", "Comparing…").say(lang)):
        joined = day_now().told.joined
        rows = list_places(joined, office.register, office.town.plane)
    asked = [one for one in rows if one.state == "asked"]
    later = _later(asked)
    settle(asked, lang)
    show_done(lang, partial(_take_back, office))
    st.html(f"<p class='kz-read'>{_say_left(rows, asked, later).say(lang)}</p>")
    controls, main, below = split_page()
    if asked:
        ordered = in_order(asked, later)
        with controls:
            show_pairs(office, ordered, later, _answer)
        with main:
            show_on_map(office, ordered)
    with below:
        show_answers(office, joined)


def _later(asked: list[PlaceRow]) -> list[str]:
    """Return the places put off that are asked about still, the first put off first."""
    if LATER not in st.session_state:
        st.session_state[LATER] = st.query_params.get_all(_IN_ADDRESS)
    there = {one.place_id for one in asked}
    later = [one for one in st.session_state[LATER] if one in there]
    st.session_state[LATER] = later
    if st.query_params.get_all(_IN_ADDRESS) != later:
        st.query_params[_IN_ADDRESS] = later
    return later


def _say_left(rows: list[PlaceRow], asked: list[PlaceRow], later: list[str]) -> Words:
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
    put_off = Words(
        f"「あとで」にした {len(later):,}組は、終わりにあります。" if later else "",
        f" {len(later):,} put off stand at the end." if later else "",
    )
    return Words(
        f"あと <b>{len(asked):,}</b>組です。{until.ja}{put_off.ja}",
        f"<b>{len(asked):,}</b> pairs are left.{until.en}{put_off.en}",
    )


def _answer(office: Office, row: PlaceRow, said: str) -> None:
    """Keep an answer, or put the pair at the end for this visit."""
    place, record = (Words(name(row, "ja"), name(row, "en")) for name in (name_place, name_record))
    if said == "later":
        later = [one for one in st.session_state.get(LATER, []) if one != row.place_id]
        st.session_state[LATER] = [*later, row.place_id]
        words = Words(
            f"「{place.ja}」と「{record.ja}」は、あとで答えます。",
            f"{place.en} and {record.en}: later.",
        )
        tell(Done(words=words, later=row.place_id))
        return
    same = said == "same"
    claim = claim_of(row, same=same, id_=new_id(), by=role_said(), now=now_text())
    try:
        keep_claims(office.register, [claim])
    except InputError as error:  # its record was undone meanwhile
        tell(Done(words=outside(error.words), fault=True))
        return
    words = (
        Words(
            f"「{place.ja}」と「{record.ja}」を、同じ所としました。", f"{place.en} is {record.en}."
        )
        if same
        else Words(
            f"「{place.ja}」と「{record.ja}」を、ちがう所としました。",
            f"{place.en} is not {record.en}.",
        )
    )
    tell(Done(words=words, claim_id=claim.id, same=same))


def _take_back(office: Office, done: Done) -> None:
    if done.later:
        st.session_state[LATER] = [one for one in st.session_state[LATER] if one != done.later]
    else:
        undo_claim(office.register, done.claim_id, now=now_text())
    tell(Done(words=Words("取り消しました。", "Undone.")))


show_page()
