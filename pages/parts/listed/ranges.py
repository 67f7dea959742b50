"""A number or a date asked for from and to (数・日付の範囲をきく)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.words import Words
from layers.cards.list_query import RANGE, read_edge, say_edge
from pages.parts.question.day import ask_day
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.base.words import Lang
    from layers.cards.list_asked import Question
    from surveys.store.answer_sql import Edge

# What a year, or a year and month, is filled up with.
_FIRST_DAY = "0000-01-01"
_DAYS: Final = (date(1900, 1, 1), date(2100, 12, 31))
_FROM, _TO = Words("から", "from"), Words("まで", "to")


def ask_range(asked: Question, lang: Lang) -> None:
    """Ask a number, date, month or time from and to, in the address (範囲をきく).

    Each end may be left open.
    """
    part = RANGE + asked.key
    ends = _ends_of(asked, st.query_params.get(part, ""))
    keys = [f"l_{part}_{at}" for at in (0, 1)]

    def change() -> None:
        said = [_said(asked, st.session_state.get(key)) for key in keys]
        write_address({part: "..".join(said) if any(said) else "", "page": "", "row": ""})

    unit = "" if not asked.field.unit else f"（{asked.field.unit}）"
    for column, key, end, words in zip(st.columns(2), keys, ends, (_FROM, _TO), strict=True):
        shown = _shown(asked, end)
        if st.session_state.get(key, ...) != shown:
            st.session_state[key] = shown
        name = Words(
            f"{asked.words.ja}{unit} {words.ja}",
            f"{asked.words.en}, {words.en}" + (f" {unit}" if unit else ""),
        ).say(lang)
        with column:
            _ask_end(asked, name, key, lang, change)


def _ask_end(asked: Question, name: str, key: str, lang: Lang, change: Callable[[], None]) -> None:
    field = asked.field
    if field.kind == "number":
        whole = not field.decimals
        low, high = (
            (int(field.low), int(field.high)) if whole else (float(field.low), float(field.high))
        )
        st.number_input(
            name, value=None, min_value=low, max_value=high, step=1 if whole else 1.0, key=key,
            format="%d" if whole else "%g", on_change=change, placeholder="－",
        )  # fmt: skip
    elif field.kind == "time":
        hours = ["", *(f"{hour:02d}:00" for hour in range(6, 23))]
        now = st.session_state.get(key)
        hours = sorted({*hours, now}) if now else hours
        st.selectbox(name, hours, key=key, on_change=change, format_func=lambda one: one or "－")
    else:
        ask_day(name, key, lang, between=_DAYS, on_change=change)


def _ends_of(asked: Question, raw: str) -> tuple[Edge, Edge]:
    low, dots, high = raw.partition("..")
    if not dots:
        return None, None
    try:
        return read_edge(asked.field.kind, low), read_edge(asked.field.kind, high)
    except ValueError:
        return None, None  # refused where the question is read


def _shown(asked: Question, end: Edge) -> Any:  # noqa: ANN401 - what its widget holds
    field = asked.field
    if field.kind == "time":
        return str(end or "")
    if end is None:
        return None
    if isinstance(end, int | float):
        held = min(max(end, field.low), field.high)
        return float(held) if field.decimals else int(held)
    return date.fromisoformat(end + _FIRST_DAY[len(end) :])


def _said(asked: Question, value: Any) -> str:  # noqa: ANN401 - what its widget holds
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()[: 7 if asked.field.kind == "month" else 10]
    return say_edge(value)
