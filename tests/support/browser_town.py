"""The demo town served and opened in Chromium, every other host blocked."""

import gc
import os
import shutil
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect
from served_process import answering, free_port, start_kayoi

WAIT = 30_000  # milliseconds, on a slow machine
expect.set_options(timeout=WAIT)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
    "--js-flags=--no-opt",  # no page lives long enough to win by it what it costs
    # No other host is there: not asked for by a route, which would read every request here.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip
# Playwright's own event loop leaves a transport open when it stops.
MARKS = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="session")
def demo_folder(built_towns, tmp_path_factory):
    """The folder of the demo town as it is made today."""
    made = built_towns.filled(datetime.now().astimezone().date())
    return shutil.copytree(made, tmp_path_factory.mktemp("demo") / "town")


@pytest.fixture(scope="session")
def demo_address(demo_folder):
    """The address of the demo town's server."""
    port = free_port()
    server = start_kayoi(
        "serve", "--town", str(demo_folder), "--port", str(port),
        env={**os.environ, "KAYOI_LANG": "ja"},
    )  # fmt: skip
    found = f"http://127.0.0.1:{port}"
    with answering(server, found):
        yield found


@pytest.fixture(scope="module")
def playwright():
    """Playwright: a process holds one at a time, and while it does no test may run a loop."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as made:
        yield made
    # What it leaves open is told here, where such warnings are known, not in a later test.
    del made
    gc.collect()


@pytest.fixture(scope="module")
def browser(chromium, playwright):
    """Debian's Chromium."""
    made = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def window(browser):
    """A window whose pages share what was fetched once, as a person's do."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def visit(window, demo_address):
    """Open a page; afterwards nothing may have gone to another host or been logged as an error."""
    faults, pages = [], []

    def guard(request):
        if not request.url.startswith((demo_address, "data:", "blob:")):
            faults.append(f"foreign request {request.url}")

    def open_page(path):
        page = window.new_page()
        pages.append(page)
        page.on("request", guard)
        page.on(
            "console",
            lambda message: faults.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "response",
            lambda answer: (
                faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
            ),
        )
        page.goto(demo_address + path)
        page.wait_for_selector("h1", timeout=60_000)
        return page

    yield open_page
    for page in pages:
        page.close()
    window.clear_cookies()
    assert not faults, faults


def settled(page):
    """Wait until the page has nothing more to say."""
    expect(page.locator("h1").first).to_be_visible(timeout=2 * WAIT)
    # While a page is drawn anew, its old foot stands beside the new one for a moment.
    foot = page.locator(".st-key-lang_control")
    expect(foot).to_have_count(1, timeout=2 * WAIT)
    still = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(still).to_have_count(1, timeout=2 * WAIT)
    expect(foot).to_have_count(1, timeout=2 * WAIT)


def asked_at(page, names):
    """Return what the page's address asks, of these names."""
    return {name: text for name, text in parse_qsl(urlsplit(page.url).query) if name in names}


def map_frame(page):
    """The page, once its map has drawn all its layers."""
    page.wait_for_selector(".kz-map[data-state=ready]", timeout=60_000)
    return page


def ink(frame, selector):
    """Return how many different colours a canvas holds, 0 when it is blank."""
    return frame.evaluate(
        """(selector) => Math.max(0, ...[...document.querySelectorAll(selector)].map((canvas) => {
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            const seen = new Set();
            for (let i = 0; i < pixels.length; i += 4) {
                if (pixels[i + 3]) { seen.add(`${pixels[i]},${pixels[i + 1]},${pixels[i + 2]}`); }
            }
            return seen.size;
        }))""",
        selector,
    )


def drawn(page, frame, selector, colours):
    """Wait until a canvas holds more than so many colours; say whether it came to that."""
    for _ in range(WAIT // 250):
        if ink(frame, selector) > colours:
            return True
        page.wait_for_timeout(250)
    return False
