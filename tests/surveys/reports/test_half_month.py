"""The half month in 武蔵野's layout: days, spans, what is left out, and nobody's name.

Through `surveys.reports.half_month`, `surveys.reports.parts.paper`,
`surveys.reports.parts.workbook` and `surveys.reports.parts.declare`.
"""

import io
import random
import sys
from datetime import date
from itertools import pairwise

import openpyxl
import pytest
from import_fixtures import Desk, counts
from register_fixtures import NOW, new_version
from where import ROOT

from geo.base.problems import InputError
from surveys.record.privacy import REASON, notice
from surveys.reports import REPORTS
from surveys.reports.parts.days import cut_days
from surveys.reports.parts.ground import AS_SAID
from surveys.reports.parts.made import Job
from surveys.reports.parts.paper import count_dayless, make_papers
from surveys.reports.parts.workbook import dump_papers

sys.path.insert(0, str(ROOT / "benchmarks"))
from privacy import make_line

HALF = REPORTS["half_month"]
# As the municipality printed them.
HEADS = (
    "日程", "対応時間（分）", "エリア", "相手方", "事業・会議名等", "経過・内容・主な事柄",
    "コーディネーターの働きかけ（かかわり）",
    "コーディネーターの思い・気づき・コメント等", "次回のアプローチ", "その他（地域課題他）",
)  # fmt: skip
ENTRIES = {
    "a": {"on": "2015-09-16", "spent_min": 120, "area": ["A町"], "partner": "在宅介護支援センター",
          "name": "介護者教室",
          "note": "前半：説明\n後半：懇談", "action": "・伝えた", "thought": "・良かった", "issue": "買い物"},
    "b": {"on": "2015-09-15", "until": "2015-09-25", "name": "個別訪問"},
    "c": {"on": "2015-09-30", "stage": "planned", "name": "会議"},
    "d": {"on": "2015-09-20", "stage": "called_off", "name": "中止の会"},
    "e": {"on_text": "9月16日", "name": "年のない日"},
    "f": {"on": "2015-10-01", "name": "次の月"},
}  # fmt: skip


@pytest.fixture
def log(register):
    for id_, answers in ENTRIES.items():
        register.save(new_version(id_, answers, type="activity"))
    return register


def papers(register, first=date(2015, 9, 16), last=date(2015, 9, 30), lang="ja"):
    job = Job(ground=AS_SAID, lang=lang, today=date(2026, 12, 2))
    return make_papers(register, HALF, first, last, job)


def entries_of(paper):
    return tuple(row[0].behind[0] for row in paper.tables[0].rows)


def texts_of(paper):
    return [tuple(one.text for one in row) for row in paper.tables[0].rows]


def test_the_sheet_is_the_one_the_municipality_printed(log):
    (paper,) = papers(log)
    assert paper.tables[0].heads == HEADS
    assert paper.title == "コーディネーター活動記録　平成27年9月16日～平成27年9月30日"
    assert entries_of(paper) == ("b", "a", "c")
    assert texts_of(paper)[1] == (
        "9月16日", "120", "A町", "在宅介護支援センター", "介護者教室",
        "前半：説明\n後半：懇談", "・伝えた", "・良かった", "", "買い物",
    )  # fmt: skip
    assert [row[0] for row in texts_of(paper)] == ["9月15日～25日", "9月16日", "9月30日（予定）"]
    assert count_dayless(log) == 1


def test_a_span_is_in_each_half_it_reaches_and_a_month_has_two(log):
    first, second, third = papers(log, date(2015, 9, 1), date(2015, 10, 1))
    assert [entries_of(one) for one in (first, second, third)] == [("b",), ("b", "a", "c"), ("f",)]


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [("2026-02-01", "2026-02-28", 2), ("2026-02-16", "2026-02-16", 1),
     ("2026-12-20", "2027-01-05", 2), ("2024-02-29", "2024-03-01", 2)],
)  # fmt: skip
def test_days_are_cut_into_whole_halves_without_a_gap(first, last, count):
    made = cut_days(date.fromisoformat(first), date.fromisoformat(last))
    assert len(made) == count and made[0][0].day in (1, 16)
    assert all((b[0] - a[1]).days == 1 for a, b in pairwise(made))


def test_days_that_cannot_be_are_refused():
    with pytest.raises(InputError):
        cut_days(date(2026, 2, 2), date(2026, 2, 1))
    with pytest.raises(InputError):
        cut_days(date(2015, 1, 1), date(2026, 12, 31))


def test_nobody_is_named_in_a_report_whatever_the_reason(register):
    rng = random.Random(11)  # noqa: S311 - samples
    lines = [one for one in (make_line(rng) for _ in range(80)) if notice(one)]
    fields = ("name", "partner", "note", "action", "thought", "next_step", "issue")
    for at, line in enumerate(lines):
        answers = {"on": "2026-12-01", fields[at % len(fields)]: line, REASON: "鳴禽カナリア"}
        register.save(new_version(f"e{at}", answers, type="activity"))
    made = papers(register, date(2026, 12, 1), date(2026, 12, 15))
    cells = [one for paper in made for row in texts_of(paper) for one in row if one]
    assert len(texts_of(made[0])) == len(lines) > 70
    assert not [one for one in cells if notice(one)]
    assert not any("カナリア" in one for one in cells)


def test_the_workbook_prints_on_a4_across_runs_nothing_and_comes_back(log, tmp_path):
    log.save(
        new_version("g", {"on": "2015-09-17", "name": "=1+1", "note": "+cmd"}, type="activity")
    )
    data = dump_papers(papers(log), "ja", NOW)
    assert data == dump_papers(papers(log), "ja", NOW)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$1:$3"
    assert tuple(one.value for one in sheet[3]) == HEADS
    assert {one.data_type for row in sheet.iter_rows(min_row=4) for one in row if one.value} == {
        "s",
        "n",
    }
    desk = Desk(tmp_path)
    assert counts(desk.plan(data, type_id="activity", file="半月.xlsx")) == {"new": 4}
    desk.book.engine.dispose()


def test_a_half_without_entries_says_so(register):
    (paper,) = papers(register)
    sheet = openpyxl.load_workbook(io.BytesIO(dump_papers([paper], "ja", NOW))).active
    assert texts_of(paper) == [] and sheet["A4"].value == "この期間の記録はありません"


@pytest.mark.parametrize(
    ("until", "day"),
    [("2026-12-30", "12月28日～30日"), ("2027-01-05", "令和8年12月28日～令和9年1月5日"),
     ("2027-12-30", "令和8年12月28日～令和9年12月30日")],
)  # fmt: skip
def test_a_span_over_the_end_of_a_year_says_both_years(register, until, day):
    answers = {"name": "冬", "on": "2026-12-28", "until": until}
    register.save(new_version("w", answers, type="activity"))
    made = papers(register, date(2026, 12, 16), date(2027, 1, 15))
    assert {row[0] for one in made for row in texts_of(one)} == {day}
    assert len([one for one in made if texts_of(one)]) == (1 if until < "2027" else 2)
