"""The press that builds, and the work while it goes on (つくる)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.own_folder import holds_town
from layers.making.cities import told_cities
from layers.making.work import ask_to_stop, begin_work, read_work
from layers.maps.popup import entity
from pages.parts.making.missing import BUILD, BUILD_AGAIN

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.base.words import Lang
    from layers.making.draft import Draft
    from layers.making.sources import Parts
    from layers.making.work import Work

_EVERY_S: Final = 1.0
_GROUNDS: Final = ("border", "division", "streets")


def show_build(
    folder: Path, draft: Draft, parts: Parts, city: Listed | None, lang: Lang, *, stands: bool
) -> None:
    """Show the press that builds the town, with why it cannot be pressed yet (つくるボタン)."""
    if stands and not parts.new and not draft.dropped:
        return
    mixed = city is None and bool(told_cities(draft.files))
    ground = bool(parts.roles() & set(_GROUNDS))
    with st.container(border=True, key="card_mk_build"):
        words = BUILD_AGAIN if stands else BUILD
        if not ground:
            why = Words(
                "市の境か、地区の分け方か、道のファイルを1つ置くと、つくれます。",
                "Give a border, areas, or streets first.",
            )
            st.html(f"<p class='kz-note'>{why.say(lang)}</p>")
        elif mixed:
            why = Words(
                "いくつかの街のファイルがまじっています。先に、どこの街かを選んでください。",
                "The files are of several municipalities: first choose which one is to be made.",
            )
            st.html(f"<p class='kz-note'>{why.say(lang)}</p>")
        pressed = st.button(
            words.say(lang),
            type="primary",
            disabled=not ground or mixed,
            width="stretch",
            key="mk_build",
        )
        if pressed:
            try:
                begin_work(folder, draft.number)
            except InputError as error:
                st.html(
                    f"<p class='kz-note' role='alert'>{entity(outside(error.words).say(lang))}</p>"
                )
                return
            st.rerun()


def show_building(folder: Path, work: Work, lang: Lang) -> None:
    """Show what is being done, and let it be stopped (つくっているところ)."""
    with st.container(border=True, key="card_mk_building"):
        fetching = work.doing == "fetch"
        words = (
            Words("取り寄せています", "Fetching")
            if fetching
            else Words("つくっています", "Making the town")
        )
        st.subheader(words.say(lang), anchor=False)
        _show_steps(folder, work.began_at, lang, stands=holds_town(folder))
        if st.button(Words("やめる", "Stop").say(lang), key="mk_stop"):
            ask_to_stop(folder)
            st.rerun()


@st.fragment(run_every=_EVERY_S)
def _show_steps(folder: Path, began_at: float, lang: Lang, *, stands: bool) -> None:
    work = read_work(folder)
    if work.state != "building":
        st.rerun()
    *done, now = [one.say(lang) for one in work.steps] or [
        Words("はじめています", "beginning").say(lang)
    ]
    lines = "".join(f"<li>✓ {entity(one)}</li>" for one in done)
    seconds = max(0, int(time.time() - began_at))
    so_far = Words(f"{seconds}秒", f"{seconds} s").say(lang)
    words = Words("この画面は閉じてもかまいません。", "You may close this page.")
    if stands:
        words = Words(
            f"いまの街は、できあがるまでそのまま使えます。{words.ja}",
            f"What stands now can be used until it is done. {words.en}",
        )
    st.html(
        f"<ul class='kz-log' style='list-style:none' role='status'>{lines}<li><b>{entity(now)}…</b> {so_far}</li></ul>"
        f"<p class='kz-note'>{words.say(lang)}</p>"
    )
