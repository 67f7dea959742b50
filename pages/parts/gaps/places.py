"""The places one under another: where, how many, why, and what to do with one press (空白の一覧)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.marks import shown
from geo.base.words import Words
from geo.say.gap_why import say_place, say_why_here
from geo.tables.tables import each_row, people_words
from layers.maps.popup import entity
from pages.parts.frame.frame import label
from pages.parts.frame.office import address, button_link
from pages.parts.plans.kept import begin_with
from pages.parts.question.visit import write_address
from surveys.record.plan import Change

if TYPE_CHECKING:
    from geo.analysis.gaps import Gaps
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from pages.parts.frame.office import Office

_LONGEST = 80
# The part of the address that says which place was pressed on the map.
CHOSEN: Final = "gap"


def show_places(office: Office, gaps: Gaps, question: Question, *, most: int) -> None:
    """Show the first places as cards (所を出す)."""
    for row in each_row(gaps.table.head(most)):
        with st.container(border=True, key=f"card_ga_{row.rank}"):
            text, press = st.columns([0.7, 0.3], vertical_alignment="center")
            text.html(_tell(gaps, row, question, office.lang))
            with press:
                _press(office, gaps, row, "ga_plan")


def chosen_now(gaps: Gaps) -> Any:  # noqa: ANN401 - a row of the table
    """Return the place the address says was pressed on the map, None for none (押した所)."""
    said = st.query_params.get(CHOSEN, "")
    return next((row for row in each_row(gaps.table) if said and row.gap_id == said), None)


def show_chosen(office: Office, gaps: Gaps, question: Question, row: Any) -> None:  # noqa: ANN401
    """Show the card of the place pressed on the map, beside it or over its lower part (押した所のカード)."""
    with st.container(key="mapcard"), st.container(border=True, key="card_map"):
        close = Words("閉じる", "Close").say(office.lang)
        st.button("✕", key="m_close", help=close, on_click=write_address, args=({CHOSEN: ""},))
        st.html(_tell(gaps, row, question, office.lang))
        _press(office, gaps, row, "ga_here")


def _tell(gaps: Gaps, row: Any, question: Question, lang: Lang) -> str:  # noqa: ANN401
    count = Words(f"{row.people:,}人", f"{row.people:,} people").say(lang)
    others = [
        Words(f"{who.ja} {getattr(row, f'people_{age}'):,}人", f"{getattr(row, f'people_{age}'):,} {who.en}")
        for age in ("65", "75")
        if age in gaps.ages and age != question.people
        for who in (people_words(age),)
    ]  # fmt: skip
    more = f"<small>{entity('・'.join(one.say(lang) for one in others))}</small>" if others else ""
    head = (
        f"<p class='kz-gap'><b class='no'>{row.rank}</b><b>{entity(shown(say_place(row).say(lang)))}</b>"
        f"<span class='n'>{entity(count)}</span>{more}</p>"
    )
    end = Words("。", ". ").say(lang)
    why = "".join(
        entity(shown(label(one, lang))) + end for one in say_why_here(gaps, row, question)
    )
    return f"{head}<p class='kz-note'>{why}</p>"


def _press(office: Office, gaps: Gaps, row: Any, key: str) -> None:  # noqa: ANN401 - as above
    lang = office.lang
    if row.area_id:
        place = address("walks", lang, area=f"{gaps.small}/{row.area_id}", gap=row.gap_id)
        button_link(place, Words("踏査に加える", "Plan a walk there"), lang)
    if row.opened_id:
        name = entity(str(row.opened_name))
        card = Words(f"{name}のカルテ", f"Card of {name}")
        button_link(address("karte", lang, site=row.opened_id), card, lang)
    if st.button(
        Words("ここに足すと", "If one were added").say(lang), key=f"{key}_{row.rank}",
        width="stretch",
    ):  # fmt: skip
        name = str(row.area_name) or Words("空白", "a gap").say(lang)
        title = Words(f"{name}に一つ足す", f"One more in {name}").say(lang)[:_LONGEST]
        called = Words(f"{name}の新しい通いの場（仮）", f"New salon in {name} (to be named)")
        new = Change(do="add", at=(row.lon, row.lat), name=called.say(lang)[:_LONGEST])
        plan = begin_with(office, title, new)
        if plan is None:
            st.rerun()
        params = {"plan": f"{plan.id}.{plan.number}"} if plan else {}
        st.switch_page(
            "pages/plans.py", query_params=params | ({"lang": lang} if lang == "en" else {})
        )
