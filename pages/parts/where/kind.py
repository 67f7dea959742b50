"""One kind of file: what for, whether it is there, where to get it (資料のカード)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.declared import find_pages
from pages.parts.frame.office import link

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.sources.where.declared import FileKind, Lies, Place

_HAS: Final = Words("入っている：", "In this town: ")
_NOT: Final = Words("まだない：", "Not yet: ")
_TAKES: Final = Words("入れ方：", "How it is read: ")
_OPEN: Final = Words("このページを開く", "Open this page")
_OWN: Final = Words("相手のページに書いてあるとおりに", "As its page says")
_ROWS: Final = {
    "page": Words("開くページ", "Page"),
    "choose": Words("選ぶもの", "Choose"),
    "file": Words("ファイルの名前", "Called"),
    "licence": Words("利用条件", "Terms"),
    "credit": Words("印刷するクレジット", "Credit to print"),
    "note": Words("気をつけること", "Take care"),
}
# A press selects the whole, for copying without a script.
_WHOLE: Final = "style='user-select:all;overflow-wrap:anywhere'"


def show_kind(kind: FileKind, held: tuple[Words, ...] | None, lies: Lies, lang: Lang) -> None:
    """Show the card of a kind (資料のカードを出す).

    Parameters
    ----------
    held
        What the town has of it (`geo.sources.where.held.held_of`); None where there is no town,
        or none is wanted.
    """
    with st.container(border=True, key=f"card_where_{kind.id}"):
        st.subheader(kind.words.say(lang), anchor=kind.id)
        takes = entity(kind.takes.say(lang))
        if kind.page:
            page = find_pages()[kind.page]
            takes += f"<br>{link(page.id, page.words.say(lang), lang)}"
        st.html(
            f"<p>{entity(kind.use.say(lang))}</p>{say_state(kind, held, lang)}"
            f"<p class='kz-note'><b>{_TAKES.say(lang)}</b>{takes}</p>"
        )
        for place in kind.places:
            st.html(_table(place, lies, lang))


def say_state(kind: FileKind, held: tuple[Words, ...] | None, lang: Lang) -> str:
    """Return as HTML what the town has of a kind, or what holds without it (入っているか)."""
    without = entity(kind.without.say(lang))
    if held:
        return f"<p><span class='kz-has'>{_HAS.say(lang)}{say_held(held, lang)}</span></p>"
    if held is None or not (kind.role or kind.sites):
        return f"<p>{without}</p>"
    return f"<p><b class='kz-due'>{_NOT.say(lang)}</b> {without}</p>"


def say_held(held: tuple[Words, ...], lang: Lang) -> str:
    """Return as HTML what a town has of a kind (入っている資料)."""
    return entity(("・" if lang == "ja" else ", ").join(one.say(lang) for one in held))


def _table(place: Place, lies: Lies, lang: Lang) -> str:
    def said(text: str) -> str:
        return entity(lies.fill(text, lang))

    href = entity(place.page)
    steps = "".join(f"<li>{said(one.say(lang))}</li>" for one in place.choose)
    credit = f"<span {_WHOLE}>{entity(place.credit)}</span>" if place.credit else _OWN.say(lang)
    cells = {
        "page": f"<a href='{href}' target='_blank' rel='noopener'>{_OPEN.say(lang)}</a><br>"
        f"<small {_WHOLE}>{href}</small>",
        "choose": f"<ol style='margin:0;padding-left:1.4em'>{steps}</ol>",
        "file": f"<span {_WHOLE}>{said(place.file)}</span>",
        "licence": entity(place.licence.say(lang)),
        "credit": credit,
        "note": said(place.note.say(lang)),
    }
    rows = "".join(
        f"<tr><th>{_ROWS[id_].say(lang)}</th><td>{cells[id_]}</td></tr>" for id_ in cells
    )
    head = f"<h4 style='margin:0;padding:.4rem 0'>{entity(place.words.say(lang))}</h4>"
    return f"{head}<table class='kz-facts kz-get'><tbody>{rows}</tbody></table>"
