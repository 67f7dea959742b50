"""A log comes in from 武蔵野's own table, and what tells who somebody is stays only with a reason.

Through `surveys.imports.private`.
"""

import io
import json

import openpyxl
import pytest
from import_fixtures import Desk, counts, row_of
from register_fixtures import NOW, new_version

from surveys.formats.format import FORMATS, dump_type
from surveys.formats.upload import read_upload
from surveys.imports.asked import find_asked
from surveys.imports.importing import apply_plan
from surveys.imports.kinds import find_kind
from surveys.imports.private import count_private, find_private, say_private, with_reason
from surveys.record.privacy import REASON
from surveys.record.veil import NO_AREAS, show_outside
from surveys.store.log import LogQuery, each_entry
from surveys.store.portables import portables_of
from surveys.types import EVERY_TYPE

ACTIVITY = EVERY_TYPE["activity"]
HEADS = [
    "日程", "対応\n時間\n（分）", "エリ\nア", "相手方", "事業・\n会議名\n等", "経過・内容・主な事柄",
    "コーディネーターの\n働きかけ（かかわり）", "コーディネーターの思い・\n気づき・コメント等", "次回の\nアプローチ",
    "その他\n（地域課題他）",
]  # fmt: skip
ROWS = [
    ["平成27年9月16日", 120, "A町", "在宅介護支援センター", "介護者教室", "前半：説明\n後半：懇談",
     "・伝えた", "・良かった", "", "買い物"],
    ["H27.９.15〜25", 20, "□町", "▲▲民生委員", "-（相談）", "先週、健康教室",
     "", "", "・市民社協担当者に相談する", ""],
    ["9月16日", "", "", "", "", "年のない日", "", "", "", ""],
]  # fmt: skip


def book(heads=HEADS, rows=ROWS, title="コーディネーター活動記録　平成27年9月16日～9月30日"):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "活動記録フォーム"
    sheet.append([title])
    for row in (heads, *rows):
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.book.engine.dispose()


def take(desk, data, file="活動記録.xlsx"):
    return desk.take(data, type_id="activity", file=file)


def entries(desk):
    return {one.answer("note"): one.answers for one in each_entry(desk.book, LogQuery())}


def test_the_ten_headings_of_musashino_are_known_and_every_cell_is_taken(desk):
    made = take(desk, book())
    (told,) = made.problems
    assert counts(made) == {"new": 3} and (told.row, told.value) == (5, "9月16日")
    assert "報告には入りません" in told.reason.ja
    assert find_asked(made).names == (), "what was done needs no name"
    found = entries(desk)
    first = found["前半：説明\n後半：懇談"]
    assert first["on"] == "2015-09-16" and first["spent_min"] == 120 and first["area"] == ["A町"]
    assert (
        first["name"] == "介護者教室"
        and first["issue"] == "買い物"
        and first["action"] == "・伝えた"
    )
    assert first["thought"] == "・良かった" and "private_reason" not in first
    span = found["先週、健康教室"]
    assert (span["on"], span["until"]) == ("2015-09-15", "2015-09-25")
    assert span["next_step"] == "・市民社協担当者に相談する"
    assert found["年のない日"] == {"on_text": "9月16日", "note": "年のない日"}


def test_ikedas_dated_list_keeps_about_numbers_as_they_are_said(desk):
    heads = ["日程", "場面", "説明内容", "参加人数"]
    rows = [["H27.４.28", "町内会連合会総会", "あ", "約20名"], ["H27.９.15〜25", "個別訪問", "い", "計10箇所"],
            ["H27.6.6", "養成講座", "う", "10名"], ["H27.５", "社協理事会", "え", "延べ40人"]]  # fmt: skip
    take(desk, book(heads, rows, "活動状況"))
    found = entries(desk)
    assert (found["あ"]["people_count"], found["あ"]["about"], found["あ"]["people_text"]) == (
        20,
        "yes",
        "約20名",
    )
    assert "people_count" not in found["い"] and found["い"]["people_text"] == "計10箇所"
    assert found["う"]["people_count"] == 10 and "about" not in found["う"]
    assert found["え"]["total"] == "yes" and found["え"]["on_text"] == "H27.５"


def test_a_table_of_the_log_is_told_from_one_of_concerns():
    assert find_kind(read_upload(book(), file="活動記録.xlsx")).type.id == "activity"


NAMED = [
    ["令和8年12月1日", 10, "", "", "電話", f"{who}から", "", "", "", ""]
    for who in ("田中さん", "民生委員さん")
]


def test_a_row_that_names_somebody_is_told_and_kept_with_a_reason(desk):
    plan = desk.plan(book(rows=NAMED), type_id="activity", file="活動記録.xlsx")
    found = find_private(desk.book, plan)
    assert [one.text for _, noticed in found for one in noticed] == ["田中さん"]
    assert "「田中さん」" in say_private(found)[0].ja and "1行" in count_private(found).ja
    assert with_reason(plan, found, " ") == plan
    apply_plan(desk.book, with_reason(plan, found, "本人が\n望んだ"))
    kept = entries(desk)
    assert (
        kept["田中さんから"][REASON] == "本人が 望んだ" and REASON not in kept["民生委員さんから"]
    )
    own = dump_type("xlsx", ACTIVITY, portables_of(desk.book, ACTIVITY), lang="ja", made_at=NOW)
    again = desk.plan(own, type_id="activity", file="x.xlsx")
    assert counts(again) == {"same": 2} and find_private(desk.book, again) == []


def test_the_same_table_twice_is_one_and_the_same_name_on_another_day_is_another(desk):
    take(desk, book())
    assert counts(take(desk, book())) == {"same": 3}
    later = [["平成27年9月17日", *ROWS[0][1:]]]
    assert counts(take(desk, book(rows=later))) == {"new": 1} and len(entries(desk)) == 3


def test_other_lists_are_not_asked_for_a_reason(desk):
    plan = desk.plan("名称,備考\n公園,田中さんから\n")
    assert row_of(plan, "公園") and find_private(desk.book, plan) == []


@pytest.mark.parametrize("form", [id_ for id_, one in FORMATS.items() if one.reading])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_format_brings_the_log_back_whole(desk, tmp_path, form, lang):
    take(desk, book())
    rows = portables_of(desk.book, ACTIVITY)
    data = dump_type(form, ACTIVITY, rows, lang=lang, made_at=NOW)
    assert counts(desk.plan(data, type_id="activity", file=f"x{FORMATS[form].suffix}")) == {
        "same": 3
    }
    other = Desk(tmp_path / "other")
    other.take(data, type_id="activity", file=f"x{FORMATS[form].suffix}")
    mine, theirs = (
        {one.id: one.answers for one in portables_of(each.book, ACTIVITY)} for each in (desk, other)
    )
    assert json.dumps(mine, sort_keys=True) == json.dumps(theirs, sort_keys=True)
    other.book.engine.dispose()


@pytest.mark.parametrize("form", ["xlsx", "csv", "geojson"])
def test_a_concern_goes_out_without_names_and_comes_back_without_loss(desk, form):
    concern = EVERY_TYPE["concern"]
    written = {
        "name": "買い物", "note": "田中さんが店まで行けない", REASON: "本人の望み",
        "way": [{"_id": "a", "what": "raised", "meeting": "協議体", "note": "鈴木さんから聞いた"}],
    }  # fmt: skip
    desk.book.save(new_version("c", written, type="concern"))
    mine = list(portables_of(desk.book, concern))
    outside = dump_type(form, concern, mine, lang="ja", made_at=NOW)
    again = desk.plan(outside, type_id="concern", file=f"x{FORMATS[form].suffix}")
    assert counts(again) == {"same": 1} and find_private(desk.book, again) == []
    told = str(show_outside(mine[0], concern, exact=False, areas=NO_AREAS))
    assert "（伏せた）" in told and "田中" not in told and "鈴木" not in told and "本人" not in told
    assert "田中" in str(show_outside(mine[0], concern, exact=True, areas=NO_AREAS))
    assert "田中".encode() not in outside and "鈴木".encode() not in outside
