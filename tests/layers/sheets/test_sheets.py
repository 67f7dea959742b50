"""Sheets for paper: complete, well-formed, and nothing people write is executed."""

import pytest
from sheet_fixtures import (
    HOSTILE,
    HTML,
    SVG,
    checked,
    fill_texts,
    frame,
    point,
    put,
    text_of,
)
from town_fixtures import at

from geo.sources.town_folder import load_town
from layers.sheets.karte import MOST_PHOTOS, draw_karte
from layers.sheets.listing import draw_list
from surveys.record.history import PLACE
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


def facts(page):
    """Label → answer of the table and the list of facts."""
    root = checked(page)
    rows = [row for row in root.iter(f"{HTML}tr") if len(row) == 2]
    said = {"".join(row[0].itertext()): "".join(row[1].itertext()) for row in rows}
    for one in root.iter(f"{HTML}div"):
        if one.get("class") == "fact":
            said["".join(one[0].itertext())] = "".join(one[1].itertext())
    return said


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("type_", RECORD_TYPES.values(), ids=list(RECORD_TYPES))
def test_hostile_text_comes_out_as_it_was_typed_on_every_types_sheet(
    folder, town, register, type_, lang
):
    put(
        register, type_.id, "hostile", fill_texts(type_, ALL), place=point(2, 2),
        by=HOSTILE[3], source="told", sure="likely",
    )  # fmt: skip
    put(register, type_.id, "hostile", status={"is": "paused", "reason": ALL})
    put(register, type_.id, "near", {"name": ALL.replace("\n", " ")}, place=point(2.2, 2.1))
    made = frame(folder, town, register, lang)
    page = draw_karte(made, register.site("hostile"))
    said = text_of(page)
    assert all(one in said for one in HOSTILE)
    listed = text_of(draw_list(made, SiteQuery(words="<script>")))
    assert listed
    assert all(one in text_of(draw_list(made, SiteQuery())) for one in HOSTILE)


@pytest.mark.parametrize("type_", RECORD_TYPES.values(), ids=list(RECORD_TYPES))
def test_an_empty_site_prints_and_says_that_nobody_looked(ja, register, type_):
    put(register, type_.id, "s", {"name": "x"}, place=point(2, 2), kind="import", source="imported")
    put(register, type_.id, "s", {})
    page = draw_karte(ja, register.site("s"))
    said = facts(page)
    first = [
        one for one in type_.fields
        if one.first and one.id not in ("name", "note") and one.kind != "photos"
    ]  # fmt: skip
    assert all(said[one.words.ja] == "未確認" for one in first)
    later = sum(not one.first and one.id not in ("name", "note", "photos") for one in type_.fields)
    assert f"ほか {later}項目は未確認" in text_of(page)
    assert f"{type_.words.ja} 1番" in text_of(page)


def test_a_site_without_a_place_prints_without_a_map(ja, register):
    put(register, "concern", "c", {"name": "買い物に行けない"}, place=None)
    page = draw_karte(ja, register.site("c"))
    assert not list(checked(page).iter(f"{SVG}title"))
    assert "場所はまだ決まっていない" in page and "歩いて近い所" not in page


def test_not_asked_differs_from_none_and_from_not_known(ja, register):
    answers = {"name": "公園", "shelter": "no", "water": "unknown", "benches": []}
    put(register, "park", "p", answers, place=point(2, 2))
    said = facts(draw_karte(ja, register.site("p")))
    assert [said[one] for one in ("四阿・日よけ", "水飲み", "トイレ", "ベンチ")] == [
        "なし", "不明", "未確認", "なし",
    ]  # fmt: skip


def test_things_have_a_table_with_numbers_and_their_own_signs(ja, register):
    lon, lat = at(2.1, 2.1)
    benches = [{"_id": f"b{n}", "seat_cm": 40 + n} for n in range(6)]
    benches[2]["point"] = [lon, lat]
    put(register, "park", "p", {"name": "公園", "benches": benches}, place=point(2, 2))
    page = draw_karte(ja, register.site("p"))
    assert "ベンチ　6台" in text_of(page)
    assert all(f">{40 + n}cm<" in page for n in range(6))
    plates = ["".join(one.itertext()) for one in checked(page).iter(f"{SVG}text")]
    assert "3" in plates and "2" not in plates


def test_many_questions_of_a_thing_stand_below_one_another(ja, register):
    inner = RECORD_TYPES["salon"].field("activities").item.fields
    groups = [
        {"_id": f"g{n}", "group": f"会{n}", "fee_yen": 100, "staff_count": 2, "capacity": 9}
        for n in range(6)
    ]
    put(register, "salon", "s", {"name": "x", "activities": groups}, place=point(2, 2))
    page = draw_karte(ja, register.site("s"))
    assert page.count('<table class="items wide">') == 2  # four abreast, then two
    assert all(f"会{n}" in page for n in range(6)) and len(inner) > 7


def test_photos_are_counted_when_there_are_too_many(ja, register):
    photos = [{"id": f"{n:064x}", "caption": f"写真{n}"} for n in range(MOST_PHOTOS + 3)]
    put(register, "bench", "b", {"name": "x", "photos": photos}, place=point(2, 2))
    page = draw_karte(ja, register.site("b"))
    assert page.count("<img") == MOST_PHOTOS and "ほか 3枚" in page
    assert "写真0（令和8年11月21日）" in page


def test_a_closed_site_says_so_at_its_head(ja, register):
    put(register, "salon", "s", {"name": "x"}, place=point(2, 2))
    put(
        register,
        "salon",
        "s",
        status={"is": "closed", "on": "2026-10-01", "reason": "会場がなくなった"},
    )
    page = draw_karte(ja, register.site("s"))
    assert 'class="banner"' in page
    assert all(one in page for one in ("閉まった", "令和8年10月1日から", "会場がなくなった"))


def test_people_who_differ_are_both_heard(ja, register):
    put(register, "park", "p", {"name": "公園", "toilet": "usable"}, place=point(2, 2))
    head = register.site("p").state.head
    put(register, "park", "p", {"name": "公園", "toilet": "hard"}, by="町会長")
    put(register, "park", "p", {"name": "公園", "toilet": "none"}, seen=head, by="職員")
    page = draw_karte(ja, register.site("p"))
    assert "人によって答えがちがう" in page
    assert "トイレ: 使いにくい（令和8年11月21日、町会長） ／ ない（令和8年11月21日、職員）" in page


def test_a_difference_about_the_place_or_a_bench_prints_too(ja, register):
    put(register, "park", "p", {"name": "公園", "benches": [{"_id": "a"}]}, place=point(2, 2))
    head = register.site("p").state.head
    put(register, "park", "p", {"name": "公園"}, place=point(2.1, 2))
    put(
        register, "park", "p", {"name": "公園", "benches": [{"_id": "a", "back": "yes"}]},
        place=point(2.3, 2), seen=head,
    )  # fmt: skip
    assert PLACE in register.site("p").state.conflicts
    said = text_of(draw_karte(ja, register.site("p")))
    assert "場所: 緯度" in said and "ベンチ: 消した" in said


def test_what_nobody_saw_on_site_is_marked(ja, register):
    answers = {"name": "停留所", "roof": "yes"}
    put(
        register,
        "bus_stop",
        "b",
        answers,
        place=point(2, 2),
        kind="import",
        source="osm",
        sure="inferred",
        on="",
        by="",
    )
    page = draw_karte(ja, register.site("b"))
    assert "この紙の答えの由来: OpenStreetMap から・推定" in page and "※1" not in page
    put(register, "bus_stop", "b", answers | {"bench_count": 2})
    page = draw_karte(ja, register.site("b"))
    assert facts(page)["屋根"] == "あり※1" and facts(page)["ベンチの数"] == "2台"
    assert "※1 OpenStreetMap から・推定" in page


def test_the_same_sheet_is_the_same_bytes(ja, register):
    put(register, "park", "p", {"name": "公園"}, place=point(2, 2))
    assert draw_karte(ja, register.site("p")) == draw_karte(ja, register.site("p"))
