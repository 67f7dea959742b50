"""書き出し: files a planner opens in QGIS or Excel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from geo.analysis.near_places import name_places
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.square import EXACT_WORDS, OFFICE_MARK, say_homes_told
from geo.base.words import Lang, Words
from geo.export.files import (
    export_areas,
    export_benches,
    export_cells,
    export_reach,
    export_sites,
    export_table,
)
from geo.export.homes import Homes
from geo.say.rests import say_band, say_rests
from geo.say.sentence import say_coverage
from geo.say.sentences import say_left_out, say_notes
from layers.commands.shared import make_stamp
from layers.maps.popup import entity
from layers.planners.package import dump_package
from layers.served.answers import (
    answer,
    answer_band,
    answer_why,
    best_benches,
    day_for,
    measured_words,
    rest_facts,
    rests_for,
    salon_words,
    town_for,
)
from pages.parts.export.file_row import show_file, tag_of
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import ask_question, begin_page, pick, show_empty, split_page
from pages.parts.frame.linked import linked_choice

if TYPE_CHECKING:
    import pandas as pd

    from geo.analysis.band import Band
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from geo.walk.search import Way
    from layers.asked import Asked

PAGE = Page(
    id="export", words=Words("書き出し", "Export"), group="give", order=90,
    kinds=("site",),
)  # fmt: skip
TITLE = Words("どの数字を、どのファイルで渡すか", "Which figures, in which file?")
GEOJSON, GEOPACKAGE = "application/geo+json", "application/geopackage+sqlite3"


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(TITLE, reads=("keys",))
    controls, main, _ = split_page()
    with controls, st.container(key="controls"):
        asked = ask_question(town, lang)
        names = {"ja": "日本語", "en": "English"}
        kept = linked_choice("e_keys", "keys", names, first="ja")
        keys = pick(Words("項目名", "Property names"), list(names), names, kept, lang, "ja")
        exact = _ask_exact(asked, lang)
    with main:
        try:
            found = _found(asked, exact=exact)
        except InputError as error:
            show_empty(Words("まだ書き出せません", "no files yet"), outside(error.words), lang)
            return
        _show_files(found, "en" if keys == "en" else "ja", lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """An answer, and what it was asked with."""

    town: Town
    coverage: Coverage
    band: Band | None
    rests: pd.DataFrame | None
    asked: Asked
    homes: Homes


def _found(asked: Asked, *, exact: bool) -> _Found:
    band = answer_band(asked) if asked.band else None
    coverage = answer(asked) if band is None else band.known
    return _Found(
        town=town_for(asked),
        coverage=coverage,
        band=band,
        rests=rests_for(asked),
        asked=asked,
        homes=Homes(ids=day_for(asked).homes, exact=exact),
    )


def _show_files(found: _Found, keys: Lang, lang: Lang) -> None:
    town, coverage, rests, band = found.town, found.coverage, found.rests, found.band
    question, stamp, sites = coverage.question, make_stamp(), town.salons
    homes, mark = found.homes, _mark(found)
    tag = f"{town.name}_{tag_of(question)}"
    said = say_coverage(coverage, band)
    lines = "<br>".join(entity(words.say(lang)) for words in said)
    st.html(f"<p class='kz-read'>{lines}</p>")
    show_file(
        Words("地区ごとの数字", "Figures per area"),
        Words(
            "地区の形と、届く人・届かない人とそのわけ・割合・分など、すべての指標。QGIS で開けます。",
            "Area shapes with people within and out of reach and why, shares, minutes and every "
            "measure.",
        ),
        lambda: export_areas(
            town,
            coverage,
            keys=keys,
            stamp=stamp,
            rests=rests,
            band=band,
            said=said,
            why=answer_why(found.asked),
            counted=salon_words(found.asked),
        ),
        f"{tag}_areas.geojson",
        GEOJSON,
        lang,
    )
    show_file(
        Words("地区ごとの表", "Table of areas"),
        Words("Excel で開ける表（CSV）。", "A table that opens in Excel (CSV)."),
        lambda: "\ufeff" + export_table(coverage, keys=keys, why=answer_why(found.asked)),
        f"{tag}_areas.csv",
        "text/csv",
        lang,
    )
    show_file(
        Words("住む所ごと（庁内用）", "Homes (office use only)"),
        _homes_words(town),
        lambda: export_cells(
            town,
            coverage,
            sites,
            keys=keys,
            stamp=stamp,
            rests=rests,
            band=band,
            said=said,
            homes=homes,
        ),
        f"{tag}_cells_{OFFICE_MARK}.geojson",
        GEOJSON,
        lang,
    )
    show_file(
        Words("通いの場", "salons"),
        Words(
            "場所・名前・開催日時。"
            if found.town.streetless
            else "場所・名前・開催日時と、道につながるか。",
            "Place, name, schedule, and whether a street is near.",
        ),
        lambda: export_sites(town, sites, keys=keys, stamp=stamp, homes=homes),
        f"{town.name}_sites{mark}.geojson",
        GEOJSON,
        lang,
    )
    _show_reach(found, tag, keys, lang)
    if question.rest_m is not None:
        _show_benches(found, tag, keys, lang)
    _show_package(found, tag, keys, lang)
    lines = "<br>".join(entity(words.say(lang)) for words in _read_with(found))
    st.html(f"<p class='kz-note'>{lines}</p>")


def _show_reach(found: _Found, tag: str, keys: Lang, lang: Lang) -> None:
    town, question, stamp = found.town, found.coverage.question, make_stamp()
    trip: Way = "back" if question.trip == "back" else "there"
    body = Words(
        "通いの場ごとに、届く道（切れ目まで正確）と、その道ぞいの面。",
        "Per salon: the streets within reach, cut exactly, and the ground beside them.",
    )
    if question.straight:
        body = Words(
            "通いの場ごとに、直線で範囲の円。道のりで届くのは、これより近くまで。",
            "Per salon: the circle in a straight line; along streets it is less far.",
        )
    if question.rest_m is not None or question.toilet_m is not None or question.trip != trip:
        body = Words(
            f"{body.ja}休む所の決まりは入れず、片道で出します。",
            f"{body.en} One way, without the rule of rests.",
        )
    show_file(
        Words("直線の円", "Straight-line circles")
        if question.straight
        else Words("歩いて届く範囲", "Reachable areas"),
        body,
        lambda: export_reach(
            town,
            town.salons,
            within=question.within,
            walker=question.walker,
            keys=keys,
            stamp=stamp,
            heights=question.heights,
            trip=trip,
            homes=found.homes,
            chosen=question.chosen,
            grounds=day_for(found.asked).grounds,
        ),
        f"{tag}_reach{_mark(found)}.geojson",
        GEOJSON,
        lang,
    )


def _show_benches(found: _Found, tag: str, keys: Lang, lang: Lang) -> None:
    town, coverage, stamp = found.town, found.coverage, make_stamp()

    def make() -> str:
        benches = name_places(town, best_benches(found.asked))
        return export_benches(
            town, coverage, benches, keys=keys, stamp=stamp, rests=found.rests,
            said=say_coverage(coverage, found.band), homes=found.homes,
        )  # fmt: skip

    show_file(
        Words("ベンチを1つ置くなら", "Best places for one bench"),
        Words(
            "置くと届くようになる人の多い所。2か所の人数は足し算になりません。",
            "Where one bench brings most people within reach. Gains of two do not add up.",
        ),
        make,
        f"{tag}_benches{_mark(found)}.geojson",
        GEOJSON,
        lang,
    )


def _show_package(found: _Found, tag: str, keys: Lang, lang: Lang) -> None:
    asked, homes = found.asked, found.homes
    reach, streets = Words("届く範囲", "reach"), Words("、道", " and streets")
    if found.town.streetless:
        reach, streets = Words("直線の円", "straight-line circles"), Words("", "")
    show_file(
        Words("計画のための1つのファイル（庁内用）", "One file for planners (office use only)"),
        Words(
            f"地区の数字とわけ、通いの場、地図の所、記録、{reach.ja}、境{streets.ja}。QGIS で色のついた地図として"
            "開けます（GeoPackage）。",
            f"Areas with figures and reasons, salons, map places, the register, {reach.en}, borders"
            f"{streets.en}: QGIS opens it as a finished map (GeoPackage).",
        ),
        lambda: dump_package(
            day_for(asked), found.coverage, answer_why(asked), exact=homes.exact, lang=keys,
            stamp=make_stamp(),
        ),
        f"{tag}_{OFFICE_MARK}.gpkg",
        GEOPACKAGE,
        lang,
    )  # fmt: skip


def _read_with(found: _Found) -> list[Words]:
    """Return what the figures should be read with, a line each."""
    coverage = found.coverage
    lines = [*say_left_out(coverage, found.town), *say_notes(coverage)]
    lines += measured_words(found.asked)
    if found.rests is not None:
        lines += say_rests(rest_facts(found.asked))
    return lines if found.band is None else [*lines, say_band(found.band)]


def _ask_exact(asked: Asked, lang: Lang) -> bool:
    """Ask whether homes are told as they are, where there are any."""
    try:
        homes = day_for(asked).homes
    except InputError:
        return False
    if not homes:
        return False
    exact = st.checkbox(EXACT_WORDS.say(lang), key="e_exact")
    st.html(f"<p class='kz-note'>{say_homes_told(len(homes), exact=exact).say(lang)}</p>")
    return exact


def _mark(found: _Found) -> str:
    return f"_{OFFICE_MARK}" if found.homes.exact else ""


def _homes_words(town: Town) -> Words:
    """Say what the cells' file holds: people counted where they live are no estimate."""
    if town.facts.get("one_point_a_place"):
        return Words(
            "町（丁目など）ごとの1点に置いた人数です。家の場所ではありませんが、公開しないでください。",
            "People put at one point for each neighbourhood, no homes. Not for publication.",
        )
    if (town.cells["placed_by"] == "point").any():
        return Words(
            "地点ごとの実際の人数です。住む人が分かるおそれがあるので、公開しないでください。",
            "People as counted at each point: it may tell who lives where. Not for publication.",
        )
    return Words(
        "人数を建物や道に割りふった推計です。住民の名簿ではありませんが、公開しないでください。",
        "People shared out over buildings or streets: an estimate, no register. Not for publication.",
    )


show_page()
