"""What is looked for near a point: which kind, and which 通いの場 (近い所を選ぶ).

The choices stand in the page's address, each as it is chosen. The point never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.marks import shown
from geo.base.words import Words
from layers.asked import ON
from layers.maps.popup import entity
from pages.parts.frame.linked import linked_choice, linked_switch, quiet
from pages.parts.question.picking import label
from surveys.record.wanted import CONTENTS, HALF_WORDS, WEEKDAY_WORDS, WEEKDAYS
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from geo.base.words import Lang

# In the order in which they are offered.
KINDS: Final = ("salon", "toilet", "bench", "bus_stop", "shop", "park")
# What the page reads of its address: each choice's part of it.
# None is one of the question's own (`layers.asked.Asked`): what is looked for here is no part of what
# the town is asked on other pages.
PARTS: Final = ("kind", "when", "doing", "lent", "mine")
_SWITCHES: Final = {"n_lent": "lent", "n_eligible": "mine"}
ANY: Final = ""
_WHENS: Final = (
    ANY, *HALF_WORDS, *(f"{day}{half}" for day in WEEKDAYS for half in ("", *(f"-{one}" for one in HALF_WORDS))),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is looked for (選んだもの).

    Attributes
    ----------
    kind
        One of `KINDS`.
    weekday, half, content, eligible
        As `layers.asked.Asked` takes them; "" wishes nothing.
    lent
        Whether only those count that lend their room.
    """

    kind: str
    weekday: str = ""
    half: str = ""
    content: str = ""
    eligible: str = ""
    lent: bool = False


def ask_choices(lang: Lang) -> Choices:
    """Ask what is looked for (近い所を選ぶ)."""
    with quiet("near"):
        return _ask(lang)


def _ask(lang: Lang) -> Choices:
    kind = st.segmented_control(
        Words("さがすもの", "Look for").say(lang), KINDS,
        required=True, width="stretch",
        format_func=lambda one: label(RECORD_TYPES[one].words, lang),
        **linked_choice("n_kind", "kind", KINDS, first=KINDS[0]),
    )  # fmt: skip
    chosen = str(kind or KINDS[0])
    return _ask_salons(lang) if chosen == "salon" else Choices(kind=chosen)


def say_when(when: str) -> Words:
    """Return a day and half of the day as they are offered together (いつ).

    Examples
    --------
    >>> say_when("tue-am").ja, say_when("pm").ja, say_when("").ja, say_when("sun").en
    ('火曜の午前', '午後', 'いつでも', 'Sundays')
    """
    day, half = split_when(when)
    if not day and not half:
        return Words("いつでも", "any time")
    halves = next((words for id_, words in HALF_WORDS.items() if id_ == half), None)
    if not day:
        return halves or Words("", "")
    words = WEEKDAY_WORDS[WEEKDAYS.index(day)]
    if halves is None:
        return words
    return Words(f"{words.ja}の{halves.ja}", f"{words.en.removesuffix('s')} {halves.en}")


def split_when(when: str) -> tuple[str, str]:
    """Return the weekday and the half of the day, "" for none (曜日と午前・午後).

    Examples
    --------
    >>> split_when("tue-am"), split_when("pm"), split_when("sun")
    (('tue', 'am'), ('', 'pm'), ('sun', ''))
    """
    first, _, second = when.partition("-")
    return (first, second) if first in WEEKDAYS else ("", first)


def _ask_salons(lang: Lang) -> Choices:
    days, what, more = st.columns([0.36, 0.36, 0.28], vertical_alignment="bottom")
    when = days.selectbox(
        Words("いつ", "When").say(lang), _WHENS,
        format_func=lambda one: shown(label(say_when(one), lang)),
        **linked_choice("n_when", "when", _WHENS, first=ANY),
    )  # fmt: skip
    contents = {ANY: Words("何でも", "anything")} | {
        id_: one.words for id_, one in CONTENTS.items()
    }
    content = what.selectbox(
        Words("すること", "What is done").say(lang), list(contents),
        format_func=lambda one: shown(label(contents[one], lang)),
        **linked_choice("n_content", "doing", contents, first=ANY),
    )  # fmt: skip
    with more:
        lent, eligible = _ask_more(lang)
    weekday, half = split_when(str(when or ANY))
    return Choices(
        kind="salon", weekday=weekday, half=half, content=str(content or ANY),
        eligible=ON if eligible else "", lent=lent,
    )  # fmt: skip


def _ask_more(lang: Lang) -> tuple[bool, bool]:
    """Ask the rest, behind a button that says how much of it is on."""
    # What the address says is taken before the button is drawn.
    links = [linked_switch(key, part) for key, part in _SWITCHES.items()]
    count = sum(bool(st.session_state[key]) for key in _SWITCHES)
    said = Words(f"（{count}）", f" ({count})").say(lang) if count else ""
    with st.popover(Words("ほか", "More").say(lang) + said, width="stretch"):
        lent = st.toggle(
            Words("部屋を貸し出す所だけ", "Only those that lend their room").say(lang),
            **links[0],
        )
        eligible = st.toggle(
            Words("ここの人が使える所だけ", "Only those open to people from here").say(lang),
            **links[1],
        )
        help_ = Words(
            "利用できる地区の決まった通いの場は、そこに住む人だけが使えます。",
            "Some salons are only for the people living in their areas.",
        )
        st.html(f"<p class='kz-note'>{entity(help_.say(lang))}</p>")
    return bool(lent), bool(eligible)
