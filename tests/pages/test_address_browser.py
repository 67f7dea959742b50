"""The question stays what it is: reload, Back, a shared link, two tabs, the other language."""

import re
from urllib.parse import urlsplit

from browser_town import MARKS, WAIT, asked_at, settled
from playwright.sync_api import expect

pytestmark = MARKS
ASKED = {"people": "75", "walker": "slow", "within": "10min", "rest": "200", "weekday": "tue"}
QUERY = "people=75&walker=slow&within=10min&rest=200&weekday=tue"


def until_asked(page, asked):
    """Wait until the address asks just that."""
    for _ in range(WAIT // 200):
        if asked_at(page, ASKED) == asked:
            return
        page.wait_for_timeout(200)
    assert asked_at(page, ASKED) == asked, page.url


def go(page, group, name):
    """Go to another page by the navigation, which drops what the address says."""
    page.locator("[data-testid=stTopNavSection]", has_text=group).click(timeout=2 * WAIT)
    page.get_by_role("menuitem", name=name).click(timeout=2 * WAIT)


def test_back_goes_over_what_somebody_did_and_forward_over_it_again(visit):
    page = visit("/coverage")
    settled(page)
    sentence = page.locator(".kz-read").first
    page.get_by_role("radio", name="75歳以上").click()
    expect(sentence).to_contain_text("75歳以上の", timeout=WAIT)
    page.get_by_role("radio", name="割合が低い順").click()
    page.wait_for_url("**/coverage?people=75&order=share", timeout=WAIT)
    settled(page)
    go(page, "渡す", "書き出し")
    page.wait_for_url("**/export?people=75", timeout=WAIT)
    settled(page)
    page.get_by_role("radio", name="全員").click()
    page.wait_for_url("**/export?people=all", timeout=WAIT)
    settled(page)
    go(page, "考える", "徒歩圏カバー")  # opened anew: the visit's question, the page's own order
    page.wait_for_url("**/coverage?people=all&order=share", timeout=WAIT)
    expect(sentence).to_contain_text("全年齢", timeout=WAIT)
    steps = ["/export?people=all", "/export?people=75", "/coverage?people=75&order=share",
             "/coverage?people=75", "/coverage"]  # fmt: skip
    for step in steps:
        page.go_back()
        page.wait_for_url(f"**{step}", timeout=WAIT)
        settled(page)
    expect(sentence).to_contain_text("65歳以上の", timeout=WAIT)
    for step in steps[-2::-1]:
        page.go_forward()
        page.wait_for_url(f"**{step}", timeout=WAIT)
        settled(page)
    expect(page.get_by_role("radio", name="全員")).to_be_checked(timeout=WAIT)


def test_back_pressed_again_before_a_page_has_come_loses_no_step(visit):
    page = visit("/coverage")
    settled(page)
    page.get_by_role("radio", name="75歳以上").click()
    page.wait_for_url("**/coverage?people=75", timeout=WAIT)
    settled(page)
    go(page, "渡す", "書き出し")
    page.wait_for_url("**/export?people=75", timeout=WAIT)
    settled(page)
    page.get_by_role("radio", name="全員").click()
    page.wait_for_url("**/export?people=all", timeout=WAIT)
    settled(page)
    steps = ["/export?people=75", "/coverage?people=75", "/coverage"]
    for step, forward in [(one, False) for one in steps] + [(one, True) for one in steps[-2::-1]]:
        # Not waited for: the page that comes late may not become a step of its own.
        page.evaluate("forward => forward ? history.forward() : history.back()", forward)
        page.wait_for_url(f"**{step}", timeout=WAIT, wait_until="commit")
        page.wait_for_timeout(60)
    expect(page.locator("h1")).to_contain_text("どのファイルで渡すか", timeout=2 * WAIT)
    settled(page)
    assert page.url.endswith("/export?people=75")
    expect(page.get_by_role("radio", name="75歳以上")).to_be_checked(timeout=WAIT)
    page.go_forward()
    page.wait_for_url("**/export?people=all", timeout=WAIT)
    settled(page)
    expect(page.get_by_role("radio", name="全員")).to_be_checked(timeout=WAIT)


def test_back_from_a_site_shows_the_question_it_was_left_with(visit):
    page = visit(f"/sites?{QUERY}")
    settled(page)
    page.locator(".kz-list a").first.click()
    page.wait_for_url("**/karte?**", timeout=WAIT)
    settled(page)
    assert asked_at(page, ASKED) == ASKED
    page.go_back()
    page.wait_for_url("**/sites?**", timeout=WAIT)
    settled(page)
    go(page, "考える", "徒歩圏カバー")
    page.wait_for_url("**/coverage?**", timeout=WAIT)
    until_asked(page, ASKED)
    expect(page.locator(".kz-read").first).to_contain_text("75歳以上の", timeout=2 * WAIT)


def test_two_tabs_ask_each_their_own_and_an_old_address_still_asks(visit):
    one, other = visit("/coverage?people=75"), visit("/?people=all&within=250m")
    assert urlsplit(other.url).path == "/coverage"
    for page, words in ((one, "75歳以上の"), (other, "全年齢"), (one, "75歳以上の")):
        page.reload()
        expect(page.locator(".kz-read").first).to_contain_text(words, timeout=2 * WAIT)


def test_what_is_pressed_on_a_phone_is_seen_and_large_enough(browser, demo_address):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(demo_address + "/")
    settled(page)
    page.locator("[data-testid=stExpandSidebarButton]").tap()
    links = page.locator("[data-testid=stSidebarNavLink]")
    expect(links.first).to_be_visible(timeout=WAIT)
    # The page's own style comes a moment after its links.
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stSidebarNavLink]')]"
        ".every(one => one.getBoundingClientRect().height >= 48)",
        timeout=WAIT,
    )
    links.filter(has_text="徒歩圏カバー").tap()
    page.wait_for_url("**/coverage", timeout=WAIT)
    expect(page.locator("[data-testid=stSidebarNav]")).not_to_be_in_viewport(timeout=WAIT)
    page.locator("[data-testid=stExpandSidebarButton]").tap()
    expect(page.locator("[data-testid=stNavSectionHeader] p", has_text="考える")).to_have_css(
        "font-weight", "700", timeout=WAIT
    )
    expect(page).to_have_title(re.compile("^徒歩圏カバー"))
    context.close()
