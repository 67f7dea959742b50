"""Which areas are chosen, on the map or from the list (地区を選ぶ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.areas.chosen import read_chosen, say_chosen
from layers.maps.picked_map import picked_group, picked_legend
from layers.maps.town_map import map_key, town_map
from layers.served.answers import answer_key
from layers.surveyed.areas import area_at
from pages.parts.frame.linked import linked
from pages.parts.frame.show_map import show_map
from pages.parts.question.picking import show_unread
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town
    from layers.asked import Asked
    from pages.parts.frame.show_map import Tap

AREAS: Final = "areas"
HEIGHT: Final = 430
_KEY: Final = "sh_areas"
_LAST: Final = "sh_last"  # the division and the choice as they last were
_TOLD: Final = 3
_PRESS: Final = Words(
    "地区を押すと、選んだり外したりできます。", "Press an area to choose it, or take it out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The areas of a division, and those chosen (選んだ地区)."""

    division: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    chosen: tuple[str, ...]

    def turned(self, id_: str) -> str:
        """Return the choice with one area more, or less, as the address has it (入れる・外す)."""
        on = set(self.chosen) ^ {id_}
        return say_chosen(on, self.ids)


def choice_now(town: Town, division: str, lang: Lang) -> Choice:
    """Return which areas the address chooses: all of the division where it says nothing (いまの選び).

    Of another division, all again: what was chosen is none of its areas.
    """
    linked(_KEY, AREAS, first="", read=str, say=str)
    text, last = str(st.session_state[_KEY]), st.session_state.get(_LAST)
    if text and last is not None and last[0] != division and last[1] == text:
        text = st.session_state[_KEY] = ""
        write_address({AREAS: ""})
        linked(_KEY, AREAS, first="", read=str, say=str)
    st.session_state[_LAST] = (division, text)
    areas = town.division(division)
    ids = tuple(areas["area_id"].astype(str))
    chosen, unknown = read_chosen(text, ids)
    if unknown:
        some = "・".join(unknown[:_TOLD]) + ("…" if len(unknown) > _TOLD else "")
        why = Words(
            f"{division}に、この番号の地区はありません（{some}）",
            f"{division} has no such area ({some})",
        )
        show_unread(why, lang)
    return Choice(
        division=division, ids=ids, names=tuple(areas["area_name"].astype(str)),
        chosen=tuple(chosen),
    )  # fmt: skip


def show_choosing(town: Town, asked: Asked, choice: Choice, lang: Lang) -> None:
    """Show the map on which areas are chosen, and the two presses for all and none (地図で選ぶ)."""

    def press(tap: Tap) -> None:
        row = area_at(town, choice.division, tap.lng, tap.lat)
        if row is not None:
            write_address({AREAS: choice.turned(choice.ids[row])})

    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="sh_all_or_none"
    ):
        st.html(f"<p class='kz-note'>{_PRESS.say(lang)}</p>")
        st.button(
            Words("全部選ぶ", "Choose all").say(lang), key="sh_all", on_click=_put, args=("",),
            disabled=len(choice.chosen) == len(choice.ids),
        )  # fmt: skip
        st.button(
            Words("全部はずす", "Take all out").say(lang), key="sh_none", on_click=_put,
            args=(say_chosen((), choice.ids),), disabled=not choice.chosen,
        )  # fmt: skip
    show_map(
        town_map(town, named=False),
        picked_group(choice.division, answer_key(asked), choice.chosen),
        key=f"areas-{map_key()}", height=HEIGHT, lang=lang, on_tap=press,
    )  # fmt: skip
    st.html(picked_legend(lang))


def _put(text: str) -> None:
    write_address({AREAS: text})
