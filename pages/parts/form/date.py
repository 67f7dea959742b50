"""A day in a survey form (日の項目)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.base.dates import parse_date
from geo.base.problems import InputError
from pages.parts.frame.frame import label
from pages.parts.question.day import ask_day
from surveys.declaration.field import UNKNOWN, UNKNOWN_WORDS

if TYPE_CHECKING:
    from pages.parts.form.state import FormState
    from surveys.declaration.field import Field


def ask_date(form: FormState, field: Field, value: Any, path: str) -> Any:  # noqa: ANN401 - an answer is any JSON value
    """Ask for a day, or that it is not known (日を聞く)."""
    key = form.key(path)
    start = None
    if isinstance(value, str) and value != UNKNOWN:
        try:
            start = parse_date(value)
        except InputError:
            start = None
    form.start(key, start)
    unknown_key = form.key(path, ":unknown")
    form.start(unknown_key, UNKNOWN if value == UNKNOWN else None)
    main, side = st.columns([0.7, 0.3], vertical_alignment="bottom", gap="small")
    unknown = side.segmented_control(
        UNKNOWN_WORDS.say(form.lang), [UNKNOWN], key=unknown_key, label_visibility="collapsed",
        format_func=lambda _: label(UNKNOWN_WORDS, form.lang), width="stretch",
    )  # fmt: skip
    # A day a file brought may lie further off than those that are usually chosen.
    days = [date(1900, 1, 1), date(2100, 12, 31), *([start] if start else [])]
    with main:
        given = ask_day(
            form.label(field), key, form.lang, between=(min(days), max(days)),
            disabled=unknown == UNKNOWN,
        )  # fmt: skip
    if unknown == UNKNOWN:
        return UNKNOWN
    return given.isoformat() if given else None
