"""資料のありか: where the files of a town are to be had, and which of them it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from geo.sources.where.declared import FILE_KINDS
from geo.sources.where.held import held_of, lies_in
from layers.maps.popup import entity
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import begin_words
from pages.parts.where.kind import show_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from geo.sources.where.declared import Lies

PAGE = Page(id="where", words=Words("資料のありか", "Where to get files"), group="town", order=82)
TITLE: Final = Words(
    "街をつくる資料は、どこで手に入るか", "Where are the files of a town to be had?"
)
_HAS: Final = Words("入っている", "has it")
_NOT: Final = Words("まだない", "not yet")
_HEADS: Final = (Words("資料", "File"), Words("この街", "This town"))


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_words(TITLE)
    lies = lies_in(town)
    held = {} if town is None else {one.id: held_of(one, town) for one in FILE_KINDS.values()}
    st.html(f"<p class='kz-read'>{entity(_say_first(held, lies).say(lang))}</p>")
    st.html(f"<p class='kz-note'>{entity(_HOW.say(lang))}</p>")
    _show_contents(held, lang)
    for kind in FILE_KINDS.values():
        show_kind(kind, held.get(kind.id), lies, lang)


_HOW: Final = Words(
    "この画面はインターネットがなくても読めます。別のパソコンで取るときは、印刷するか、アドレスを書き写してください。"
    "アドレスとクレジットは、押すとまるごと選べます。",
    "This page needs no internet. To fetch files on another computer print it, or copy the addresses: "
    "a press on an address or a credit selects the whole of it.",
)


def _say_first(held: Mapping[str, tuple[Words, ...]], lies: Lies) -> Words:
    """Say what the town has, in a sentence."""
    if not held:
        return Words(
            "街がまだありません。下の資料のうち、道があればつくりはじめられます。",
            "There is no town yet. Of the files below streets are enough to begin with.",
        )
    asked = [one for one in FILE_KINDS.values() if one.role or one.sites]
    count = sum(bool(held[one.id]) for one in asked)
    name = lies.prefecture + lies.city
    return Words(
        f"{name or 'この街'}には、{len(asked)}種類の資料のうち {count}種類が入っています。",
        f"{name or 'This town'} has {count} of {len(asked)} kinds of files.",
    )


def _show_contents(held: Mapping[str, tuple[Words, ...]], lang: Lang) -> None:
    """Show every kind with what the town has of it, a line each, as a list to jump from."""
    heads = "".join(f"<th>{one.say(lang)}</th>" for one in _HEADS[: 2 if held else 1])
    rows = ""
    for kind in FILE_KINDS.values():
        row = f"<td><a target='_self' href='#{kind.id}'>{entity(kind.words.say(lang))}</a></td>"
        if held:
            told = kind.role or kind.sites
            state = (_HAS if held[kind.id] else _NOT).say(lang) if told else ""
            sign = "kz-has" if held[kind.id] else "kz-due"
            row += f"<td><span class='{sign}'>{state}</span></td>" if state else "<td></td>"
        rows += f"<tr>{row}</tr>"
    st.html(f"<table class='kz-table'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>")


show_page()
