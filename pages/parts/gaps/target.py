"""The town's target: asked for, and kept for everybody with one press (町の目標)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.walk.ranges import parse_range
from pages.parts.frame.frame import pick
from pages.parts.frame.linked import linked_choice
from pages.parts.plans.kept import fail, tell
from pages.parts.question.question import METRES, MINUTES
from surveys.store.target import find_target, keep_target

if TYPE_CHECKING:
    from pages.parts.frame.office import Office

TARGET: Final = "target"
_ASK: Final = Words(
    "町の目標（どの地区にも、この近さに1か所）", "Target: one this near in every area"
)


def ask_target(office: Office) -> str:
    """Ask for a target and return it, "" for the one the town keeps; offer to keep it (目標を選ぶ)."""
    lang, kept = office.lang, find_target(office.register)
    said = _readable(st.query_params.get(TARGET, ""))
    options = list(dict.fromkeys(["", *MINUTES, *METRES, *([said] if said else [])]))
    words = {one: parse_range(one).words.say(lang) for one in options if one}
    near = parse_range(kept).words if _readable(kept) else None
    none = Words("目標なし", "none")
    words[""] = (
        none
        if near is None
        else Words(f"決めてある目標（{near.ja}）", f"the town's own ({near.en})")
    ).say(lang)
    chosen = pick(
        _ASK, options, words, linked_choice("ga_target", TARGET, options, first=""), lang, ""
    )
    _offer(office, chosen, kept)
    return chosen


def _readable(text: str) -> str:
    try:
        return parse_range(text).text if text else ""
    except InputError:
        return ""


def _offer(office: Office, chosen: str, kept: str) -> None:
    """Offer to keep what was chosen, or to give up what is kept."""
    if chosen and chosen != kept:
        words, text = Words("これを町の目標にする", "Make this the town's target"), chosen
    elif not chosen and kept:
        words, text = Words("決めてある目標をやめる", "Drop the town's target"), ""
    else:
        return
    st.button(
        words.say(office.lang), key="ga_keep", width="stretch", on_click=_keep, args=(office, text)
    )


def _keep(office: Office, text: str) -> None:
    try:
        keep_target(office.register, text)
    except InputError as error:
        fail(outside(error.words))
        return
    near = parse_range(text).words if text else None
    tell(
        Words("町の目標をやめました", "the town has no target any more")
        if near is None
        else Words(f"町の目標を{near.ja}に決めました", f"the town's target is now {near.en}")
    )
