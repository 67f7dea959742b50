"""The state of a survey form, for every part that asks in it (調査票の状態)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.store.register import Register


class FormState:
    """Where the widgets of one form keep their state, and what they are told (画面の調査票の状態).

    Parameters
    ----------
    name
        Part of every widget's key: the draft's id.
    register
        Where photos go at once.
    areas
        Names offered for fields of areas.
    sites
        Ids and titles offered for fields of sites.
    named
        The same by the question, of those that name some kinds alone.
    watched
        Questions whose texts are looked at for what would tell who somebody is; notes always are.
    """

    def __init__(
        self,
        name: str,
        register: Register,
        lang: Lang,
        *,
        areas: Sequence[str] = (),
        sites: Mapping[str, str] | None = None,
        named: Mapping[str, Mapping[str, str]] | None = None,
        watched: Sequence[str] = (),
    ) -> None:
        self.name, self.register, self.lang = name, register, lang
        self.areas, self.sites = areas, sites or {}
        self.named, self.watched = named or {}, watched
        self.helped = True

    def key(self, path: str, part: str = "") -> str:
        """Return a widget's key (部品の名前)."""
        return f"f:{self.name}:{path}{part}"

    def label(self, field: Field) -> str:
        """Return a question with its unit (項目の名前)."""
        unit = f"（{field.unit}）" if self.lang == "ja" else f" ({field.unit})"
        return field.words.say(self.lang) + (unit if field.unit else "")

    def start(self, key: str, value: object) -> None:
        """Give a widget what it begins with, unless it stands already (はじめの値)."""
        # State, not a default: a widget that was away for a page comes back as the draft has it.
        if key not in st.session_state:
            st.session_state[key] = value
