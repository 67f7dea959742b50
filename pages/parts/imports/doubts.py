"""What a person is asked before a file is taken: its sheet, its encoding, and what looks wrong (確かめること)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.guesses import ENCODINGS, NOT_TEXT, is_euc_jp, may_be
from geo.base.located.zones import ZONES
from geo.base.words import Words
from geo.sheets.choose import ALL_SHEETS
from layers.maps.popup import entity
from pages.parts.frame.frame import no_markdown
from surveys.imports.asked import Asked, Doubt, say_doubt, say_rows_of
from surveys.record.counted import say_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.located.asked_zone import ZoneFit
    from geo.base.words import Lang
    from surveys.imports.plan import Plan

_HEAD: Final = 14  # signs of a heading that tell whether it can be read


def ask_encoding(data: bytes, digest: str, lang: Lang) -> str:
    """Ask how a text is written where that is in doubt; return "" where it is not (文字コードを聞く)."""
    options = may_be(data)
    if not options:
        return ""
    heads = {one: _first_words(data, one) for one in options}
    key = f"in_encoding:{digest}"
    if key not in st.session_state:
        st.session_state[key] = "euc_jp" if is_euc_jp(data) else "cp932"
    words = Words(
        "文字コード（文字が正しく見えるほうを選んでください）",
        "Encoding (choose the one whose text looks right)",
    )
    chosen = st.segmented_control(
        words.say(lang), options, key=key, required=True, width="stretch",
        format_func=lambda one: no_markdown(f"{ENCODINGS[one]}：{heads[one]}"),
    )  # fmt: skip
    return str(chosen or "")


def ask_sheets(names: Sequence[str], digest: str, lang: Lang) -> tuple[str, ...]:
    """Ask which of several sheets are read, none until somebody chose (シートを聞く)."""
    words = Words(
        f"表のあるシートが{len(names)}枚あります。どれを読むか",
        f"{len(names)} sheets hold a table. Which to read?",
    )
    whole = Words("見出しが同じシートをすべて", "All sheets of the same headings").say(lang)
    if st.toggle(whole, key=f"in_all_sheets:{digest}"):
        return (ALL_SHEETS,)
    chosen = st.pills(
        words.say(lang), list(names), selection_mode="multi", key=f"in_sheets:{digest}",
        format_func=no_markdown,
    )  # fmt: skip
    return tuple(chosen or ())


def ask_zone(fits: Sequence[ZoneFit], digest: str, lang: Lang) -> int:
    """Ask of which zone metres are that nothing tells; 0 until somebody chose (系を聞く)."""
    words = Words(
        "座標がメートル（平面直角座標系）で、何系か書いてありません。どの系か",
        "The coordinates are metres (平面直角座標系), of no zone that is told. Which is it?",
    )
    named = {one.zone: _say_zone(one) for one in fits} or {zone: _any_zone(zone) for zone in ZONES}
    chosen = st.segmented_control(
        words.say(lang), list(named), key=f"in_zone:{digest}", width="stretch",
        format_func=lambda zone: no_markdown(named[zone].say(lang)),
    )  # fmt: skip
    return int(chosen or 0)


def _say_zone(fit: ZoneFit) -> Words:
    return Words(
        f"{fit.zone}系（{fit.count:,}か所のうち {fit.inside:,}か所が街の中）",
        f"Zone {fit.zone} ({fit.inside:,} of {fit.count:,} in the town)",
    )


def _any_zone(zone: int) -> Words:
    return Words(f"{zone}系", f"Zone {zone}")


def ask_kind(plan: Plan, lang: Lang) -> bool:
    """Ask whether a file of another kind is taken all the same (このまま取りこむか)."""
    words = Words(
        f"このまま「{plan.type.words.ja}」として取りこむ",
        f"Bring it in as “{plan.type.words.en}” all the same",
    )
    return st.checkbox(
        no_markdown(words.say(lang)), key=f"in_accept:{plan.sha256}:{plan.type.id}:kind"
    )


def ask_doubts(plan: Plan, asked: Asked, lang: Lang) -> bool:
    """Ask about rows that look wrong, a tick each; return whether all is answered (確かめる)."""
    doubts = asked.left(("kind",))
    if not doubts:
        return True
    with st.container(border=True, key="card_in_asked"):
        head = Words("取りこむ前に、確かめてください", "Please check before it is brought in")
        leave = Words(
            "取りこまない行は、下の表ではずせます。", "Rows can be left out in the table below."
        )
        st.html(f"<b>{head.say(lang)}</b><br><span class='kz-note'>{leave.say(lang)}</span>")
        ticked = [_ask_one(plan, asked, one, lang) for one in doubts]
    return all(ticked)


def _ask_one(plan: Plan, asked: Asked, doubt: Doubt, lang: Lang) -> bool:
    rows = asked.names if doubt == "names" else asked.places
    said = f"{say_doubt(plan, asked, doubt).say(lang)}{Words('。', '.').say(lang)}"
    lines = [said, say_rows_of(rows).say(lang)]
    many = say_count(plan.type, len(rows))
    words = Words(f"この {many.ja}も取りこむ", f"Bring in these {len(rows):,}, too")
    first, *rest = map(entity, lines)
    st.html(first + "".join(f"<br><span class='kz-note'>{one}</span>" for one in rest))
    key = f"in_accept:{plan.sha256}:{plan.type.id}:{doubt}"
    return st.checkbox(no_markdown(words.say(lang)), key=key)


def _first_words(data: bytes, encoding: str) -> str:
    text = NOT_TEXT[encoding].sub("", data[:2000].decode(encoding, errors="ignore"))
    lines = [one for one in text.splitlines() if not one.isascii()] or [""]
    return lines[0][:_HEAD]
