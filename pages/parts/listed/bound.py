"""Widgets of the list whose values live in its address (一覧のアドレス)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import streamlit as st

from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.list_query import DIVISION, is_part
from pages.parts.frame.linked import linked
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
ALL: Final = "all"
# Where in the list one is; a filter that changes begins the list anew.
PAGE_PART, ROW = "page", "row"
# What is no filter.
_KEPT: Final = frozenset({"order", DIVISION})
REFUSED: Final = Words("この画面では選べない値です", "not offered here")


def forget_filters() -> None:
    """Take every filter out of the address, not the order (条件をはずす)."""
    gone = [one for one in st.query_params if is_part(one) and one not in _KEPT]
    write_address(dict.fromkeys([*gone, PAGE_PART, ROW], ""))


def bound(
    key: str, param: str, *, first: T, read: Callable[[str], T], say: Callable[[T], str]
) -> dict[str, Any]:
    """Return what `linked` does; a change begins the list anew (一覧の条件を結ぶ)."""
    found = linked(key, param, first=first, read=read, say=say)
    write = found["on_change"]

    def begin_anew() -> None:
        write()
        write_address({PAGE_PART: "", ROW: ""})

    return {**found, "on_change": begin_anew}


def one_of(options: Sequence[str]) -> Callable[[str], str]:
    """Return a reader that takes one of some texts (ひとつを読む)."""

    def read(raw: str) -> str:
        if raw not in options:
            raise InputError(REFUSED)
        return raw

    return read


def many_of(options: Sequence[str]) -> Callable[[str], list[str]]:
    """Return a reader that takes several of some texts, parted by commas (いくつかを読む)."""

    def read(raw: str) -> list[str]:
        found = raw.split(",")
        if not set(options).issuperset(found):
            raise InputError(REFUSED)
        return [one for one in options if one in found]

    return read
