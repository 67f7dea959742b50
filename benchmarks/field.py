"""Measure the field app: sizes, and a cold start with no server, processor slowed 4 times.

``python benchmarks/field.py`` builds the demo town with its register, opens the app once, kills the
server, closes the browser, and then times, each in a browser just started: the list, a form with an
open draft, and the map. Chromium's CPU throttling stands in for a tablet; it is not one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from geo.sources.demo_town import build_demo
from layers.demo_register import fill_demo_register
from layers.field.shell import load_shell

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from field_town import FieldTown, Tablet

if TYPE_CHECKING:
    from collections.abc import Callable

SLOWER = 4
GOALS = {"shell_kb": 300.0, "form_s": 2.0, "map_s": 3.0}


def main() -> None:
    """Measure, and print a table in Markdown and a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    home = Path(tempfile.mkdtemp())
    try:
        build_demo(home / "demo", lambda _: None)
        fill_demo_register(home / "demo", today=date(2026, 11, 21))
        town = FieldTown(home / "demo", home / "town").start()
        try:
            with sync_playwright() as playwright:
                figures = _measure(playwright, town, home, rounds)
        finally:
            town.kill()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    _print(figures)


def _measure(playwright: Any, town: FieldTown, home: Path, rounds: int) -> dict[str, float]:  # noqa: ANN401 - Playwright's own
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    tablet = Tablet(playwright, chromium, home / "profile", town.address)
    draft = _prepare(tablet)
    figures = _sizes(town)
    tablet.close()
    town.kill()
    for name, at, sign in (
        ("list_s", "/field/", "#main .row"),
        (
            "form_s",
            f"/field/#/draft/{draft}",
            "#main .q-body button",
        ),
        ("map_s", "/field/#/map", None),
    ):
        figures[name] = statistics.median(_time(tablet, at, sign) for _ in range(rounds))
    return figures


def _prepare(tablet: Tablet) -> str:
    page = tablet.open()
    page.get_by_role("button", name="この端末に入れる").click()
    page.wait_for_selector("#main .row", timeout=60_000)
    page.wait_for_function("() => navigator.serviceWorker.controller", timeout=60_000)
    page.goto(tablet.address + "/field/#/new")
    page.get_by_role("button", name="公園", exact=True).click()
    page.wait_for_function("() => location.hash.startsWith('#/draft/')")
    return str(page.evaluate("() => location.hash.split('/')[2]"))


def _time(tablet: Tablet, at: str, sign: str | None) -> float:
    """Seconds from asking for the address, in a browser just started, until the sign is there."""
    tablet.open("/field/app/style.css")  # a browser, and nothing of the app in its memory
    page: Any = tablet.page
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    begun = time.perf_counter()
    page.goto(tablet.address + at, wait_until="commit")
    if sign:
        page.wait_for_selector(sign, timeout=60_000)
    else:
        page.wait_for_function(_DRAWN, timeout=60_000)
    took = time.perf_counter() - begun
    tablet.close()
    return took


# The base map is drawn on canvases: one of them holds ink.
_DRAWN = """() => [...document.querySelectorAll('.leaflet-tile-pane canvas')].some((canvas) => {
  const ink = canvas.getContext('2d', {willReadFrequently: true}).getImageData(0, 0, canvas.width, canvas.height).data;
  for (let at = 3; at < ink.length; at += 400) { if (ink[at]) { return true; } }
  return false;
})"""


def _sizes(town: FieldTown) -> dict[str, float]:
    def packed(content: bytes) -> float:
        return len(gzip.compress(content)) / 1000

    def fetched(path: str) -> bytes:
        with urllib.request.urlopen(town.address + path) as answer:  # noqa: S310 - our own address
            body: bytes = answer.read()
            return body

    pack = fetched("/api/v1/field/pack")
    base = fetched(json.loads(pack)["base"]["url"])
    return {
        "shell_kb": sum(packed(one.body) for one in load_shell().files.values()),
        "pack_kb": packed(pack),
        "map_kb": len(base) / 1000,
    }


def _print(figures: dict[str, float]) -> None:
    said: dict[str, Callable[[float], str]] = {"kb": "{:.0f} kB".format, "s": "{:.2f} s".format}
    print("| what | measured | goal |\n|---|---|---|")
    for name, value in figures.items():
        unit = said[name.rsplit("_", 1)[1]]
        goal = f"under {unit(GOALS[name])}" if name in GOALS else ""
        print(f"| {name} | {unit(value)} | {goal} |")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
