"""Measure how long each screen and each press takes, as somebody sees it.

``python benchmarks/screens.py`` serves the demo town, opens every page in Chromium, presses what is
pressed most, and prints a table in Markdown: seconds until the page was still (the middle of three,
by the page's own clock), the server's own seconds, and what its socket brought. Ends with 1 when
something is worse than its goal. ``--city`` asks of a made city (116,000 nodes, 100,000 homes, 2,000
sites) by its own goals, ``--tree DIR`` another checkout's server, ``--changes N`` makes N changes and
looks at what stays in the memory of tab and server.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from machine import describe_machine, measure_load, middle
from playwright.sync_api import sync_playwright
from served_town import MAKE, Served
from watched_page import ARGUMENTS, WATCH, WatchedPage

from pages.parts.frame.declared import find_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Playwright
    from watched_page import Taken

ROOT = Path(__file__).parents[1]
FILES: Final = 4096
ROUNDS: Final = 3
# Every page there is; a form to fill in takes more than the page that offers it.
PAGES: Final = (
    *("/" if id_ == "today" else f"/{id_}" for id_ in find_pages()),
    "/record?type=park",
)  # fmt: skip
# Seconds on the demo, and on the made city.
PAGE, CONTROL, ANSWER, SEARCH = (2.0, 3.0), (0.5, 1.0), (0.3, 0.4), (0.3, 0.4)
BENCH, SLOPES, STOPS = (0.6, 1.0), (0.5, 2.0), (0.5, 4.0)
BAND, BAND_SEEN = (0.5, 8.0), (0.5, 1.0)
# Of what was held before; a tab's own ups and downs are a few hundredths.
GROWTH: Final = 0.1
RADIO: Final = "[role=radio]:has-text('{}')"
SWITCH: Final = "[class*='st-key-{}'] input"

Row = tuple[str, tuple[float, float], "list[Taken]"]


def measure_pages(window: BrowserContext, served: Served) -> Iterator[Row]:
    """Open every page, its files already in the browser."""
    for path in PAGES:
        taken = []
        for _ in range(ROUNDS + 1):
            with WatchedPage(window, served) as tab:
                taken.append(tab.open(path))
        yield f"page {path}", PAGE, taken[1:]


def measure_controls(window: BrowserContext, served: Served) -> Iterator[Row]:
    """Press the controls of the coverage and of the map."""
    with WatchedPage(window, served) as tab:
        tab.open("/coverage")
        ranges = ["350", "800", "250", "500"]
        first = [tab.press(RADIO.format(one)) for one in ranges]
        yield "coverage: another distance", CONTROL, first
        yield "coverage: one seen before", CONTROL, [tab.press(RADIO.format(x)) for x in ranges]
        people = [tab.press(RADIO.format(one)) for one in ("75歳以上", "全員", "65歳以上")]
        yield "coverage: another age", CONTROL, people
        shown = [tab.press(SWITCH.format("q_streets")) for _ in range(ROUNDS + 1)]
        yield "coverage: streets off and on", CONTROL, shown
        tab.unfold("[data-testid=stExpander] summary")
        yield "coverage: slopes", SLOPES, [tab.press(SWITCH.format("q_slopes"))]
        yield "coverage: rests", STOPS, [tab.press(SWITCH.format("q_resting"))]
        yield "coverage: toilets", STOPS, [tab.press(SWITCH.format("q_toilets"))]
        yield "coverage: band, first", BAND, [tab.press(SWITCH.format("q_band"))]
        seen = [tab.press(SWITCH.format("q_band")) for _ in range(2 * ROUNDS)][1::2]
        yield "coverage: band, seen", BAND_SEEN, seen
    with WatchedPage(window, served) as tab:
        tab.open("/map")
        layers = [tab.press("[class*='st-key-m_layer_'] input:enabled", at % 3) for at in range(6)]
        yield "map: a layer", CONTROL, layers
        words = ("公園", "さくら", "北", "みどり", "本町")
        yield (
            "map: search",
            SEARCH,
            [tab.write("[class*='st-key-m_words'] input", x) for x in words],
        )


def measure_lists(window: BrowserContext, served: Served) -> Iterator[Row]:
    """Search the list, and answer a record."""
    words = ("公園", "さくら", "北", "みどり", "本町")
    with WatchedPage(window, served) as tab:
        tab.open("/sites")
        field = "[class*='st-key-l_words'] input"
        yield "list: search", SEARCH, [tab.write(field, one) for one in words]
    with WatchedPage(window, served) as tab:
        tab.open("/record?type=park")
        group = "[class*='st-key-card_first'] [role=radiogroup]"
        answers = [tab.press(f"{group} >> nth=0 >> [role=radio]", one) for one in (0, 1, 0, 1)]
        yield "record: an answer", ANSWER, answers
        more = [tab.press("button:has-text('ベンチを1台たす')") for _ in range(ROUNDS + 1)]
        yield "record: one more bench", BENCH, more
        yield (
            "record: an answer, 4 benches",
            ANSWER,
            [tab.press(f"{group} >> nth=0 >> [role=radio]", one) for one in (0, 1, 0, 1)],
        )


def measure_growth(window: BrowserContext, served: Served, changes: int) -> bool:
    """Change the question again and again; print what stays, and say whether it grew."""
    steps = ("350", "800", "250", "500")
    with WatchedPage(window, served) as tab:
        tab.open("/coverage")
        for at in range(max(20, changes // 10)):
            tab.press(RADIO.format(steps[at % 4]))
        before = (*tab.held(), served.rss_mb())
        for at in range(changes):
            tab.press(RADIO.format(steps[at % 4]))
        after = (*tab.held(), served.rss_mb())
    print(f"\n| after {changes} changes | before | after | |\n|---|---|---|---|")
    bad = False
    for name, was, now in zip(
        ("heap of the tab MB", "nodes of the tab", "server MB"), before, after, strict=True
    ):
        worse = now > was * (1 + GROWTH)
        bad |= worse
        print(f"| {name} | {was:,.1f} | {now:,.1f} | {'**grew**' if worse else ''} |")
    return bad


def main() -> int:
    """Measure, and print; 1 when something is worse than its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tree", type=Path, default=ROOT)
    parser.add_argument("--city", action="store_true", help="a made city, by its own goals")
    parser.add_argument("--town", type=Path, help="with --city: one made before, copied")
    parser.add_argument("--changes", type=int, default=0, metavar="N")
    parser.add_argument("--only", default="", help="pages, controls or lists alone")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    args = parser.parse_args()
    machine = describe_machine()
    print(f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}")
    home = Path(tempfile.mkdtemp())
    make: tuple[str, ...] = ("-c", MAKE)
    if args.city:
        make = (str(Path(__file__).with_name("city_town.py").resolve()),)
    if args.town:
        copy = f"import shutil, sys; shutil.copytree({str(args.town.resolve())!r}, sys.argv[1])"
        make = ("-c", copy)
    served = Served(
        args.tree.resolve(), sys.executable, home, secure=False, make=make, files=FILES, lang="ja"
    )
    try:
        served.wait_and_sign_in()
        return _measure(served, args)
    finally:
        served.stop()
        shutil.rmtree(home, ignore_errors=True)


def open_window(playwright: Playwright, served: Served, chromium: str) -> BrowserContext:
    """Open a browser with the one person signed in, every page of it watched."""
    browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
    print(f"Chromium {browser.version}\n")
    window = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP")
    name, _, value = served.cookie.partition("=")
    window.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{served.port}"}])
    window.add_init_script(WATCH)
    return window


def _measure(served: Served, args: argparse.Namespace) -> int:
    parts = {"pages": measure_pages, "controls": measure_controls, "lists": measure_lists}
    bad = False
    with sync_playwright() as playwright:
        window = open_window(playwright, served, args.chromium)
        print(
            "| | s | slowest | goal | server s | messages | kB | load |\n|---|---|---|---|---|---|---|---|"
        )
        for name, part in parts.items():
            if args.only in ("", name):
                for row in part(window, served):
                    bad |= _print(row, city=args.city)
        if args.changes:
            bad |= measure_growth(window, served, args.changes)
    return 1 if bad else 0


def _print(row: Row, *, city: bool) -> bool:
    name, goals, taken = row
    goal, seconds = goals[city], middle([one.seconds for one in taken])
    worse = seconds > goal
    print(f"| {name}{' **slow**' if worse else ''} | {seconds:.2f}"
          f" | {max(one.seconds for one in taken):.2f} | {goal}"
          f" | {middle([one.cpu_s for one in taken]):.2f}"
          f" | {middle([one.messages for one in taken]):.0f} | {middle([one.kb for one in taken]):.0f}"
          f" | {measure_load()} |", flush=True)  # fmt: skip
    return worse


if __name__ == "__main__":
    sys.exit(main())
