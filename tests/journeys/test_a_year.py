"""A year of the log: brought in from a table, one more written, and its half month, quarter and year reported.

The same numbers on the screen, in the PDF and in the workbook; each opens the entries behind it.
"""

import io
import re

import openpyxl
from browser_town import MARKS, WAIT, settled
from pdf_pages import text_of
from playwright.sync_api import expect

pytestmark = MARKS

# Long before anything else the town has written.
DAYS = ("2019-04-03", "2019-04-18", "2019-05-07", "2019-06-20", "2019-10-02")
KINDS = ("通いの場訪問", "会議", "個別の相談への対応", "通いの場訪問", "会議")
NAMES = ("汐見サロン", "第2層協議体", "買い物の相談", "東町の体操", "民児協")


def table():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        [
            "日程",
            "種類",
            "対応時間（分）",
            "相手方",
            "事業・会議名等",
            "経過・内容・主な事柄",
            "参加人数",
        ]
    )
    for day, kind, name in zip(DAYS, KINDS, NAMES, strict=True):
        sheet.append([day, kind, 60, "民生委員", name, "話を聞いた。", "約20名"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def bring_in(visit):
    page = visit("/imports?lang=ja")
    settled(page)
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(
        {"name": "活動.xlsx", "mimeType": "application/octet-stream", "buffer": table()}
    )
    settled(page)
    page.get_by_role("button", name="「活動記録」の表として読む").click()
    page.get_by_role("button", name="5件を取りこむ").click(timeout=2 * WAIT)
    expect(page.get_by_text("活動.xlsx から 5件を取りこみました")).to_be_visible(timeout=WAIT)


def report(visit, form, **asked):
    more = "".join(f"&{key}={one}" for key, one in asked.items())
    page = visit(f"/reports?lang=ja&form={form}{more}")
    settled(page)
    return page


def numbers(page, row):
    """The numbers of a row of the first table, as they stand."""
    line = page.locator(".kz-report").first.locator("tr", has_text=row)
    expect(line).to_have_count(1, timeout=WAIT)
    cells = line.locator("td.n")
    return [int(re.match(r"[0-9]+", one)[0]) for one in cells.all_inner_texts()]


def pdf_of(page):
    place = page.get_by_role("link", name="PDF").get_attribute("href")
    return text_of(
        page.request.get(place if "://" in place else page.url.split("/reports")[0] + place).body()
    )


def book_of(page):
    with page.expect_download(timeout=WAIT) as got:
        page.get_by_role("button", name="Excel").click()
    sheet = openpyxl.load_workbook(io.BytesIO(got.value.path().read_bytes())).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_years_log_is_reported_and_nobody_types_a_number(visit):
    bring_in(visit)
    page = report(visit, "year_by_kind", since="2019-04-01")
    expect(page.locator(".kz-report tr.total")).to_contain_text("5件", timeout=WAIT)
    assert numbers(page, "会議・研修") == [2] and numbers(page, "個別の相談") == [1]
    rows = book_of(page)
    assert [row[2] for row in rows if row[1] == "計"] == [5]
    assert "会議・研修・調査・イベント2件" in pdf_of(page).replace(" ", "")
    page.locator(".kz-report tr", has_text="会議・研修").locator("a").click()
    behind = page.locator(".st-key-card_behind")
    expect(behind).to_contain_text("会議・研修・調査・イベント・活動件数　2件", timeout=WAIT)
    expect(behind.locator("a", has_text="第2層協議体")).to_have_count(1)

    quarter = report(visit, "quarter", since="2019-04-01")
    assert numbers(quarter, "平成31年4月")[:3] == [1, 0, 1] and numbers(quarter, "計")[:3] == [
        2,
        1,
        1,
    ]
    quarter.locator(".kz-report").first.locator("tr", has_text="平成31年4月").locator(
        "a"
    ).first.click()
    behind = quarter.locator(".st-key-card_behind")
    behind.get_by_text("手で直す").click()
    behind.get_by_label("直した数").fill("3")
    behind.get_by_label("直すわけ").fill("手帳の2件をたした")
    quarter.keyboard.press("Tab")
    behind.get_by_role("button", name="この数にする").click()
    expect(quarter.get_by_text("手帳の2件をたした").first).to_be_visible(timeout=WAIT)
    settled(quarter)
    assert numbers(quarter, "計")[0] == 4
    said = pdf_of(quarter)
    assert "数えた数1" in said.replace(" ", "") and "手帳の2件をたした" in said

    half = report(visit, "half_month", since="2019-04-01")
    expect(half.locator(".kz-report")).to_contain_text("汐見サロン", timeout=WAIT)
    assert "第2層協議体" not in half.locator(".kz-report").inner_text()
    said = pdf_of(half)
    assert "汐見サロン" in said and "第2層協議体" not in said and "平成31年4月15日" in said
