"""A file of addresses dropped beside a list, by which rows without coordinates are placed (住所のファイル)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.addressed.book import Books
from geo.base.addressed.files import ENDINGS, read_address_files
from geo.base.words import Words

if TYPE_CHECKING:
    from geo.base.words import Lang
    from surveys.imports.known_town import KnownTown

_KEY: Final = "in_addresses"
_MOST_MB: Final = 50


def ask_addresses(lang: Lang) -> None:
    """Ask for files of addresses where somebody wants to: most lists need none (住所のファイルを聞く)."""
    words = Words(
        "住所のファイルを足して、番地まで置く",
        "Add files of addresses, to place rows at their number",
    )
    if not st.toggle(words.say(lang), key="in_by_address"):
        return
    with st.container(border=True, key="card_in_addresses"):
        note = Words(
            "ここにファイルを置くまで、結果は変わりません（街の町丁目までは、ファイルがなくても分かります）。"
            "番地・号まで置くには、Geolonia の住所データ"
            "（市区町村の .json と -住居表示.txt・-地番.txt）か、国土交通省の位置参照情報（CSV）を置いてください。"
            "外には送りません。",
            "Nothing changes until a file is dropped here (the town's own areas tell the neighbourhood without one)."
            " To place rows at their number, drop"
            " Geolonia's data (the municipality's .json with -住居表示.txt or -地番.txt) or 位置参照情報 (CSV)."
            " Nothing is sent anywhere.",
        )
        st.html(f"<p class='kz-note'>{note.say(lang)}</p>")
        st.file_uploader(
            Words("住所のファイル（いくつでも）", "Files of addresses").say(lang), key=_KEY,
            type=[one[1:] for one in ENDINGS], accept_multiple_files=True,
            max_upload_size=_MOST_MB,
        )  # fmt: skip


def given_names() -> tuple[tuple[str, str], ...]:
    """Return the names and digests of the files given, so that a plan is made anew for others (渡したもの)."""
    return tuple(
        (one.name, hashlib.sha256(one.getvalue()).hexdigest())
        for one in st.session_state.get(_KEY) or ()
    )


def given_books(town: KnownTown) -> Books:
    """Return the books of the files given, before what the town itself knows (渡した住所録).

    Raises
    ------
    InputError
        As `geo.base.addressed.files.read_address_files`.
    """
    files = [(one.name, one.getvalue()) for one in st.session_state.get(_KEY) or ()]
    return Books(books=(*read_address_files(files, town.border).books, *town.books.books))
