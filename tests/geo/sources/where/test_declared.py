"""The table of where files are to be had (`geo.sources.where.declared`), and what a town has of it."""

import re
import sys
from dataclasses import replace

import pandas as pd
import pytest
from toy_town import toy_town
from where import ROOT

from geo.sources.roles import ROLES
from geo.sources.where.declared import FILE_KINDS, TABLE, Lies, read_kinds
from geo.sources.where.held import held_of, lies_in
from geo.town import Credit
from pages.parts.frame.declared import find_pages

sys.path.insert(0, str(ROOT / "docs"))

from make_where import OUT, where_to_get

TEXT = TABLE.read_text(encoding="utf-8")
PLACES = [place for kind in FILE_KINDS.values() for place in kind.places]


def test_every_role_a_town_is_built_of_has_a_kind_but_the_citys_own_list():
    assert {one.role for one in FILE_KINDS.values()} - {""} == set(ROLES) - {"sites"}
    assert {one.page for one in FILE_KINDS.values()} <= {"", *find_pages()}
    assert all(one.places and one.use.ja for one in FILE_KINDS.values())


def test_every_place_says_what_to_choose_and_holds_no_mark_that_is_not_filled():
    assert all(one.choose and one.file for one in PLACES)
    assert len({one.page for one in PLACES}) >= len(PLACES) - 1  # the layout's page serves two
    filled = Lies(prefecture="千葉県", city="浦安市").fill(TEXT, "ja")
    tables = re.sub(r"\{ ja = .*? \}|^#.*$", "", filled, flags=re.MULTILINE)
    assert not re.search(r"[{}]", tables)
    assert set(re.findall(r"\{(\w+)\}", TEXT)) == {"prefecture", "city", "number"}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('page = "https://overpass', 'page = "http://overpass', "https"),
        ('id = "mesh"', 'id = "people"', "two of FileKind"),
        ('id = "a32"', 'id = "a27"', "two of Place"),
        ('role = "heights"', 'role = "height"', "height"),
        ('sites = ["bus_stop"]', 'sites = ["busstop"]', "busstop"),
        ('file = "latest.csv"\n', "", "file"),
        ('licence = { ja = "ODbL 1.0", en = "ODbL 1.0" }', 'licence = { ja = "ODbL" }', "both"),
    ],
)
def test_a_slip_of_the_pen_in_the_table_stops_with_what_is_wrong(old, new, why):
    assert old in TEXT
    with pytest.raises(ValueError, match=why):
        read_kinds(TEXT.replace(old, new, 1))


@pytest.mark.parametrize("lang", OUT)
def test_the_documents_are_what_the_table_says(lang):
    assert OUT[lang].read_text(encoding="utf-8") == where_to_get(lang), (
        "run python docs/make_where.py"
    )


def test_each_readme_leads_to_its_document():
    for name, document in (
        ("README.md", "where-to-get.md"),
        ("README.ja.md", "where-to-get.ja.md"),
    ):
        assert f"(docs/{document})" in (ROOT / name).read_text(encoding="utf-8")


# ---- what a town has -----------------------------------------------------------------------


def credit(role, name="", date="", line=""):
    return Credit(role=role, name=name, date=date, licence="", credit=line)


def named(name, keys):
    town = toy_town()
    areas = [town.areas.assign(area_id=key) for key in keys] or [town.areas]
    return replace(town, name=name, areas=pd.concat(areas))


@pytest.mark.parametrize(
    ("name", "keys", "prefecture", "city"),
    [
        ("浦安市", ("12227001001", "12227001002"), "千葉県", "浦安市"),
        ("浦安市", (), "", "浦安市"),
        ("千葉県浦安市", (), "千葉県", "浦安市"),
        ("mycity", ("12227001001", "13101001001"), "", ""),  # two prefectures: none is said
        ("汐見野市", ("99999001001",), "", "汐見野市"),  # no prefecture has that number
    ],
)
def test_where_a_town_lies_is_told_by_its_name_and_the_keys_of_its_areas(
    name, keys, prefecture, city
):
    lies = lies_in(named(name, keys))
    assert (lies.prefecture, lies.city) == (prefecture, city)


def test_what_a_town_has_is_told_with_its_date():
    toy = toy_town()
    areas = [toy.areas.assign(division=name) for name in ("町丁目", "小学校区", "全域")]
    town = replace(
        toy,
        areas=pd.concat(areas),
        people_division="町丁目",
        credits=(
            credit("streets", "OpenStreetMap", "2026-11-01"),
            credit("division", "町丁目"),
            credit("division", "小学校区", "令和5年度"),
            credit("people"),
        ),
    )
    held = {id_: [one.ja for one in held_of(kind, town)] for id_, kind in FILE_KINDS.items()}
    assert held["streets"] == ["OpenStreetMap（令和8年11月1日）"]
    assert held["areas"] == ["町丁目（いつのものかは書かれていない）"]
    assert held["schools"] == ["小学校区（令和5年度）"]
    assert held["people"] == ["年齢別の人口（町丁目ごと）（いつのものかは書かれていない）"]
    assert held["mesh"] == held["heights"] == held["border"] == held["addresses"] == []
    dated = replace(town, credits=(credit("division", "どこかの資料", "2026-11-01"),))
    assert [one.ja for one in held_of(FILE_KINDS["areas"], dated)] == ["町丁目（令和8年11月1日）"]
    by_square = replace(town, people_division="")
    assert held_of(FILE_KINDS["mesh"], by_square) and not held_of(FILE_KINDS["people"], by_square)
