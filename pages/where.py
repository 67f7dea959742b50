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
from pages.parts.where.kind import say_held, show_kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from geo.sources.where.declared import FileKind, Lies

PAGE = Page(
    id="where", words=Words("資料のありか", "Where to get files"), group="town", order=82, kinds=("site",),
)  # fmt: skip
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
    wanted = [one.id for one in FILE_KINDS.values() if held and _is_wanted(one, held)]
    st.html(f"<p class='kz-read'>{entity(_say_first(held, wanted, lies).say(lang))}</p>")
    st.html(f"<p class='kz-note'>{entity(_HOW.say(lang))}</p>")
    _show_contents(held, wanted, lang)
    for kind in FILE_KINDS.values():
        show_kind(kind, held[kind.id] if kind.id in wanted else None, lies, lang)


def _is_wanted(kind: FileKind, held: Mapping[str, tuple[Words, ...]]) -> bool:
    """Say whether a town would be more with it: people come by one kind of table or another."""
    others = [one.id for one in FILE_KINDS.values() if one.role == "people" and one is not kind]
    if kind.role == "people" and not held[kind.id] and any(held[one] for one in others):
        return False
    return bool(kind.role or kind.sites)


_HOW: Final = Words(
    "この画面はインターネットがなくても読めます。別のパソコンで取るときは、印刷するか、アドレスを書き写してください。"
    "アドレスとクレジットは、押すとまるごと選べます。",
    "This page needs no internet. To fetch files on another computer print it, or copy the addresses: "
    "a press on an address or a credit selects the whole of it.",
)


def _say_first(held: Mapping[str, tuple[Words, ...]], wanted: Sequence[str], lies: Lies) -> Words:
    """Say what the town has, in a sentence."""
    if not held:
        return Words(
            "街がまだありません。下の資料のうち、道があればつくりはじめられます。",
            "There is no town yet. Of the files below streets are enough to begin with.",
        )
    count = sum(bool(held[one]) for one in wanted)
    name = lies.prefecture + lies.city
    return Words(
        f"{name or 'この街'}には、{len(wanted)}種類の資料のうち {count}種類が入っています。",
        f"{name or 'This town'} has {count} of {len(wanted)} kinds of files.",
    )


def _show_contents(
    held: Mapping[str, tuple[Words, ...]], wanted: Sequence[str], lang: Lang
) -> None:
    """Show every kind with what the town has of it, a line each, as a list to jump from."""
    heads = "".join(f"<th>{one.say(lang)}</th>" for one in _HEADS[: 2 if held else 1])
    rows = ""
    for kind in FILE_KINDS.values():
        row = f"<td><a target='_self' href='#{kind.id}'>{entity(kind.words.say(lang))}</a></td>"
        if held:
            state = "–"
            if kind.id in wanted:
                lines = say_held(held[kind.id], lang)
                sign, words = ("kz-has", _HAS) if lines else ("kz-due", _NOT)
                state = f"<span class='{sign}'>{words.say(lang)}</span> {lines}"
            row += f"<td style='white-space:normal'>{state}</td>"
        rows += f"<tr>{row}</tr>"
    st.html(f"<table class='kz-table'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>")


show_page()
