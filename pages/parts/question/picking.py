"""Asking for one of a few, on every page alike (選ぶ部品)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.marks import shown
from geo.base.words import Words
from layers.maps.popup import entity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang

# What Streamlit would take for emphasis, a link, a formula or an icon.
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")
# Icons, arrows and links Streamlit finds in the text after Markdown, where a backslash is gone
# already: a sign without width (U+2060) between their parts keeps them text.
_FOUND_LATER: Final = re.compile(
    r"(?<=:)(?=material/|streamlit:)|(?<=[<>~=-])(?=[<>=-])"
    r"|(?<=https:)(?=//)|(?<=http:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\w)",
    re.IGNORECASE,
)
_JOINER: Final = "\u2060"


def no_markdown(text: str) -> str:
    r"""Return text as a label or title shows it, sign for sign (飾り文字にしない).

    Examples
    --------
    >>> no_markdown("$x$ [a](b)")
    '\\$x\\$ \\[a\\]\\(b\\)'
    """
    # A second line would be a paragraph, a list, a heading.
    line = " ".join(filter(None, map(str.strip, shown(text).splitlines())))
    return _MARKDOWN.sub(r"\\\1", _FOUND_LATER.sub(_JOINER, line))


def label(words: Words, lang: Lang) -> str:
    """Return words as a button has them, with a capital in English (ボタンのことば)."""
    text = words.say(lang)
    return text[:1].upper() + text[1:]


def pick(
    title: Words,
    options: list[str],
    words: Mapping[str, str],
    key: str | Mapping[str, Any],
    lang: Lang,
    first: str,
) -> str:
    """Ask for one of a few, as buttons, or a list when there are many (選ぶ).

    Parameters
    ----------
    key
        The widget's, or what `pages.parts.frame.linked.linked` returns.
    """
    linked = {"key": key} if isinstance(key, str) else dict(key)
    known = linked["key"] in st.session_state
    few = 5
    if len(options) <= few:
        chosen = st.segmented_control(
            title.say(lang),
            options,
            default=None if known else first,
            required=True,
            format_func=lambda option: no_markdown(words[option]),
            width="stretch",
            persist_state="session",
            **linked,
        )
    else:
        chosen = st.selectbox(
            title.say(lang),
            options,
            index=0 if known else options.index(first),
            format_func=lambda option: shown(words[option]),
            persist_state="session",
            **linked,
        )
    return str(chosen or first)


def show_unread(why: Words, lang: Lang) -> None:
    """Say in a small line what of the address was not used (アドレスの使わなかった所).

    Under the title: what is seen first is then known to be no answer to it.
    """
    head = Words("アドレスの一部を使っていません。", "A part of the address was not used: ")
    st.html(f"<p class='kz-help'>{entity(head.say(lang))}{entity(why.say(lang))}</p>")
