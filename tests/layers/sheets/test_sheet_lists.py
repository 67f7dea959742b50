"""Sheets of walks, forms and lists."""

import re
from dataclasses import replace

import pytest
import shapely
from sheet_fixtures import HOSTILE, HTML, SVG, checked, frame, point, put, text_of
from town_fixtures import at

from geo.sources.town_folder import load_town
from layers.sheets import listing
from layers.sheets.form import draw_form
from layers.sheets.listing import draw_list
from layers.sheets.parts import site_map
from layers.sheets.walk import draw_walk
from surveys.store.listing import SiteQuery
from surveys.store.register import open_register
from surveys.types import RECORD_TYPES

ALL = "\n".join(HOSTILE)


@pytest.fixture(scope="module")
def folder(small_town):
    return small_town


@pytest.fixture(scope="module")
def town(folder):
    return load_town(folder)


@pytest.fixture
def register(tmp_path):
    made = open_register(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def ja(folder, town, register):
    return frame(folder, town, register)


def test_hostile_text_comes_out_as_typed_on_a_walks_sheet(ja, register):
    put(register, "park", "p", {"name": ALL}, place=point(2, 2))
    put(
        register, "walk", "w", {"name": ALL, "surveyors": ALL, "area": ALL, "note": ALL, "places": ["p"]},
        place=shapely.LineString([at(1, 1), at(2, 2)]),
    )  # fmt: skip
    said = text_of(draw_walk(ja, register.site("w")))
    assert all(said.count(one) >= 3 for one in HOSTILE)


def test_a_walk_keeps_its_order_and_adds_up_the_metres(ja, register):
    for name, column in (("a", 1), ("b", 5), ("c", 2)):
        put(register, "bench", name, {"name": name}, place=point(column, 3))
    put(register, "concern", "d", {"name": "d"}, place=None)
    put(
        register,
        "walk",
        "w",
        {"name": "x", "on": "2026-11-21", "places": ["a", "b", "c", "d", "gone"]},
        place=None,
    )
    page = draw_walk(ja, register.site("w"))
    stops = [one for one in checked(page).iter(f"{HTML}div") if one.get("class") == "stop"]
    told = ["".join(one.itertext()) for one in stops]
    assert [re.findall(r"^\s*(\d)", one) for one in told] == [["1"], ["2"], ["3"], ["4"], ["5"]]
    assert re.search(r"(39|40)\dm", told[1]) and re.search(r"計 (69|70)\dm", told[2])
    assert "データなし" in told[3] and "一覧にない地点" in told[4]
    assert "✓" not in "".join(told)


def test_after_the_walk_each_place_is_seen_absent_or_missed(ja, register):
    for name, column in (("a", 1), ("b", 5), ("c", 2)):
        put(register, "bench", name, {"name": name}, place=point(column, 3))
    put(register, "walk", "w", {"name": "x", "places": ["a", "b", "c"]}, place=None)
    put(register, "bench", "a", {"name": "a", "back": "yes"}, walk_id="w")
    put(register, "bench", "b", kind="absent", walk_id="w")
    page = draw_walk(ja, register.site("w"))
    stops = [one for one in checked(page).iter(f"{HTML}div") if one.get("class") == "done"]
    ticked = [re.findall(r"✓(見た|閉まった|見ていない)", "".join(one.itertext())) for one in stops]
    assert ticked == [["見た"], ["見ていない"], ["閉まった"]]


def test_an_empty_walk_prints(ja, register):
    put(register, "walk", "w", {"name": "x"}, place=None)
    assert "地図はない" in text_of(draw_walk(ja, register.site("w")))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("type_", RECORD_TYPES.values(), ids=list(RECORD_TYPES))
def test_a_form_has_a_box_for_every_choice_asked_first(folder, town, register, type_, lang):
    page = draw_form(frame(folder, town, register, lang), type_)
    said = text_of(page)
    asked = [one for one in type_.fields if one.first and one.choices]
    assert all(choice.words.say(lang) in said for one in asked for choice in one.choices)
    lists = [one for one in type_.fields if one.first and one.item]
    assert page.count('<tr class="tall">') == 6 * len(lists)


def test_a_list_repeats_its_head_and_never_parts_a_row(ja, register):
    for number in range(80):
        put(register, "bench", f"b{number}", {"name": f"b{number}"}, place=point(number % 8, 2))
    page = draw_list(ja, SiteQuery())
    rows = [one for one in checked(page).iter(f"{HTML}tr") if one.find(f"{HTML}td") is not None]
    assert len(rows) == 80
    style = page[page.index("<style>") : page.index("</style>")]
    assert "thead{display:table-header-group}" in style
    assert re.search(r"tr[^{]*\{break-inside:avoid\}", style)


def test_a_list_without_sites_says_so(ja):
    assert "この条件に合う地点はない" in text_of(draw_list(ja, SiteQuery()))


def test_every_row_of_a_long_list_is_on_its_map(ja, register, monkeypatch):
    # As long as it takes to see it: 30 signs stand for the 300 of a real one.
    monkeypatch.setattr(listing, "MOST_ON_HALF", 30)
    monkeypatch.setattr(site_map, "_MOST_SIGNS", 30)
    for number in range(90):
        put(
            register,
            "bench",
            f"b{number}",
            {"name": f"b{number}"},
            place=point(number % 8, 2 + number % 5 / 5),
        )
    page = draw_list(ja, SiteQuery())
    svg = next(one for one in checked(page).iter(f"{SVG}svg") if one.get("role") == "img")
    assert float(svg.get("height").removesuffix("mm")) == listing.PAGE_HEIGHT_MM
    signs = [one for one in svg.iter(f"{SVG}g") if one.get("data-x")]
    plates = [int(one.text) for one in svg.iter(f"{SVG}text") if (one.text or "").isdigit()]
    assert 0 < len(signs) <= 30 and len(signs) - len(plates) + sum(plates) == 90
    assert "近くにあるその種類の数" in text_of(page)


def test_a_list_longer_than_a_sheet_says_what_is_left_out_and_a_file_holds_more(
    ja, register, monkeypatch
):
    monkeypatch.setattr(listing, "MOST_ROWS", 5)
    monkeypatch.setattr(listing, "MOST_IN_FILE", 8)
    for number in range(10):
        put(register, "bench", f"b{number}", {"name": f"b{number}"}, place=point(number % 8, 2))
    assert "ほか 5か所は、紙に出していない" in text_of(draw_list(ja, SiteQuery()))
    assert "ほか 2か所は、紙に出していない" in text_of(
        draw_list(replace(ja, as_file=True), SiteQuery())
    )
