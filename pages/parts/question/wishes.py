"""Which 通いの場 are asked about, and for whom (通いの場を選ぶ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.asked import ELIGIBLE, ON, WISHES, switch, wanted_in
from layers.maps.popup import entity
from pages.parts.question.picking import label, no_markdown, pick
from surveys.record.wanted import (
    CONTENTS,
    HALF_WORDS,
    OFTEN_WORDS,
    WEEKDAY_WORDS,
    WEEKDAYS,
    parse_wanted,
)

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.asked import Asked
    from surveys.record.wanted import Wanted

ANY: Final = "any"
# Each wish's key in an address, and of its widget.
_KEYS: Final = dict(
    zip(WISHES, ("q_weekday", "q_half", "q_often", "q_content", "q_eligible"), strict=True)
)


def ask_wishes(lang: Lang) -> dict[str, str]:
    """Ask which 通いの場 count, folded under a title that says what is on (通いの場を選ぶ).

    Returns
    -------
        The parts of `layers.asked.Asked` by name; "" where nothing is wished.
    """
    with st.expander(no_markdown(say_title(_read(wishes_before())).say(lang)), key="q_wishes"):
        _ask_times(lang)
        _ask_content(lang)
        _ask_eligible(lang)
    return wishes_before()


def put_wishes(asked: Asked) -> None:
    """Choose which 通いの場 count, as if somebody had (通いの場を選んだことにする)."""
    parts = wanted_in(asked).parts
    none = {"content": [], "eligible": False}
    for name, key in _KEYS.items():
        st.session_state[key] = parts.get(name, none.get(name, ANY))


def wishes_before() -> dict[str, str]:
    """Return what was last wished, "" for nothing (前に選んだもの)."""
    kept = st.session_state
    said = {name: kept.get(_KEYS[name]) for name in ("weekday", "half", "at_least")}
    found = {name: str(one) if one and one != ANY else "" for name, one in said.items()}
    chosen = kept.get(_KEYS["content"]) or ()
    content = ",".join(id_ for id_ in CONTENTS if id_ in chosen)
    return {**found, "content": content, "eligible": ON if kept.get(_KEYS["eligible"]) else ""}


def say_title(wanted: Wanted) -> Words:
    """Return the folded part's title: what is on (選び方の見出し).

    Examples
    --------
    >>> say_title(parse_wanted()).ja
    '通いの場を選ぶ（すべて数えている）'
    >>> say_title(parse_wanted(weekday="火", eligible=True)).ja
    '通いの場を選ぶ：火曜に開く、使える人だけ'
    """
    which = wanted.say_which()
    on = [] if which is None else [which]
    if wanted.eligible:
        on.append(Words("利用できる人だけ", "for those who may come"))
    if not on:
        return Words("通いの場を選ぶ（すべて数えている）", "Choose salons (all are counted)")
    return Words(
        "通いの場を選ぶ：" + "、".join(one.ja for one in on),
        "Choose salons: " + ", ".join(one.en for one in on),
    )


def _read(said: dict[str, str]) -> Wanted:
    plain = {name: one for name, one in said.items() if name != "eligible"}
    return parse_wanted(**plain, eligible=switch(said.get("eligible", ""), ELIGIBLE))


def _ask_times(lang: Lang) -> None:
    days = {ANY: Words("どの曜日でも", "Any day").say(lang)}
    days |= {
        id_: Words(words.ja, words.en.removesuffix("s")).say(lang)
        for id_, words in zip(WEEKDAYS, WEEKDAY_WORDS, strict=True)
    }
    pick(Words("曜日", "Weekday"), list(days), days, _KEYS["weekday"], lang, ANY)
    halves = {ANY: Words("どちらでも", "Either").say(lang)}
    halves |= {id_: label(words, lang) for id_, words in HALF_WORDS.items()}
    title = Words("始まる時刻（午前は12時より前）", "Begins (morning: before noon)")
    pick(title, list(halves), halves, _KEYS["half"], lang, ANY)
    often = {ANY: Words("何回でも", "However often").say(lang)}
    often |= {id_: label(words, lang) for id_, words in OFTEN_WORDS.items()}
    pick(Words("開く回数", "How often"), list(often), often, _KEYS["at_least"], lang, ANY)


def _ask_content(lang: Lang) -> None:
    st.pills(
        Words("内容（選んだもののどれか）", "What is done (any of those chosen)").say(lang),
        list(CONTENTS),
        selection_mode="multi",
        format_func=lambda id_: no_markdown(label(CONTENTS[id_].words, lang)),
        key=_KEYS["content"],
        persist_state="session",
    )


def _ask_eligible(lang: Lang) -> None:
    st.toggle(
        Words("利用できる人だけで数える", "Count only those who may come").say(lang),
        key=_KEYS["eligible"],
        persist_state="session",
    )
    words = Words(
        "利用できる地区の決まった通いの場は、その地区に住む人の分だけ数える。"
        "曜日や内容の分からない通いの場は、選ぶと数えない。",
        "Salons for some areas count only for the people living there. Those of which the day or "
        "content is not known are not counted once one is chosen.",
    )
    st.html(f"<p class='kz-help'>{entity(words.say(lang))}</p>")
