"""Columns, cells and files of others, as they are taken."""

import ast
import io
import re
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from register_strategies import READ_BACK, texts

import surveys.formats
from geo.base.delimited import column_key
from geo.base.problems import InputError
from geo.base.words import Words
from surveys.declaration.field import Choice, Field, Item, yes_no
from surveys.formats.csv import guard_text, unguard_text
from surveys.formats.format import FORMATS, dump_type
from surveys.formats.parts import cells, columns
from surveys.formats.parts.interpret import interpret
from surveys.formats.parts.workbook_text import escape_text, unescape_text
from surveys.formats.upload import read_upload
from surveys.record.portable import Portable
from surveys.record.walk import WALK
from surveys.types import EVERY_TYPE

PARK = EVERY_TYPE["park"]
TYPES = [*EVERY_TYPE.values(), WALK]
AT = "2026-11-21T07:00:00Z"
KINDS = (
    Choice("exercise", Words("体操", "exercise"), ("運動",)),
    Choice("tea", Words("茶話会", "tea, talk"), ("お茶/会",)),
)
CHOICE = yes_no("back", "背もたれ", "Backrest")
CHOICES = Field(id="content", words=Words("内容", "Content"), kind="choices", choices=KINDS)
AREA = Field(id="area", words=Words("面積", "Area"), kind="number", unit="㎡", decimals=2)


def field(kind):
    return Field(id="one", words=Words("一つ", "One"), kind=kind)


READ = [
    (CHOICE, "あり", "yes", "a label"),
    (CHOICE, " ＹＥＳ ", "yes", "the other language, any width and case"),
    (CHOICE, "有", "yes", "an alias"),
    (CHOICE, True, "yes", "a tick of a spreadsheet"),
    (CHOICE, 0, "no", "a number as alias"),
    (CHOICE, "不明", "unknown", "looked, and could not be told"),
    (CHOICE, "  ", None, "blank is not asked"),
    (CHOICES, "体操、茶話会", ["exercise", "tea"], "our own way"),
    (CHOICES, "exercise; tea, talk", ["exercise", "tea"], "a label that holds a comma"),
    (CHOICES, "体操,お茶/会", ["exercise", "tea"], "a comma that parts, a stroke that does not"),
    (CHOICES, "運動\n茶話会", ["exercise", "tea"], "a line each"),
    (CHOICES, ["体操"], ["exercise"], "a list of JSON"),
    (CHOICES, "unknown", "unknown", "unknown alone"),
    (AREA, "１，２３４．５ m²", 1234.5, "any width, commas, unit"),
    (AREA, "1,234㎡", 1234, "the unit as declared"),
    (AREA, "−3", -3, "a minus of print; bounds are checked later"),
    (AREA, 12, 12, "a number stays one"),
    (field("date"), "令和8年11月21日", "2026-11-21", "an era"),
    (field("date"), datetime(2026, 11, 21), "2026-11-21", "a day of a spreadsheet"),  # noqa: DTZ001
    (field("date"), date(2026, 11, 21), "2026-11-21", "a day of a database"),
    (field("date"), 20261121, "2026-11-21", "a day as a number of eight digits"),
    (field("month"), "1980年4月", "1980-04", "our own way"),
    (field("month"), 1980, "1980", "a year as a number"),
    (field("month"), datetime(1980, 4, 1), "1980-04", "a month a spreadsheet took for a day"),  # noqa: DTZ001
    (field("time"), time(9, 30), "09:30", "an hour of a spreadsheet"),
    (field("time"), "午後1時半", "13:30", "an hour in words"),
    (field("schedule"), "なし", [], "none is an answer"),
    (field("schedule"), "毎日", [{"freq": "daily"}], "a rule"),
    (field("areas"), "北町、南町", ["北町", "南町"], "our own way"),
    (field("areas"), "不明、", ["不明"], "an area that is called 不明"),
    (field("sites"), "a;b", ["a", "b"], "our own way"),
    (field("text"), 12.0, "12", "a number where text is asked"),
    (field("text"), "不明", "不明", "text has no unknown: a person wrote it"),
    (field("text"), "=1+1", "=1+1", "text is text"),
    (field("photos"), "A" * 64 + " 入口", [{"id": "a" * 64, "caption": "入口"}], "id and caption"),
]


@pytest.mark.parametrize(("asked", "cell", "value", "why"), READ)
def test_a_cell_is_read_as_it_is_meant(asked, cell, value, why):
    assert cells.parse_cell(asked, cell) == value, why


BOTH_WAYS = [
    (CHOICE, "unknown", "不明", "unknown is a value"),
    (CHOICES, ["exercise", "tea"], "体操、茶話会", "labels, joined"),
    (CHOICES, "unknown", "不明", "all unknown"),
    (AREA, -0.5, -0.5, "a number stays one"),
    (field("month"), "1980", "1980年", "a year no spreadsheet changes"),
    (field("month"), "1980-04", "1980年4月", "a month no spreadsheet changes"),
    (field("areas"), ["不明"], "不明、", "an area that is called 不明"),
    (field("areas"), ["なし"], "なし", "an area that is called なし"),
    (field("areas"), "unknown", "不明", "the areas are not known"),
    (field("schedule"), [], "なし", "none is an answer"),
    (field("schedule"), "unknown", "不明", "not known"),
    (field("schedule"), [{"freq": "text", "text": "なし"}], '原文"なし"', "the very word"),
    (field("schedule"), [{"freq": "text", "text": "不明"}], '原文"不明"', "the very word"),
    (field("text"), "不明", "不明", "text is text"),
    (field("photos"), [{"id": "a" * 64, "caption": ""}], "a" * 64, "a photo that says nothing"),
]


@pytest.mark.parametrize(("asked", "value", "cell", "why"), BOTH_WAYS)
def test_an_answer_is_written_so_and_read_back(asked, value, cell, why):
    assert cells.dump_cell(asked, value, "ja") == cell, why
    for lang in ("ja", "en"):
        for style in ("sheet", "json", "code"):
            written = cells.dump_cell(asked, value, lang, style)
            assert cells.parse_cell(asked, written) == value, (lang, style, why)


REFUSED = [
    (CHOICE, "たぶん", "あり、なし、不明", "the choices are named"),
    (CHOICES, "体操、水泳", "体操、茶話会", "one of them is no choice"),
    (CHOICES, "体操、不明", "不明", "unknown together with an answer"),
    (AREA, "約100", "数", "about is no number"),
    (AREA, "1,23", "数", "a comma that is no thousand"),
    (AREA, "1E5", "数", "what a spreadsheet made of a code"),
    (AREA, True, "数", "a tick is no number"),
    (AREA, "㎡", "数", "a unit alone"),
    (field("date"), "8/11/21", "年", "no clear year"),
    (field("date"), "2026-02-30", "暦", "no such day"),
    (field("photos"), "IMG_0001.jpg", "写真", "no photo of ours"),
]


@pytest.mark.parametrize(("asked", "cell", "says", "why"), REFUSED)
def test_a_cell_that_cannot_be_read_says_so(asked, cell, says, why):
    with pytest.raises(InputError) as told:
        cells.parse_cell(asked, cell)
    assert says in told.value.words.ja, why


@given(texts)
def test_guarded_text_comes_back_and_is_never_run(text):
    guarded = guard_text(text)
    assert unguard_text(guarded) == text
    assert guarded.lstrip()[:1] not in tuple("=+-@＝＋－＠\t\r")


@given(texts)
def test_text_in_a_workbook_comes_back(text):
    # The reader of workbooks turns _x000D_ into a line end before we see it.
    assert unescape_text(escape_text(text).replace("_x000D_", "\r")) == text


@pytest.mark.parametrize("type_", TYPES, ids=lambda one: one.id)
@pytest.mark.parametrize("lang", ["ja", "en", "id"])
def test_every_column_of_ours_is_recognised_by_its_head(type_, lang):
    own = columns.site_columns(type_)
    numbered = [
        one
        for asked in type_.fields
        if asked.item
        for number in (1, 12)
        for one in columns.number_columns(type_, asked, number)
    ]
    for found in (own, [*own, *numbered]):
        heads = {one.head(lang): one.key for one in found}
        assert len({column_key(head) for head in heads}) == len(found)
        assert columns.match_headers(type_, list(heads)) == heads
    for asked in (one for one in type_.fields if one.item):
        heads = {one.head(lang): one.key for one in columns.item_columns(asked)}
        assert columns.match_item_headers(asked, list(heads)) == heads


@pytest.mark.parametrize("type_", TYPES, ids=lambda one: one.id)
def test_a_head_of_ours_is_no_name_of_a_question(type_):
    own = {one.key: one for one in columns.site_columns(type_)}
    asked = {
        column_key(name)
        for one in type_.fields
        for name in (one.words.ja, one.words.en, *(one.aliases if one.kind != "point" else ()))
    }
    for key, one in own.items():
        if key.startswith("@"):
            assert column_key(one.heads.ja) not in asked
            assert column_key(one.heads.en) not in asked


def test_sheets_of_all_types_have_names_of_their_own_that_excel_takes():
    for lang in ("ja", "en", "id"):
        names = [
            columns.sheet_names(type_, asked)[lang].casefold()
            for type_ in TYPES
            for asked in (None, *(one for one in type_.fields if one.item))
        ]
        assert len(set(names)) == len(names)
        assert all(len(one) <= 31 and not set(one) & set("[]:*?/\\'") for one in names)


def take(text, type_=PARK, **more):
    return interpret(read_upload(text.encode(), file="list.csv"), type_, **more)


def test_a_list_of_a_town_is_read_by_aliases_and_a_count_makes_benches():
    reading = take("公園名,ベンチ数,種別,緯度,経度,標高\n北公園,3,街区公園,35.7,139.7,12\n")
    row = reading.rows[0]
    assert row.site.answers["name"] == "北公園"
    assert row.site.answers["benches"] == [{"_id": "1"}, {"_id": "2"}, {"_id": "3"}]
    assert row.site.answers["park_kind"] == "neighbourhood_block"
    assert row.site.place.wkt == "POINT (139.7 35.7)"
    assert row.given == {"name", "benches", "park_kind", "@place"}
    assert reading.ignored == {"list": ("標高",)}
    assert reading.problems == () and row.row == 2


COUNTS = [
    ("なし", [], "none is an answer"),
    ("0", [], "none as a number"),
    ("不明", "unknown", "not known"),
    ("", None, "not asked"),
    ("２台", [{"_id": "1"}, {"_id": "2"}], "the counter after it"),
]


@pytest.mark.parametrize(("cell", "value", "why"), COUNTS)
def test_a_count_of_benches(cell, value, why):
    row = take(f"公園名,ベンチ\n北,{cell}\n").rows[0]
    assert row.site.answers.get("benches") == value, why
    assert "benches" in row.given and row.problems == ()


def test_a_cell_that_cannot_be_read_loses_neither_its_row_nor_what_is_known():
    reading = take(
        "公園名,面積,トイレ,ベンチ,ベンチ1：背もたれ\n北,広い,ぴか,1,たぶん\n南,5,なし,,\n"
    )
    first, second = reading.rows
    assert first.site.answers == {"name": "北", "benches": [{"_id": "1"}]}
    assert first.given == {"name"}
    assert [(one.row, one.column, one.value) for one in first.problems] == [
        (2, "面積", "広い"), (2, "トイレ", "ぴか"), (2, "ベンチ1:背もたれ", "たぶん"),
    ]  # fmt: skip
    assert first.problems[0].file == "list.csv"
    assert second.given == {"name", "area_m2", "toilet", "benches"}
    assert reading.problems == first.problems


def test_a_number_out_of_bounds_names_its_column():
    row = take("名前,面積,ベンチ1：座面の高さ\n北,-5,900\n").rows[0]
    assert [(one.column, one.value) for one in row.problems] == [
        ("面積", "-5"), ("ベンチ1:座面の高さ", "900"),
    ]  # fmt: skip
    assert row.given == {"name"}


def test_a_person_may_choose_columns_otherwise():
    chosen = {"list": {"標高": "name", "公園名": None, "ない列": "kana"}}
    reading = take("公園名,標高\n北,12\n", mapping=chosen)
    assert reading.rows[0].site.answers == {"name": "12"}
    assert reading.matched == {"list": {"標高": "name"}}
    assert reading.ignored == {"list": ("公園名",)}


def test_benches_listed_and_counted_apart_are_told():
    row = take("名前,ベンチ,ベンチ1：材質,ベンチ2：材質\n北,1,木,木\n").rows[0]
    assert [one["_id"] for one in row.site.answers["benches"]] == ["1", "2"]
    assert row.problems[0].column == "ベンチ" and "benches" not in row.given


def test_an_id_used_twice_makes_a_thing_of_its_own():
    row = take("名前,ベンチ1：ID,ベンチ2：ID,ベンチ3：材質\n北,2,2,木\n").rows[0]
    assert [one["_id"] for one in row.site.answers["benches"]] == ["2", "3", "4"]
    assert row.problems[0].value == "2"


PLACES = [
    ("経度,緯度\n139.7,\n", 1, "half a place"),
    ("経度,緯度\n35.7,139.7\n", 1, "longitude and latitude swapped"),
    ("経度,緯度\n東,北\n", 2, "no numbers"),
    ("経度,緯度\n139.7,35.7\n", 0, "a place"),
    ("経度,緯度\n,\n", 0, "no place"),
    ('形\n"LINESTRING (139 35, 139.1 35)"\n', 1, "a shape a park does not take"),
    ("形\nGEOMETRYCOLLECTION(POINT(1 1))\n", 1, "a collection"),
    ("形\nPOINT(nan nan)\n", 1, "no numbers in a shape"),
    ("形\nPOINT Z (139.7 35.7 3)\n", 0, "a height is left aside"),
]


@pytest.mark.parametrize(("table", "count", "why"), PLACES)
def test_places_are_checked(table, count, why):
    head, cell, _ = table.split("\n")
    row = take(f"名前,{head}\n北,{cell}\n").rows[0]
    assert len(row.problems) == count, why
    assert ("@place" in row.given) == (count == 0)
    assert count == 0 or row.site.place is None


def test_status_origin_and_days_are_read_in_words():
    head = "地点ID,地点の状態,状態,状態の日,由来,確かさ,調査日,調査者,確認日,項目ごとの由来"
    row = take(
        f'{head}\nx,,休止,R8.4.1,運営者に聞いた,たぶん,2026/11/21,生活支援,R8.11.21,"{{""a"":1}}"\n'
    ).rows[0]
    assert row.site.status == {"is": "paused", "on": "2026-04-01"}
    assert row.site.origin.dump() == {
        "source": "told", "sure": "likely", "by": "生活支援", "on": "2026-11-21",
    }  # fmt: skip
    assert row.site.seen_on == "2026-11-21"
    assert [one.column for one in row.problems] == ["項目ごとの由来"]


def test_rows_of_items_without_their_site_are_told():
    site = Portable(type="park", id="p", answers={"name": "北", "benches": [{"_id": "1"}]})
    book = openpyxl.load_workbook(io.BytesIO(dump_type("xlsx", PARK, [site], made_at=AT)))
    book["公園_ベンチ"].append(["q", "1", 1, "あり"])
    book["公園_ベンチ"].append(["p", None, None, "なし"])
    out = io.BytesIO()
    book.save(out)
    reading = interpret(read_upload(out.getvalue(), file="x.xlsx"), PARK)
    assert reading.rows[0].site.answers["benches"] == [{"_id": "1"}, {"_id": "2", "back": "no"}]
    told = [(one.file, one.row, one.value) for one in reading.problems]
    assert told == [("x.xlsx 公園", 2, "1"), ("x.xlsx 公園_ベンチ", 3, "q")]


def test_a_cell_the_workbook_cannot_give_is_not_taken_for_blank():
    book = openpyxl.Workbook()
    book.active.append(["公園名", "面積", "所在地"])
    book.active.append(["北", "=1+1", "西町"])
    out = io.BytesIO()
    book.save(out)
    row = interpret(read_upload(out.getvalue(), file="x.xlsx"), PARK).rows[0]
    assert row.given == {"name", "address"}


def test_a_sheet_with_no_known_column_is_told():
    reading = take("あ,い\n1,2\n")
    assert reading.rows == () and reading.problems[0].value == "list"
    assert reading.ignored == {"list": ("あ", "い")}


def test_two_questions_of_one_name_and_two_items_of_one_name_are_told_apart():
    asked = Field(id="a", words=Words("同じ", "Same"), kind="text")
    thing = Item(
        words=Words("物", "thing"), counter=Words("個", "things"), marker="park",
        fields=(asked, Field(id="point", words=Words("場所", "Place"), kind="point")),
    )  # fmt: skip
    fake = replace(
        PARK,
        fields=(
            asked,
            replace(asked, id="b"),
            Field(id="c", words=Words("番号", "Status"), kind="items", item=thing),
            Field(id="d", words=Words("物の二", "Things two"), kind="items", item=thing),
            Field(id="e", words=Words("入口", "Entrance"), kind="point"),
        ),
    )
    answers = {
        "a": "A", "b": "B", "c": [{"_id": "1", "a": "C", "point": [139.5, 35.5]}],
        "d": [{"_id": "1", "a": "D"}], "e": [139.7, 35.7],
    }  # fmt: skip
    site = Portable(type="park", id="p", answers=answers)
    for format_id, one in READ_BACK.items():
        for lang in ("ja", "en"):
            data = dump_type(format_id, fake, [site], lang=lang, made_at=AT)
            reading = interpret(read_upload(data, file=f"x{one.suffix}"), fake)
            assert reading.rows[0].site.answers == answers, (format_id, lang)
            assert reading.problems == ()


def test_no_two_formats_share_an_ending_and_those_of_old_are_still_there():
    suffixes = {id_: one.suffix for id_, one in FORMATS.items()}
    assert {"xlsx": ".xlsx", "csv": ".csv", "geojson": ".geojson", "gpkg": ".gpkg"}.items() <= (
        suffixes.items()
    )
    assert len(set(suffixes.values())) == len(suffixes), "a file is written under one ending"
    owners = {}
    for id_, one in READ_BACK.items():
        for ending in one.reading.endings:
            assert ending not in owners, f"{ending} is read by {owners.get(ending)} and {id_}"
            owners[ending] = id_


@pytest.mark.parametrize("id_", FORMATS)
def test_a_format_says_what_it_is_and_is_read_under_the_ending_it_is_written(id_):
    one = FORMATS[id_]
    assert one.words.ja and one.words.en and "/" in one.mime
    endings = (one.suffix, *(one.reading.endings if one.reading else ()))
    assert all(re.fullmatch(r"\.[a-z0-9_]+", ending) for ending in endings), "as in .csv"
    if one.reading:
        assert one.suffix in one.reading.endings
        assert one.reading.words.ja and one.reading.words.en


@pytest.mark.parametrize("id_", FORMATS)
@pytest.mark.parametrize("type_", TYPES, ids=lambda one: one.id)
def test_every_format_is_written_of_none_and_of_a_few_in_both_languages(type_, id_):
    one = Portable(type=type_.id, id="a", answers={"name": "北"})
    for lang in ("ja", "en"):
        for sites in ([], [one]):
            assert isinstance(dump_type(id_, type_, sites, lang=lang, made_at=AT), bytes)


def test_no_module_of_the_formats_reads_a_clock_or_the_environment():
    for path in Path(surveys.formats.__file__).parent.glob("*.py"):
        called = {
            one.attr
            for one in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(one, ast.Attribute)
        }
        assert not called & {"now", "today", "utcnow", "environ", "getenv", "random"}, path.name


def test_a_list_with_one_salon_a_row_tells_its_one_group_in_plain_columns():
    file = "名前,緯度,経度,日時,参加費,時間\n花の会,35.64,139.9,毎日（日曜除く）,100,10:00～\n"
    reading = interpret(read_upload(file.encode(), file="花.csv"), EVERY_TYPE["salon"])
    assert not reading.problems
    group = reading.rows[0].site.answers["activities"][0]
    days = {"freq": "weekly", "weekdays": [0, 1, 2, 3, 4, 5]}
    assert group["schedule"] == [{**days, "start": "10:00"}]
    assert group["fee_yen"] == 100
    assert not any(reading.ignored.values())
