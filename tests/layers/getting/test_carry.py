"""The list to carry (`layers.getting.carry`): whole in itself, and nothing of a table acts in it."""

import re
from dataclasses import replace
from datetime import date

import pytest

from geo.base.municipal.listed import municipality_of
from geo.sources.get.declared import ADDRESSES
from layers.getting.carry import draw_carry_list

TODAY = date(2026, 12, 2)


def drawn(code="12227", lang="ja", **more):
    return draw_carry_list(municipality_of(code), lang, today=TODAY, back="kayoi get", **more)


def test_every_kind_has_its_page_its_name_its_terms_and_its_credit():
    page = drawn()
    for told in (
        "千葉県浦安市", "122271", "令和8年12月2日", "N03-20260101_12_GML.zip", "A002005212020DDSWC12227-JGD2011.zip",
        "tblT001082C12.zip", "122271_population.csv", "kanto-latest.osm.pbf", "FG-GML-", "CC BY 4.0", "ODbL 1.0",
        "「国土数値情報（行政区域データ）」", "© OpenStreetMap contributors", "KsjTmplt-N03-2026.html",
    ):  # fmt: skip
        assert told in page, told
    assert "overpass" not in page and "標高タイル" not in page  # the app asks for these itself
    assert "{" not in re.sub("<style>.*</style>", "", page, flags=re.DOTALL)


def test_it_loads_nothing_and_runs_nothing():
    page = drawn()
    assert not re.search(r"<script|<link|<img|src=|url\(|@import|\son\w+=", page)
    assert all(one.startswith("https://") for one in re.findall(r'href="([^"]*)"', page))


def test_a_city_of_wards_says_to_take_the_whole_prefecture():
    assert "千葉県の全部を選びます" in drawn("12100") and "DDSWC12-JGD2011" in drawn("12100")
    assert "全部を選びます" not in drawn()


@pytest.mark.parametrize("code", ["01100", "13102", "47382"])
def test_any_municipality_has_one_in_both_languages(code):
    assert municipality_of(code).full_name in drawn(code)
    english = drawn(code, "en")
    assert (
        'lang="en"' in english
        and "Files to make a town of" in english
        and "まずこれ" not in english
    )


def test_what_a_mended_table_says_is_shown_and_does_nothing():
    first, *others = ADDRESSES.addresses
    place = replace(first.place, id=first.id)
    bad = replace(
        first, file="<b>{{7*7}}</b>", url='https://nlftp.mlit.go.jp/"><script>', place=place
    )
    page = drawn(table=replace(ADDRESSES, addresses=(bad, *others)))
    assert "<script>" not in page and "<b>{{7" not in page and "&lt;b&gt;" in page
