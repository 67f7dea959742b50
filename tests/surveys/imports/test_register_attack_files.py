"""Our own exports brought in again: what an old, cut or shuffled file could take away."""

import io

import openpyxl
import pytest
from import_fixtures import Desk, diff, edit, export, row_of, site_named, survey
from register_fixtures import LATER, new_version
from where import ROOT

from geo.base.problems import InputError
from surveys.imports.importing import apply_plan

PAGES = ROOT / "pages"
PARKS = (
    "名称,所在地,緯度,経度,面積,水飲み,備考\n"
    "西町公園,焼津市西町1,34.86,138.31,1200,あり,松が多い\n"
    "東町公園,焼津市東町2,34.87,138.32,800,なし,\n"
)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.book.engine.dispose()


# ---- our own exports, brought in again -----------------------------------------------------


def workbook_of(data, change):
    """Return a workbook after a person worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_our_workbook_without_its_sheet_of_benches_takes_no_bench_away(desk):
    desk.take(PARKS)
    survey(desk.book, "西町公園", {"benches": [{"_id": "a", "back": "yes"}, {"_id": "b"}]})

    def change(book):
        del book[next(one for one in book.sheetnames if "ベンチ" in one)]

    data = workbook_of(export(desk.book, "park", "xlsx"), change)
    made = desk.plan(data, file="台帳.xlsx")
    assert diff(row_of(made, "西町公園")) == {}


def test_ids_that_slid_against_their_rows_take_nothing(desk):
    desk.take(PARKS)

    def change(book):
        sheet = book.worksheets[0]
        sheet["A2"].value, sheet["A3"].value = sheet["A3"].value, sheet["A2"].value

    data = workbook_of(export(desk.book, "park", "xlsx"), change)
    made = desk.plan(data, file="台帳.xlsx")
    assert made.counts["problem"] == 2
    assert made.counts["change"] == 0
    assert any("ずれて" in one.reason.ja for one in made.problems)


def test_what_was_corrected_on_the_day_of_the_export_stays(desk):
    desk.take(PARKS)
    survey(desk.book, "西町公園", {"note": "朝の調査"})
    old = export(desk.book, "park")
    site = site_named(desk.book, "西町公園")
    desk.book.save(
        new_version(site.id, {**site.answers, "note": "午後に直した"}, before=site.state)
    )
    made = desk.plan(edit(old, "西町公園", 面積="1300"))
    assert diff(row_of(made, "西町公園")) == {"area_m2": 1300}


def test_a_difference_settled_after_the_export_is_not_unsettled_by_it(desk):
    desk.take(PARKS)
    site = site_named(desk.book, "西町公園")
    for note in ("日かげが多い", "日かげがない"):
        desk.book.save(new_version(site.id, {**site.answers, "note": note}, before=site.state))
    old = export(desk.book, "park")
    now = desk.book.site(site.id)
    desk.book.save(
        new_version(
            site.id, {**now.answers, "note": "日かげがない"}, before=now.state, kind="resolve"
        )
    )
    desk.take(edit(old, "西町公園", 面積="1300"))
    after = desk.book.site(site.id)
    assert after.answers["note"] == "日かげがない"
    assert after.answers["area_m2"] == 1300


def test_an_import_planned_before_another_was_undone_is_refused(desk):
    desk.take(PARKS)
    taken = desk.take(PARKS.replace("あり", "なし"))
    survey(desk.book, "西町公園", {"note": "静か"})
    made = desk.plan(PARKS.replace("あり", "なし").replace("1200", "1300"))
    desk.book.undo_batch(taken.batch_id, now=LATER)
    with pytest.raises(InputError, match="Nothing was brought in"):
        apply_plan(desk.book, made)
