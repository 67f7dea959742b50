"""Every report from fixtures after the municipalities' own figures; each number is as many as what it opens.

Through `surveys.reports.year_by_kind`, `surveys.reports.half_year`, `surveys.reports.quarter`,
`surveys.reports.meetings`, `surveys.reports.salons`, `surveys.reports.concerns`,
`surveys.reports.needs_resources`, `surveys.reports.dated_list` and the parts they are made with:
`surveys.reports.parts.counted`, `surveys.reports.parts.listed`, `surveys.reports.parts.facts`,
`surveys.reports.parts.made`, `surveys.reports.parts.lines`, `surveys.reports.parts.written`,
`surveys.reports.parts.ground`, `surveys.reports.parts.marks`, `surveys.reports.parts.notes` and
`surveys.reports.parts.days`.
"""

import io
import itertools
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_fixtures import Desk
from register_fixtures import NOW, SEEN, new_version, open_sqlite

from geo.base.words import Words
from geo.schedule import parse_schedule
from surveys.declaration.field import Choice
from surveys.record.privacy import REASON, notice
from surveys.reports import REPORTS
from surveys.reports.parts.days import before, cut_days, months_of
from surveys.reports.parts.declare import Counted, Listed, Told
from surveys.reports.parts.facts import read_facts
from surveys.reports.parts.ground import AS_SAID, Ground, said_areas
from surveys.reports.parts.made import Job, MadeTable, MadeText
from surveys.reports.parts.marks import choices_of
from surveys.reports.parts.paper import count_rows, make_papers
from surveys.reports.parts.workbook import dump_papers
from surveys.reports.parts.written import mapped_of, read_written, span_of
from surveys.store.report_words import ReportWord, save_word
from surveys.types import LOGS

TODAY = date(2026, 12, 2)
YEAR = (date(2024, 4, 1), date(2025, 3, 31))
# 大田原市, 令和6年度.
OTAWARA = (17, 94, 37, 20, 56, 47, 22, 113, 77, 7)
KINDS = [one.id for one in LOGS["activity"].field("kind").choices]


@pytest.fixture
def book(tmp_path):
    made = open_sqlite(tmp_path / "town")
    yield made
    made.engine.dispose()


_IDS = itertools.count(1)


def write(register, type_id="activity", **answers):
    id_ = answers.pop("id", f"{type_id}{next(_IDS)}")
    register.save(new_version(id_, answers, type=type_id))
    return id_


def made(register, form, first, last, ground=AS_SAID, lang="ja"):
    report = REPORTS[form]
    written = read_written(register, report, ground.division)
    job = Job(ground=ground, lang=lang, today=TODAY, mapped=written.mapped, words_of=written.of)
    return make_papers(register, report, first, last, job)


def numbers(table, column):
    return [row[column].number for row in table.rows]


def opens_as_many(papers):
    """Every number that counts records opens that many."""
    looked = 0
    for paper in papers:
        for table in paper.tables:
            for row in table.rows:
                for cell in row:
                    if cell.counted is not None and cell.unit in ("件", "回", "か所", "団体"):
                        assert len(cell.behind) <= cell.counted
                        assert (cell.counted > 0) == bool(cell.behind)
                        looked += cell.counted == len(cell.behind)
    return looked


# ---- the municipalities' own figures --------------------------------------------------------


def otawara_book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["日程", "種類", "事業・会議名等"])
    words = {one.id: one.words.ja for one in LOGS["activity"].field("kind").choices}
    day = 0
    for kind, count in zip(KINDS, OTAWARA, strict=False):
        for number in range(count):
            sheet.append([f"令和6年{4 + day % 9}月{1 + day % 28}日", words[kind], f"記録{number}"])
            day += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_otawaras_year_comes_to_490_out_of_a_spreadsheet(tmp_path):
    desk = Desk(tmp_path)
    desk.take(otawara_book(), type_id="activity", file="活動.xlsx")
    papers = made(desk.book, "year_by_kind", *YEAR)
    (table,) = papers[0].tables
    assert papers[0].title == "令和6年度 生活支援コーディネーター活動報告"
    assert table.heads == ("No.", "活動種別", "活動件数", "主な内容")
    assert tuple(numbers(table, 2)) == (*OTAWARA, 490)
    assert [row[0].text for row in table.rows[:-1]] == [str(n) for n in range(1, 11)]
    assert opens_as_many(papers) == len(table.rows)
    sheet = openpyxl.load_workbook(io.BytesIO(dump_papers(papers, "ja", NOW))).active
    assert [row[2].value for row in sheet.iter_rows(min_row=4)][:11] == [*OTAWARA, 490]
    desk.book.engine.dispose()


def test_musashinos_half_year_is_55_95_15(register):
    for kind, count in (
        ("salon_support", 50),
        ("salon_founding", 5),
        ("consult", 95),
        ("meeting", 15),
    ):
        for number in range(count):
            write(register, on=f"2026-{4 + number % 6:02}-05", kind=kind)
    write(register, on="2026-10-01", kind="consult")
    write(register, on="2026-05-01", kind="directory")
    write(register, on="2026-05-01", kind="meeting", stage="called_off")
    write(register, on="2026-05-01", kind="meeting", stage="planned")
    (paper,) = made(register, "half_year", date(2026, 4, 1), date(2026, 9, 30))
    (table,) = paper.tables
    assert numbers(table, 2) == [55, 95, 15]
    assert [row[2].text + row[2].unit for row in table.rows] == ["55件", "95件", "15件"]
    assert table.notes == ("どの欄にも数えていないもの：インフォーマル冊子関連 1",)


def test_amagasakis_quarter_has_its_months_their_sum_and_what_nobody_counts_by_hand(book):
    for month, count in ((4, 3), (5, 0), (6, 2)):
        for day in range(count):
            write(book, on=f"2026-{month:02}-{day + 1:02}", kind="salon_support")
            write(book, on=f"2026-{month:02}-{day + 1:02}", kind="consult")
    write(book, on="2026-06-30", kind="other_town")
    write(book, "concern", name="店まで遠い", found_on="2026-05-03")
    write(book, "salon", name="会館", activities=[
        {"_id": "a", "group": "体操の会", "content": ["exercise", "tea"]},
        {"_id": "b", "group": "お茶の会", "content": ["tea"]},
        {"_id": "c", "group": "やめた会", "content": ["tea"], "state": "ended"},
    ])  # fmt: skip
    ground = Ground(
        division="圏域", areas=("中央", "小田"), areas_of=lambda told: [("中央",) for _ in told]
    )
    papers = made(book, "quarter", date(2026, 4, 1), date(2026, 6, 30), ground)
    work, groups = papers[0].tables
    assert work.heads[0] == "月" and len(work.heads) == 9
    assert [row[0].text for row in work.rows] == ["令和8年4月", "令和8年5月", "令和8年6月", "計"]
    assert numbers(work, 1) == numbers(work, 2) == [3, 0, 2, 5]
    assert numbers(work, 5) == [0, 1, 0, 1]
    assert numbers(work, 8) == [0, 0, 1, 1]
    assert groups.heads[:3] == ("圏域", "体操", "会食") and groups.heads[-1] == "計"
    assert [row[0].text for row in groups.rows] == ["中央", "小田", "計"]
    assert numbers(groups, 1) == [1, 0, 1] and numbers(groups, len(groups.heads) - 1) == [2, 0, 2]
    texts = [one for one in papers[0].parts if isinstance(one, MadeText)]
    assert len(texts) == 12
    assert [one.head for one in texts[:3]] == ["取組状況", "成果・実績", "推進上の課題"]
    assert texts[0].title == "（Ａ）資源開発" and texts[-1].title == "（Ｄ）協議体の設置・運営"
    assert opens_as_many(papers) > 30


def test_toyookas_meetings_are_31_in_29_areas_with_1097_people(register):
    people = [35] * 30 + [47]
    for number, count in enumerate(people):
        area = f"地区{min(number, 28) + 1}" if number < 29 else f"地区{number - 28}"
        write(
            register,
            on=f"2015-{9 + number % 3:02}-10",
            kind="meeting",
            area=[area],
            people_count=count,
        )
    write(register, on="2015-09-11", kind="consult", area=["地区1"], people_count=1)
    (paper,) = made(register, "meetings", date(2015, 9, 1), date(2015, 11, 30))
    (table,) = paper.tables
    assert table.sentence == "29地区で 31回、参加者 計1,097人"
    assert (table.rows[-1][1].number, table.rows[-1][2].number) == (31, 1097)
    assert table.rows[0][0].text == "地区1" and table.rows[0][1].number == 2


def test_what_was_not_counted_says_so(register):
    write(register, on="2026-05-01", kind="meeting", area=["甲"], people_count=20, about="yes")
    write(register, on="2026-05-02", kind="meeting", area=["甲", "乙"])
    write(register, on="2026-05-03", kind="meeting", people_count=3)
    write(register, on_text="5月", kind="meeting")
    (paper,) = made(register, "meetings", date(2026, 5, 1), date(2026, 5, 31))
    (table,) = paper.tables
    assert [row[0].text for row in table.rows] == ["乙", "甲", "地区の分からないもの", "計"]
    assert numbers(table, 1) == [1, 2, 1, 3] and numbers(table, 2) == [0, 20, 3, 23]
    assert table.sentence == "2地区で 3回、参加者 計23人"
    assert "それぞれの行に数え、計では1つ" in table.notes[0]
    assert table.notes[1:] == ("人数のない 1件は、人数に入っていません",
                               "「約20名」のような、およその数 1件を含みます")  # fmt: skip


# 千葉市's workshop: five resources beside five wishes.
RESOURCES = ("施設内の空きスペースの無料提供", "駅舎内に空き部屋あり", "町内会の広報紙を毎月発行",
             "車両を所有予定", "介護予防体操教室開催")  # fmt: skip
WISHES = ("誰でも参加できるカフェが欲しい", "ラジオ体操を開催したい", "活躍の場が欲しい",
          "無人交番を有効活用したい", "ごみ出し・買い物支援が欲しい")  # fmt: skip


def test_chibas_two_columns_stand_beside_each_other_by_kosakas_eight(register):
    kinds = ("salon", "salon", "other", "outing", "health")
    for name, kind in zip(RESOURCES, kinds, strict=True):
        write(register, "resource", name=name, service=[kind], area=["A地区"])
    tags = (["gathering"], ["health"], ["gathering"], ["other"], ["rubbish", "shopping"])
    for name, tag in zip(WISHES, tags, strict=True):
        write(register, "concern", name=name, tag=tag, area=["A地区"])
    write(register, "concern", name="済んだ", tag=["rubbish"], state="solved")
    (paper,) = made(register, "needs_resources", date(2026, 4, 1), TODAY)
    both, needs, resources = paper.tables
    assert both.heads == ("種類", "資源の数", "地域資源", "課題の数", "地域課題")
    rows = {row[0].text: row for row in both.rows}
    assert rows["交流サロン"][1].number == 2 and rows["交流サロン"][3].number == 2
    assert rows["交流サロン"][4].text == "誰でも参加できるカフェが欲しい、活躍の場が欲しい"
    assert rows["家事援助"][4].text == WISHES[4] and "済んだ" not in str(both)
    assert (rows["計"][1].number, rows["計"][3].number) == (5, 5)
    said = {one for row in both.rows for cell in row for one in cell.text.split("、")}
    assert {*RESOURCES, *WISHES} <= said
    assert needs.rows[0][0].text == "A地区" and needs.rows[0][-1].number == 5
    assert resources.rows[0][-1].number == 5


def test_salons_are_counted_by_what_they_do_most_how_often_and_where(register):
    def group(id_, **more):
        return {"_id": id_, "group": f"会{id_}", **more}

    weekly, twice = (parse_schedule(one) for one in ("毎週火曜 10:00～", "第2・4木曜 10:00～"))
    write(register, "salon", name="会館", activities=[
        group("a", content=["exercise", "tea"], schedule=weekly, participant_count=12, over_75_count=8),
        group("b", content=["tea"], schedule=twice, participant_count=5),
        group("c", content=["tea"], state="paused", participant_count=99),
        group("d"),
    ])  # fmt: skip
    (paper,) = made(register, "salons", TODAY, TODAY)
    content, often, area = paper.tables
    told = {row[0].text: [one.number for one in row[1:]] for row in content.rows}
    assert told["体操"] == [1, 12, 8] and told["茶話会"] == [1, 5, 0]
    assert told["内容の分からないもの"] == [1, 0, 0] and told["計"] == [3, 17, 8]
    often_told = {row[0].text: row[1].number for row in often.rows}
    assert often_told["週1回以上"] == 1 and often_told["月2～3回"] == 1
    assert often_told["回数の分からないもの"] == 1
    assert area.rows[0][0].text == "地区の分からないもの" and area.rows[0][1].number == 3
    assert "人数のない 1件は、人数に入っていません" in content.notes


def test_days_to_come_are_not_counted_and_told(book):
    for day, stage in (("2026-12-02", ""), ("2026-12-20", ""), ("2026-12-21", "planned")):
        write(book, on=day, kind="consult", **({"stage": stage} if stage else {}))
    (paper,) = made(book, "half_year", date(2026, 10, 1), date(2027, 3, 31))
    assert paper.cell("three/advice/count").number == 1
    assert "今日より先の日の記録 1件は、まだ数えていません" in paper.tables[0].notes


QUARTERS = [date(2026, month, 1) for month in (4, 7, 10)]


def test_each_quarter_counts_the_groups_of_its_own_last_day(book):
    """As every figure counts them: what paused later met then; a venue that tells no group is one."""

    def on(day):
        return replace(SEEN, on=day)

    hall = {
        "name": "会館",
        "activities": [{"_id": "a", "group": "甲の会"}, {"_id": "b", "group": "乙の会"}],
    }
    book.save(new_version("h", hall, type="salon", origin=on("2026-05-01")))
    book.save(new_version("n", {"name": "名だけ"}, type="salon", origin=on("2026-08-01")))
    seen = book.site("h").state
    paused = {"is": "paused", "on": "2026-09-10", "reason": ""}
    book.save(
        new_version("h", None, type="salon", before=seen, origin=on("2026-09-20"), status=paused)
    )
    papers = made(book, "quarter", QUARTERS[0], date(2026, 12, 31))
    groups = [one.tables[1] for one in papers]
    assert [one.rows[-1][-1].number for one in groups] == [3, 1, 1]
    alone = made(book, "quarter", QUARTERS[0], date(2026, 6, 30))[0].tables[1]
    assert alone == groups[0], "a sheet is the same whatever stands beside it"
    assert "3団体が、2か所の会場に集まっています" in alone.notes
    assert (
        "いま（令和8年12月2日）は 1団体です。期間の終わりより後のことは、入っていません"
        in alone.notes
    )
    assert not any("いま（" in note for note in groups[1].notes)
    early = [note for note in alone.notes if note.startswith("うち 1団体は、期間の終わりより後")]
    assert early and not any("期間の終わり" in note for note in groups[1].notes)


def test_a_site_taken_out_of_the_register_is_no_resource_and_no_concern(book):
    ids = [
        write(book, "resource", name="なくなった店", service=["salon"]),
        write(book, "concern", name="まちがい", tag=["rubbish"]),
    ]
    (paper,) = made(book, "needs_resources", YEAR[0], TODAY)
    assert [paper.tables[0].rows[-1][at].number for at in (1, 3)] == [1, 1]
    for id_ in ids:
        site = book.site(id_)
        closed = {"is": "removed", "on": "2026-11-21", "reason": ""}
        book.save(new_version(id_, None, type=site.type.id, before=site.state, status=closed))
    (paper,) = made(book, "needs_resources", YEAR[0], TODAY)
    assert [paper.tables[0].rows[-1][at].number for at in (1, 3)] == [0, 0]


def test_concerns_are_told_by_level_and_those_closed_before_are_not(register):
    write(register, "concern", name="坂の上", tier="tier_1", state="talking", found_on="2026-05-01")
    write(register, "concern", name="ごみ", tier="tier_3", state="solved", found_on="2026-05-02")
    write(register, "concern", name="次の年", tier="tier_3", found_on="2027-05-02")
    (paper,) = made(register, "concerns", date(2026, 4, 1), date(2026, 12, 31))
    levels, _, each = paper.tables
    assert {row[0].text: row[-1].number for row in levels.rows}["計"] == 2
    assert {row[1].text for row in each.rows} == {"坂の上", "ごみ"}
    assert each.rows[0][1].text == "坂の上"


def test_a_concern_that_rose_is_told_where_it_stands_by_which_meetings_and_with_its_answer(
    register,
):
    way = [
        {"_id": "a", "on": "2026-05-10", "what": "raised", "level": "tier_2", "meeting": "第1回 第2層協議体"},
        {"_id": "b", "on": "2026-06-20", "what": "sent_up", "level": "city", "meeting": "第2回 第1層協議体"},
        {"_id": "c", "on": "2026-09-01", "what": "answered", "level": "city", "note": "移動販売を週2回にする。"},
    ]  # fmt: skip
    write(register, "concern", name="店が遠い", tag=["shopping"], tier="tier_1", way=way)
    write(
        register,
        "concern",
        name="済んだ",
        state="solved",
        way=[{"_id": "a", "on": "2025-03-01", "what": "told"}],
    )
    (paper,) = made(register, "concerns", date(2026, 4, 1), date(2027, 3, 31))
    levels, _, each = paper.tables
    assert [row[0].text for row in levels.rows] == ["市", "第1層", "第2層", "第3層", "計"]
    assert levels.rows[0][-1].number == 1 and levels.rows[-1][-1].number == 1
    (row,) = each.rows
    assert row[0].text == "市" and row[-1].text == "移動販売を週2回にする。"
    assert row[5].text.split("\n") == [
        "令和8年5月10日　第2層　出た（第1回 第2層協議体）",
        "令和8年6月20日　市　上げた（第2回 第1層協議体）",
        "令和8年9月1日　市　答えがあった",
    ]


def test_the_paper_for_the_mayor_holds_what_came_as_far_as_the_city(register):
    """`surveys.reports.concerns_city`: also what was answered and told back, and nothing else."""
    back = [
        {"_id": "a", "on": "2026-06-20", "what": "sent_up", "level": "city"},
        {"_id": "b", "on": "2026-09-01", "what": "told", "level": "tier_2"},
    ]
    write(register, "concern", name="店が遠い", tag=["shopping"], tier="tier_1", way=back[:1])
    write(register, "concern", name="停留所", tier="tier_2", way=back)
    write(register, "concern", name="坂の上", tier="tier_1", found_on="2026-05-01")
    (paper,) = made(register, "concerns_city", date(2026, 4, 1), date(2027, 3, 31))
    areas, each = paper.tables
    assert areas.rows[-1][-1].number == 2
    assert {row[0].text for row in each.rows} == {"店が遠い", "停留所"}


def test_the_dated_list_keeps_days_and_numbers_as_they_were_said(register):
    write(register, on="2015-09-15", until="2015-09-25", name="個別訪問", people_text="計10箇所")
    write(register, on="2015-04-28", name="総会", people_count=20, about="yes")
    write(register, on="2015-12-31", until="2016-01-02", name="年越し", people_count=6)
    (paper,) = made(register, "dated_list", date(2015, 4, 1), date(2016, 3, 31))
    (table,) = paper.tables
    assert [(row[0].text, row[3].text) for row in table.rows] == [
        ("平成27年4月28日", "約20人"), ("平成27年9月15日～25日", "計10箇所"),
        ("平成27年12月31日～平成28年1月2日", "6"),
    ]  # fmt: skip


# ---- by hand, carried over, mapped ----------------------------------------------------------


def keep(register, form, days, key, value, why="", ground=""):
    word = ReportWord(
        form=form, span=span_of(*days) if days else "", ground=ground, key=key, value=value, why=why,
        by="担当", made_at=NOW,
    )  # fmt: skip
    return save_word(register, word)


HALF = (date(2026, 4, 1), date(2026, 9, 30))


def test_a_number_by_hand_keeps_both_and_says_so_and_goes_back(register):
    write(register, on="2026-05-01", kind="consult")
    keep(register, "half_year", HALF, "three/advice/count", 3, "紙の記録が2件")
    (paper,) = made(register, "half_year", *HALF)
    cell = paper.cell("three/advice/count")
    assert (cell.number, cell.counted, cell.by_hand, len(cell.behind)) == (3, 1, True, 1)
    book = openpyxl.load_workbook(io.BytesIO(dump_papers([paper], "ja", NOW))).active
    found = next(c for row in book.iter_rows() for c in row if c.value == 3)
    assert found.number_format == '#,##0"件（数えた数 1）"'
    said = "手で直した数：個別の相談への対応・件数 3（数えた数 1）紙の記録が2件"
    assert said in [c.value for row in book.iter_rows() for c in row]
    keep(register, "half_year", HALF, "three/advice/count", 4, "田中さん 090-1234-5678 に聞いた")
    (paper,) = made(register, "half_year", *HALF)
    assert not notice(paper.cell("three/advice/count").why)
    keep(register, "half_year", HALF, "three/advice/count", None)
    (paper,) = made(register, "half_year", *HALF)
    assert not paper.cell("three/advice/count").by_hand


def test_a_total_has_what_was_written_by_hand(register):
    write(register, on="2026-05-01", kind="meeting", area=["甲"], people_count=5)
    span = (date(2026, 5, 1), date(2026, 5, 31))
    keep(register, "meetings", span, "areas/甲/people", 8, "あとから3人")
    (paper,) = made(register, "meetings", *span)
    total = paper.tables[0].rows[-1][2]
    assert (total.number, total.counted) == (8, 5)
    assert paper.tables[0].sentence.endswith("計8人")


def test_texts_are_carried_over_from_the_period_before_until_they_are_written(register):
    first, second = (date(2026, 4, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 9, 30))
    keep(register, "quarter", first, "told/a/doing", "企業に声をかけている。")
    (paper,) = made(register, "quarter", *second)
    text = next(one for one in paper.parts if isinstance(one, MadeText))
    assert text.text == "企業に声をかけている。"
    assert text.carried == "令和8年4月1日～令和8年6月30日"
    keep(register, "quarter", second, "told/a/doing", "")
    (paper,) = made(register, "quarter", *second)
    text = next(one for one in paper.parts if isinstance(one, MadeText))
    assert (text.text, text.carried) == ("", "")


def test_a_rows_note_is_of_its_own_period(register):
    """A text asks to be read again; a note of the half year before would stand there unsaid."""
    first, second = HALF, (date(2026, 10, 1), date(2027, 3, 31))
    keep(register, "half_year", first, "three/advice/note", "前の半年の話")
    told = [made(register, "half_year", *days)[0].tables[0].rows for days in (first, second)]
    notes = [
        next(row[-1].text for row in rows if row[-1].key == "three/advice/note") for rows in told
    ]
    assert notes == ["前の半年の話", ""]


def test_the_office_says_which_kinds_a_line_counts(register):
    for kind in ("consult", "local_body", "care_office"):
        write(register, on="2026-05-01", kind=kind)
    report = REPORTS["half_year"]
    (one,) = mapped_of(report)
    assert one.key == "three/rows" and {line.id for line in one.lines} == {
        "visits",
        "advice",
        "meetings",
    }
    keep(register, "half_year", None, one.key, {"advice": ["consult", "local_body"]})
    (paper,) = made(register, "half_year", *HALF)
    assert paper.cell("three/advice/count").number == 2
    assert paper.tables[0].notes == ("どの欄にも数えていないもの：介護事業所 情報共有 1",)
    keep(register, "half_year", None, one.key, None)
    (paper,) = made(register, "half_year", *HALF)
    assert paper.cell("three/advice/count").number == 1


def test_the_offices_own_kinds_are_rows_and_hidden_ones_only_where_used(book):
    log = LOGS["activity"]
    own = (*log.field("kind").choices[:2], Choice("own_1", Words("茶話", "tea")),
           replace(log.field("kind").choices[2], hidden=True), log.field("kind").choices[-1])  # fmt: skip
    fields = [replace(one, choices=own) if one.id == "kind" else one for one in log.fields]
    job = Job(ground=AS_SAID, lang="ja", today=TODAY, log=replace(log, fields=tuple(fields)))
    write(book, on="2026-05-01", kind="salon_support")
    span = (date(2026, 4, 1), date(2027, 3, 31))
    (paper,) = make_papers(book, REPORTS["year_by_kind"], *span, job)
    names = [row[1].text for row in paper.tables[0].rows]
    assert names == ["地域資源発掘", "通いの場 訪問・情報共有・運営支援", "茶話", "計"]
    write(book, on="2026-05-01", kind="salon_founding")
    (paper,) = make_papers(book, REPORTS["year_by_kind"], *span, job)
    assert "通いの場 設立誘導・設立支援" in [row[1].text for row in paper.tables[0].rows]


# ---- every report ---------------------------------------------------------------------------


@pytest.mark.parametrize("report", REPORTS.values(), ids=list(REPORTS))
def test_every_report_asks_what_there_is_and_every_mapped_value_too(report):
    ids = [one.id for one in report.parts]
    assert len(set(ids)) == len(ids) and report.help.ja and report.help.en
    for part in report.parts:
        if isinstance(part, Listed) and part.source == "log":
            asked = {one.id for one in LOGS["activity"].fields}
            used = {id_ for one in part.columns for id_ in one.fields}
            assert used <= asked and REASON not in used and "photos" not in used
            assert set(part.without) <= {one.id for one in LOGS["activity"].field("stage").choices}
        if isinstance(part, Told):
            assert part.heads and part.texts
    for one in mapped_of(report):
        known = choices_of(one.source, one.by, LOGS["activity"])
        assert {value for line in one.lines for value in line.values} <= set(known)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", REPORTS)
def test_every_report_of_an_empty_register_says_so_and_can_be_written(book, form, lang):
    papers = made(book, form, date(2026, 4, 1), date(2026, 4, 30), lang=lang)
    assert count_rows(papers) == 0
    for paper in papers:
        for table in paper.tables:
            assert all(len(row) == len(table.heads) == len(table.widths) for row in table.rows)
    assert dump_papers(papers, lang, NOW) == dump_papers(papers, lang, NOW)


@pytest.mark.parametrize("form", REPORTS)
def test_no_report_names_anybody_whatever_reason_was_given(book, form):
    named = "田中さん（090-1234-5678）から聞いた"
    assert notice(named)
    fields = ("name", "partner", "note", "action", "thought", "next_step", "issue", "people_text")
    for field in fields:
        write(
            book,
            on="2026-05-01",
            kind="meeting",
            area=[named],
            **{field: named, REASON: "カナリア"},
        )
    for field in ("name", "note", "thought", "next_step", "actor", "result"):
        write(
            book, "concern", found_on="2026-05-01", tag=["health"], area=[named], **{field: named}
        )
    write(book, "resource", name=named, service=["health"], area=[named])
    write(book, "salon", name=named, activities=[{"_id": "a", "group": named}])
    span = (date(2026, 4, 1), date(2026, 6, 30))
    for days in cut_days(*span, REPORTS[form].cut):
        keep(book, form, days, "told/a/doing", named)
        keep(book, form, days, "kinds/meeting/note", named)
    papers = made(book, form, *span)
    data = dump_papers(papers, "ja", NOW)
    texts = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert texts and not [one for one in texts if notice(one)]
    assert not [one for one in texts if "090" in one or "カナリア" in one]


ENTRY = st.fixed_dictionaries(
    {"on": st.dates(date(2026, 4, 1), date(2027, 3, 31)).map(date.isoformat)},
    optional={
        "kind": st.sampled_from(KINDS),
        "area": st.lists(st.sampled_from(["甲", "乙", "丙"]), max_size=3, unique=True),
        "people_count": st.integers(0, 500),
        "stage": st.sampled_from(["done", "planned", "called_off"]),
    },
)


@settings(max_examples=40)
@given(st.lists(ENTRY, max_size=25))
def test_every_number_is_as_many_as_what_it_opens_and_rows_come_to_the_total(
    tmp_path_factory, entries
):
    register = open_sqlite(tmp_path_factory.mktemp("law") / "town")
    for answers in entries:
        write(register, **answers)
    today = TODAY.isoformat()
    done = [one for one in entries if one.get("stage") in (None, "done") and one["on"] <= today]
    year = (date(2026, 4, 1), date(2027, 3, 31))
    (paper,) = made(register, "year_by_kind", *year)
    rows = paper.tables[0].rows
    assert sum(row[2].number for row in rows[:-1]) == rows[-1][2].number == len(done)
    assert all(row[2].number == len(row[2].behind) for row in rows)
    (paper,) = made(register, "meetings", *year)
    meetings = [one for one in done if one.get("kind") == "meeting"]
    total = paper.tables[0].rows[-1]
    assert total[1].number == len(meetings) == len(total[1].behind)
    assert total[2].number == sum(one.get("people_count", 0) for one in meetings)
    months = [made(register, "quarter", *one)[0].tables[0] for one in cut_days(*year, "quarter")]
    visits = sum(table.rows[-1][1].number for table in months)
    assert visits == sum(one.get("kind") in ("salon_support", "salon_founding") for one in done)
    register.engine.dispose()


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)),
       st.sampled_from(["half_month", "month", "quarter", "half_year", "year"]))  # fmt: skip
def test_periods_follow_each_other_without_a_gap(day, cut):
    ((first, last),) = cut_days(day, day, cut)
    assert first <= day <= last
    earlier = before(first, last, cut)
    assert (first - earlier[1]).days == 1
    assert cut_days(earlier[0], last, cut) == [earlier, (first, last)]
    assert (
        len(months_of(first, last))
        == {"half_month": 1, "month": 1, "quarter": 3, "half_year": 6, "year": 12}[cut]
    )


def test_areas_are_taken_as_they_are_named(book):
    write(book, on="2026-05-01", area=["甲"])
    (fact,) = read_facts(book, "log", date(2026, 5, 1), date(2026, 5, 31), AS_SAID, TODAY)
    assert fact.marks["area"] == ("甲",) and said_areas({"area": "unknown"}) == ()


def test_a_table_is_a_counted_or_listed_part(book):
    (paper,) = made(book, "quarter", date(2026, 4, 1), date(2026, 6, 30))
    parts = [one for one in REPORTS["quarter"].parts if isinstance(one, Counted)]
    assert len(paper.tables) == len(parts)
    assert all(isinstance(one, MadeTable) for one in paper.tables)
