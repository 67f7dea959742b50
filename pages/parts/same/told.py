"""What became of the last answer, and what is asked next (答えたあとのことば)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.frame import no_markdown
from pages.parts.same.pairs import name_place, name_record, say_gap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.base.words import Lang
    from layers.day.claiming import PlaceRow

DONE: Final = "sm_done"
ASKED: Final = "sm_asked"
FIRST: Final = "sm_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a person has just said, and what followed (いま答えたこと).

    Attributes
    ----------
    words
        What was said.
    claim_id, later
        What 取り消す takes back: an answer, or a place put off; "" for nothing.
    before
        The pairs asked about before, as keys; ``None`` once `next_words` holds what followed.
    """

    words: Words
    claim_id: str = ""
    later: str = ""
    same: bool = False
    fault: bool = False
    before: tuple[str, ...] | None = None
    next_words: Words = Words("", "")  # noqa: RUF009 - frozen


def tell(done: Done) -> None:
    """Keep what is to be told at the next look (次に言うこと)."""
    st.session_state[DONE] = replace(done, before=tuple(st.session_state.get(ASKED, ())))


def settle(asked: Sequence[PlaceRow], lang: Lang) -> None:
    """Find what followed from the last answer, once, and put what is asked anew first (その後)."""
    done: Done | None = st.session_state.get(DONE)
    keys = [one.key for one in asked]
    if done is not None and done.before is not None:
        fresh = [one for one in asked if one.key not in done.before]
        if fresh:
            first = [one for one in st.session_state.get(FIRST, []) if one in keys]
            st.session_state[FIRST] = [*(one.key for one in fresh), *first]
            st.session_state["sm_page"] = 1
            st.session_state.pop("sm_shown", None)
        words = Words("", "") if done.fault else _say_next(done, fresh, len(keys), lang)
        st.session_state[DONE] = replace(done, before=None, next_words=words)
        # On a phone the answer is given far below the sentence that tells of it.
        st.toast(no_markdown(_say_short(done, len(fresh), len(keys)).say(lang)), duration="long")
    st.session_state[ASKED] = keys


def in_order(asked: Sequence[PlaceRow], later: Sequence[str]) -> list[PlaceRow]:
    """Return the pairs as they are asked: what an answer brought up, the surest, those put off (順)."""
    first: list[str] = st.session_state.get(FIRST, [])

    def turn(row: PlaceRow) -> tuple[int, int]:
        if row.place_id in later:
            return 2, later.index(row.place_id)
        return (0, first.index(row.key)) if row.key in first else (1, 0)

    return sorted(asked, key=turn)


def _say_next(done: Done, fresh: Sequence[PlaceRow], left: int, lang: Lang) -> Words:
    before = len(done.before or ())
    if done.later:
        return Words(
            "一覧の終わりに回りました。この画面を閉じるまで覚えていて、読み直しても同じです。",
            "It now stands at the end, for as long as this page is open, reloaded or not.",
        )
    parts = []
    if done.same:
        parts.append(Words("1つの所として、1回だけ数えます。", "They count as one."))
    elif not fresh and done.claim_id:
        parts.append(Words("別々の所として数えます。", "They count as two."))
    for row in fresh[:1]:
        place, record = name_place(row, lang), name_record(row, lang)
        parts.append(
            Words(
                f"次に尋ねるのは、{place}と「{record}」（{say_gap(row).ja}）です。いちばん上にあります。",
                f"Asked next, at the top: {place} and {record} ({say_gap(row).en}).",
            )
        )
    counted = Words(f"あと {left:,}組", f"{left:,} pairs are left")
    if left == before:
        parts.append(Words(f"{counted.ja}のままです。", f"Still {counted.en}."))
    elif left:
        parts.append(Words(f"{counted.ja}になりました。", f"{counted.en}."))
    else:
        parts.append(Words("これで全部です。", "That was the last."))
    return Words("".join(one.ja for one in parts), " ".join(one.en for one in parts))


def _say_short(done: Done, fresh: int, left: int) -> Words:
    """Return what was said without names: more than three lines of it would be cut off."""
    if done.fault or not (done.later or done.claim_id):
        return done.words
    if done.later:
        return Words("あとで答えます。終わりに回りました。", "Later: put at the end.")
    said = (
        Words("同じ所としました。", "The same.")
        if done.same
        else Words("ちがう所としました。", "Not the same.")
    )
    top = Words("次に尋ねる組が、いちばん上に来ました。", " What is asked next is at the top.")
    then = top if fresh else Words("", "")
    return Words(
        f"{said.ja}{then.ja}あと {left:,}組です。", f"{said.en}{then.en} {left:,} pairs are left."
    )


def show_done(lang: Lang, take_back: Callable[[Done], None]) -> None:
    """Show what was said and what followed, with its undoing (答えたあと)."""
    done: Done | None = st.session_state.get(DONE)
    if done is None:
        return
    said, then = entity(done.words.say(lang)), entity(done.next_words.say(lang))
    if done.fault:
        st.html(f"<p class='kz-fault' role='alert'>{said}</p>")
        return
    html = f"<div class='kz-saved' role='status'><b>{said}</b><br>{then}</div>"
    if not done.claim_id and not done.later:
        st.html(html)
        return
    with st.container(key="same_done"):
        text, undo = st.columns([0.75, 0.25], vertical_alignment="center")
    text.html(html)
    undo.button(
        Words("取り消す", "Undo").say(lang), key="sm_undo", width="stretch",
        on_click=take_back, args=(done,),
    )  # fmt: skip
