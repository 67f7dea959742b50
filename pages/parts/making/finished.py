"""What came of a build: the first sentence, what would change, or why it failed (できたあと)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from geo.say.sentence import lines_of
from geo.sources.editions import NEXT, drop_next, take_next
from geo.sources.town_folder import load_town
from layers.making.choose import choose
from layers.making.cities import city_of
from layers.making.compare import compare_towns
from layers.making.draft import drop_draft, read_draft
from layers.making.work import forget_work
from layers.maps.popup import entity
from layers.served.answers import answer
from layers.served.clock import today_in_japan
from layers.served.register import register_now
from layers.served.town import town_now
from pages.parts.coverage.sentence import draw_line
from pages.parts.frame.coverage_link import show_way_to_coverage
from pages.parts.frame.frame import asked_before
from pages.parts.frame.office import address, button_link
from pages.parts.making.compared import show_compared

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.words import Lang
    from geo.town import Town
    from layers.making.compare import Compared
    from layers.making.work import Work

_NEXT_STEPS: Final[tuple[tuple[str, Words | None], ...]] = (
    ("coverage", None),  # by its name in this town
    ("map", Words("地図を見る", "See the map")),
    ("imports", Words("ほかの表を一覧に取りこむ", "Bring other tables into the register")),
    ("walks", Words("踏査を計画する", "Plan a walk")),
)


def show_ended(folder: Path, work: Work, lang: Lang) -> None:
    """Show what came of the last build (つくったあと)."""
    if work.state == "done":
        _show_done(folder, work, lang)
    elif work.state == "ready":
        _show_ready(folder, work, lang)
    elif work.doing == "fetch":
        _show_fetched(folder, work, lang)
    else:
        _show_failed(work, lang)


def _show_failed(work: Work, lang: Lang) -> None:
    with st.container(border=True, key="card_mk_failed"):
        if work.state == "stopped":
            head = Words("つくるのをやめました", "It was stopped")
        else:
            head = Words("つくれませんでした", "It could not be made")
        st.subheader(head.say(lang), anchor=False)
        if work.why is not None:
            st.html(f"<p role='alert'>{entity(outside(work.why).say(lang))}</p>")
        same = Words(
            "置いたファイルと、前からの街は、そのまま残っています。下で直して、もう一度つくれます。",
            "The files you gave, and the town there was, are as they were. Mend below and try again.",
        )
        st.html(f"<p class='kz-note'>{same.say(lang)}</p>")


def _show_fetched(folder: Path, work: Work, lang: Lang) -> None:
    """Show what came, and what did not with what to do."""
    with st.container(border=True, key="card_mk_fetched"):
        heads = {
            "fetched": Words("取り寄せました", "Fetched"),
            "stopped": Words("取り寄せをやめました。もう一度押すと、続きから始まります",
                             "Stopped; press again and it goes on from there"),
        }  # fmt: skip
        head = heads.get(work.state, Words("取り寄せられませんでした", "It could not be fetched"))
        st.subheader(head.say(lang), anchor=False)
        told = [one for one in (work.why, *work.told) if one is not None]
        items = "".join(f"<li>{entity(outside(one).say(lang))}</li>" for one in told)
        st.html(f"<ul class='kz-log' role='status'>{items}</ul>")
        if st.button(Words("わかった", "All right").say(lang), key="mk_fetched"):
            forget_work(folder)
            st.rerun()


def _show_done(folder: Path, work: Work, lang: Lang) -> None:
    draft = read_draft(folder)
    with st.container(border=True, key="card_mk_done"):
        st.subheader(Words("街ができました", "The town is made").say(lang), anchor=False)
        _show_sentence(lang)
        st.html(
            f"<p class='kz-note'>{entity(_say_minutes(draft.begun_at, work.ended_at).say(lang))}</p>"
        )
        _show_lists(folder, lang)
        for column, (page, words) in zip(st.columns(len(_NEXT_STEPS)), _NEXT_STEPS, strict=True):
            with column:
                if words is None:
                    show_way_to_coverage(town_now(), lang)
                else:
                    button_link(address(page, lang), words, lang)
        _show_told(work, lang)
        words = Words(
            "終わる（この知らせをしまう。街はそのまま残ります）",
            "Done (puts this notice away; the town stays)",
        )
        if st.button(words.say(lang), key="mk_done"):
            _settle(folder)


def _settle(folder: Path) -> None:
    forget_work(folder)
    drop_draft(folder)
    st.rerun()


def _show_sentence(lang: Lang) -> None:
    try:
        town = town_now()
        with st.spinner(Words("届く人を数えています…", "counting who is within reach…").say(lang)):
            lines = lines_of(answer(asked_before(town)), lang)
    except InputError as error:
        st.html(f"<p class='kz-read'>{entity(outside(error.words).say(lang))}</p>")
        return
    if town.salons.empty:
        words = Words(
            "通いの場がまだ1つもないので、届く人は0人です。通いの場の一覧を取りこむか、1つ書くと数えられます。",
            "There is no salon yet, so nobody is within reach: bring in a list of them, or write one.",
        )
        st.html(f"<p class='kz-read'>{words.say(lang)}</p>")
        return
    st.html("".join(f"<p class='kz-read'>{draw_line(line)}</p>" for line in lines))


def _say_minutes(begun_at: str, ended_at: float) -> Words:
    try:
        begun = datetime.fromisoformat(begun_at).timestamp()
    except ValueError:
        return Words("", "")
    minutes = max(1, round((ended_at - begun) / 60))
    return Words(f"ここまで{minutes}分", f"{count_in_english(minutes, 'minute')} up to here")


def _show_lists(folder: Path, lang: Lang) -> None:
    """Show the lists that wait for the register, a press each: the step no figure can do without."""
    draft = read_draft(folder)
    lists = [
        one for one in choose(draft, city_of(draft, town_now().name)) if one.state == "register"
    ]
    for one in lists:
        assert one.use is not None  # noqa: S101 - a list is one for its use
        words = Words(
            f"「{one.given.called().ja}」を一覧に取りこむ（{one.use.words.ja}）",
            f"Bring in {one.given.called().en} ({one.use.words.en})",
        )
        there = address("imports", lang, made=one.given.id)
        st.html(
            f"<a class='kz-button kz-first' target='_self' href='{entity(there)}'>{entity(words.say(lang))}</a>"
        )


def _show_told(work: Work, lang: Lang) -> None:
    if work.told:
        words = Words(
            f"つくったときに気づいたこと {len(work.told)}件",
            f"{count_in_english(len(work.told), 'thing')} noticed",
        )
        with st.expander(words.say(lang)):
            items = "".join(f"<li>{entity(outside(one).say(lang))}</li>" for one in work.told)
            st.html(f"<ul class='kz-log'>{items}</ul>")


def _show_ready(folder: Path, work: Work, lang: Lang) -> None:
    with st.container(border=True, key="card_mk_ready"):
        head = Words(
            "新しい街ができました。替えると、こう変わります",
            "The new town is ready. This is what it changes",
        )
        st.subheader(head.say(lang), anchor=False)
        try:
            with st.spinner(
                Words("前の街とくらべています…", "comparing with the town there is…").say(lang)
            ):
                before, after = town_now(), load_town(folder / NEXT)
                told = _compared(before, after)
        except InputError as error:
            st.html(f"<p role='alert'>{entity(outside(error.words).say(lang))}</p>")
        else:
            show_compared(told, (Words("いまの街", "now"), Words("新しい街", "new")), lang)
        _show_told(work, lang)
        left, right = st.columns(2)
        words = Words("新しい街に替える（前の街も残す）", "Take the new town (the old one is kept)")
        if left.button(words.say(lang), type="primary", width="stretch", key="mk_take"):
            take_next(folder)
            _settle(folder)
        words = Words("替えない（置いたファイルは残す）", "Leave it as it is (the files stay)")
        if right.button(words.say(lang), width="stretch", key="mk_leave"):
            drop_next(folder)
            forget_work(folder)
            st.rerun()


def _compared(before: Town, after: Town) -> Compared:
    return compare_towns(before, after, register_now(), today_in_japan())
