"""Take the readmes' screenshots of the demo town: python docs/make_screens.py (needs Chromium)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from geo.sources.demo_town import build_demo
from layers.demo_register import fill_demo_register
from surveys.photos.draw import draw_scene

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PARK = "osm-r900002"
OUT = Path(__file__).with_name("screens")
PORT = 8599
MAKING = 8598
# In the demo town, on the way of its next walk.
HERE = {"longitude": 138.0862, "latitude": 34.7351, "accuracy": 5}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

# Nothing is being worked out, and no place holds for what is to come.
_DRAWN = (
    "() => !document.querySelector("
    "'[data-testid=stApp][data-test-script-state=running], [data-testid=stSkeleton]')"
)


def main() -> None:
    """Build the demo, serve it, and save one picture a page."""
    folder = Path(tempfile.mkdtemp())
    build_demo(folder, lambda _: None)
    fill_demo_register(folder, today=date(2026, 11, 21))
    empty = Path(tempfile.mkdtemp())
    servers = [_serve(folder, PORT), _serve(empty, MAKING)]
    try:
        _wait(PORT)
        _wait(MAKING)
        _shoot(folder / "sources")
    finally:
        for server in servers:
            server.terminate()
            server.wait()
        shutil.rmtree(folder)
        shutil.rmtree(empty)


def _serve(folder: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "geo.cli", "serve", "--town", str(folder), "--port", str(port)]
    return subprocess.Popen(command, env={**os.environ, "KAYOI_LANG": "ja"})  # noqa: S603 - our own command


def _wait(port: int) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.5)


def _shoot(sources: Path) -> None:
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(120_000)
        for name, path in (
            ("coverage-ja", "/coverage"),
            ("map-ja", "/map"),
            ("export-ja", "/export"),
            ("coverage-en", "/coverage?lang=en"),
            ("record-ja", "/record?type=park"),
            ("sites-ja", "/sites"),
            ("karte-ja", f"/karte?site={PARK}"),
            ("walks-ja", "/walks"),
        ):
            page.goto(f"http://127.0.0.1:{PORT}{path}")
            page.wait_for_selector("h1")
            page.wait_for_timeout(3000)
            page.wait_for_function(_DRAWN, timeout=120_000)
            page.wait_for_timeout(3000)
            page.screenshot(path=OUT / f"{name}.png")
        _shoot_making(page, sources)
        _shoot_plan(page)
        _shoot_walking(page)
        page.set_viewport_size({"width": 794, "height": 1123})
        page.goto(f"http://127.0.0.1:{PORT}/print/karte/{PARK}")
        page.screenshot(path=OUT / "print-ja.png")
        _shoot_field(browser)
        browser.close()


def _shoot_making(page: Page, sources: Path) -> None:
    """Drop the demo's files on the page that makes a town."""
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(f"http://127.0.0.1:{MAKING}/make")
    page.wait_for_selector("h1")
    page.wait_for_timeout(3000)
    files = sorted(one for one in sources.iterdir() if one.is_file())
    page.locator("input[type=file]").first.set_input_files(files)
    page.wait_for_selector("text=置いたファイル", timeout=120_000)
    page.wait_for_timeout(3000)
    page.wait_for_function(_DRAWN, timeout=120_000)
    page.wait_for_timeout(3000)
    page.screenshot(path=OUT / "make-ja.png")
    page.set_viewport_size({"width": 1280, "height": 800})


def _shoot_plan(page: Page) -> None:
    """Add a salon by a press on the map of plans, and show the plan to a council."""
    page.goto(f"http://127.0.0.1:{PORT}/plans")
    page.wait_for_selector(".kz-map[data-state=ready]")
    page.wait_for_timeout(3000)
    box = page.locator(".leaflet-container").first.bounding_box() or {}
    page.mouse.click(box["x"] + box["width"] * 0.58, box["y"] + box["height"] * 0.22)
    page.wait_for_function("() => location.search.includes('plan=')", timeout=120_000)
    page.wait_for_timeout(3000)
    page.wait_for_function(_DRAWN, timeout=120_000)
    page.wait_for_timeout(2000)
    page.screenshot(path=OUT / "plans-ja.png")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"http://127.0.0.1:{PORT}/meeting?step=3")
    page.wait_for_selector(".kz-council-map img")
    page.wait_for_function(_DRAWN, timeout=120_000)
    page.wait_for_timeout(3000)
    page.screenshot(path=OUT / "meeting-ja.png")


def _shoot_walking(page: Page) -> None:
    """Ask for a walker with a cane who sits down every 150 m, with slopes and the band."""
    page.set_viewport_size({"width": 1280, "height": 1420})
    page.goto(f"http://127.0.0.1:{PORT}/coverage")
    page.wait_for_selector(".kz-map[data-state=ready]")
    page.wait_for_timeout(4000)
    page.locator(".stSelectbox", has_text="歩く人").locator("[role=combobox],input").first.click()
    page.get_by_role("option", name="杖・歩行器").click()
    page.wait_for_timeout(3000)
    page.locator(".st-key-q_walking summary").click()
    for switch in ("坂と階段を入れる", "休む所が要る", "わからない所で数字がどれだけ変わるか"):
        page.locator("label", has_text=switch).first.click()
        page.wait_for_timeout(4000)
    page.wait_for_timeout(4000)
    page.screenshot(path=OUT / "walking-ja.png")


def _shoot_field(browser: Browser) -> None:
    """Walk through the field app as its guide tells it."""
    context = browser.new_context(
        viewport={"width": 800, "height": 1280},
        geolocation=HERE,
        permissions=["geolocation"],
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
    )
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{PORT}/field/")
    page.get_by_role("button", name="この端末に入れる").click()
    page.locator(".finds .button").first.click()  # who writes is asked once
    page.wait_for_selector("#main .row")
    page.goto(f"http://127.0.0.1:{PORT}/field/#/walk")
    page.locator("#main button.row").first.wait_for()
    page.wait_for_timeout(9000)  # the message that all is ready has gone
    page.screenshot(path=OUT / "field-walk-ja.png")
    page.locator("#main button.row").first.click()
    page.get_by_text(re.compile("歩く所　")).first.wait_for()  # today, or on the walk's day
    page.goto(f"http://127.0.0.1:{PORT}/field/#/concern")
    page.get_by_role("button", name="休む所・ベンチ").click()
    page.get_by_text("この端末に保存した").first.wait_for()
    page.wait_for_timeout(9000)
    _write_park(page)
    page.goto(f"http://127.0.0.1:{PORT}/field/#/")
    page.wait_for_timeout(9000)
    page.screenshot(path=OUT / "field-home-ja.png")
    page.goto(f"http://127.0.0.1:{PORT}/field/#/send")
    page.get_by_role("button", name="今すぐ送る").click()
    page.get_by_text("＝").first.wait_for()
    page.wait_for_timeout(1000)
    page.screenshot(path=OUT / "field-send-ja.png")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"http://127.0.0.1:{PORT}/received")
    page.get_by_text("＝").first.wait_for()
    page.wait_for_timeout(2000)
    page.screenshot(path=OUT / "received-ja.png")
    context.close()


def _write_park(page: Page) -> None:
    page.goto(f"http://127.0.0.1:{PORT}/field/#/new")
    page.get_by_role("button", name="公園", exact=True).click()
    page.get_by_label("名前", exact=True).fill("しおかぜ児童公園")
    page.get_by_role("button", name="ベンチを1台たす").click()
    for question, answer in (("背もたれ", "あり"), ("ひじかけ", "不明"), ("いたみ", "良い")):
        group = page.get_by_role("group", name=question)
        group.get_by_role("button", name=answer, exact=True).click()
    page.locator(".shoot input[type=file]").last.set_input_files(
        {"name": "bench.png", "mimeType": "image/png", "buffer": draw_scene("bench", seed=3)}
    )
    page.wait_for_timeout(2000)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=OUT / "field-form-ja.png")
    page.get_by_role("button", name="保存する").click()
    page.get_by_text("この端末に保存した").first.wait_for()


if __name__ == "__main__":
    main()
