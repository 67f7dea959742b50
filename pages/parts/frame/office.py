"""What the register's pages share: the register, today, ids, places in words (台帳の画面の道具)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from geo.base.lang import app_lang
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from layers.served.clock import now_in_japan, now_in_utc
from layers.served.register import register_now
from pages.parts.frame.frame import begin_page, label, show_empty
from pages.parts.frame.signed_in import user_now
from pages.parts.question.address import question_said
from surveys.record.as_of import say_moment as say_kept
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from datetime import date

    from geo.base.words import Lang
    from geo.town import Town
    from surveys.declaration.record_type import RecordType
    from surveys.store.register import Register

ROLE: Final = Words("生活支援コーディネーター", "community support coordinator")

# The part of a site sheet's address that tells which list it was opened from.
LIST: Final = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a page of the register works with (画面の道具)."""

    town: Town
    register: Register
    lang: Lang


def begin_office(title: Words, *, straight: Words | None = None, titled: bool = True) -> Office:
    """Begin a page of the register; stop with words where it cannot be opened (始め).

    Parameters
    ----------
    straight
        The title in a town without streets; None for the same.
    """
    town, lang = begin_page(title, straight=straight, titled=titled)
    try:
        register = register_now()
    except InputError as error:
        show_empty(
            Words("記録を開けません", "the register cannot be opened"), outside(error.words), lang
        )
        st.stop()
    return Office(town=town, register=register, lang=lang)


def today() -> date:
    """Return the day in Japan (今日)."""
    return now_in_japan().date()


def now_text() -> str:
    """Return the moment in UTC, to the millisecond, as versions carry it (いま)."""
    return now_in_utc()


def clock_text() -> str:
    """Return the time of day in Japan (いまの時刻)."""
    return now_in_japan().strftime("%H:%M:%S")


def say_moment(moment: str, lang: Lang) -> str:
    """Return a kept moment as a day and the time of day in Japan (日時を言う)."""
    return say_kept(moment).say(lang)


def new_id() -> str:
    """Return an id nobody has used (新しい id)."""
    return uuid.uuid4().hex


def role_now(lang: Lang) -> str:
    """Return what to write as the role in a form that shows it: `role_said`, else a usual one (いまの役職)."""
    return role_said() or ROLE.say(lang)


def role_said() -> str:
    """Return the role last given in this visit, else that of who is signed in; "" for nobody's (言った役職)."""
    given = st.session_state.get("by")
    user = None if given else user_now()
    return str(given or (user and user.title) or "")


def address(page: str, lang: Lang, **values: str) -> str:
    """Return the address of a page, with the visit's question and language (画面のアドレス)."""
    values = {**question_said(), **values}
    if lang != app_lang():
        values["lang"] = lang
    return f"/{page}" + (f"?{urlencode(values)}" if values else "")


def link(page: str, words: str, lang: Lang, **values: str) -> str:
    """Return a link as HTML; `words` may be a record's own text (つなぐ)."""
    return f"<a target='_self' href='{entity(address(page, lang, **values))}'>{entity(words)}</a>"


def button_link(place: str, words: Words, lang: Lang, *, new_tab: bool = False) -> None:
    """Show an address as a button-like link (ボタンの形のつなぎ)."""
    target = "_blank" if new_tab else "_self"
    st.html(
        f"<a class='kz-button' target='{target}' rel='noopener' href='{entity(place)}'>{words.say(lang)}</a>"
    )


def print_links(place: str, query: str, words: Words, lang: Lang) -> None:
    """Show a sheet's two ways to paper side by side: to print it, and its PDF (印刷とPDF).

    Parameters
    ----------
    place
        Its address, ``/print/…``.
    query
        What is asked of it beside the language; "" for nothing.
    """
    asked = "&".join(filter(None, (query, f"lang={lang}")))
    links = ((f"{place}?{asked}", words.say(lang)), (f"{place}?{asked}&as=pdf", "PDF"))
    shown = "".join(
        f"<a class='kz-button' target='_blank' rel='noopener' href='{entity(to)}'>{said}</a>"
        for to, said in links
    )
    st.html(f"<div class='kz-prints'>{shown}</div>")


def type_of(id_: str | None) -> RecordType | None:
    """Return the record type an address names, a log's too, ``None`` for none (調査票を探す)."""
    return EVERY_TYPE.get(id_ or "")


def title_of(type_: RecordType, title: str, number: int, lang: Lang) -> str:
    """Return what a site is called: its name, else its kind and number (呼び名)."""
    return title or f"{label(type_.words, lang)} {number}"
