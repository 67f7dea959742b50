"""The list of municipalities, and finding one in it."""

import re
from collections import Counter

import pytest

from geo.base.municipal.find import find_municipalities
from geo.base.municipal.listed import (
    LISTED_ON,
    MUNICIPALITIES,
    WARDS,
    check_digit,
    listed,
    municipality_of,
)
from geo.base.prefectures import PREFECTURES
from geo.sources.cities import city_of_ward, code_of_city


def test_the_list_has_every_municipality_once():
    ends = Counter(one.name[-1] for one in listed())
    tokyo = [one for one in listed() if one.name.endswith("区")]
    assert len(listed()) == 1741
    assert ends["市"] + ends["町"] + ends["村"] == 1718
    assert len(tokyo) == 23 and {one.prefecture for one in tokyo} == {"東京都"}
    assert len({one.code for one in listed()}) == len({one.full_name for one in listed()}) == 1741
    assert [one.code for one in listed()] == sorted(one.code for one in listed())


def test_codes_names_and_positions_agree():
    assert {PREFECTURES[int(one.number) - 1] for one in listed()} == set(PREFECTURES)
    for one in listed():
        assert PREFECTURES[int(one.number) - 1] == one.prefecture
        assert re.fullmatch(r"\d{5}", one.code) and re.fullmatch("[ぁ-んー]+", one.kana), one
        assert 24 < one.office_latitude < 45.6 and 122.9 < one.office_longitude < 145.9, one


def test_check_digits_are_those_cities_publish():
    published = ("011002", "121002", "122271", "131016", "222127", "372013", "473821")
    assert all(check_digit(code[:5]) == code[5] for code in published)
    assert municipality_of("221309").name == "浜松市"
    assert municipality_of("221300") is None


def test_designated_cities_hold_their_wards_and_no_other_does():
    with_wards = {one.name: one for one in listed() if one.wards}
    assert len(with_wards) == 20
    assert sum(len(one.wards) for one in with_wards.values()) == 171
    for name, one in with_wards.items():
        assert code_of_city(name) == one.code
        assert {city_of_ward(ward.code) for ward in one.wards} == {one.code}
    assert [ward.name for ward in with_wards["浜松市"].wards] == ["中央区", "浜名区", "天竜区"]


def test_both_tables_tell_their_source_terms_and_day():
    for path in (MUNICIPALITIES, WARDS):
        head = path.read_text(encoding="utf-8")[:400]
        assert "localgovjp" in head and "CC0" in head and LISTED_ON.isoformat() in head


@pytest.mark.parametrize(
    ("typed", "first", "why"),
    [
        ("浦安", "千葉県浦安市", "the start of a name"),
        ("うらやす", "千葉県浦安市", "hiragana"),
        ("ウラヤ", "千葉県浦安市", "katakana"),
        ("ｳﾗﾔｽ", "千葉県浦安市", "half width"),
        (" 千葉県 浦安市 ", "千葉県浦安市", "prefecture and name, spaces"),
        ("千葉浦安", "千葉県浦安市", "the prefecture said short"),
        ("12227", "千葉県浦安市", "five digits"),
        ("１２２２７１", "千葉県浦安市", "six digits, wide"),
        ("千葉", "千葉県千葉市", "a city before its prefecture's others"),
        ("府中市", "東京都府中市", "two of one name: both, by code"),
        ("泊村", "北海道泊村", "a village"),
        ("北海道古宇郡泊村", "北海道泊村", "with its county"),
        ("西多摩郡瑞穂町", "東京都瑞穂町", "with its county alone"),
        ("郡山市", "福島県郡山市", "郡 that is none"),
        ("大和郡山市", "奈良県大和郡山市", "郡 that is none, in the middle"),
        ("龍ヶ崎", "茨城県龍ケ崎市", "a small ヶ"),
        ("竜ケ崎市", "茨城県龍ケ崎市", "the plain kanji"),
        ("ニセコ", "北海道ニセコ町", "a name in katakana"),
        ("にせこ", "北海道ニセコ町", "the same in hiragana"),
        ("千葉市中央区", "千葉県千葉市", "city and ward"),
        ("千葉県千葉市中央区", "千葉県千葉市", "prefecture, city and ward"),
        ("ちばしちゅうおうく", "千葉県千葉市", "city and ward in kana"),
        ("中央区", "東京都中央区", "the municipality before the wards"),
        ("花見川", "千葉県千葉市", "a ward's start"),
        ("12101", "千葉県千葉市", "a ward's code"),
        ("津", "三重県津市", "the city of one sign before what begins with it"),
    ],
)
def test_what_is_typed_finds(typed, first, why):
    found = find_municipalities(typed)
    assert found[0].full_name == first


def test_a_text_anywhere_comes_after_those_that_begin_so():
    names = [one.name for one in find_municipalities("川", most=2000)]
    starts = [name.startswith("川") for name in names]
    assert starts.index(False) == sum(starts) and "市川市" in names


def test_at_most_so_many_and_none_for_nothing():
    assert len(find_municipalities("市")) == 12
    assert find_municipalities("") == find_municipalities("　") == ()
    assert find_municipalities("ﾛﾝﾄﾞﾝ") == find_municipalities("99999") == ()
    assert [one.full_name for one in find_municipalities("府中市")][:2] == [
        "東京都府中市",
        "広島県府中市",
    ]
    assert all(one.prefecture == "高知県" for one in find_municipalities("高知県", most=50))
    assert len(find_municipalities("高知県", most=50)) == 34
    assert {one.number for one in find_municipalities("122", most=99)} == {"12"}


@pytest.mark.data
def test_names_agree_with_n03(data):
    paths = sorted((data / "boundaries").glob("n03_*.json"))
    assert len(paths) > 5
    for path in paths:
        code = path.stem[-5:]
        one = municipality_of(code)
        ward = next((ward.name for ward in one.wards if ward.code == code), "")
        with path.open(encoding="utf-8") as file:
            assert f'"{one.full_name}{ward}"' in file.read(300), path
