"""Take the readmes' screenshots of the demo town: python docs/make_screens.py (needs Chromium)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from geo.sources.demo_town import build_demo
from layers.demo_register import fill_demo_register

PARK = "osm-r900002"
OUT = Path(__file__).with_name("screens")
PORT = 8599
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Build the demo, serve it, and save one picture a page."""
    folder = Path(tempfile.mkdtemp())
    build_demo(folder, lambda _: None)
    fill_demo_register(folder, today=date(2026, 11, 21))
    command = [sys.executable, "-m", "geo.cli", "serve", "--town", str(folder), "--port", str(PORT)]
    server = subprocess.Popen(command, env={**os.environ, "KAYOI_LANG": "ja"})  # noqa: S603 - our own command
    try:
        _wait()
        _shoot()
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def _wait() -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.5)


def _shoot() -> None:
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for name, path in (
            ("coverage-ja", "/"),
            ("map-ja", "/map"),
            ("export-ja", "/export"),
            ("coverage-en", "/?lang=en"),
            ("record-ja", "/record?type=park"),
            ("sites-ja", "/sites"),
            ("karte-ja", f"/karte?site={PARK}"),
            ("walks-ja", "/walks"),
        ):
            page.goto(f"http://127.0.0.1:{PORT}{path}")
            page.wait_for_selector("h1")
            page.wait_for_timeout(6000)
            page.screenshot(path=OUT / f"{name}.png")
        page.set_viewport_size({"width": 794, "height": 1123})
        page.goto(f"http://127.0.0.1:{PORT}/print/karte/{PARK}")
        page.screenshot(path=OUT / "print-ja.png")
        browser.close()


if __name__ == "__main__":
    main()
