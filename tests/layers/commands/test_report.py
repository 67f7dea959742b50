"""``kayoi report``: listed, as a workbook and as a PDF, by a division, with what is left out said.

Through `layers.commands.report`, `layers.day.reported`, `layers.day.report_ground`, `layers.pdf.reports` and
`layers.sheets.report`.
"""

import shutil
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from pdf_pages import pages_of
from sheet_fixtures import frame, point, put

from geo.base.problems import InputError
from geo.cli import main
from geo.sources.town_folder import load_town
from layers.day.report_ground import ground_of
from layers.day.reported import division_of, make_report
from layers.sheets.report import SHEET
from surveys.reports import REPORTS
from surveys.reports.parts.ground import AS_SAID
from surveys.reports.parts.written import span_of
from surveys.store.register import open_register
from surveys.store.report_words import ReportWord, save_word

ENTRIES = {
    "a": {"on": "2026-09-16", "kind": "meeting", "name": "介護者教室", "people_count": 12},
    "b": {"on": "2026-09-15", "until": "2026-09-25", "kind": "consult", "name": "個別訪問"},
    "e": {"on_text": "9月16日", "name": "年のない日"},
}


@pytest.fixture(scope="module")
def folder(small_town, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "town"
    shutil.copytree(small_town, folder, ignore=shutil.ignore_patterns("register"))
    register = open_register(folder)
    for id_, answers in ENTRIES.items():
        put(register, "activity", id_, answers, place=point(2, 2) if id_ == "a" else None)
    put(register, "concern", "c", {"name": "店まで遠い", "tag": ["shopping"]}, place=point(2, 2))
    register.engine.dispose()
    return folder


@pytest.fixture(autouse=True)
def _one_place(monkeypatch, japanese):
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def ask(folder, tmp_path):
    def run(form, *more, out="報告.xlsx"):
        path = tmp_path / out
        days = ("--from", "2026-09-16", "--to", "令和8年9月30日")
        code = main(["report", form, "--town", str(folder), *days, "--out", str(path), *more])
        return code, path

    return run


def test_it_lists_every_report(capsys):
    assert main(["report", "--list"]) == 0
    said = capsys.readouterr().out
    assert all(id_.replace("_", "-") in said for id_ in REPORTS)


@pytest.mark.parametrize("form", [id_.replace("_", "-") for id_ in REPORTS])
def test_every_report_is_a_workbook_and_a_pdf(ask, form, capsys):
    code, book = ask(form)
    assert code == 0 and openpyxl.load_workbook(book).sheetnames
    code, pdf = ask(form, out="報告.pdf")
    assert code == 0
    said = capsys.readouterr().out
    assert "庁内用" in said
    assert all("庁内用" in one for one in pages_of(pdf.read_bytes()))


def test_what_is_left_out_is_said(ask, capsys):
    assert ask("half-month")[0] == 0
    said = capsys.readouterr().out
    assert "2件" in said and "日のはっきりしない活動記録 1件" in said


def test_an_empty_period_and_days_that_cannot_be_are_said_on_paper_too(
    ask, folder, tmp_path, capsys
):
    days = ["--from", "2025-01-01", "--to", "2025-01-15"]
    path = tmp_path / "空.pdf"
    assert main(["report", "half-month", "--town", str(folder), *days, "--out", str(path)]) == 0
    text = "".join(pages_of(path.read_bytes())).replace("\n", "")
    assert "この期間の記録はありません" in text and "None" not in text
    assert "日のはっきりしない活動記録 1件は、入っていません" in text
    for first, last in (("9999-12-16", "9999-12-31"), ("2026-02-02", "2026-02-01")):
        days = ["--from", first, "--to", last]
        assert main(["report", "half-month", "--town", str(folder), *days, "--out", str(path)]) == 2
    assert "はじめの日（2026-02-02）より前です" in capsys.readouterr().err


def test_a_sheet_in_the_browser_is_of_one_period(folder):
    town, register = load_town(folder), open_register(folder)
    days = {"from": "2026-09-01", "to": "2026-09-30"}
    try:
        with pytest.raises(InputError, match="of one period"):
            SHEET.draw(frame(folder, town, register), {"form": "half-month"}, days)
        one = SHEET.draw(
            frame(folder, town, register), {"form": "half-month"}, days | {"from": "2026-09-16"}
        )
        assert "令和8年9月16日" in one
    finally:
        register.engine.dispose()


def test_a_division_says_whose_areas_count(ask, folder):
    division = load_town(folder).divisions[0]
    code, path = ask("meetings", "--division", division)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert code == 0 and sum(row[1] == 1 for row in rows) == 2
    assert any(f"地区の分け方：{division}" in str(row[0]) for row in rows)
    assert ask("meetings", "--division", "ない分け方")[0] == 2


@pytest.mark.parametrize(
    "asked",
    [["report"], ["report", "quarter"], ["report", "half-month", "--town", ".", "--out", "x.xlsx"]],
)
def test_what_is_missing_is_asked_for(asked, capsys):
    assert main(asked) == 2 and capsys.readouterr().err


def test_a_file_of_another_kind_is_refused(ask):
    assert ask("half-month", out="報告.csv")[0] == 2


def test_records_are_of_the_areas_they_name_else_where_they_are(folder):
    town = load_town(folder)
    division = town.divisions[0]
    ground, name = ground_of(town, division), str(town.division(division)["area_name"].iloc[0])
    register = open_register(folder)
    here, nowhere = (register.site(one, logs=True) for one in ("a", "b"))
    register.engine.dispose()
    assert ground.areas_of([(nowhere, {"area": [name]}), (nowhere, {})]) == [(name,), ()]
    (found,) = ground.areas_of([(here, {})])
    assert len(found) == 1 and found[0] in ground.areas
    assert ground_of(town, "") is AS_SAID
    with pytest.raises(InputError):
        ground_of(town, "ない分け方")


def test_a_report_without_areas_asks_for_no_division(folder):
    town = load_town(folder)
    assert division_of(town, REPORTS["half_year"], "x") == ""
    assert division_of(town, REPORTS["quarter"], "") == town.divisions[0]
    register = open_register(folder)
    days = (date(2026, 9, 1), date(2026, 9, 30))
    (paper,) = make_report(
        register, town, REPORTS["meetings"], days, lang="en", today=date(2026, 12, 2)
    )
    register.engine.dispose()
    assert paper.tables[0].rows[-1][1].number == 1


def test_areas_are_the_larger_ones_unless_others_are_named(demo_town):
    town = load_town(demo_town)
    assert town.divisions[0] == "町丁目" and len(town.division("日常生活圏域")) > 1
    assert division_of(town, REPORTS["quarter"], "") == "日常生活圏域"
    assert division_of(town, REPORTS["quarter"], "町丁目") == "町丁目"


def test_a_number_by_hand_is_told_on_the_sheets_of_other_reports_of_those_days(folder, tmp_path):
    town = load_town(folder)
    register = open_register(shutil.copytree(folder, tmp_path / "town"))
    quarter = ReportWord(
        form="quarter", span=span_of(date(2026, 7, 1), date(2026, 9, 30)), ground="",
        key="visits/all/count", value=7, why="紙の記録", by="係", made_at="2026-10-01T00:00:00Z",
    )  # fmt: skip
    word = save_word(register, quarter)

    def facts(form, *days, lang="ja"):
        papers = make_report(
            register, town, REPORTS[form], days, lang=lang, today=date(2026, 12, 2)
        )
        return " ".join(line for paper in papers for line in paper.facts)

    year = (date(2026, 4, 1), date(2027, 3, 31))
    said = facts("year_by_kind", *year)
    assert f"「{REPORTS['quarter'].words.ja}」（" in said and "手で直した数が 1か所あります" in said
    assert "1 of the numbers in" in facts("year_by_kind", *year, lang="en")
    for form, days in (
        ("year_by_kind", (date(2025, 4, 1), date(2026, 3, 31))),
        ("quarter", (date(2026, 7, 1), date(2026, 9, 30))),
    ):
        assert "手で直した数が" not in facts(form, *days)
    assert "手で直した数が" not in facts("concerns", *year), "it counts other things"
    save_word(register, replace(word, value=None, why=""))
    assert "手で直した数が" not in facts("year_by_kind", *year)
    register.engine.dispose()
