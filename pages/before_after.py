"""前と後: who came within reach between two days, who no longer is, and by which salon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from geo.base.dates import FIRST_DAY
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Lang, Words
from geo.export.ledger import export_ledger, export_ledger_table
from geo.say.ledger import say_ledger
from layers.asked import ON, WISHES
from layers.cards.change_table import change_table
from layers.commands.shared import make_stamp
from layers.day.salons import When
from layers.maps.change_map import change_group, read_before
from layers.maps.legend import change_legend
from layers.maps.popup import entity
from layers.maps.town_map import map_key, town_map
from layers.served.answers import answer_key, salon_words, town_for
from layers.served.changes import ledger_now
from layers.served.clock import today_in_japan
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import (
    ask_question,
    begin_page,
    pick,
    show_empty,
    show_unread,
    split_page,
)
from pages.parts.question.day import ask_day

if TYPE_CHECKING:
    from geo.analysis.ledger import Ledger
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from layers.asked import Asked

PAGE = Page(id="before_after", words=Words("前と後", "Before, after"), group="think", order=12)
TITLE = Words("だれに届くようになり、だれに届かなくなったか", "Who was gained, and who was lost?")
LATER = Words("後の日（空ければ、きょう）", "The later day (empty: today)")
HEIGHT = 470
_READ = ("from", "known")
_A_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Two:
    """Both days of the question."""

    before: When
    after: str

    @property
    def days(self) -> tuple[str, str]:
        return self.before.on, self.after


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(TITLE, reads=(*_READ, *WISHES))
    controls, main, below = split_page()
    with controls, st.container(key="controls"):
        before = _ask_before(lang)
        asked = ask_question(town, lang, LATER)
    asked = replace(asked, band="")
    two = _Two(before=before, after=asked.on or today_in_japan())
    with main:
        if two.before.on >= two.after:
            show_empty(
                Words("前の日が、後の日より前ではありません", "the earlier day is not earlier"),
                Words(
                    "「前の日」か「後の日」を選びなおしてください。",
                    "Choose the earlier day, or the later one, again.",
                ),
                lang,
            )
            return
        try:
            with st.spinner(Words("二つの日を比べています…", "comparing the days…").say(lang)):
                ledger, coverage = ledger_now(asked, before)
        except InputError as error:
            show_empty(Words("まだ数えられません", "cannot count yet"), outside(error.words), lang)
            return
        _show_sentence(ledger, coverage, two, lang)
        _show_map(town, asked, two, lang)
    with controls:
        _show_assumptions(asked, two, lang)
    with below:
        _show_below(asked, ledger, coverage, two, lang)


def _ask_before(lang: Lang) -> When:
    """Ask for the earlier day, and by whose knowledge; an address may say both."""
    today = date.fromisoformat(today_in_japan())
    if "q_before" not in st.session_state:
        st.session_state["q_before"], st.session_state["q_known"] = _from_address(today, lang)
    day = ask_day(
        Words("前の日", "The earlier day").say(lang), "q_before", lang,
        low=date.fromisoformat(FIRST_DAY), high=today, persist="session",
    )  # fmt: skip
    ways = {
        "": Words("その日のようす", "As it was").say(lang),
        ON: Words("分かっていたこと", "As it was known").say(lang),
    }
    known = pick(
        Words("前の日を、何で数えるか", "The earlier day is counted"),
        list(ways),
        ways,
        "q_known",
        lang,
        "",
    )
    on = day.isoformat() if day else (today - _A_MONTH).isoformat()
    st.query_params.update({"from": on, "known": known} if known else {"from": on})
    if not known:
        st.query_params.pop("known", None)
    return When(on=on, known=known == ON)


def _from_address(today: date, lang: Lang) -> tuple[date, str]:
    """Return what the address says, and say on the page what of it cannot be used."""
    said = {one: st.query_params[one] for one in st.query_params}
    try:
        before = read_before(said, today.isoformat())
    except InputError as error:
        if any(said.get(one) for one in _READ):
            show_unread(outside(error.words), lang)
        return today - _A_MONTH, ""
    return date.fromisoformat(before.on), ON if before.known else ""


def _show_sentence(ledger: Ledger, coverage: Coverage, two: _Two, lang: Lang) -> None:
    first, sums, *rest = say_ledger(ledger, coverage.question, two.days)
    areas = int(((ledger.areas["gained"] > 0) | (ledger.areas["lost"] > 0)).sum())
    why = rest[: len(rest) - areas]  # the areas stand in the table
    lines = "<br>".join(entity(one.say(lang)) for one in (first, sums))
    st.html(f"<p class='kz-read'>{lines}</p>")
    more = "<br>".join(f"・{entity(one.say(lang))}" for one in why)
    with st.container(key="why"):
        st.html(f"<p class='kz-as'>{more}</p>")


@st.fragment
def _show_map(town: Town, asked: Asked, two: _Two, lang: Lang) -> None:
    st_folium(
        town_map(town, named=False),
        feature_group_to_add=change_group(asked, two.before, answer_key(asked)),
        returned_objects=[],
        height=HEIGHT,
        use_container_width=True,
        key=f"changes-{map_key()}",
    )
    st.html(change_legend(lang))


def _show_assumptions(asked: Asked, two: _Two, lang: Lang) -> None:
    known = Words(
        "前の日は、その日までに台帳が知っていたことで数える。",
        "The earlier day is counted by what the register knew then.",
    )
    true = Words(
        "前の日は、いま分かっているかぎりの、その日のようすで数える。",
        "The earlier day is counted as it was, by what is known now.",
    )
    lines = [known if two.before.known else true, *salon_words(asked)]
    body = "<br>".join(entity(words.say(lang)) for words in lines)
    st.html(f"<p class='kz-as'><b>{Words('前提', 'What this assumes').say(lang)}</b><br>{body}</p>")


@st.fragment
def _show_below(asked: Asked, ledger: Ledger, coverage: Coverage, two: _Two, lang: Lang) -> None:
    st.subheader(Words("区域ごとの増減", "Changes per area").say(lang), anchor=False)
    count = len(ledger.areas)
    every = st.toggle(
        Words(f"変わらない区域も出す（全部で{count}）", f"Show all {count} areas").say(lang),
        key="q_unchanged",
    )
    st.html(change_table(ledger, lang, every=every))
    left, right, _ = st.columns([0.3, 0.3, 0.4])
    town, stem = town_for(asked), f"{'_'.join(two.days)}"
    left.download_button(
        Words("GeoJSON を書き出す", "Export GeoJSON").say(lang),
        lambda: export_ledger(
            town, coverage, ledger, days=two.days, keys=lang, lang=lang, stamp=make_stamp()
        ),
        file_name=f"{town.name}_{stem}_ledger.geojson", mime="application/geo+json",
        key="get_ledger", width="stretch", on_click="ignore",
    )  # fmt: skip
    right.download_button(
        Words("表（CSV）を書き出す", "Export the table (CSV)").say(lang),
        lambda: export_ledger_table(ledger, keys=lang, lang=lang).encode("utf-8-sig"),
        file_name=f"{town.name}_{stem}_ledger.csv", mime="text/csv",
        key="get_ledger_table", width="stretch", on_click="ignore",
    )  # fmt: skip


show_page()
