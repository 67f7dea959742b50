"""A point pressed on the map, in a browser: what is near is told, and the point is nowhere after."""

import os
import shutil

from browser_town import MARKS, WAIT, map_frame
from playwright.sync_api import expect
from served_process import answering, free_port, start_kayoi

pytestmark = MARKS
LAT, LNG = 35.0018734519, 138.6023917346
# To five decimals, a metre: whoever has these knows the door.
DIGITS = ("35.00187", "138.60239", "0018734", "6023917")
PRESS = """([lat, lng]) => document.querySelector(".kz-map").kayoi.map
    .fire("click", { latlng: L.latLng(lat, lng) })"""
KEPT = """() => JSON.stringify([localStorage, sessionStorage, history.state, location.href,
    document.cookie, performance.getEntriesByType("resource").map((one) => one.name)])"""


def test_a_pressed_point_is_answered_and_nowhere_afterwards(small_town, tmp_path, window):
    folder, log = shutil.copytree(small_town, tmp_path / "town"), tmp_path / "server.log"
    port = free_port()
    address, asked = f"http://127.0.0.1:{port}", []
    with log.open("wb") as out:
        server = start_kayoi(
            "serve", "--town", str(folder), "--port", str(port),
            env={**os.environ, "KAYOI_LANG": "ja"}, stdout=out, stderr=out,
        )  # fmt: skip
        with answering(server, address):
            page = window.new_page()
            page.set_default_timeout(4 * WAIT)
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{address}/near?when=wed")
            kept = press_and_look(page)
            kept += page.evaluate(KEPT)
            page.reload()
            page.get_by_text("地図を押すか").wait_for()
            kept += page.evaluate(KEPT)
            page.close()
    told = [one for one in asked if not one.startswith(("data:", "blob:"))]
    for digits in DIGITS:
        assert not [one for one in told if digits in one]
        assert digits not in kept
        for file in (log, *(one for one in folder.rglob("*") if one.is_file())):
            assert digits.encode() not in file.read_bytes(), file


def press_and_look(page):
    """Press the point, look at two kinds of places and a way; return what the browser kept on the way."""
    map_frame(page).evaluate(PRESS, [LAT, LNG])
    page.get_by_text("いちばん近いのは").wait_for()
    expect(page.locator(".kz-near")).to_have_count(2, timeout=4 * WAIT)
    kept = page.evaluate(KEPT)
    page.get_by_role("button", name="道を大きく見る").click()
    page.get_by_role("button", name="道を地図に出す").click()
    page.wait_for_selector(".kz-map[data-state=ready]")
    expect(page.locator(".kz-missing")).to_have_count(0, timeout=4 * WAIT)
    page.get_by_role("radio", name="ベンチ").click()
    page.wait_for_url("**/near?*kind=bench*")
    page.get_by_text("地図だけにある所").first.wait_for()
    return kept + page.evaluate(KEPT)
