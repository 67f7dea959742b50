"""A widget whose value lives in the page's address (アドレスと結んだ部品)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from pages.parts.frame.frame import lang_now
from pages.parts.question.address import PARTS
from pages.parts.question.picking import show_unread
from pages.parts.question.visit import is_come_back_to, quiet, visit_now, write_address

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

T = TypeVar("T")
__all__ = ["Seen", "linked", "linked_choice", "linked_switch", "quiet", "take_from"]
_SWITCH: Final = ("off", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was last seen of one part of the address, and taken of it (見たもの).

    Attributes
    ----------
    visit
        The visit of a page it was seen in.
    raw
        The part as it stood there; None where it did not.
    value
        What the widget showed.
    why
        Why the part was not used; None where it was.
    """

    visit: int
    raw: str | None
    value: Any
    why: Words | None = None


def take_from(
    raw: str | None,
    seen: Seen | None,
    *,
    visit: int,
    back: bool,
    first: T,
    read: Callable[[str], T],
) -> tuple[Seen, bool]:
    """Return what the widget shows now, and whether the address has yet to say it (どちらを取るか).

    The address is stronger than what was shown, save on a page opened without the part by other
    than Back or Forward: there what was last shown is kept.

    Parameters
    ----------
    raw
        The part as it stands in the address.
    visit, back
        The number of this visit of a page, and whether Back or Forward led to it.
    first, read
        As for `linked`.

    Examples
    --------
    >>> last = Seen(visit=1, raw="3", value=3)
    >>> take_from(None, last, visit=1, back=False, first=1, read=int)[0].value
    1
    >>> take_from(None, last, visit=2, back=False, first=1, read=int)
    (Seen(visit=2, raw=None, value=3, why=None), True)
    """
    if seen is not None:
        if raw is None and visit != seen.visit and not back:
            return Seen(visit=visit, raw=None, value=seen.value), seen.value != first
        if raw == seen.raw:
            return Seen(visit=visit, raw=raw, value=seen.value, why=seen.why), False
    if raw is None:
        return Seen(visit=visit, raw=None, value=first), False
    try:
        return Seen(visit=visit, raw=raw, value=read(raw)), False
    except InputError as error:
        return Seen(visit=visit, raw=raw, value=first, why=outside(error.words)), False


def linked(
    key: str, param: str, *, first: T, read: Callable[[str], T], say: Callable[[T], str]
) -> dict[str, Any]:
    """Return ``key`` and ``on_change`` of a widget whose value lives in the address (アドレスと結ぶ).

    Called just before the widget, which is given no value of its own (``value``, ``default``,
    ``index``): ``st.selectbox("…", ["a", "b"], **linked("k", "kind", first="a", read=…, say=str))``.

    A change is written to the address at once and is one step Back goes over; in `quiet` it is
    none. The first value is said by leaving the part out. Reload, a shared link, Back, Forward
    and another tab show what their address says; a page opened by the navigation, which drops
    the address, shows what it showed last. What `read` refuses is left in the address, and said
    in a small line; the widget shows the first value.

    Parameters
    ----------
    key
        The widget's; its value may be read from ``st.session_state`` as ever.
    param
        The part of the address.
    first
        The value without the part.
    read
        Returns a value from its text, or raises `InputError`; what the widget does not offer
        is to be refused.
    say
        Returns a value as text; "" takes the part out, too.

    Raises
    ------
    ValueError
        When `param` is a part of the question, which every page's address may hold.
    """
    if param in PARTS:
        raise ValueError(f"{param!r} is a part of the question: take another name")
    kept, mark = st.session_state, f"linked:{key}"
    raw, seen = st.query_params.get(param), kept.get(mark)
    if key in kept:  # as the widget shows it: changed where no callback told so
        before = seen or Seen(visit=visit_now() - 1, raw=None, value=first)
        seen = Seen(visit=before.visit, raw=before.raw, value=kept[key], why=before.why)
    found, unsaid = take_from(
        raw, seen, visit=visit_now(), back=is_come_back_to(), first=first, read=read
    )
    if key not in kept or kept[key] != found.value:
        kept[key] = found.value

    def write() -> None:
        text = "" if kept[key] == first else say(kept[key])
        write_address({param: text})
        kept[mark] = Seen(visit=visit_now(), raw=text or None, value=kept[key])

    kept[mark] = found
    if unsaid:
        write()
    if found.why is not None:
        show_unread(found.why, lang_now())
    return {"key": key, "on_change": write}


def linked_choice(key: str, param: str, options: Collection[str], *, first: str) -> dict[str, Any]:
    """Return `linked` of a widget that offers a few, each by its id (選ぶ部品を結ぶ)."""

    def read(text: str) -> str:
        if text in options:
            return text
        raise InputError(
            Words(
                f"{param} の「{text}」は選べません。選べるもの: {'・'.join(options)}",
                f"{param}={text!r} cannot be chosen; there is {', '.join(options)}",
            )
        )

    return linked(key, param, first=first, read=read, say=str)


def linked_switch(key: str, param: str, *, first: bool = False) -> dict[str, Any]:
    """Return `linked` of a toggle, ``on`` or ``off`` in the address (入り切りを結ぶ)."""

    def read(text: str) -> bool:
        if text in _SWITCH:
            return text == _SWITCH[True]
        raise InputError(
            Words(
                f"{param} の「{text}」は分かりません。on か off にしてください",
                f"{param}={text!r} is neither on nor off",
            )
        )

    return linked(key, param, first=first, read=read, say=lambda on: _SWITCH[on])
