"""A town of its own for the field app: its server is killed and started again, its browser too."""

import json
import os
import shutil
import signal
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from browser_town import ARGUMENTS, WAIT
from served_process import free_port, start_kayoi, wait_until_it_answers

HERE = {"longitude": 139.5002, "latitude": 35.3002, "accuracy": 6}


class FieldTown:
    """A copy of the demo town with a register of its own, and the server that shows it."""

    def __init__(self, town, folder):
        self.folder, self.port, self.server = Path(folder), free_port(), None
        self.address = f"http://127.0.0.1:{self.port}"
        shutil.copytree(town, folder)
        self._forget_tablets()

    def _forget_tablets(self):
        """Begin with no tablet that ever sent and nobody who looked: the demo's would be told with the test's."""
        from surveys.store import field_tables, tables

        file = self.folder / "register" / "register.db"
        if not file.exists():
            return
        sent = ("TRACK", "FIELD_RECEIPT", "RECEIVED_PHOTO", "RECEIVED", "DEVICE")
        with sqlite3.connect(file, timeout=20) as connection:
            for name in sent:
                connection.execute(f"delete from {getattr(field_tables, name).name}")  # noqa: S608
            connection.execute(f"delete from {tables.LOOK.name}")  # noqa: S608
        connection.close()

    def start(self):
        """Start the server and wait until it answers."""
        self.server = start_kayoi(
            "serve", "--town", str(self.folder), "--port", str(self.port),
            env={**os.environ, "KAYOI_LANG": "ja"},
        )  # fmt: skip
        try:
            wait_until_it_answers(self.server, self.address)
        except BaseException:
            self.kill()
            raise
        return self

    def kill(self):
        """Kill the server as a power cut would."""
        if self.server is not None:
            self.server.kill()
            self.server.wait(timeout=20)
            self.server = None

    def register(self):
        """The town's register, opened beside the server."""
        from surveys.store.register import open_register

        return open_register(self.folder)

    def count(self, table):
        """How many rows a table of the register has, read without the server."""
        file = self.folder / "register" / "register.db"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20) as connection:
            return connection.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608

    def rows(self, sql):
        """Rows of the register, read without the server."""
        file = self.folder / "register" / "register.db"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql)]


class Tablet:
    """Chromium with a folder of its own, as a tablet keeps it: it can be killed and opened again."""

    def __init__(self, playwright, chromium, folder, address, *, size=(800, 1280), **more):
        self.playwright, self.chromium, self.folder = playwright, chromium, str(folder)
        self.address, self.size, self.more = address, size, more
        self.faults = []
        self.context = self.page = None

    def open(self, at="/field/"):
        """Open the app, in a new browser when there is none."""
        if self.context is None:
            self.context = self.playwright.chromium.launch_persistent_context(
                self.folder,
                executable_path=self.chromium,
                args=ARGUMENTS,
                viewport={"width": self.size[0], "height": self.size[1]},
                geolocation=HERE,
                permissions=["geolocation"],
                locale="ja-JP",
                timezone_id="Asia/Tokyo",
                **self.more,
            )
            self.context.set_default_timeout(2 * WAIT)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(self.address + at)
        return self.page

    def kill(self):
        """Kill the browser as a dying battery would."""
        mine = f"--user-data-dir={self.folder}"
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                words = (entry / "cmdline").read_bytes().decode().split("\0")
                if mine in words and not any(word.startswith("--type=") for word in words):
                    os.kill(int(entry.name), signal.SIGKILL)
        with suppress(Exception):  # the other end is dead: whatever it says of that is expected
            self.context.close()
        self.context = self.page = None
        for left in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (Path(self.folder) / left).unlink(missing_ok=True)

    def close(self):
        if self.context is not None:
            self.context.close()
            self.context = self.page = None


def picture(seed, kind="bench"):
    """A drawn photo as a file input takes it."""
    from surveys.photos.draw import draw_scene

    return {"name": f"p{seed}.png", "mimeType": "image/png", "buffer": draw_scene(kind, seed=seed)}


def held_by(page, store):
    """The rows of one store of the device's database."""
    return json.loads(
        page.evaluate(
            """name => new Promise((give, fail) => {
              const asked = indexedDB.open('kayoi-field');
              asked.onerror = () => fail(asked.error);
              asked.onsuccess = () => {
                const all = asked.result.transaction(name).objectStore(name).getAll();
                all.onsuccess = () => {
                  asked.result.close();
                  give(JSON.stringify(all.result, (key, value) =>
                    value instanceof ArrayBuffer ? value.byteLength : value));
                };
              };
            })""",
            store,
        )
    )


ROLE = "民生委員"


def say_who(page):
    """Answer, by the first of the roles offered, who writes: it is asked once."""
    page.locator(".finds .button").first.click(timeout=WAIT)
    page.wait_for_selector("#main .row", timeout=WAIT)


def show_town(page):
    """Have the whole town shown, behind the second button."""
    page.locator(".views button").last.click(timeout=WAIT)
    page.wait_for_selector("#seek", timeout=WAIT)


def prepare(tablet, *, town=True):
    """The one visit with signal: what a walk needs is on the device afterwards.

    It is said who writes, and unless `town` is false the whole town is shown.
    """
    page = tablet.open()
    page.get_by_role("button", name="この端末に入れる").click()
    page.get_by_role("button", name=ROLE).first.click(timeout=2 * WAIT)
    page.wait_for_selector("#main .row", timeout=2 * WAIT)
    if town:
        show_town(page)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=2 * WAIT)
    return page


@pytest.fixture(scope="module")
def field_town(built_towns, tmp_path_factory):
    """The demo town, its register filled, on a server of its own."""
    made = FieldTown(built_towns.filled(), tmp_path_factory.mktemp("field") / "town").start()
    yield made
    made.kill()


@pytest.fixture
def tablet(playwright, chromium, field_town, tmp_path):
    """A tablet that nobody has used yet; no script may have failed on it."""
    made = Tablet(playwright, chromium, tmp_path / "profile", field_town.address)
    yield made
    made.close()
    assert made.faults == []
