"""The areas one by one: whether it is chosen, who is out of reach, its sheet (地区の一覧)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import streamlit as st

from geo.base.text import area_key
from geo.base.words import Words
from layers.areas.figures import row_of
from layers.areas.place import place_of
from layers.maps.popup import entity
from layers.pdf.areas import ids_in_order
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.linked import linked, quiet
from pages.parts.question.visit import write_address
from pages.parts.sheets.choice import AREAS

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.areas.sheets import Shared
    from layers.asked import Asked
    from pages.parts.sheets.choice import Choice
    from pages.parts.sheets.paper import Paper

FEW: Final = 12
_STEP: Final = 24
_MORE: Final = "sh_more"
_HEAD: Final = Words("一覧から選ぶ", "Choose from the list")


def show_rows(shared: Shared, choice: Choice, paper: Paper, asked: Asked, lang: Lang) -> None:
    """Show the areas in the order they are printed in, the first few and more by a press (一覧)."""
    st.subheader(_HEAD.say(lang), anchor=False)
    names = dict(zip(choice.ids, choice.names, strict=True))
    ids = ids_in_order(shared, choice.ids, paper.order)
    if len(ids) > FEW:
        with quiet("sh_find"):
            found = st.text_input(
                Words("名前でさがす", "Find by name").say(lang), persist_state="session",
                **linked("sh_find", "find", first="", read=str, say=str),
            )  # fmt: skip
        if found:
            ids = [one for one in ids if area_key(found) in area_key(names[one])]
    if not ids:
        none = Words(
            "その名前の地区はありません。ことばを短くしてみてください。",
            "No area of that name: try a shorter word.",
        )
        st.html(f"<p class='kz-note'>{none.say(lang)}</p>")
    most = FEW + _STEP * int(st.session_state.get(_MORE, 0))
    query = paper.query(asked)
    for number, id_ in enumerate(ids[:most]):
        _show_row(shared, choice, id_, query, lang, number)
    left = len(ids) - most
    if left > 0:
        words = Words(f"もっと（あと {left:,}）", f"More ({left:,} left)")
        st.button(words.say(lang), key="sh_show_more", on_click=_more, width="stretch")


def sheet_links(id_: str, query: str, lang: Lang, name: str) -> str:
    """Return the ways to one area's sheet as HTML: on the screen, and as a PDF (画面とPDF)."""
    place = f"/print/area/{quote(id_, safe='')}?{query}&lang={lang}"
    links = ((place, Words("画面", "Screen").say(lang)), (f"{place}&as=pdf", "PDF"))
    return "".join(
        f"<a class='kz-button' target='_blank' rel='noopener' href='{entity(to)}' "
        f"aria-label='{entity(f'{name} {said}')}'>{said}</a>"
        for to, said in links
    )


def _show_row(
    shared: Shared, choice: Choice, id_: str, query: str, lang: Lang, number: int
) -> None:
    name, key = choice.names[choice.ids.index(id_)], f"sh_on_{number}_{id_}"
    st.session_state[key] = id_ in choice.chosen
    place = place_of(shared.run.town, choice.division, id_)
    said = row_of(shared.run, place).say("outside", lang)
    with st.container(border=True, key=f"card_sh_{number}"):
        st.checkbox(no_markdown(name), key=key, on_change=_turn, args=(choice, id_))
        outside = Words("届かない", "out of reach").say(lang)
        count = f"<span class='n'>{outside} <b>{entity(said)}</b></span>"
        links = sheet_links(id_, query, lang, name)
        st.html(f"<div class='kz-prints kz-sheetrow'>{count}{links}</div>")


def _turn(choice: Choice, id_: str) -> None:
    write_address({AREAS: choice.turned(id_)})


def _more() -> None:
    st.session_state[_MORE] = int(st.session_state.get(_MORE, 0)) + 1
