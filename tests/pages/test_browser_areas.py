"""地区シート in a browser: an area pressed on the map, its PDF, a shape drawn; nothing cut on a phone."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_town import MARKS, WAIT, map_frame, settled
from pdf_pages import pages_of
from playwright.sync_api import expect

pytestmark = MARKS
CUT = """() => [...document.querySelectorAll('[data-testid=stMain] :is(button,a,p,label,input)')]
    .filter((one) => one.offsetParent && !one.closest('.leaflet-container'))
    .filter((one) => { const box = one.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1; })
    .map((one) => one.outerHTML.slice(0, 120))"""


def asked(page, name):
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


def opened(visit, query=""):
    page = visit(f"/areas?lang=ja{query}")
    settled(page)
    map_frame(page)
    return page


def press(page, across, down):
    """Press the map, so far across and down, as a finger does: what a step is of the address."""
    page.locator(".kz-map").scroll_into_view_if_needed()
    box = page.locator(".kz-map").bounding_box()
    page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])


def test_a_press_chooses_an_area_and_its_pdf_comes_down(visit):
    page = opened(visit)
    expect(page.locator("path.kz-picked")).to_have_count(21, timeout=WAIT)
    page.get_by_role("button", name="全部はずす").click()
    expect(page.locator("path.kz-picked")).to_have_count(0, timeout=WAIT)
    press(page, 0.5, 0.4)
    expect(page.locator("path.kz-picked")).to_have_count(1, timeout=WAIT)
    id_ = asked(page, "areas")
    expect(page.locator(".kz-read")).to_contain_text("地区のうち 1枚", timeout=WAIT)
    page.get_by_role("button", name="シートをつくる").click()
    button = page.get_by_role("button", name="ファイルを受けとる")
    expect(button).to_be_visible(timeout=2 * WAIT)
    with page.expect_download() as coming:
        button.click()
    name, data = coming.value.suggested_filename, Path(coming.value.path()).read_bytes()
    assert name.endswith("_庁内用.pdf") and data.startswith(b"%PDF-")
    assert "では、歩いて通えるか" in pages_of(data)[0].replace(" ", "")
    page.reload()
    settled(page)
    map_frame(page)
    assert asked(page, "areas") == id_ != ""
    expect(page.locator("path.kz-picked")).to_have_count(1, timeout=WAIT)
    link, here = page.get_by_role("link", name="画面で見る"), urlsplit(page.url)
    place = f"{here.scheme}://{here.netloc}{link.get_attribute('href')}"
    sheet = page.context.request.get(place)
    assert sheet.ok and "地区シート" in sheet.text()
    press(page, 0.5, 0.4)
    expect(page.locator("path.kz-picked")).to_have_count(0, timeout=WAIT)
    page.go_back()
    expect(page.locator("path.kz-picked")).to_have_count(1, timeout=WAIT)


def test_corners_are_pressed_and_taken_back(visit):
    page = opened(visit, "&mode=shape")
    for count, at in enumerate(([0.4, 0.3], [0.6, 0.3], [0.6, 0.7]), start=1):
        press(page, *at)
        page.wait_for_function(
            "n => (new URLSearchParams(location.search).get('corners') || '').split(';').filter(Boolean).length === n",
            arg=count,
        )
        settled(page)
    expect(page.get_by_text("形の中の人")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="シートをつくる")).to_be_enabled(timeout=WAIT)
    page.get_by_role("button", name="ひとつもどす").click()
    expect(page.get_by_role("button", name="シートをつくる")).to_be_disabled(timeout=WAIT)


@pytest.mark.parametrize(
    "query", ["", "&mode=shape&corners=34.73,138.09;34.72,138.10;34.72,138.09"]
)
def test_nothing_is_cut_on_a_phone(visit, query):
    page = opened(visit, query)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(800)
    settled(page)
    assert page.evaluate(CUT) == []
    wide = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
    page.set_viewport_size({"width": 1280, "height": 800})
