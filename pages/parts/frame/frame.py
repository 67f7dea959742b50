"""What every page shares: language, look, the town, and the list of pages (画面の枠)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.lang import app_lang
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.icons import icon_data_uri
from layers.maps.legend import STYLE_CSS
from layers.maps.popup import entity
from layers.served.town import is_streetless_now, is_townless
from layers.served.walking import day_now
from pages.parts.frame.choices import say_choices_anew
from pages.parts.frame.declared import GROUPS, find_pages
from pages.parts.frame.foot import show_foot
from pages.parts.frame.signed_in import ENDED, ENDED_BODY, is_turned_away, show_sign_in_link
from pages.parts.frame.where_link import show_make_link, show_where_link
from pages.parts.question.address import PARTS, settle_question
from pages.parts.question.picking import label, no_markdown, pick, show_unread
from pages.parts.question.question import ask_question, asked_before
from pages.parts.question.visit import begin_visit, is_step_back, write_address
from surveys.store.witness import SignedOutError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator
    from streamlit.navigation.page import StreamlitPage

    from geo.base.words import Lang
    from geo.town import Town

# The pages' own parts are taken from here, wherever they stand.
__all__ = [
    "ask_question", "asked_before", "begin_page", "begin_words", "label", "lang_now", "logo_uri",
    "no_markdown", "pick", "run_pages", "show_empty", "show_unread", "split_page",
]  # fmt: skip


# Its page is named in the row itself as long as it has but one: a row of more than five names does
# not fit an upright tablet.
_IN_THE_ROW: Final = "map"
_LANGS: Final = ("ja", "en")
_MAKES: Final = "make"
_NO_TOWN: Final = Words("街がまだありません", "there is no town yet")
_NO_TOWN_BODY: Final = Words(
    "市区町村の資料のファイルから、画面の中でつくれます。5分ほどです。",
    "It is made here, of the files of your municipality, in about five minutes.",
)


def run_pages(here: Path) -> None:
    """Show the page asked for, under the top navigation (画面を出す)."""
    lang = lang_now()
    app_name = Words("かよいマップ", "Kayoi Map").say(lang)
    st.set_page_config(
        page_title=app_name,
        layout="wide",
        page_icon=icon_data_uri("salon", 32),
    )
    st.logo(logo_uri(lang), size="large")

    pages, straight = find_pages(), is_streetless_now()
    first = next(iter(pages))
    sections: dict[str, list[StreamlitPage]] = {"": []}
    made: dict[str, StreamlitPage] = {}
    for group in GROUPS.values():
        mine = [one for one in pages.values() if one.group == group.id]
        alone = group.id == _IN_THE_ROW and sum(one.listed for one in mine) == 1
        name = "" if alone else group.words.say(lang)
        for one in mine:
            page = st.Page(
                here / "pages" / f"{one.id}.py",
                title=(one.straight if straight and one.straight else one.words).say(lang),
                url_path=one.id,
                default=one.id == first,
                visibility="visible" if one.listed else "hidden",
            )
            sections.setdefault(name if one.listed else "", []).append(page)
            made[one.id] = page
    shown = st.navigation(sections, position="top")
    if shown is made[first] and is_townless():
        st.switch_page(made[_MAKES])
    st.set_page_config(page_title=f"{shown.title} – {app_name}")  # several tabs are told apart
    _mark_section(shown, sections)
    try:
        shown.run()
    except SignedOutError:
        show_empty(ENDED, ENDED_BODY, lang)
        show_sign_in_link(lang)
        st.stop()
    show_foot(lang)


def _mark_section(shown: StreamlitPage, sections: Mapping[str, list[StreamlitPage]]) -> None:
    """Set off the group the page is of, as the navigation does a page of its own."""
    row = sum(page.visibility == "visible" for page in sections[""])
    for at, name in enumerate((name for name in sections if name), start=row + 1):
        if shown in sections[name]:
            st.html(
                f"<style>[data-testid=stTopNav]>:nth-child({at}) [data-testid=stTopNavSection] p"
                "{font-weight:700;color:#264A82}</style>"
            )


def lang_now() -> Lang:
    """Return the language of this visit: the address's, else chosen before, else the server's (言語).

    One that is not the server's stands in the address, so that a reload, or a link, keeps it;
    Back to an address without one is back to the server's.
    """
    said, kept = st.query_params.get("lang"), st.session_state
    before = kept.get("lang")
    if said in _LANGS:
        kept["lang"] = said
    elif before not in _LANGS or is_step_back():
        kept["lang"] = app_lang()
    if before in _LANGS and before != kept["lang"]:  # by Back, or a link
        say_choices_anew()
    lang: Lang = kept["lang"]
    if said not in _LANGS and lang != app_lang():
        write_address({"lang": lang})
    return lang


def begin_page(
    title: Words,
    *,
    straight: Words | None = None,
    reads: Collection[str] | None = None,
    titled: bool = True,
) -> tuple[Town, Lang]:
    """Set look, title and question, and return the town; stop with words where there is none (始め).

    Parameters
    ----------
    straight
        The title in a town without streets; None for the same.
    reads
        What the page reads of its address beside the question and the language: of all else it is
        said that it was not used. None where the page sees to that itself.
    titled
        Whether the title is shown here; else the page puts it where it belongs.
    """
    lang = _dress()
    try:
        with st.spinner(Words("街と記録を読んでいます…", "Reading town and register…").say(lang)):
            town = day_now().town
        turned_away = is_turned_away()
    except InputError as error:
        st.title(no_markdown(title.say(lang)), anchor=False)
        if is_townless():
            show_empty(_NO_TOWN, _NO_TOWN_BODY, lang)
            show_make_link(lang)
        else:
            show_empty(_NO_TOWN, outside(error.words), lang)
        show_where_link(lang)
        st.stop()
    if straight is not None and town.streetless:
        title = straight
    _entitle(title, lang, turned_away=turned_away, titled=titled)
    settle_question(town, lang)
    unread = [] if reads is None else sorted(set(st.query_params) - {"lang", *PARTS, *reads})
    if unread:
        ja, en = "・".join(unread), ", ".join(unread)
        show_unread(Words(f"この画面では使わないもの: {ja}", f"not used on this page: {en}"), lang)
    return town, lang


def begin_words(title: Words) -> tuple[Town | None, Lang]:
    """Begin a page of words, which needs no town; return the town where there is one (言葉の画面の始め)."""
    lang = _dress()
    try:
        town, turned_away = day_now().town, is_turned_away()
    except InputError:
        town, turned_away = None, False
    _entitle(title, lang, turned_away=turned_away)
    if town is not None:
        settle_question(town, lang)
    return town, lang


def _dress() -> Lang:
    """Begin the visit and set the look; return the language."""
    begin_visit()
    lang = lang_now()
    # Words of Streamlit's own that have no translation of their own.
    choose = Words("ファイルを選ぶ", "Choose a file").say(lang)
    menu = Words("メニュー", "Menu").say(lang)
    cut = Words("つながっていません", "Not connected").say(lang)
    stop = Words("止める", "Stop").say(lang)
    own = {"choose": choose, "menu": menu, "cut": cut, "stop": stop}
    held = "".join(f"--kz-{key}:'{word}';" for key, word in own.items())
    words = f":root{{{held}}}"
    st.html(f"<style>{words}{STYLE_CSS}</style>")
    return lang


def _entitle(title: Words, lang: Lang, *, turned_away: bool, titled: bool = True) -> None:
    """Set the title; stop where the page may be shown to nobody now."""
    if titled or turned_away:
        st.title(no_markdown(title.say(lang)), anchor=False)
    if turned_away:
        show_empty(ENDED, ENDED_BODY, lang)
        show_sign_in_link(lang)
        st.stop()


def split_page() -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Return three places: the controls, the main one, and what stands below it (段組み).

    Upright, the main one comes first, then the controls, then what stands below.
    """
    with st.container(key="split"):
        controls, main, below = st.columns(3)
    return controls, main, below


def show_empty(head: Words, body: Words, lang: Lang) -> None:
    """Show an empty state: an icon, a sentence, what to do (まだ何もないとき)."""
    title, text = (one[:1].upper() + one[1:] for one in (head.say(lang), body.say(lang)))
    with st.container(border=True, key="card_empty"):
        st.html(
            "<div style='text-align:center;text-wrap:balance;padding:2rem 1rem'><img alt='' width='64' height='64' "
            f"src='{icon_data_uri('salon', 64)}'><h3>{entity(title)}</h3><p>{entity(text)}</p></div>"
        )


def logo_uri(lang: Lang) -> str:
    """Return the wordmark as an SVG data address (題字)."""
    import base64  # noqa: PLC0415 - only here

    name = Words("かよいマップ", "Kayoi Map").say(lang)
    icon = icon_data_uri("salon", 30)
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='190' height='36'>"
        f"<image href='{icon}' x='0' y='3' width='30' height='30'/>"
        "<text x='38' y='26' font-size='22' font-weight='700' fill='#17325F' "
        f"font-family='Hiragino Sans,BIZ UDPGothic,Noto Sans JP,Noto Sans CJK JP,sans-serif'>{name}</text></svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
