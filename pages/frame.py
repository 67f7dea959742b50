"""What every page shares: language, look, the town, and the list of pages (画面の枠)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.problems import InputError
from geo.tables import PEOPLE, PEOPLE_WORDS
from geo.walkers import WALKERS
from geo.words import Words, app_lang
from layers.icons import icon_data_uri
from layers.legend import STYLE_CSS
from layers.live import Asked, town_now
from layers.popup import entity
from pages.foot import show_foot
from pages.signed_in import ENDED, ENDED_BODY, is_turned_away, show_sign_in_link

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

    from geo.town import Town
    from geo.words import Lang

PAGES: Final = (
    ("coverage", Words("徒歩圏カバー", "Walking reach")),
    ("map", Words("地図", "Map")),
    ("record", Words("記録する", "Record")),
    ("sites", Words("一覧", "List")),
    ("walks", Words("踏査", "Walks")),
)
# Behind one name at the end, so that the row fits a tablet held upright.
FILE_PAGES: Final = (
    ("imports", Words("取りこみ", "Bring in")),
    ("export", Words("書き出し", "Export")),
)
FILES_WORDS: Final = Words("ファイル", "Files")
HIDDEN_PAGES: Final = (
    ("karte", Words("カルテ", "Site sheet")),
    ("received", Words("届いた記録", "From devices")),
)
METRES: Final = ("250m", "350m", "500m", "800m", "1000m")
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
MINUTES: Final = ("5min", "10min", "15min")


def run_pages(here: Path) -> None:
    """Show the page asked for, under the top navigation (画面を出す)."""
    lang = lang_now()
    st.set_page_config(
        page_title=Words("かよいマップ", "Kayoi Map").say(lang),
        layout="wide",
        page_icon=icon_data_uri("salon", 32),
    )
    st.logo(logo_uri(lang), size="large")

    def make(name: str, words: Words, *, hidden: bool = False) -> st.Page:
        return st.Page(
            here / "pages" / f"{name}.py",
            title=words.say(lang),
            url_path=name,
            default=name == "coverage",
            visibility="hidden" if hidden else "visible",
        )

    main = [make(*page) for page in PAGES] + [make(*page, hidden=True) for page in HIDDEN_PAGES]
    files = [make(*page) for page in FILE_PAGES]
    page = st.navigation({"": main, FILES_WORDS.say(lang): files}, position="top")
    if page in files:
        st.html("<style>[data-testid=stTopNavSection] p{font-weight:700;color:#264A82}</style>")
    page.run()
    show_foot(lang)


def lang_now() -> Lang:
    """Return the language of this visit: chosen, else ``?lang=``, else the server's (言語)."""
    chosen = st.session_state.get("lang") or st.query_params.get("lang")
    if chosen not in ("ja", "en"):
        return app_lang()
    st.session_state["lang"] = chosen
    if chosen != app_lang():
        st.query_params["lang"] = chosen  # so that a reload, or a link, keeps it
    return "en" if chosen == "en" else "ja"


def begin_page(title: Words) -> tuple[Town, Lang]:
    """Set the look and the title, and return the town; stop with words where there is none (始め)."""
    lang = lang_now()
    # A word of Streamlit's own that has no translation of its own.
    choose = Words("ファイルを選ぶ", "Choose a file").say(lang)
    st.html(f"<style>:root{{--kz-choose:'{choose}'}}{STYLE_CSS}</style>")
    try:
        town = town_now()
        turned_away = is_turned_away()
    except InputError as error:
        st.title(no_markdown(title.say(lang)), anchor=False)
        show_empty(Words("街がまだありません", "there is no town yet"), error.words, lang)
        st.stop()
    st.title(no_markdown(title.say(lang)), anchor=False)
    if turned_away:
        show_empty(ENDED, ENDED_BODY, lang)
        show_sign_in_link(lang)
        st.stop()
    return town, lang


def no_markdown(text: str) -> str:
    r"""Return text as a label or title shows it, sign for sign (飾り文字にしない).

    Examples
    --------
    >>> no_markdown("$x$ [a](b)")
    '\\$x\\$ \\[a\\]\\(b\\)'
    """
    # A second line would be a paragraph, a list, a heading.
    line = " ".join(filter(None, map(str.strip, text.splitlines())))
    return _MARKDOWN.sub(r"\\\1", _FOUND_LATER.sub(_JOINER, line))


def split_page() -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Return three places: the controls, the main one, and what stands below it (段組み).

    Upright, the main one comes first, then the controls, then what stands below.
    """
    with st.container(key="split"):
        controls, main, below = st.columns(3)
    return controls, main, below


def label(words: Words, lang: Lang) -> str:
    """Return words as a button has them, with a capital in English (ボタンのことば)."""
    text = words.say(lang)
    return text[:1].upper() + text[1:]


def show_empty(head: Words, body: Words, lang: Lang) -> None:
    """Show an empty state: an icon, a sentence, what to do (まだ何もないとき)."""
    with st.container(border=True, key="card_empty"):
        st.html(
            f"<div style='text-align:center;padding:2rem 1rem'><img alt='' width='64' height='64' "
            f"src='{icon_data_uri('salon', 64)}'><h3>{entity(head.say(lang))}</h3><p>{entity(body.say(lang))}</p></div>"
        )


def pick(
    title: Words, options: list[str], words: dict[str, str], key: str, lang: Lang, first: str
) -> str:
    """Ask for one of a few, as buttons, or a list when there are many (選ぶ)."""
    few = 5
    if len(options) <= few:
        chosen = st.segmented_control(
            title.say(lang),
            options,
            default=None if key in st.session_state else first,
            required=True,
            format_func=lambda option: no_markdown(words[option]),
            key=key,
            width="stretch",
            persist_state="session",
        )
    else:
        chosen = st.selectbox(
            title.say(lang),
            options,
            index=options.index(first),
            key=key,
            format_func=lambda option: words[option],
            persist_state="session",
        )
    return str(chosen or first)


def ask_question(town: Town, lang: Lang) -> Asked:
    """Ask how far, who walks, whom to count, and by which areas (問いを選ぶ)."""
    unit = pick(
        Words("歩く範囲", "Walking range"),
        ["m", "min"],
        {"m": Words("距離で", "Distance").say(lang), "min": Words("時間で", "Time").say(lang)},
        "q_unit",
        lang,
        "m",
    )
    if unit == "m":
        within = pick(
            Words("距離（m）", "Distance (m)"),
            list(METRES),
            {text: f"{int(text[:-1]):,}" for text in METRES},
            "q_metres",
            lang,
            "500m",
        )
    else:
        minutes = {text: Words(f"{text[:-3]}分", f"{text[:-3]} min").say(lang) for text in MINUTES}
        within = pick(Words("時間", "Time"), list(MINUTES), minutes, "q_minutes", lang, "10min")
    walkers = {name: label(walker.words, lang) for name, walker in WALKERS.items()}
    walker = pick(Words("歩く人", "Walker"), list(WALKERS), walkers, "q_walker", lang, "elderly")
    groups = {
        "65": Words("65歳以上", "65+").say(lang),
        "75": Words("75歳以上", "75+").say(lang),
        "all": Words("全員", "All").say(lang),
    }
    people = pick(Words("数える人", "People"), ["65", "75", "all"], groups, "q_people", lang, "65")
    divisions = list(town.divisions)
    division = divisions[0]
    if len(divisions) > 1:
        division = pick(
            Words("区域の分け方", "Areas"),
            divisions,
            {name: name for name in divisions},
            "q_division",
            lang,
            divisions[0],
        )
    return Asked(people=people, walker=walker, within=within, division=division)


def asked_before(town: Town) -> Asked:
    """Return the question last chosen on another page, or the first one (前に選んだ問い).

    So that every page of a visit shows the same figures.
    """
    kept = st.session_state
    within = (
        kept.get("q_minutes", "10min")
        if kept.get("q_unit") == "min"
        else kept.get("q_metres", "500m")
    )
    division = kept.get("q_division")
    return Asked(
        people=kept.get("q_people") or "65",
        walker=kept.get("q_walker") or "elderly",
        within=within or "500m",
        division=division if division in town.divisions else town.divisions[0],
    )


def people_words(people: str, lang: Lang) -> str:
    """Return the age group's name (年齢の呼び名)."""
    return next(PEOPLE_WORDS[known].say(lang) for known in PEOPLE if known == people)


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
