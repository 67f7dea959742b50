"""Who reads this page, and what is shown once they have signed out (サインインした人)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.base.words import Words
from layers.maps.popup import entity
from layers.served.account import find_user, sign_in_needed
from surveys.signing_in.asking import ask_pages
from surveys.signing_in.sessions import session_ids

if TYPE_CHECKING:
    from geo.base.words import Lang
    from surveys.accounts.user import User

ENDED: Final = Words("サインインが終わっています", "you are signed out")
ENDED_BODY: Final = Words(
    "もう一度サインインすると、続けられます。保存したものと下書きは残っています。",
    "Sign in again to go on. What was saved, and drafts, are kept.",
)
_SIGN_IN: Final = Words("サインインする", "Sign in")
_SIGN_OUT: Final = Words("サインアウト", "Sign out")


def user_now() -> User | None:
    """Return who reads this page, ``None`` where nobody need sign in (いまの利用者).

    Asked anew each time: a session may have ended since the page was opened.

    Raises
    ------
    InputError
        When the register cannot be read.
    """
    return find_user(dict(st.context.cookies)) if sign_in_needed() else None


def _sessions_of_page() -> list[str] | None:
    """Return the sessions of the page this thread draws: none once its connection was closed."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return session_ids(dict(st.context.cookies))


# Whatever a page saves, wherever it does: the register's own door asks who saves it.
ask_pages(_sessions_of_page)


def is_turned_away() -> bool:
    """Say whether this page may be shown to nobody now (見せられないか)."""
    return sign_in_needed() and user_now() is None


def show_sign_in_link(lang: Lang) -> None:
    """Show the way to sign in and back (サインインへのつなぎ)."""
    asked = urlencode(
        [(one, text) for one in st.query_params for text in st.query_params.get_all(one)]
    )
    back = f"/{_page_now()}" + (f"?{asked}" if asked else "")
    there = "/auth/login?" + urlencode({"next": back, "lang": lang})
    st.html(f"<a class='kz-button' target='_self' href='{entity(there)}'>{_SIGN_IN.say(lang)}</a>")


def show_who(lang: Lang) -> None:
    """Show who is signed in, and the way out (だれかを見せる)."""
    user = user_now()
    if user is None:
        return
    who = user.name + (f"（{user.title}）" if user.title else "")
    st.html(
        f"<p class='kz-note'>{entity(who)} <a target='_self' href='/auth/logout?lang={lang}'"
        f" style='display:inline-block;min-height:48px;line-height:48px;padding:0 .6rem'>"
        f"{_SIGN_OUT.say(lang)}</a></p>"
    )


def _page_now() -> str:
    address = str(st.context.url or "")
    return address.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1] if address.count("/") > 2 else ""  # noqa: PLR2004 - scheme and host
