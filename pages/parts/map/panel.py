"""The panel of layers: ready views, and each layer in words with its count (層の選び方)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.words import Words
from layers.layered.all import MAP_LAYERS, layers_of
from layers.layered.parts.declare import GROUPS, VIEWS
from layers.maps.icons import icon_data_uri
from layers.maps.popup import entity
from layers.maps.town_map import GROUNDS
from pages.parts.map.choice import put_choice, with_layer
from pages.parts.question.picking import label, no_markdown

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town
    from layers.layered.parts.declare import MapLayer, Shown
    from pages.parts.map.choice import Choice

_OPEN: Final = ("people", "places")


def show_panel(town: Town, choice: Choice, shown: Shown, lang: Lang) -> None:
    """Show the views, and a folding part for each group of layers (層の選び方を出す)."""
    _show_views(town, choice, lang)
    for group in GROUPS.values():
        own = [one for one in MAP_LAYERS.values() if one.group == group.id]
        on = sum(one.id in choice.on for one in own)
        title = Words(f"{group.words.ja}　{on}/{len(own)}", f"{group.words.en}: {on}/{len(own)}")
        with st.expander(
            no_markdown(title.say(lang)), expanded=group.id in _OPEN, key=f"m_group_{group.id}"
        ):
            if group.id == "base":
                _show_base(town, choice, lang)
            for one in own:
                _show_layer(town, choice, one, shown, lang)
            if group.id == "places":
                _show_closed(town, choice, lang)


def _show_views(town: Town, choice: Choice, lang: Lang) -> None:
    st.session_state["m_view"] = choice.view or None

    def turn() -> None:
        chosen = st.session_state["m_view"]
        if chosen:
            put_choice(replace(choice, on=layers_of(chosen)), town)

    st.segmented_control(
        Words("見方", "View").say(lang), list(VIEWS), key="m_view", on_change=turn, width="stretch",
        format_func=lambda id_: label(VIEWS[id_].words, lang),
    )  # fmt: skip
    what = (
        VIEWS[choice.view].what if choice.view else Words("自分で選んだ見方。", "Your own choice.")
    )
    st.html(f"<p class='kz-help'>{entity(what.say(lang))}</p>")


def _show_layer(town: Town, choice: Choice, layer: MapLayer, shown: Shown, lang: Lang) -> None:
    key, why = f"m_layer_{layer.id}", layer.off_words(shown)
    st.session_state[key] = layer.id in choice.on and why is None

    def turn() -> None:
        put_choice(with_layer(choice, layer.id, on=bool(st.session_state[key])), town)

    count = layer.count(shown) if why is None else None
    text = label(layer.words, lang) + ("" if count is None else f"　{count:,}")
    with st.container(key=f"layer_{layer.id}"):
        if layer.icon:
            uri = icon_data_uri(layer.icon, 26)
            st.html(f"<img alt='' width='26' height='26' src='{uri}'>", width="content")
        st.checkbox(no_markdown(text), key=key, on_change=turn, disabled=why is not None)
    if why is not None:
        st.html(f"<p class='kz-help'>{entity(outside(why).say(lang))}</p>")


def _show_base(town: Town, choice: Choice, lang: Lang) -> None:
    st.session_state["m_ground"] = choice.ground
    st.session_state["m_borders"] = list(choice.divisions)

    def turn() -> None:
        kept = st.session_state
        wanted = [name for name in town.divisions if name in kept["m_borders"]]
        borders = "borders" in choice.on or set(wanted) > set(choice.divisions)
        new = with_layer(choice, "borders", on=borders and bool(wanted))
        put_choice(replace(new, divisions=tuple(wanted), ground=str(kept["m_ground"])), town)

    st.selectbox(
        Words("背景の地図", "Background").say(lang), list(GROUNDS), key="m_ground", on_change=turn,
        format_func=lambda name: GROUNDS[name].say(lang),
    )  # fmt: skip
    if choice.ground != "town":
        words = Words("インターネットにつながるときだけ出ます。", "Shown only when online.")
        st.html(f"<p class='kz-help'>{words.say(lang)}</p>")
    if len(town.divisions) > 1:
        st.pills(
            Words("境を出す分け方", "Divisions whose borders are drawn").say(lang),
            list(town.divisions), selection_mode="multi", key="m_borders", on_change=turn,
            format_func=no_markdown,
        )  # fmt: skip


def _show_closed(town: Town, choice: Choice, lang: Lang) -> None:
    st.session_state["m_closed"] = choice.closed

    def turn() -> None:
        put_choice(replace(choice, closed=bool(st.session_state["m_closed"])), town)

    st.toggle(
        Words("閉まった所・撤去した所も出す", "Show closed ones too").say(lang),
        key="m_closed",
        on_change=turn,
    )
