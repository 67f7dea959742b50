"""A form of the field app on a page with nothing around it, opened in Chromium."""

import functools
import http.server
import json
import shutil
import threading
from pathlib import Path

import pytest
from where import ROOT, TESTS

from layers.field.shell import GRAMMAR, PRIVACY, load_shell
from surveys.declaration.declaration import dump_declaration
from surveys.types import EVERY_TYPE

APP = ROOT / "surveys" / "field_app"
HARNESS = TESTS / "js" / "form_harness.js"
HOSTILE = '<img src=x onerror="window.hurt=1">{{7*7}}${window.hurt=1}</script>\'"'
TALL, PHONE, WIDE = (800, 1280), (390, 844), (1280, 800)
# One of each kind, as the server keeps it: opening, looking around and saving changes none of it.
WHOLE = {
    "name": "公園", "toilet": "hard", "opened": "1980-04", "area_m2": 1240.5, "note": "一行目\n二行目",
    "benches": [{"_id": "a1", "back": "unknown", "seat_cm": 42}], "equipment": [], "entrances": "unknown",
    "exercise_schedule": [{"freq": "monthly", "days": [10]}], "safety": "a", "weather": "unknown",
    "photos": [{"id": "ab" * 32, "caption": "東"}],
}  # fmt: skip
PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>調査票</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' blob: data:">
<link rel="stylesheet" href="/field/app/style.css"><link rel="stylesheet" href="/field/app/css/form.css">
</head><body><main id="main"><h1>調査票</h1><div id="form"></div></main>
<script type="module" src="/harness.js"></script></body></html>"""


class Files(http.server.SimpleHTTPRequestHandler):
    """The app's files under their own addresses, and the harness."""

    def translate_path(self, path):
        path = path.partition("?")[0]
        if path.startswith("/field/app/"):
            return str(APP / path.removeprefix("/field/app/"))
        return str(Path(self.directory) / path.lstrip("/"))

    def do_GET(self):
        shared = load_shell().files.get(self.path) if self.path in (GRAMMAR, PRIVACY) else None
        if shared is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", shared.media)
        self.end_headers()
        self.wfile.write(shared.body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module", name="address")
def form_address(tmp_path_factory):
    """The address of the harness."""
    folder = tmp_path_factory.mktemp("form")
    types = [dump_declaration(one) for one in EVERY_TYPE.values()]
    (folder / "index.html").write_text(PAGE)
    shutil.copy(HARNESS, folder / "harness.js")
    (folder / "types.json").write_text(json.dumps(types))
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Files, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(name="page")
def form_page(browser, address):
    """A page with the harness; afterwards nothing may have been logged as an error."""
    faults = []
    context = browser.new_context(viewport={"width": TALL[0], "height": TALL[1]}, bypass_csp=False)
    made = context.new_page()
    made.set_default_timeout(8_000)
    made.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.goto(address)
    wait(made, "window.ready === true")
    yield made
    context.close()
    assert faults == []


def wait(page, said):
    """Ask again and again: Playwright's own waiting needs an eval that the page's policy forbids."""
    for _ in range(200):
        if page.evaluate(said):
            return
        page.wait_for_timeout(50)
    raise AssertionError(said)


def answers(page):
    """The answers as the last change gave them."""
    return page.evaluate("window.draft.answers")


def tap(page, path, words):
    """Press one of a question's answers."""
    page.locator(f"[data-path='{path}'] .answer", has_text=words).first.click()
