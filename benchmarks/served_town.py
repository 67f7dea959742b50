"""The demo town served in a process of its own, with few files to open, and one person in it."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import ssl
import subprocess
import time
import urllib.parse
from pathlib import Path

FILES = 1024
PASSWORD = "sakura-no-ki-no-shita"  # noqa: S105 - of a town that lasts for this run
MAKE = (
    "import sys, pathlib, datetime;"
    "from geo.sources.demo_town import build_demo;"
    "from layers.demo_register import fill_demo_register;"
    "out = pathlib.Path(sys.argv[1]); build_demo(out, lambda _: None);"
    "fill_demo_register(out, today=datetime.date(2026, 11, 21))"
)


class Served:
    """A server in a process of its own, and one person signed in to it."""

    def __init__(
        self,
        tree: Path,
        python: str,
        home: Path,
        *,
        secure: bool,
        make: tuple[str, ...] = ("-c", MAKE),
        files: int = FILES,
        lang: str = "en",
    ) -> None:
        self.secure, self.pair = secure, (home / "a.crt", home / "a.key")
        self.folder, self.log = home / "town", home / "log.txt"
        self.port = _free_port()
        self.environment = os.environ | {"PYTHONPATH": str(tree), "KAYOI_LANG": lang}
        self.environment.pop("DATABASE_URL", None)
        self.python, self.tree = python, tree
        self.most_files = files
        self._run(*make, str(self.folder))
        words = ("user", "add", "bench", "--password-stdin", "--town", str(self.folder))
        self._run("-m", "geo.cli", *words, told=PASSWORD + "\n")
        if secure:
            self._make_pair()
        self.process = self._serve()
        self.cookie = ""

    def _run(self, *words: str, told: str = "") -> None:
        subprocess.run(
            [self.python, *words], check=True, cwd=self.tree, env=self.environment, input=told,
            text=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def _serve(self) -> subprocess.Popen[bytes]:
        serve = ("-m", "geo.cli", "serve", "--town", str(self.folder), "--port", str(self.port))
        if self.secure:
            serve = (*serve, "--cert", str(self.pair[0]), "--key", str(self.pair[1]))
        # The shell's limit is a hard one.
        words = ("sh", "-c", f'ulimit -n {self.most_files}; exec "$@"', "sh", self.python, *serve)
        with self.log.open("wb") as log:
            return subprocess.Popen(
                words, cwd=self.tree, env=self.environment, stdout=log, stderr=log
            )

    def _make_pair(self) -> None:
        cert, key = self.pair
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost"],
            check=True, capture_output=True,
        )  # fmt: skip
        key.chmod(0o600)

    def _talk(self, address: str, wait: float) -> http.client.HTTPConnection:
        from_ = (address, 0)
        if not self.secure:
            return http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=wait, source_address=from_
            )
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=wait, source_address=from_, context=trusting
        )

    def ask(
        self,
        method: str,
        path: str,
        body: bytes,
        kind: str,
        wait: float,
        address: str = "127.0.0.1",
    ) -> tuple[int, str]:
        """Ask once, over a connection of its own; 0 when nothing is answered."""
        talk = self._talk(address, wait)
        scheme = "https" if self.secure else "http"
        headers = {"Content-Type": kind, "Origin": f"{scheme}://127.0.0.1:{self.port}"}
        known = self.cookie and path != "/auth/login"
        headers |= {"Cookie": self.cookie, "X-Kayoi-Device": "b" * 32} if known else {}
        try:
            talk.request(method, path, body, headers)
            answer = talk.getresponse()
            answer.read()
            return answer.status, answer.getheader("Set-Cookie") or ""
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            talk.close()

    def wait_and_sign_in(self) -> None:
        """Wait until it answers, and sign in."""
        form = urllib.parse.urlencode({"name": "bench", "password": PASSWORD}).encode()
        for _ in range(600):
            kind = "application/x-www-form-urlencoded"
            status, cookie = self.ask("POST", "/auth/login", form, kind, 30)
            if status == http.HTTPStatus.SEE_OTHER:
                self.cookie = cookie.split(";")[0]
                return
            time.sleep(0.2)
        raise RuntimeError(self.log.read_text()[-2_000:])

    def save(self) -> int:
        """Save a record nobody has saved before; return the status."""
        id_ = f"{random.getrandbits(128):032x}"
        one = {
            "format": 1, "id": id_, "label": "A-1", "record_id": id_, "site_id": id_[::-1],
            "type": "park", "kind": "visit", "title": "公園", "walk_id": None,
            "made_at": "2026-11-21T01:00:00.000Z", "device_at": "2026-11-21T01:00:00.000Z",
            "clock_off_s": 0, "on": "2026-11-21", "by": "", "source": "surveyed", "sure": "sure",
            "base": 0, "after": None, "patch": {"name": "公園"},
            "place": {"type": "Point", "coordinates": [139.8956, 35.6449]}, "position": None,
            "note": "", "types_version": "1", "photos": [],
        }  # fmt: skip
        path = f"/api/v1/field/records/{id_}"
        return self.ask("PUT", path, json.dumps(one).encode(), "application/json", 30)[0]

    def see_sign_in(self) -> int:
        """Open the sign-in page from an address nobody has signed in from; return the status."""
        return self.ask("GET", "/auth/login", b"", "text/html", 10, "127.0.0.200")[0]

    def rss_mb(self) -> float:
        """Return the memory that is its own now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(found.split()[1]) / 1_000

    def cpu_s(self) -> float:
        """Return the processor's time it has used."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def files(self) -> int:
        """Return how many files it has open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def log_kb(self) -> float:
        """Return how much it has written to its log."""
        return self.log.stat().st_size / 1_000

    def stop(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
