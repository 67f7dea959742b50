"""A wish: told by telephone, raised at a council, sent up to the mayor, answered, and shown at the next meeting."""

import re
from datetime import timedelta

import pytest
from browser_town import MARKS, WAIT
from playwright.sync_api import expect

from geo.base.dates import say_date
from layers.served.clock import now_in_japan
from surveys.record.risen import level_of, steps_of
from surveys.store.listing import SiteQuery, list_sites
from surveys.store.log import entries_about

pytestmark = MARKS

WISH, CALL = "病院まで歩いて行けない", "住民の声の電話"
SECOND, GATHERED, MAYOR = (
    "第2回 第2層協議体",
    "生活支援コーディネーター連携会議",
    "地域包括ケア推進協議会",
)
ANSWER = "来年度から週に2回、乗合タクシーを病院の前に止める。"
STEPS = (
    ("出た会議を書く", "第2層", 90, SECOND, "高齢の夫婦から出た。"),
    ("上の層へ上げる", "第1層", 60, GATHERED, "三つの地区で同じ声がある。"),
    ("上の層へ上げる", "市", 30, MAYOR, "乗合タクシーの増便を提言する。"),
    ("答えを書く", "市", 2, "", ANSWER),
)


@pytest.fixture
def office(browser, field_town):
    """The office's browser; nothing on its pages may fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def test_a_wish_rises_to_the_mayor_and_comes_back_to_the_council(office, field_town):
    write_the_concern(office, field_town)
    concern = found(field_town)
    write_the_call(office, field_town)
    office.goto(f"{field_town.address}/concerns?concern={concern.id}")
    for number, step in enumerate(STEPS):
        write_step(office, number, *step)
    see_it_kept(field_town)
    see_the_card(office, field_town, concern.id)
    see_the_board(office, field_town)
    let_councils_see(office, field_town, concern.id)
    see_the_meeting(office, field_town)


def day(ago):
    return (now_in_japan().date() - timedelta(days=ago)).isoformat()


def settle(page):
    """Wait until the page has answered what was done last."""
    page.wait_for_timeout(300)
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stApp][data-test-script-state=running]')",
        timeout=WAIT,
    )


def found(field_town):
    register = field_town.register()
    try:
        sites, total = list_sites(register, SiteQuery(types=("concern",), words=WISH))
        assert total == 1
        return sites[0]
    finally:
        register.engine.dispose()


def write_the_concern(page, field_town):
    page.goto(field_town.address + "/record?type=concern")
    page.get_by_label("題名").first.fill(WISH, timeout=2 * WAIT)
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_text("移動・外出", exact=True).first.click()
    settle(page)
    page.get_by_role("button", name="保存する").click()
    expect(page.locator(".kz-saved")).to_contain_text("保存済み", timeout=WAIT)


def write_the_call(page, field_town):
    """The telephone call stands in the log, and says which concern it was about."""
    page.goto(field_town.address + "/record?type=activity")
    page.get_by_label("事業・会議名等").first.fill(CALL, timeout=2 * WAIT)
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_text("詳しく（").first.click()
    settle(page)
    box = page.get_by_label("かかわる地域課題").first
    box.click()
    box.press_sequentially(WISH[:6])
    # A press of the key takes the only one there is, wherever the list is drawn anew.
    expect(page.get_by_role("option", name=WISH).first).to_be_visible(timeout=WAIT)
    page.keyboard.press("Enter")
    settle(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="保存する").click()
    expect(page.locator(".kz-saved")).to_contain_text("保存済み", timeout=WAIT)


def write_step(page, number, press, level, ago, meeting, words):
    card = page.locator(".st-key-card_way")
    pressed = card.get_by_text(press, exact=True)
    # What was written before makes the buttons anew: for a moment the old stand beside them.
    expect(pressed).to_have_count(1, timeout=2 * WAIT)
    settle(page)
    pressed.click(timeout=2 * WAIT)
    settle(page)
    card.get_by_placeholder("令和8年11月21日").fill(day(ago))
    page.keyboard.press("Tab")
    settle(page)
    card.get_by_text(level, exact=True).first.click()
    settle(page)
    if meeting:
        card.get_by_label(re.compile("^会議")).fill(meeting)
        page.keyboard.press("Tab")
        settle(page)
    card.locator("textarea").fill(words)
    page.keyboard.press("Tab")
    settle(page)
    card.get_by_role("button", name="保存する", exact=True).click()
    expect(page.locator(".kz-way li")).to_have_count(number + 1, timeout=WAIT)


def see_it_kept(field_town):
    concern = found(field_town)
    kept = [(one.on, one.level, one.meeting, one.said) for one in steps_of(concern.answers)]
    levels = ("tier_2", "tier_1", "city", "city")
    assert kept == [
        (day(ago), level, meeting, words)
        for (_, _, ago, meeting, words), level in zip(STEPS, levels, strict=True)
    ]
    assert level_of(concern.answers) == "city" and concern.answer("result") == ANSWER
    register = field_town.register()
    try:
        assert [one.title for one in entries_about(register, concern.id)] == [CALL]
    finally:
        register.engine.dispose()


def see_the_card(page, field_town, id_):
    page.goto(f"{field_town.address}/concerns?concern={id_}")
    lines = page.locator(".kz-way li")
    expect(lines).to_have_count(len(STEPS), timeout=2 * WAIT)
    for at, (_, level, ago, meeting, words) in enumerate(STEPS):
        on = say_date(now_in_japan().date() - timedelta(days=ago), "ja")
        for part in (on, level, meeting, words):
            expect(lines.nth(at)).to_contain_text(part)
    expect(page.locator(".kz-about li")).to_have_count(1)


def see_the_board(page, field_town):
    page.goto(f"{field_town.address}/concerns?kind=outing&words={WISH}")
    row = page.locator("li", has_text=WISH)
    expect(row).to_have_count(1, timeout=2 * WAIT)
    expect(row).to_contain_text(f"出た会議：{SECOND}")
    expect(row).to_contain_text(f"答え：{ANSWER}")


def let_councils_see(page, field_town, id_):
    page.goto(f"{field_town.address}/record?site={id_}")
    page.get_by_text("詳しく（").first.click(timeout=2 * WAIT)
    settle(page)
    page.get_by_text("協議体まで", exact=True).first.click()
    settle(page)
    page.get_by_role("button", name="保存する").click()
    expect(page.locator(".kz-saved")).to_contain_text("保存済み", timeout=WAIT)


def see_the_meeting(page, field_town):
    page.goto(f"{field_town.address}/meeting?step=9&plans=none")
    expect(page.locator("h1")).to_have_text(
        "課題は、どこまで上がり、何と答えがあったか", timeout=3 * WAIT
    )
    row = page.locator(".kz-council-table tbody tr", has_text=WISH)
    expect(row).to_have_count(1)
    on = say_date(now_in_japan().date() - timedelta(days=STEPS[-1][2]), "ja")
    for part in (SECOND, "市", f"答え（{on}）：{ANSWER}"):
        expect(row).to_contain_text(part)
