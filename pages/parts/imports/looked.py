"""What a given file is, where it is no list of the chosen type, in the words of inspect (ファイルの見立て)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.roles import ROLES
from layers.inspected.look import look_at_bytes
from layers.inspected.say import NOT_RECOGNISED, say_facts
from layers.making.taking import Dropped, take_files
from layers.maps.popup import entity
from layers.served.clock import now_in_utc
from layers.served.town import town_folder
from pages.parts.frame.frame import no_markdown
from surveys.imports.kinds import Kind, list_of
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from layers.inspected.seen import Seen, Use
    from surveys.declaration.record_type import RecordType
    from surveys.imports.asked import Asked
    from surveys.imports.plan import Plan

TYPE_KEY: Final = "in_type"
_GIVE: Final = Words("まちをつくるで使う", "Use it for the town")
_MAKE: Final = "pages/make.py"
_CHOOSE: Final = Words(
    "場所の一覧なら、上の「何の表か」を選ぶと、その表として読みます。",
    "If it is a list of places, choose above what it lists, and it is read as that.",
)


def look_once(data: bytes, name: str, digest: str, lang: Lang) -> Seen:
    """Return what a file is, looked at once and not at every touch of the page (一度だけ見る)."""
    held = st.session_state.get("in_seen")
    if held is None or held[0] != (digest, name):
        with st.spinner(Words("何のファイルかを見ています…", "Looking at the file…").say(lang)):
            held = st.session_state["in_seen"] = ((digest, name), look_at_bytes(data, name), data)
    seen: Seen = held[1]
    return seen


def needs_a_look(plan: Plan) -> bool:
    """Say whether a file is not plainly a list of the type it was given as (見立てがいるか)."""
    return plan.kind.type is None or plan.kind.type.id != plan.type.id


def add_town_data(asked: Asked, plan: Plan, seen: Seen) -> Asked:
    """Return what is asked, with a file that is only good for building a town among it (まちのデータも聞く)."""
    towns = [one for one in seen.uses if one.id in ROLES]
    if asked.kind is not None or not towns or len(towns) < len(seen.uses):
        return asked
    words = towns[0].words
    data = Words(f"{words.ja}のデータ", f"data of {words.en}")
    return replace(asked, kind=Kind(other=plan.kind.other or data))


def show_seen(seen: Seen, chosen: RecordType | None, lang: Lang, lead: Words | None = None) -> None:
    """Show what a file is, what it is good for and where it goes, a press where it is a list (見立てを見せる).

    Parameters
    ----------
    chosen
        The type a person gave it as; ``None`` where none was chosen yet.
    lead
        What is said above it.
    """
    uses = [one for one in seen.uses if chosen is None or one.id != chosen.id]
    # A list that is taken here may serve the town's build, too: that is said, not offered twice.
    listed = any(one.id in EVERY_TYPE for one in seen.uses)
    both = next((one for one in uses if one.id == "sites"), None) if listed else None
    uses = [one for one in uses if one is not both]
    with st.container(border=True, key="card_in_seen"):
        if lead is not None:
            st.html(f"<p class='kz-read'>{entity(lead.say(lang))}</p>")
        facts = entity(say_facts(seen, lang))
        st.html(f"<b>{entity(seen.file)}</b><br><span class='kz-note'>{facts}</span>")
        for one in uses:
            _show_use(one, both, lang)
        if not seen.uses and not seen.beside:
            st.html(f"<b>{NOT_RECOGNISED.say(lang)}</b>")
        if not listed:
            _list_told([*seen.missing, *seen.traps], lang)
        if not seen.uses and chosen is None and seen.rows:
            st.html(f"<p class='kz-note'>{_CHOOSE.say(lang)}</p>")


def _list_told(told: Sequence[Words], lang: Lang, read: Sequence[str] = ()) -> None:
    lines = [*read, *(one.say(lang) for one in told)]
    if lines:
        items = "".join(f"<li>{entity(one)}</li>" for one in lines)
        st.html(f"<ul class='kz-log'>{items}</ul>")


def _show_use(use: Use, both: Use | None, lang: Lang) -> None:
    type_ = EVERY_TYPE.get(use.id)
    goes = [use.goes, *([both.goes] if both else [])]
    colon = Words("：", ": ").say(lang)
    said = f"<b>{entity(use.words.say(lang))}</b>{colon}{entity(use.found.say(lang))}"
    said += "".join(f"<br><span class='kz-note'>{entity(one.say(lang))}</span>" for one in goes)
    if type_ is not None:
        text, press = st.columns([0.62, 0.38], vertical_alignment="center")
        text.html(said)
        listed = list_of(type_)
        words = Words(f"{listed.ja}として読む", f"Read as {listed.en}")
        press.button(
            no_markdown(words.say(lang)), type="primary", width="stretch",
            key=f"in_as_{use.id}", on_click=_choose, args=(use.id,),
        )  # fmt: skip
        return
    st.html(said)
    if st.button(_GIVE.say(lang), key=f"in_make_{use.id}"):
        _hand_over(lang)
    read = [f"{one.name} → {one.becomes.say(lang)}" for one in use.columns if one.becomes]
    if read or use.told:
        with st.expander(Words("くわしく", "More").say(lang)):
            _list_told(use.told, lang, read)


def _hand_over(lang: Lang) -> None:
    """Give the file to the page that makes the town, and go there."""
    (_, name), _, data = st.session_state["in_seen"]
    try:
        with st.spinner(Words("渡しています…", "handing over…").say(lang)):
            take_files(
                town_folder(), [Dropped(name=name, data=data)], now_in_utc(), lambda *_: None
            )
    except InputError as error:
        st.html(f"<p class='kz-note' role='alert'>{entity(outside(error.words).say(lang))}</p>")
        return
    st.switch_page(_MAKE)


def _choose(id_: str) -> None:
    st.session_state[TYPE_KEY] = id_
