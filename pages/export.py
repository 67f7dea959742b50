"""書き出し: files a planner opens in QGIS or Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.commands.shared import make_stamp
from geo.export import export_areas, export_cells, export_reach, export_sites, export_table
from geo.problems import InputError
from geo.sentences import say_gap, say_left_out
from geo.words import Lang, Words
from layers.live import answer
from layers.popup import entity
from pages.frame import ask_question, begin_page, pick, show_empty, split_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.coverage import Coverage
    from geo.town import Town

TITLE = Words("どの数字を、どのファイルで渡すか", "Which figures, in which file?")
GEOJSON = "application/geo+json"


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(TITLE)
    controls, main, _ = split_page()
    with controls, st.container(key="controls"):
        asked = ask_question(town, lang)
        names = {"ja": "日本語", "en": "English"}
        keys = pick(Words("項目名", "Property names"), list(names), names, "e_keys", lang, "ja")
    with main:
        try:
            coverage = answer(asked)
        except InputError as error:
            show_empty(Words("まだ書き出せません", "nothing to export yet"), error.words, lang)
            return
        _show_files(town, coverage, "en" if keys == "en" else "ja", lang)


def _show_files(town: Town, coverage: Coverage, keys: Lang, lang: Lang) -> None:
    question, stamp, sites = coverage.question, make_stamp(), town.salons
    tag = f"{town.name}_{question.division}_{question.people}_{question.within.text}_{question.walker.id}"
    st.html(f"<p class='kz-read'>{entity(say_gap(coverage).say(lang))}</p>")
    _row(
        Words("区域ごとの数字", "Figures per area"),
        Words(
            "区域の形と、届く人・届かない人・割合・分。QGIS で開けます。",
            "Area shapes with people within and out of reach, shares, minutes.",
        ),
        lambda: export_areas(town, coverage, keys=keys, stamp=stamp),
        f"{tag}_areas.geojson",
        GEOJSON,
        lang,
    )
    _row(
        Words("区域ごとの表", "Table of areas"),
        Words("Excel で開ける表（CSV）。", "A table that opens in Excel (CSV)."),
        lambda: "\ufeff" + export_table(coverage, keys=keys),
        f"{tag}_areas.csv",
        "text/csv",
        lang,
    )
    _row(
        Words("住む所ごと（庁内用）", "Homes (internal)"),
        _homes_words(town),
        lambda: export_cells(town, coverage, sites, keys=keys, stamp=stamp),
        f"{tag}_cells.geojson",
        GEOJSON,
        lang,
    )
    _row(
        Words("通いの場", "salons"),
        Words(
            "場所・名前・開催日時と、道につながるか。",
            "Place, name, schedule, and whether a street is near.",
        ),
        lambda: export_sites(town, sites, keys=keys, stamp=stamp),
        f"{town.name}_sites.geojson",
        GEOJSON,
        lang,
    )
    _row(
        Words("歩いて届く範囲", "Reachable areas"),
        Words(
            "通いの場ごとに、届く道（切れ目まで正確）と、その道ぞいの面。",
            "Per salon: the streets within reach, cut exactly, and the ground beside them.",
        ),
        lambda: export_reach(
            town, sites, within=question.within, walker=question.walker, keys=keys, stamp=stamp
        ),
        f"{tag}_reach.geojson",
        GEOJSON,
        lang,
    )
    lines = "<br>".join(entity(words.say(lang)) for words in say_left_out(coverage))
    st.html(f"<p class='kz-note'>{lines}</p>")


def _homes_words(town: Town) -> Words:
    """Say what the cells' file holds: people counted where they live are no estimate."""
    if (town.cells["placed_by"] == "point").any():
        return Words(
            "地点ごとの実際の人数です。住む人が分かるおそれがあるので、公開しないでください。",
            "People as counted at each point: it may tell who lives where. Not for publication.",
        )
    return Words(
        "人数を建物や道に割りふった推計です。住民の名簿ではありませんが、公開しないでください。",
        "People shared out over buildings or streets: an estimate, no register. Not for publication.",
    )


def _row(
    head: Words, body: Words, make: Callable[[], str], name: str, mime: str, lang: Lang
) -> None:
    with st.container(border=True, key=f"card_{name}"):
        text, button = st.columns([0.72, 0.28], vertical_alignment="center")
        text.html(f"<b>{head.say(lang)}</b><br><span class='kz-note'>{body.say(lang)}</span>")
        button.download_button(
            Words("書き出す", "Export").say(lang),
            make,
            file_name=name,
            mime=mime,
            key=f"get_{name}",
            width="stretch",
            on_click="ignore",
        )


show_page()
