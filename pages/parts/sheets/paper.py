"""What the paper is to be: for whom, how large, what stands on it, in which order (紙の決め方)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from geo.base.dates import FIRST_DAY
from geo.base.marks import shown as shown_text
from geo.base.problems import InputError
from geo.base.words import Words
from layers.areas.place import each_ref
from layers.areas.run import AUDIENCES
from layers.pdf.areas import CONTENTS_FROM, ORDERS
from layers.served.clock import today_in_japan
from layers.sheets.parts.area_asked import (
    MAP_MM,
    SHOWN,
    read_audience,
    read_compare,
    read_shown,
    read_size,
)
from pages.parts.frame.frame import label, no_markdown, pick
from pages.parts.frame.linked import linked, linked_choice
from pages.parts.question.day import ask_day

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town
    from layers.areas.run import Audience
    from layers.asked import Asked
    from layers.pdf.areas import Order
    from layers.sheets.parts.area_asked import Size

READS: Final = ("for", "size", "compare", "beside", "without", "order", "file")
_FOR: Final = Words("だれに渡すか", "For whom?")
_NAMES: Final[dict[str, Words]] = {
    "office": Words("庁内用", "Office"), "council": Words("協議体", "Council"),
}  # fmt: skip
_COUNCIL: Final = Words(
    "10人未満の数と、足し引きでそれが分かる数は「（伏せる）」になります。届かないわけと、庁内だけの項目は、のりません。",
    "Counts below 10, and what would give them away, are masked; reasons and what is the office's are left out.",
)
_OFFICE: Final = Words(
    "すべての数が出ます。外には渡さないでください。", "Every count is shown: not for outside."
)
_FILES: Final[dict[str, Words]] = {
    "one": Words("1つにまとめる", "All in one"), "each": Words("1枚ずつ（zip）", "One each (zip)"),
}  # fmt: skip
# Pages of a sheet, between those measured on the demo town and on 浦安市: the first, and more for each part on it.
_MORE: Final[dict[Size, float]] = {"A4": 0.14, "A3": 0.11}
_CONTENTS: Final = 40  # names on a page of contents
_ROUGH: Final = 30  # more pages are told in tens


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is made of the chosen areas (つくる紙).

    Attributes
    ----------
    shown
        Which of `layers.sheets.area.SHOWN` stand on a sheet.
    compare
        The day they are compared with; "" for none.
    beside
        The area whose shares stand beside, ``division/id``; "" for the larger area.
    whole
        Whether all stand in one file.
    """

    audience: Audience
    size: Size
    shown: tuple[str, ...]
    order: Order
    compare: str
    beside: str
    whole: bool

    def query(self, asked: Asked) -> str:
        """Return what is asked of one sheet's address beside the language (シートの問い)."""
        without = ",".join(one for one in SHOWN if one not in self.shown)
        said = {
            "for": "" if self.audience == "office" else self.audience,
            "size": "" if self.size == "A4" else self.size,
            "compare": self.compare, "beside": self.beside, "without": without,
        }  # fmt: skip
        return f"{asked.query}&{urlencode({name: text for name, text in said.items() if text})}"

    def count_pages(self, sheets: int) -> int:
        """Return about how many pages so many sheets have (およそのページ数)."""
        pages = sheets * (1 + _MORE[self.size] * len(self.shown))
        if self.whole and sheets >= CONTENTS_FROM:
            pages += -(-sheets // _CONTENTS)
        return max(sheets, round(pages) if pages < _ROUGH else round(pages / 10) * 10)


def ask_paper(town: Town, lang: Lang, *, several: bool) -> Paper:
    """Ask what the paper is to be; every answer stands in the address (紙を決める).

    Parameters
    ----------
    several
        Whether there may be more sheets than one, so that they have an order and files.
    """
    names: dict[str, str] = {one: _NAMES[one].say(lang) for one in AUDIENCES}
    kept = linked_choice("sh_for", "for", names, first="office")
    audience = read_audience(pick(_FOR, list(names), names, kept, lang, "office"))
    told = _COUNCIL if audience == "council" else _OFFICE
    st.html(f"<p class='kz-as'>{told.say(lang)}</p>")
    sizes: dict[str, str] = {one: one for one in MAP_MM}
    kept = linked_choice("sh_size", "size", sizes, first="A4")
    size = read_size(pick(Words("紙の大きさ", "Paper"), [*sizes], sizes, kept, lang, "A4"))
    order: Order = "file"
    whole = True
    if several:
        files = {one: words.say(lang) for one, words in _FILES.items()}
        kept = linked_choice("sh_file", "file", files, first="one")
        whole = pick(Words("ファイル", "Files"), [*files], files, kept, lang, "one") == "one"
    head = Words("のせるもの・くらべる日", "What stands on it, day to compare")
    if several:
        head = Words("のせるもの・順番・くらべる日", "What stands on it, order, day to compare")
    with st.expander(head.say(lang)):
        shown = _ask_shown(lang)
        if several:
            order = _ask_order(lang)
        beside, compare = _ask_beside(town, lang), _ask_compare(lang)
    return Paper(
        audience=audience, size=size, shown=shown, order=order, compare=compare, beside=beside,
        whole=whole,
    )  # fmt: skip


def _ask_shown(lang: Lang) -> tuple[str, ...]:
    every = list(SHOWN)
    chosen = st.pills(
        Words("のせるもの", "On the sheet").say(lang), every, selection_mode="multi",
        format_func=lambda one: no_markdown(SHOWN[one].say(lang)), persist_state="session",
        **linked(
            "sh_shown", "without", first=every, read=lambda text: list(read_shown(text)),
            say=lambda on: ",".join(one for one in every if one not in on),
        ),
    )  # fmt: skip
    told = Words(
        "読み上げる文・地図・前提は、いつものります。",
        "The sentence, the map and what is assumed always stand on it.",
    )
    st.html(f"<p class='kz-help'>{told.say(lang)}</p>")
    return tuple(one for one in SHOWN if one in (chosen or ()))


def _ask_order(lang: Lang) -> Order:
    orders: dict[str, str] = {one: label(words, lang) for one, words in ORDERS.items()}
    kept = linked_choice("sh_order", "order", orders, first="file")
    chosen = pick(Words("ならべる順", "Order"), [*orders], orders, kept, lang, "file")
    return next(one for one in ORDERS if one == chosen)


def _ask_beside(town: Town, lang: Lang) -> str:
    names = {"": Words("すぐ大きい地区", "The larger area").say(lang)}
    names |= {
        f"{one.division}/{one.area_id}": shown_text(f"{one.division}　{one.name}")
        for one in each_ref(town)
    }
    chosen = st.selectbox(
        Words("割合をくらべる地区", "Area to set beside").say(lang), list(names),
        format_func=names.__getitem__, persist_state="session",
        **linked_choice("sh_beside", "beside", names, first=""),
    )  # fmt: skip
    return str(chosen or "")


def _ask_compare(lang: Lang) -> str:
    today = date.fromisoformat(today_in_japan())

    def read(text: str) -> date:
        return date.fromisoformat(read_compare(text, today.isoformat()))

    day = ask_day(
        Words("くらべる前の日（なくてよい）", "An earlier day to compare with (optional)").say(lang),
        lang=lang, persist="session",
        between=(date.fromisoformat(FIRST_DAY), today - timedelta(days=1)),
        **linked("sh_compare", "compare", first=None, read=read, say=_say_day),
    )  # fmt: skip
    try:
        return read_compare(_say_day(day), today.isoformat())
    except InputError:  # of today itself there is nothing to tell
        return ""


def _say_day(day: date | None) -> str:
    return day.isoformat() if day else ""
