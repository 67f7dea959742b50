"""Files as people have them: a printed list of salons taken and counted, a table of people answered."""

import contextlib
import io
import re

import openpyxl
from browser_town import MARKS, WAIT, settled
from playwright.sync_api import TimeoutError as LateError
from playwright.sync_api import expect

from geo.sources.town_folder import load_town
from surveys.store.register import open_register

pytestmark = MARKS

HEADS = ["No.", "サロン名", "曜日", "時間", "会場", "参加費", "対象", "緯度", "経度", "合言葉"]
PEOPLE = "町丁目名,総人口,65歳以上,75歳以上\n北町,100,30,12\n南町,50,20,8\n"
HALLS, GROUPS = ("みなみ会館", "あたらしい会館"), ("いきいき体操", "茶の間", "夜の茶の間")
COUNTED = re.compile("通いの場　([0-9]+)か所")


def printed(folder):
    """A list as an office prints it: a title, a row a group, two of one hall, a word of its own."""
    town = load_town(folder)
    at = town.plane.to_degrees(town.border.representative_point())
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["令和8年度　住民主体の通いの場一覧"])
    sheet.append([])
    sheet.append(HEADS)
    whens = (
        ("毎週火曜", "10:00～11:30"),
        ("第2・第4木曜", "13:30～15:30"),
        ("毎月15日", "18:00～19:30"),
    )
    for number, (name, (days, hours)) in enumerate(zip(GROUPS, whens, strict=True), start=1):
        hall, north = (HALLS[1], 0.0) if number > 1 else (HALLS[0], 0.002)
        place = [round(at.y + north, 5), round(at.x, 5)]
        sheet.append(
            [number, name, days, hours, hall, "100円／月", "65歳以上", *place, "ひらけごま"]
        )
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def drop(page, name, data):
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    settled(page)


def count_salons(visit):
    """Return how many 通いの場 the page of coverage says it counts."""
    page = visit("/coverage?lang=ja")
    said = page.get_by_text(COUNTED).first
    expect(said).to_be_visible(timeout=2 * WAIT)
    return int(COUNTED.search(said.inner_text())[1])


def choose(page, label, option):
    """Choose from a long list, which shows only what is near the words typed and closes when drawn anew."""
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(4):
        settled(page)
        box = page.get_by_role("combobox", name=label)
        box.click()
        box.fill(option)
        with contextlib.suppress(LateError):
            wanted.click(timeout=WAIT / 4)
            settled(page)
            return
        page.keyboard.press("Escape")
    raise AssertionError(option)


def test_a_printed_list_is_counted_and_a_table_of_people_is_sent_where_it_belongs(
    visit, demo_folder
):
    before = count_salons(visit)
    page = visit("/imports?lang=ja")
    settled(page)
    drop(page, "一覧.xlsx", printed(demo_folder))
    page.get_by_role("button", name="「通いの場」の表として読む").click()
    expect(page.get_by_text("新しい地点 2・変わる 0")).to_be_visible(timeout=WAIT)
    page.get_by_text("使わなかったもの: 列 1・行 1").click()
    choose(page, "「合言葉」をどの項目として読むか", "サロン・活動（団体）1：良いところ")
    expect(page.get_by_text("列の読み方は、取りこむときに控えます")).to_be_visible(timeout=WAIT)
    settled(page)
    page.get_by_role("button", name="2か所を取りこむ").click()
    expect(page.get_by_text("一覧.xlsx から 2か所を取りこみました")).to_be_visible(timeout=WAIT)
    settled(page)
    assert count_salons(visit) == before + 2
    assert kept(demo_folder) == dict.fromkeys(GROUPS, (100, "month", "ひらけごま"))
    drop(page, "jinko.csv", PEOPLE.encode())
    told = page.locator(".st-key-card_in_seen")
    expect(told).to_contain_text("「通いの場」の表ではなく、人口の表のように見えます", timeout=WAIT)
    expect(told).to_contain_text("地区ごとの2行、150人、65歳以上 50人、75歳以上 20人")
    expect(told).to_contain_text("まちのデータです。台帳ではなく、街をつくるときに使います")
    expect(page.get_by_role("button", name="か所を取りこむ")).to_have_count(0)


def kept(folder):
    """Return the fee, its unit and the mapped word of each group that came in."""
    register = open_register(folder)
    try:
        found = register.sites_of(register.site_ids()).values()
        groups = [g for one in found if one.title in HALLS for g in one.answers["activities"]]
        return {one["group"]: (one["fee_yen"], one["fee_unit"], one["good"]) for one in groups}
    finally:
        register.engine.dispose()
