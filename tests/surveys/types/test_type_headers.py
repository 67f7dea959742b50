"""Columns of real files find their field by name alone, and their cells their answer."""

import csv

import pytest

from geo.base.text import tidy
from surveys.types import EVERY_TYPE


def fold(text):
    """As a header or a cell is compared: one width, one case."""
    return tidy(text).casefold()


def fields_of(type_id, header):
    return [
        field
        for field in EVERY_TYPE[type_id].fields
        if fold(header) in {fold(head) for head in (field.words.ja, field.words.en, *field.aliases)}
    ]


# Headers of real files, copied by hand, and the field each should find; None has a rule of its own.
HEADERS = [
    ("park", "公園名", "name", "焼津市 公園一覧"),
    ("park", "住所（番地まで）", "address", "焼津市 公園一覧, full-width brackets"),
    ("park", "面積(㎡)", "area_m2", "half-width brackets of the same"),
    ("park", "供用開始年", "opened", "焼津市 公園一覧"),
    ("park", "公園HPアドレス", "link", "焼津市 公園一覧"),
    ("park", "トイレ詳細", "toilet_text", "free text is kept as it is"),
    ("park", "施設等", "facility_text", "free text is kept as it is"),
    ("park", "四阿(シェルター)", "shelter", "an inventory with counts"),
    ("park", "P13_004", "park_kind", "国土数値情報"),
    ("park", "緯度", None, "a place is read by the importer"),
    ("toilet", "所在地_連結表記", "address", "公衆トイレ, new layout"),
    ("toilet", "住所", "address", "公衆トイレ, old layout"),
    ("toilet", "男性トイレ数(小便器)", "men_urinal_count", "公衆トイレ, both layouts"),
    ("toilet", "バリアフリートイレ数", "accessible_count", "公衆トイレ, new layout"),
    ("toilet", "多機能トイレ数", "accessible_count", "公衆トイレ, old layout"),
    ("toilet", "multifunctionalRestroom", "accessible_count", "高松市"),
    ("toilet", "オストメイト設置トイレ有無", "ostomate", "公衆トイレ"),
    ("toilet", "利用開始時間", "open_at", "公衆トイレ"),
    ("toilet", "availableDateNote", "hours_note", "高松市"),
    ("salon", "バリアフリー情報", "barrier_free", "公共施設"),
    ("salon", "名称_通称", "other_name", "公共施設: beside 名称, which it must not overwrite"),
    ("salon", "団体名", "keeper", "公共施設: the section that keeps the hall"),
    ("salon", "telephoneNumber", "office_phone", "高松市 コミュニティセンター"),
    ("bus_stop", "バス停留所", "name", "焼津市 自主運行バス"),
    ("bus_stop", "電話番号（予約）", "office_phone", "焼津市 デマンドタクシー"),
    ("bus_stop", "そのほか", "note", "焼津市 デマンドタクシー"),
    ("bus_stop", "wheelchair_boarding", "wheelchair", "GTFS"),
    ("bus_stop", "A_平日便1", None, "a column a trip is counted by the importer"),
    ("resource", "利用できる地区", "area", "奈良市"),
    ("resource", "対応エリア", "area", "lists of delivery firms"),
    ("resource", "申込方法", "application", "lists of services"),
]


@pytest.mark.parametrize(("type_id", "header", "field_id", "reason"), HEADERS)
def test_columns_of_real_files_find_their_field(type_id, header, field_id, reason):
    found = [field.id for field in fields_of(type_id, header)]
    assert found == ([field_id] if field_id else []), reason


# What no field holds: places and codes (the importer's own), pictures by address.
YAIZU = "yaizu/facilities/"
LISTS = [
    (
        "toilet",
        YAIZU + "公衆トイレ一覧/222127_public_toilet.csv",
        (
            "全国地方公共団体コード ID 地方公共団体名 所在地_全国地方公共団体コード 町字ID 所在地_都道府県"
            " 所在地_市区町村 所在地_町字 所在地_番地以下 緯度 経度 高度の種別 高度の値 画像 画像_ライセンス"
        ),
    ),
    ("park", YAIZU + "公園一覧/222127_park_info.csv", "ID 緯度 経度 焼津市OpenPhoto写真"),
    (
        "salon",
        YAIZU + "地域交流センター/222127_community_center.csv",
        "都道府県コード又は市区町村コード NO 都道府県名 市区町村名 POIコード 緯度 経度 内線番号 法人番号",
    ),
    (
        "toilet",
        "takamatsu/facilities/public_toilet/data.csv",
        "#property latitude longitude prefCode identification pref city image iamgeLicense",
    ),
]


@pytest.mark.data
@pytest.mark.parametrize(("type_id", "path", "left"), LISTS, ids=[path for _, path, _ in LISTS])
def test_only_places_codes_and_pictures_of_real_lists_are_left_over(data, type_id, path, left):
    with (data / path).open(encoding="utf-8-sig", newline="") as file:
        heads = next(csv.reader(file))
    assert [head for head in heads if not fields_of(type_id, head)] == left.split()
    found = [field.id for head in heads for field in fields_of(type_id, head)]
    assert sorted(found) == sorted(set(found)), "two columns would fill one field"


@pytest.mark.data
@pytest.mark.parametrize(("type_id", "path", "left"), LISTS, ids=[path for _, path, _ in LISTS])
def test_every_choice_and_number_of_real_lists_is_understood(data, type_id, path, left):
    with (data / path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for head in rows[0]:
        for field in fields_of(type_id, head):
            cells = {row[head].strip() for row in rows} - {""}
            words = {
                fold(word)
                for choice in field.choices
                for word in (choice.words.ja, choice.words.en, *choice.aliases)
            }
            if field.choices:
                assert {cell for cell in cells if fold(cell) not in words} == set(), field.id
            if field.kind == "number":
                assert all(
                    field.low <= float(cell.replace(",", "")) <= field.high for cell in cells
                )
