"""The order of visit, to change by hand (まわる順の一覧)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from pages.parts.walk.choice_list import name_of, say_state, say_walk
from pages.parts.walk.draft import move_place, toggle_place, use_shortest

if TYPE_CHECKING:
    from geo.walk.walkers import Walker
    from pages.parts.frame.office import Office
    from pages.parts.walk.draft import Planned, Wish
    from surveys.store.drafts import Draft

_LEAST_GAIN_M: Final = 1.0


def show_order(office: Office, draft: Draft, wish: Wish, planned: Planned, walker: Walker) -> None:
    """Show the places in their order, with the way to each, and buttons (まわる順)."""
    lang, count = office.lang, len(planned.ids)
    st.html(
        f"<h3 class='kz-items'>{Words(f'まわる順　{count}か所', f'Order of visit: {count}').say(lang)}</h3>"
    )
    if wish.own and count > 1:
        more = planned.plan.metres - planned.shortest_m
        words = Words("自分で決めた順です。", "The order is your own.")
        if more > _LEAST_GAIN_M:
            words = Words(
                f"自分で決めた順です。いちばん短い順より {more:,.0f}m 長くなります。",
                f"The order is your own, {more:,.0f} m longer than the shortest.",
            )
        st.html(f"<p class='kz-note'>{words.say(lang)}</p>")
        st.button(
            Words("いちばん短い順にする", "Take the shortest order").say(lang), width="stretch",
            key=f"w:{draft.id}:short", on_click=use_shortest, args=(office, draft.id),
        )  # fmt: skip
    for at, id_ in enumerate(planned.ids):
        _show_stop(office, draft, planned, at, id_, walker)
    if planned.plan.home is not None and planned.plan.home.metres is not None:
        home = Words("終わりの所まで", "to the end")
        if wish.end["by"] == "back":
            home = Words("出発にもどる", "back to the start")
        way = say_walk(
            planned.plan.home.metres, walker.metres_per_min, lang, straight=office.town.streetless
        )
        st.html(f"<p class='kz-note'>{home.say(lang)}　{way}</p>")


def _show_stop(
    office: Office, draft: Draft, planned: Planned, at: int, id_: str, walker: Walker
) -> None:
    lang, place, leg = office.lang, planned.places.get(id_), planned.plan.before[at]
    facts = []
    if leg is not None and leg.metres is not None:
        facts.append(
            say_walk(leg.metres, walker.metres_per_min, lang, straight=office.town.streetless)
        )
    if place is not None:
        facts.append(entity(say_state(place, lang)))
    icon = icon_img(place.kind, 26) if place else ""
    known = len(planned.ids) - len(planned.plan.cut_off)
    with st.container(
        border=True,
        key=f"card_stop_{at}",
        horizontal=True,
        vertical_alignment="center",
        gap="small",
    ):
        st.html(
            f"<p class='kz-itemhead'><b>{at + 1}</b>{icon}"
            f"<span>{entity(name_of(place, lang))}<br>"
            f"<span class='kz-note'>{'　'.join(facts)}</span></span></p>",
            width="stretch",
        )
        with st.container(horizontal=True, width="content", gap="xsmall"):
            _show_buttons(office, draft, planned, at, known)


def _show_buttons(office: Office, draft: Draft, planned: Planned, at: int, known: int) -> None:
    lang, id_ = office.lang, planned.ids[at]
    st.button(
        Words("上へ", "Up").say(lang), key=f"w:{draft.id}:up:{at}",
        disabled=at == 0 or at >= known, on_click=move_place,
        args=(office, draft.id, planned.ids, at, -1),
    )  # fmt: skip
    st.button(
        Words("下へ", "Down").say(lang), key=f"w:{draft.id}:down:{at}",
        disabled=at >= known - 1, on_click=move_place,
        args=(office, draft.id, planned.ids, at, 1),
    )  # fmt: skip
    st.button(
        Words("はずす", "Remove").say(lang), key=f"w:{draft.id}:off:{id_}",
        on_click=toggle_place, args=(office, draft.id, id_),
    )  # fmt: skip
