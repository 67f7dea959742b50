"""The places a walk may go to, as a list to tick (候補の一覧)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date, say_age
from geo.base.words import Words
from geo.say.near import say_minutes_metres
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from pages.parts.frame.frame import label, no_markdown
from pages.parts.frame.office import title_of, today
from pages.parts.walk.draft import places_in, toggle_place
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.walks.places import Place
    from pages.parts.frame.office import Office
    from pages.parts.walk.choosing import Choices
    from surveys.store.drafts import Draft

_PAGE: Final = 8


def show_choice_list(office: Office, draft: Draft, choices: Choices) -> None:
    """Show what is offered, to tick and untick (候補の一覧)."""
    lang = office.lang
    head = Words(f"候補　{choices.total:,}か所", f"Offered: {choices.total:,}")
    st.html(f"<h3 class='kz-items'>{head.say(lang)}</h3>")
    if not choices.places:
        none = Words(
            "この条件に合う所はありません。しぼり方を変えてください。",
            "No place matches: choose otherwise.",
        )
        st.html(f"<p class='kz-note'>{none.say(lang)}</p>")
        return
    if choices.total > len(choices.places):
        many = Words(
            f"はじめの{len(choices.places)}か所を出しています。種類や地区でしぼってください。",
            f"The first {len(choices.places)} are shown: narrow by kind or area.",
        )
        st.html(f"<p class='kz-note'>{many.say(lang)}</p>")
    key = f"c:{draft.id}:page"
    pages = -(-len(choices.places) // _PAGE)
    if int(st.session_state.get(key) or 1) > pages:
        st.session_state[key] = pages
    page = int(st.session_state.get(key) or 1)
    listed = set(places_in(draft))
    for place, metres in choices.places[(page - 1) * _PAGE : page * _PAGE]:
        _show_choice(office, draft, place, metres, ticked=place.id in listed)
    if pages > 1:
        st.pagination(pages, key=key)


def _show_choice(
    office: Office, draft: Draft, place: Place, metres: float | None, *, ticked: bool
) -> None:
    lang = office.lang
    icon, tick = st.columns([0.1, 0.9], vertical_alignment="center", gap="small")
    hollow = place.due_on <= today().isoformat()
    icon.html(icon_img(place.kind, 30, hollow=hollow, mapped=not place.recorded))
    key = f"c:{draft.id}:{place.id}"
    st.session_state[key] = ticked
    facts = [name_of(place, lang), say_state(place, lang)]
    if metres is not None:
        facts.append(Words(f"{metres:,.0f}m", f"{metres:,.0f} m").say(lang))
    text = "　".join(facts) if lang == "ja" else " · ".join(facts)
    tick.checkbox(
        no_markdown(text), key=key, on_change=toggle_place,
        args=(office, draft.id, place.id),
    )  # fmt: skip


def name_of(place: Place | None, lang: Lang) -> str:
    """Return what a place is called (所の呼び名)."""
    if place is None:
        return Words("一覧にない地点", "not in the register").say(lang)
    type_ = RECORD_TYPES[place.kind]
    if place.title or not place.recorded:
        return place.title or label(type_.words, lang)
    return title_of(type_, place.title, place.number, lang)


def say_state(place: Place, lang: Lang) -> str:
    """Return how old what is known of a place is (いつ見たか)."""
    if place.twin:
        return Words(
            "記録なし（記録のある所と同じかもしれない）", "no record (may be one that has a record)"
        ).say(lang)
    if not place.recorded:
        return Words("記録なし", "no record").say(lang)
    if not place.seen_on:
        return Words("まだ見ていない", "never seen").say(lang)
    age = say_age(parse_date(place.seen_on), today(), lang)
    if place.seen_on == today().isoformat():
        return Words("今日見た", "seen today").say(lang)
    return Words(f"{age}に見た", f"seen {age}").say(lang)


def say_walk(metres: float, metres_per_min: float, lang: Lang, *, straight: bool) -> str:
    """Return a walk as minutes and metres, plain text (徒歩の分とm).

    Parameters
    ----------
    straight
        Whether it is a straight line, for want of streets.
    """
    return entity(say_minutes_metres(metres / metres_per_min, metres, straight=straight).say(lang))
