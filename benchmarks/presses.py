"""Measure a press on the map of a plan, until its numbers stand: ``python benchmarks/presses.py``.

Serves a made city (116,000 nodes, 100,000 homes), and in Chromium adds, moves and pauses 通いの場 on the
map of 検討案, then, with the rules they need, benches, slopes and opened paths, eight or so a plan. Prints the
seconds from press to settled page (by the page's own clock), the server's own, and the engine's: the
same plans counted once more here. Every version kept is then held against a fresh answer of the town
as it would be, to the person; ends with 1 when one differs or a goal is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from machine import describe_machine, measure_load, middle
from playwright.sync_api import sync_playwright
from screens import FILES, ROOT, open_window
from served_town import Served
from watched_page import WatchedPage

from geo.coverage.asking import parse_question
from geo.sources.town_folder import load_town
from layers.day.day import Day
from layers.day.plan_effect import base_of, find_effect
from layers.day.salons import When
from layers.day.told import Told
from surveys.store.plans import find_plan, list_plans
from surveys.store.register import open_register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import BrowserContext
    from watched_page import Taken

    from geo.coverage.question import Question
    from surveys.record.plan import Change

A_PLAN: Final = 8
OFF_PX: Final = 60.0
NEARER: Final = 3
TOOL: Final = "[class*='st-key-pl_tool'] button:has-text('{}')"
MAP: Final = ".leaflet-container"
# What is pressed, its button, the goal of the middle and of nineteen of twenty, and the question.
PLAIN, SEATS, SLOPES = "", "&rest=200", "&slopes=on"
TOOLS: Final = {
    "add": ("ふやす", 0.3, 0.6, PLAIN),
    "move": ("うつす", 0.3, 0.6, PLAIN),
    "pause": ("休みにする", 0.3, 0.6, PLAIN),
    "bench": ("ベンチ", 2.0, 2.0, SEATS),
    "mend": ("坂をなおす", 2.0, 2.0, SLOPES),
}


class Pressed:
    """The page of plans, a new plan at first."""

    def __init__(self, window: BrowserContext, served: Served, asked: str) -> None:
        self.tab = WatchedPage(window, served)
        self.tab.open(f"/plans?people=65&within=500m{asked}")
        for _ in range(NEARER):
            self.tab.page.locator(".leaflet-control-zoom-in").first.click()
            self.tab.page.wait_for_timeout(700)

    def tool(self, words: str) -> None:
        """Choose what a press does."""
        self.tab.press(TOOL.format(words))

    def ground(self, rng: np.random.Generator) -> Taken:
        """Press the ground in the middle of the map, off the signs."""
        box = self._map()
        taken = np.array(self.tab.page.evaluate(_SIGNS, ".kz-site, .kz-group")).reshape(-1, 2)
        while True:
            x = box["x"] + box["width"] * rng.uniform(0.1, 0.8)
            y = box["y"] + box["height"] * rng.uniform(0.1, 0.9)
            if not len(taken) or np.hypot(taken[:, 0] - x, taken[:, 1] - y).min() > OFF_PX:
                return self.tab.press_at(x, y)

    def sign(self, rng: np.random.Generator) -> Taken:
        """Press the sign of any 通いの場 in the middle of the map."""
        self._map()
        found = self.tab.page.evaluate(_SIGNS, ".kz-site")
        x, y = found[int(rng.integers(len(found)))]
        return self.tab.press_at(x, y)

    def _map(self) -> dict[str, float]:
        shown = self.tab.page.locator(MAP).first
        shown.scroll_into_view_if_needed()
        return dict(shown.bounding_box() or {})


_SIGNS: Final = """(kinds) => {
  const map = document.querySelector(".leaflet-container").getBoundingClientRect();
  return [...document.querySelectorAll(kinds)].map((one) => one.getBoundingClientRect())
    .filter((one) => one.width && one.left > map.left + 80 && one.right < map.right - 80
      && one.top > map.top + 60 && one.bottom < map.bottom - 60)
    .map((one) => [one.left + one.width / 2, one.top + one.height / 2]);
}"""


def press_all(
    window: BrowserContext, served: Served, counts: dict[str, int]
) -> Iterator[tuple[str, list[Taken]]]:
    """Press each kind so often, a new plan every few presses."""
    rng = np.random.default_rng(17)
    for kind, count in counts.items():
        words, _, _, asked = TOOLS[kind]
        taken: list[Taken] = []
        while len(taken) < count:
            page = Pressed(window, served, asked)
            if kind != "add":  # a new plan begins with it
                page.tool(words)
            taken += [_press(page, kind, rng) for _ in range(min(A_PLAN, count - len(taken)))]
            page.tab.page.close()
        yield kind, taken


def _press(page: Pressed, kind: str, rng: np.random.Generator) -> Taken:
    if kind == "pause":
        return page.sign(rng)
    if kind == "move":
        page.sign(rng)
    return page.ground(rng)


def hold_all(folder: Path) -> tuple[list[float], int]:
    """Count every version anew; return the engine's seconds and how many are not as a fresh answer."""
    town, register = load_town(folder), open_register(folder)
    day = Day(told=Told(town=town, register=register), when=When(on=time.strftime("%Y-%m-%d")))
    bases: dict[Question, object] = {}
    seconds, wrong = [], 0
    for newest in list_plans(register):
        for number in range(1, newest.number + 1):
            plan = find_plan(register, newest.id, number)
            if plan is None or not plan.changes:
                continue
            question = _question(plan.changes)
            if question not in bases:
                bases[question] = base_of(day, question)
            began = time.perf_counter()
            found = find_effect(day, plan.changes, question, base=bases[question])  # type: ignore[arg-type]
            seconds.append(time.perf_counter() - began)
            fresh = found.after.ask(question)
            within = (fresh.cells["status"] == "within").to_numpy()
            wrong += bool((within != found.within).any())
            wrong += fresh.totals["within"] != found.known.of("65")["after"]
    return seconds, wrong


def _question(changes: Sequence[Change]) -> Question:
    does = {one.do for one in changes}
    first = parse_question(division="町丁目", people="65", walker="elderly", within="500m")
    if "bench" in does:
        return replace(first, rest_m=200.0)
    return replace(first, heights="mend" in does)


def main() -> int:
    """Measure, and print; 1 when something is worse than its goal or wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--town", type=Path, help="a town made before, copied")
    parser.add_argument("--presses", type=int, default=200)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    args = parser.parse_args()
    machine = describe_machine()
    print(f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}")
    many = args.presses
    counts = {"add": many * 9 // 20, "move": many // 5, "pause": many // 5,
              "bench": many // 10, "mend": many // 20}  # fmt: skip
    home = Path(tempfile.mkdtemp())
    make: tuple[str, ...] = (str(Path(__file__).with_name("city_town.py").resolve()),)
    if args.town:
        copy = f"import shutil, sys; shutil.copytree({str(args.town.resolve())!r}, sys.argv[1])"
        make = ("-c", copy)
    served = Served(ROOT, sys.executable, home, secure=False, make=make, files=FILES, lang="ja")
    bad = False
    try:
        served.wait_and_sign_in()
        with sync_playwright() as playwright:
            window = open_window(playwright, served, args.chromium)
            print(
                "\n| press | n | s | 95 % | goal | server s | load |\n|---|---|---|---|---|---|---|"
            )
            for kind, taken in press_all(window, served, counts):
                bad |= _print(kind, taken)
        seconds, wrong = hold_all(served.folder)
    finally:
        served.stop()
        shutil.rmtree(home, ignore_errors=True)
    print(f"\nThe engine alone: {middle(seconds):.2f} s in the middle, {max(seconds):.2f} s at most; "
          f"of {len(seconds)} plans {wrong} are not as a fresh answer.")  # fmt: skip
    return 1 if bad or wrong else 0


def _print(kind: str, taken: list[Taken]) -> bool:
    _, half, most, _ = TOOLS[kind]
    seconds = sorted(one.seconds for one in taken)
    found, late = middle(seconds), seconds[int(0.95 * (len(seconds) - 1))]
    worse = found > half or late > most
    print(f"| {kind}{' **slow**' if worse else ''} | {len(taken)} | {found:.2f} | {late:.2f}"
          f" | {half} / {most} | {middle([one.cpu_s for one in taken]):.2f} | {measure_load()} |",
          flush=True)  # fmt: skip
    return worse


if __name__ == "__main__":
    sys.exit(main())
