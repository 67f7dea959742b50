"""The map in a browser: presses and the address, signs that hide none, Tab stops, its tools."""

import pytest
from browser_town import MARKS, WAIT, map_frame

from layers.layered.all import MAP_LAYERS

pytestmark = MARKS
EVERYTHING = f"/map?show={','.join(MAP_LAYERS)}"
OVER = """() => {
    const boxes = [...document.querySelectorAll(".kz-site, .kz-group")].map((one) => one.getBoundingClientRect());
    let found = 0;
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 1) { found += 1; }
    }));
    return [boxes.length, found];
}"""
ZOOM = """(zoom) => {
    document.querySelector(".kz-map").kayoi.map.setZoom(zoom, { animate: false });
}"""
WHERE = "() => document.activeElement.closest('.kz-map, .kz-tools') !== null"
CALLED = (
    "() => document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
)


def test_a_pressed_sign_shows_its_card_and_the_address_brings_it_back(visit):
    page = visit("/map")
    sign = map_frame(page).locator(".kz-site[role=button]").first
    sign.wait_for()
    sign.dispatch_event("click")
    page.wait_for_function("() => location.search.includes('at=')", timeout=WAIT)
    head = page.locator(".st-key-card_map .kz-itemhead")
    head.wait_for(timeout=WAIT)
    said = head.inner_text()
    page.reload()
    head.wait_for(timeout=2 * WAIT)
    assert head.inner_text() == said


def test_no_sign_hides_another_and_the_map_has_three_tab_stops(visit):
    page = map_frame(visit(EVERYTHING))
    seen = 0
    for zoom in (13, 14.5, 16, 17.5):
        page.evaluate(ZOOM, zoom)
        page.wait_for_timeout(600)
        count, over = page.evaluate(OVER)
        assert over == 0, zoom
        seen += count
    assert seen > 20
    page.get_by_role("button", name="印刷・画像").focus()
    stops = 1
    for _ in range(6):
        page.keyboard.press("Tab")
        stops += page.evaluate(WHERE)
    assert stops == 3  # the tools, the map, its signs
    page.get_by_role("button", name="印刷・画像").focus()
    told = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        told.append(page.evaluate(CALLED))
    assert told == ["いまいる所", "リンクをうつす", "印刷・画像"]


def test_where_one_is_and_the_sheet_of_paper_stay_out_of_the_address(visit, window):
    window.grant_permissions(["geolocation"])
    page = map_frame(visit("/map"))
    page.wait_for_function("() => location.hash.length > 1", timeout=WAIT)
    before = page.url
    at = page.evaluate("() => document.querySelector('.kz-map').kayoi.map.getCenter()")
    here = {"latitude": at["lat"] + 0.003, "longitude": at["lng"] + 0.003, "accuracy": 20}
    window.set_geolocation(here)
    page.get_by_role("button", name="いまいる所").click()
    page.wait_for_selector(".kz-here-dot", state="attached", timeout=WAIT)
    now = page.evaluate("() => document.querySelector('.kz-map').kayoi.map.getCenter()")
    assert now["lat"] == pytest.approx(here["latitude"], abs=1e-4)
    page.get_by_role("button", name="印刷・画像").click()
    page.wait_for_selector(".kz-paper[data-state=ready]", timeout=WAIT)
    sheet = page.locator(".kz-sheet")
    assert sheet.locator(".kz-legend").count() and sheet.locator(".leaflet-control-scale").count()
    assert not sheet.locator(".kz-here-dot").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("[data-testid=stMain]").is_visible() and sheet.is_visible()
    page.emulate_media(media="screen")
    with page.expect_download(timeout=2 * WAIT) as found:
        page.get_by_role("button", name="PNG").click()
    assert found.value.path().read_bytes().startswith(b"\x89PNG")
    page.keyboard.press("Escape")
    page.wait_for_selector(".kz-paper", state="detached")
    assert page.url == before
