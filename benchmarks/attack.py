"""Measure what strangers can do to somebody who is signed in and saves.

``python benchmarks/attack.py`` serves the demo town with no more than 1,024 files to open, signs in,
saves a record twice a second, each over a connection of its own, and meanwhile lets strangers hold
connections (``attackers.py``): from other loopback addresses than the user's, then from the user's
own. At last 20 uploads of 39 MB at once. Prints a table in Markdown, and ends with 1 when something
is worse than it may be. ``--tree DIR`` attacks another checkout's server.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Self

from machine import describe_machine
from served_town import Served

ROOT = Path(__file__).parents[1]
SAVE_S, BACK_S, LOG_KB, MEMORY, UPLOAD_MB = 2.0, 10.0, 1_000.0, 1.5, 600.0
UPLOADS, UPLOAD_BYTES = 20, 39_000_000
OTHERS, OWN = (2, 60), (1, 1)
# Kind, how many, whose addresses.
ATTACKS = (
    ("silent", 1_100, OTHERS), ("silent", 3_000, OTHERS), ("half sign-in", 1_300, OTHERS),
    ("slow body", 1_000, OTHERS), ("slow head", 1_000, OTHERS),
    ("silent", 1_100, OWN), ("half sign-in", 1_300, OWN), ("slow body", 1_000, OWN),
)  # fmt: skip
# A handshake that is never begun, or never finished.
OVER_HTTPS = (
    ("silent", 1_100, OTHERS), ("silent", 3_000, OTHERS), ("half handshake", 1_000, OTHERS),
    ("silent", 1_100, OWN), ("half handshake", 1_000, OWN),
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Row:
    """What came of one attack: saves as (when, how long, status)."""

    name: str
    seconds: float
    saves: list[tuple[float, float, int]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    log_kb: float = 0.0
    rss_mb: float = 0.0
    files: int = 0

    def slowest(self) -> float:
        """Return the slowest save that was answered."""
        return max(
            (took for _, took, status in self.saves if status == http.HTTPStatus.OK), default=0.0
        )

    def waited(self) -> float:
        """Return the longest time without a save that was kept."""
        kept = [at for at, _, status in self.saves if status == http.HTTPStatus.OK]
        moments = [0.0, *kept, max([self.seconds, *(at for at, _, _ in self.saves)])]
        return max(b - a for a, b in pairwise(moments))


class Watch:
    """Looks at the server's memory and files, and opens its sign-in page, while something goes on."""

    def __init__(self, served: Served, row: Row) -> None:
        self.served, self.row = served, row
        self.over = threading.Event()
        self.threads = [threading.Thread(target=one) for one in (self._look, self._visit)]

    def __enter__(self) -> Self:
        """Begin."""
        self.log_kb = self.served.log_kb()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, and note what was the most."""
        self.over.set()
        for thread in self.threads:
            thread.join()
        self.row.log_kb = self.served.log_kb() - self.log_kb

    def _visit(self) -> None:
        while not self.over.wait(2):
            self.row.pages.append(self.served.see_sign_in())

    def _look(self) -> None:
        while not self.over.wait(0.1):
            self.row.rss_mb = max(self.row.rss_mb, self.served.rss_mb())
            self.row.files = max(self.row.files, self.served.files())


def attack(served: Served, kind: str, count: int, whose: tuple[int, int], seconds: int) -> Row:
    """Let strangers hold connections, and save all the while."""
    row = Row(
        name=f"{count:,} {kind}, {'others' if whose == OTHERS else 'own address'}", seconds=seconds
    )
    words = [kind, count, seconds, served.port, *whose]
    with Watch(served, row):
        strangers = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("attackers.py")), *map(str, words)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        began = time.monotonic()
        while (at := time.monotonic() - began) < seconds:
            status = served.save()
            done = time.monotonic() - began
            row.saves.append((done, done - at, status))
            time.sleep(max(0.0, 0.5 - (done - at)))
        told, _ = strangers.communicate(timeout=120)
    print(f"{row.name}: {told.strip()}", file=sys.stderr, flush=True)
    return row


def upload(served: Served, photo: bytes, name: str) -> Row:
    """Send twenty large photos at once."""
    row = Row(name=name, seconds=0)
    bodies = [photo + os.urandom(UPLOAD_BYTES - len(photo)) for _ in range(UPLOADS)]
    named = [(f"/api/v1/field/photos/{sha256(body).hexdigest()}", body) for body in bodies]

    def send(path: str, body: bytes) -> None:
        at = time.monotonic()
        status, _ = served.ask("PUT", path, body, "image/jpeg", 300)
        row.saves.append((0.0, time.monotonic() - at, status))

    senders = [threading.Thread(target=send, args=one) for one in named]
    with Watch(served, row):
        for one in senders:
            one.start()
        for one in senders:
            one.join()
    return row


def main() -> int:
    """Measure, and print; 1 when something is worse than it may be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tree", type=Path, default=ROOT)
    parser.add_argument("--seconds", type=int, default=30, help="of each attack")
    parser.add_argument("--only", default="", help="attacks whose name holds this")
    parser.add_argument("--https", action="store_true", help="handshakes instead of requests")
    args = parser.parse_args()
    machine = describe_machine()
    print(f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}\n")
    home = Path(tempfile.mkdtemp())
    served = Served(args.tree.resolve(), sys.executable, home, secure=args.https)
    try:
        return _measure(served, args.seconds, args.only)
    finally:
        served.stop()
        shutil.rmtree(home, ignore_errors=True)


def _measure(served: Served, seconds: int, only: str) -> int:
    served.wait_and_sign_in()
    for _ in range(10):
        served.save()
    time.sleep(3)
    idle = served.rss_mb()
    print("| strangers | saves kept | slowest s | longest without one s | sign-in page seen"
          f" | log kB a minute | RSS MB (idle {idle:.0f}) | files |\n|---|---|---|---|---|---|---|---|")  # fmt: skip
    bad = 0
    for kind, count, whose in OVER_HTTPS if served.secure else ATTACKS:
        if only not in f"{count} {kind}":
            continue
        row = attack(served, kind, count, whose, seconds)
        bad += _print(row, idle, SAVE_S if whose == OTHERS else BACK_S, row.log_kb * 60 / seconds)
        time.sleep(12)
    for name, photo in (("unreadable", b""), ("readable", _photo())):
        if only in "uploads":
            row = upload(served, photo, f"{UPLOADS} × {UPLOAD_BYTES // 1_000_000} MB, {name}")
            bad += _print(row, UPLOAD_MB / MEMORY, 300, row.log_kb)
            time.sleep(3)
    return 1 if bad else 0


def _print(row: Row, idle: float, most_s: float, log_kb: float) -> bool:
    kept = sum(status == http.HTTPStatus.OK for _, _, status in row.saves)
    seen = sum(status == http.HTTPStatus.OK for status in row.pages)
    bad = (
        max(row.slowest(), row.waited() - 0.5 if row.seconds else 0) > most_s or not kept
        or log_kb > LOG_KB or row.rss_mb > idle * MEMORY
    )  # fmt: skip
    print(f"| {row.name}{' **bad**' if bad else ''} | {kept} of {len(row.saves)}"
          f" | {row.slowest():.2f} | {row.waited():.1f} | {seen} of {len(row.pages)} | {log_kb:,.0f} | {row.rss_mb:.0f}"
          f" | {row.files} |", flush=True)  # fmt: skip
    return bad


def _photo() -> bytes:
    """Return a photo of twelve million pixels that hardly shrinks."""
    import io  # noqa: PLC0415 - for this alone

    from PIL import Image  # noqa: PLC0415

    made = io.BytesIO()
    Image.effect_noise((4_000, 3_000), 80).convert("RGB").save(made, "JPEG", quality=90)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(main())
