"""The places as files, as the command writes them (空白の書き出し)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from geo.export.gaps import Shown, export_gaps, export_gaps_book, export_gaps_table
from geo.say.gaps import gaps_mean, say_each_gap, say_target
from geo.say.sentence import say_coverage
from geo.say.sentences import say_left_out, say_people
from layers.asked import make_question
from layers.commands.shared import make_stamp, say_sources
from layers.served.answers import day_for, salon_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.analysis.gap_areas import AreaGaps
    from geo.analysis.gaps import Gaps
    from layers.asked import Asked
    from pages.parts.frame.office import Office


def show_files(office: Office, gaps: Gaps, areas: list[AreaGaps], asked: Asked) -> None:
    """Offer the places as GeoJSON, CSV and XLSX (書き出す)."""
    lang, day = office.lang, day_for(asked)
    question = day.as_asked(make_question(asked, day.built))
    town, said = day.town_for(question), say_coverage(gaps.coverage)

    def shown() -> Shown:
        return Shown(
            keys=lang, lang=lang, why=say_each_gap(gaps, question), means=gaps_mean(gaps),
            areas=areas,
        )  # fmt: skip

    def geojson() -> str:
        rests = day.rests_for(question)
        return export_gaps(
            town, gaps, shown(), stamp=make_stamp(), rests=rests, said=said,
            counted=salon_words(asked),
        )  # fmt: skip

    def book() -> bytes:
        targets = [words for one in areas for words in say_target(one, question)]
        about = [*said, *targets, *salon_words(asked), *say_people(town),
                 *say_left_out(gaps.coverage, town), *say_sources(town)]  # fmt: skip
        return export_gaps_book(gaps, shown(), stamp=make_stamp(), about=about)

    def table() -> bytes:
        return export_gaps_table(gaps, shown()).encode("utf-8-sig")

    kinds: tuple[tuple[str, Words, Callable[[], str | bytes], str], ...] = (
        ("geojson", Words("GeoJSON", "GeoJSON"), geojson, "application/geo+json"),
        ("csv", Words("表（CSV）", "Table (CSV)"), table, "text/csv"),
        ("xlsx", Words("表（Excel）", "Table (Excel)"), book,
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )  # fmt: skip
    st.html(f"<p class='kz-note'><b>{Words('書き出す', 'Export').say(lang)}</b></p>")
    for place, (ending, words, make, mime) in zip(st.columns(len(kinds)), kinds, strict=True):
        place.download_button(
            words.say(lang), make, file_name=f"{town.name}_gaps.{ending}", mime=mime,
            key=f"ga_get_{ending}", width="stretch", on_click="ignore",
        )  # fmt: skip
