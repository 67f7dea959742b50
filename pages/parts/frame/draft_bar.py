"""What stands under a draft: what is kept of it, save it, go on later, throw it away (下書きの段)."""

from __future__ import annotations

import streamlit as st

from geo.base.words import Lang, Words
from layers.maps.popup import entity
from pages.parts.frame.office import address, button_link


def say_kept(draft_id: str, *, kept: bool) -> Words:
    """Return whether a draft is kept, and since when (下書きは残っているか)."""
    at = st.session_state.get(f"draft:{draft_id}:stored")
    if not kept:
        return Words(
            "下書きを残せていません。この画面を閉じないでください。",
            "The draft is not kept: do not close this page.",
        )
    return Words(
        f"下書きを残しました（{at}）。まだ保存していません。", f"Draft kept at {at}; not saved yet."
    )


def show_kept(draft_id: str, lang: Lang) -> None:
    """Say under the part of a draft that was answered last that it is kept (残したことを出す)."""
    said = say_kept(draft_id, kept=True)
    st.html(f"<p class='kz-note' role='status'>{said.say(lang)}</p>")


def press_save(draft_id: str, said: Words, page: str, lang: Lang) -> bool:
    """Show what is wrong and what is kept; return whether 保存する was pressed (保存の段).

    Parameters
    ----------
    page
        The page that lists what is to be gone on with.
    """
    for words in st.session_state.get(f"faults:{draft_id}", []):
        st.html(f"<p class='kz-fault'>{entity(words.say(lang))}</p>")
    with st.container(key="save"):
        text, later, button = st.columns([0.4, 0.25, 0.35], vertical_alignment="center")
    text.html(f"<p class='kz-note' role='status'>{said.say(lang)}</p>")
    with later:
        button_link(address(page, lang), Words("あとで続ける", "Go on later"), lang)
    return button.button(
        Words("保存する", "Save").say(lang), key=f"save:{draft_id}", type="primary", width="stretch"
    )


def press_throw_away(draft_id: str, lang: Lang) -> bool:
    """Ask whether to throw a draft away, inside a popover; return whether it is meant (捨てる)."""
    asked = Words("この下書きを捨てますか。元には戻せません。", "Throw this draft away for good?")
    st.html(f"<p>{asked.say(lang)}</p>")
    return st.button(Words("捨てる", "Throw away").say(lang), key=f"drop_{draft_id}")
