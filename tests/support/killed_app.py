"""The whole app under people at work, killed again and again; what it acknowledged is counted.

Eight write at once: devices that send records with photos, photos and lines; two who press
「確認した、変わりなし」 and two who fill in a form on the office's pages; imports by command.
"""

import http.client
import io
import itertools
import json
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress

from page_socket import Screen
from PIL import Image
from register_fixtures import open_sqlite
from served_process import free_port, start_kayoi, wait_until_it_answers
from sync_device import sha, submission
from websockets.exceptions import WebSocketException

from surveys.store.checking import check_register
from surveys.store.devices import list_tracks
from surveys.store.engine import reading
from surveys.store.field_receipts import list_received
from surveys.store.received_photos import count_here

ANSWERED_S = 30
_FAILURES = (
    OSError,
    http.client.HTTPException,  # cut in the middle of an answer
    WebSocketException,
    TimeoutError,
    EOFError,
    StopIteration,
    urllib.error.URLError,
)


class App:
    """The server, started and killed; writers wait for it."""

    def __init__(self, town):
        self.town = town
        self.up, self.over = threading.Event(), threading.Event()
        self.told = {}
        self.running = []
        self.address = ""

    def start(self):
        while not self._starts():
            pass
        self.up.set()

    def _starts(self):
        """Start the server; say no when another program took its port meanwhile."""
        port, said = free_port(), self.town.with_name("server.log")
        with said.open("wb") as log:
            words = ("serve", "--town", str(self.town), "--port", str(port))
            self.server = start_kayoi(*words, stderr=log)
        self.address = f"http://127.0.0.1:{port}"
        try:
            wait_until_it_answers(self.server, self.address)
        except AssertionError as fault:
            told = said.read_text(encoding="utf-8", errors="replace")
            if "address already in use" in told or f" {port} " in told:
                return False
            raise AssertionError(told) from fault
        return True

    def kill(self):
        """Kill the server, and every command at work, with no warning."""
        self.up.clear()
        for one in [self.server, *self.running]:
            with suppress(OSError):
                one.send_signal(signal.SIGKILL)
        self.server.wait()

    def tell(self, kind, what):
        """Remember what was acknowledged."""
        self.told.setdefault(kind, []).append(what)

    def count(self):
        return sum(map(len, self.told.values()))

    def ask(self, method, path, body, headers):
        wanted = urllib.request.Request(
            f"{self.address}/api/v1/field/{path}",
            body,
            {"Origin": self.address} | headers,
            method=method,
        )
        with urllib.request.urlopen(wanted, timeout=ANSWERED_S) as answer:
            assert answer.status == 200
            return json.loads(answer.read())


def picture(name, at):
    """A photo nobody took before."""
    shade = (sum(name.encode()) * 65_537 + at * 257) % (1 << 24)
    out = io.BytesIO()
    Image.new("RGB", (160 + at % 32, 120 + at // 32 % 32), shade).save(out, "JPEG")
    return out.getvalue()


class Work(threading.Thread):
    """Somebody who goes on where it was interrupted, as a person and a device do."""

    def __init__(self, app, name):
        super().__init__(name=name, daemon=True)
        self.app, self.fault = app, None

    def run(self):
        try:
            for at in itertools.count():
                self.do_until_told(at)
                if self.app.over.is_set():
                    return
        except Exception as fault:  # noqa: BLE001 - shown by the test that waits for it
            self.fault = fault

    def do_until_told(self, at):
        while not self.app.over.is_set():
            if not self.app.up.wait(0.1):
                continue
            try:
                self.do(at)
            except _FAILURES as fault:
                if isinstance(fault, urllib.error.HTTPError):
                    raise
                time.sleep(0.05)
            else:
                return

    def do(self, at):
        raise NotImplementedError


class Sends(Work):
    """A device: photos, records that name them, lines."""

    def __init__(self, app, name, *, records=True):
        super().__init__(app, name)
        self.records, self.device = records, sha(name.encode())[:32]

    def put(self, path, body, media="application/json"):
        headers = {"Content-Type": media, "X-Kayoi-Device": self.device}
        return self.app.ask("PUT", path, body, headers)

    def do(self, at):
        shot = picture(self.name, at)
        said = self.put(f"photos/{sha(shot)}", shot, "image/jpeg")
        self.app.tell("photos", (sha(shot), said["state"]))
        id_ = sha(f"{self.name}-{at}".encode())[:32]
        if self.records:
            patch = {"name": f"{self.name} {at}", "photos": [{"id": sha(shot), "caption": ""}]}
            one = submission(id=id_, record_id=id_, site_id=id_, patch=patch, photos=[sha(shot)])
            said = self.put(f"records/{id_}", json.dumps(one).encode())
            self.app.tell("records", (id_, said["state"]))
        else:
            line = {"walk_id": None, "day": "2026-11-21",
                    "points": [[139.9, 35.6, 5, "2026-11-21T01:00:00Z"]] * (1 + at % 50)}  # fmt: skip
            self.put(f"tracks/{id_}", json.dumps(line).encode())
            self.app.tell("tracks", id_)


class Presses(Work):
    """Somebody in the office at one site's page."""

    def __init__(self, app, name, site_id):
        super().__init__(app, name)
        self.site_id, self.screen = site_id, None

    def do(self, at):
        try:
            self.screen = self.screen or Screen(self.app.address)
            self.work(at)
        except BaseException:
            if self.screen is not None:
                with suppress(*_FAILURES):
                    self.screen.close()
            self.screen = None
            raise

    def work(self, _at):
        self.screen.open("karte", f"site={self.site_id}")
        self.screen.press("k_confirm")
        if "と残しました" in self.screen.text:
            self.app.tell("confirmed", self.site_id)


class Fills(Presses):
    """Somebody who writes a note into a form and saves it."""

    def work(self, at):
        self.screen.open("record", f"site={self.site_id}")
        written = {r"f:\w+:note": f"{self.name} {at}", r"w:\w+:by": "係"}
        self.screen.press(r"save:\w+", **written)
        seq = re.search(r"受付番号 \d+-(\d+)", self.screen.text)
        if seq:
            self.app.tell("forms", (int(seq[1]), f"{self.name} {at}"))


class Imports(Work):
    """Files brought in by the command, which is killed too."""

    def do(self, at):
        file = self.app.town.with_name(f"{self.name}-{at}.csv")
        rows = [f"{self.name} {at} {row},35.6{row:03},139.9{at % 1000:03}" for row in range(5)]
        file.write_text("名称,緯度,経度\n" + "\n".join(rows) + "\n", encoding="utf-8")
        words = ["records", "import", "--town", str(self.app.town), "--type", "park"]
        words += ["--accept", "places", str(file)]
        done = subprocess.Popen(
            [sys.executable, "-m", "geo.cli", *words],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.app.running.append(done)
        try:
            code = done.wait()
        finally:
            self.app.running.remove(done)
        if code == 0:
            self.app.tell("imports", [f"{self.name} {at} {row}" for row in range(5)])
            return
        assert code == -signal.SIGKILL, f"the import ended by itself with {code}"
        raise EOFError


def make_writers(app, sites):
    """Return the eight, and who they are."""
    return [
        *(Sends(app, f"端末{at}") for at in range(3)), Sends(app, "端末写真", records=False),
        Presses(app, "確認", sites[0]), Fills(app, "窓口1", sites[1]), Fills(app, "窓口2", sites[2]),
        Imports(app, "取りこみ"),
    ]  # fmt: skip


def find_lost(town, told):
    """Return everything that was acknowledged and is not there, the register just opened."""
    register = open_sqlite(town)
    try:
        versions = register.all_versions()
        came = {one.id: one.state for one in list_received(register)}
        seqs, notes = {one.seq for one in versions}, {one.patch.get("note") for one in versions}
        names = {one.patch.get("name") for one in versions}
        confirmed = [one.site_id for one in versions if one.kind == "confirm"]
        lines = {one.id for one in list_tracks(register)}
        lost = [one for one in told.get("records", ()) if came.get(one[0]) != one[1]]
        # Tried again after a kill, a form that was kept says nothing new.
        lost += [one for one in told.get("forms", ()) if one[0] not in seqs or one[1] not in notes]
        lost += [one for one in told.get("tracks", ()) if one not in lines]
        lost += [one for rows in told.get("imports", ()) for one in rows if one not in names]
        lost += [one for one in told.get("photos", ()) if not _has_photo(register, *one)]
        for site in set(told.get("confirmed", ())):
            if told["confirmed"].count(site) > confirmed.count(site):
                lost.append(("confirmed", site))
        return lost
    finally:
        register.engine.dispose()


def _has_photo(register, photo_id, state):
    assert state == "kept"
    with reading(register.engine) as connection:
        return photo_id in count_here(register, connection, [photo_id])


def find_damage(town):
    """Return what the check finds once all is over."""
    register = open_sqlite(town)
    try:
        return [one.en for one in check_register(register)] + [
            one.en for one in register.photos.check()
        ]
    finally:
        register.engine.dispose()
