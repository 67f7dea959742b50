"""前と後: who came within reach between two days, who no longer is, and by which salon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from geo.base.dates import FIRST_DAY
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Lang, Words
from geo.export.ledger import export_ledger, export_ledger_table
from geo.say.ledger import say_ledger
from layers.asked import ON
from layers.cards.change_table import change_table
from layers.commands.shared import make_stamp
from layers.day.salons import When
from layers.maps.change_map import change_group, read_before
from layers.maps.moved_legend import change_legend
from layers.maps.popup import entity
from layers.maps.town_map import map_key, town_map
from layers.pictures.figures import LEDGER_TITLE, ledger_figure
from layers.served.answers import answer_key, day_for, salon_words, town_for
from layers.served.changes import ledger_now
from layers.served.clock import today_in_japan
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import (
    ask_question,
    begin_page,
    pick,
    show_empty,
    split_page,
)
from pages.parts.frame.linked import linked, linked_switch
from pages.parts.frame.picture import PICTURE, show_picture
from pages.parts.frame.show_map import show_map
from pages.parts.question.day import ask_day

if TYPE_CHECKING:
    from geo.analysis.ledger import Ledger
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from layers.asked import Asked

PAGE = Page(
    id="before_after", words=Words("前と後", "Before, after"), group="think", order=12,
    kinds=("site",), types=("salon",),
)  # fmt: skip
TITLE = LEDGER_TITLE
LATER = Words("後の日（空なら、きょう）", "The later day (empty: today)")
HEIGHT = 470
_READ = ("from", "known", "every", PICTURE)
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
    town, lang = begin_page(TITLE, reads=_READ)
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
        show_picture(
            lambda: ledger_figure(day_for(asked), ledger, coverage, two.days, TITLE, lang),
            f"{town.name}_{'_'.join(two.days)}_ledger", lang,
        )  # fmt: skip


def _ask_before(lang: Lang) -> When:
    """Ask for the earlier day, and by whose knowledge; an address may say both."""
    today = date.fromisoformat(today_in_japan())

    def read(text: str) -> date:
        return date.fromisoformat(read_before({"from": text}, today.isoformat()).on)

    def read_known(text: str) -> str:
        now = today.isoformat()
        return ON if read_before({"from": now, "known": text}, now).known else ""

    # Always said, as a month ago is another day tomorrow.
    if not st.query_params.get("from") and st.session_state.get("q_before") is None:
        st.session_state["q_before"] = today - _A_MONTH
    day = ask_day(
        Words("前の日", "The earlier day").say(lang), lang=lang, persist="session",
        between=(date.fromisoformat(FIRST_DAY), today),
        **linked("q_before", "from", first=None, read=read, say=_say_day),
    )  # fmt: skip
    ways = {
        "": Words("その日のようす", "As it was").say(lang),
        ON: Words("分かっていたこと", "As it was known").say(lang),
    }
    known = pick(
        Words("前の日を、何で数えるか", "The earlier day is counted"),
        list(ways),
        ways,
        linked("q_known", "known", first="", read=read_known, say=str),
        lang,
        "",
    )
    on = day.isoformat() if day else (today - _A_MONTH).isoformat()
    return When(on=on, known=known == ON)


def _say_day(day: date | None) -> str:
    return day.isoformat() if day else ""


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
    show_map(
        town_map(town, named=False), change_group(asked, two.before, answer_key(asked)),
        key=f"changes-{map_key()}", height=HEIGHT, lang=lang,
    )  # fmt: skip
    st.html(change_legend(lang))


def _show_assumptions(asked: Asked, two: _Two, lang: Lang) -> None:
    known = Words(
        "前の日は、その日までに記録されていたことで数える。",
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
    st.subheader(Words("地区ごとの増減", "Changes per area").say(lang), anchor=False)
    count = len(ledger.areas)
    every = st.toggle(
        Words(f"変わらない地区も出す（全部で{count}）", f"Show all {count} areas").say(lang),
        persist_state="session",
        **linked_switch("q_unchanged", "every"),
    )
    st.html(change_table(ledger, lang, every=every, straight=coverage.question.straight))
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
        lambda: export_ledger_table(
            ledger, keys=lang, lang=lang, straight=coverage.question.straight
        ).encode("utf-8-sig"),
        file_name=f"{town.name}_{stem}_ledger.csv", mime="text/csv",
        key="get_ledger_table", width="stretch", on_click="ignore",
    )  # fmt: skip


show_page()
