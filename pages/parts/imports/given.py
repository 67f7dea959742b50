"""The file that is brought in: dropped here, or given before when the town was made (渡されたファイル)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from layers.making.draft import making_of, read_draft
from layers.maps.popup import entity
from layers.served.town import town_folder
from pages.parts.imports.looked import look_once

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.inspected.seen import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A file as it was given (渡された表)."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """Its fingerprint (指紋)."""
        return hashlib.sha256(self.data).hexdigest()

    def look(self, lang: Lang) -> Seen:
        """Return what it is, whatever it was given as (見立て)."""
        return look_once(self.data, self.name, self.digest, lang)


def given_before(lang: Lang) -> GivenFile | None:
    """Return the list that was given when the town was made, where the address names one (前に置いた表)."""
    folder = town_folder()
    found = read_draft(folder).file(st.query_params.get("made", ""))
    if found is None or not (path := making_of(folder) / found.path).is_file():
        return None
    words = Words(
        f"まちをつくるときに置いた「{found.name}」", f"{found.name}, given when the town was made"
    )
    st.html(f"<p class='kz-note'><b>{entity(words.say(lang))}</b></p>")
    return GivenFile(name=found.name, data=path.read_bytes())
