"""Putting the parts into an environment by pip, and saying how far it is (部品を入れる)."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from starting.carried import WHEELS
from starting.pip_words import explain
from starting.telling import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starting.carried import Carried
    from starting.telling import Teller

    # Waits a moment, and says whether somebody asked to stop.
    Pause = Callable[[], bool]

SAID_EACH_S: Final = 10
_QUIET: Final = ("--disable-pip-version-check", "--no-input", "--progress-bar=off", "--no-color")
_OTHERS: Final = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


def clean_environment(lang: str = "") -> dict[str, str]:
    """Return the variables for our own Python: what others set for theirs is left out (環境変数)."""
    found = {name: value for name, value in os.environ.items() if name not in _OTHERS}
    if lang == "ja":
        found.setdefault("KAYOI_LANG", lang)  # what it says in this window
    return {**found, "PYTHONIOENCODING": "utf-8:backslashreplace", "PYTHONUNBUFFERED": "1"}


@dataclass
class Installing:
    """One installation (入れる仕事)."""

    python: Path
    carried: Carried
    teller: Teller
    log: Path
    pause: Pause
    _said: float = field(init=False, default=0.0)
    _read: int = field(init=False, default=0)
    _wanted: int = field(init=False, default=0)

    def install(self) -> None:
        """Put pip into it, then everything, exactly as pinned.

        Raises
        ------
        StoppedError
            When pip fails, or somebody asked to stop.
        """
        pinned = ["-c", str(self.carried.folder / "constraints.txt")]
        wheels = self.carried.folder / WHEELS
        pip = sorted(wheels.glob("pip-*.whl"))
        if pip:  # a wheel of pip installs itself
            self._run([str(pip[-1] / "pip"), "install", "--isolated", "--no-index", str(pip[-1])])
        else:
            self._ensure_pip()
            self._run(["-m", "pip", "install", "--upgrade", *pinned, "pip"])
        app, source = self.carried.wheel, str(self.carried.folder)
        what = ["--only-binary=:all:", str(app)] if app else ["-e", source]
        if self.carried.whole:
            what = [
                "--isolated",
                "--no-cache-dir",
                "--no-index",
                "--find-links",
                str(wheels),
                *what,
            ]
        self._said = self.teller.clock()
        self.teller.tell("・部品を入れています …", "- installing the parts …")
        self._run(["-m", "pip", "install", *pinned, *what], counted=True)

    def _ensure_pip(self) -> None:
        try:
            self._run(["-m", "ensurepip"])
        except StoppedError as error:
            if self.pause():
                raise
            raise StoppedError(
                "この Python には、部品を入れる道具（pip）が付いていません。\n"
                "インターネットなしで入る一式（make carry でつくったもの）には入っています。それを使うか、\n"
                "機械の係の人に、python3-venv を入れてもらってください（Debian・Ubuntu）。",
                "This Python came without pip. The set made by `make carry` brings it along: use that,\n"
                "or ask whoever looks after this machine to install python3-venv (Debian, Ubuntu).",
            ) from error

    def _run(self, arguments: list[str], *, counted: bool = False) -> None:
        quiet = [] if arguments[:2] == ["-m", "ensurepip"] else list(_QUIET)
        lines: queue.Queue[str] = queue.Queue()
        kept: list[str] = []
        with subprocess.Popen(
            [self.python, "-E", "-s", *arguments, *quiet], env=clean_environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace",
        ) as pip, self.log.open("a", encoding="utf-8") as log:  # fmt: skip
            reader = threading.Thread(target=_read_lines, args=(pip, lines), daemon=True)
            reader.start()
            while pip.poll() is None:
                if self.pause():
                    pip.terminate()
                    raise StoppedError("とめました。", "Stopped.")
                kept += self._take(lines)
                if counted:
                    self._tell_how_far()
            reader.join(10)
            kept += self._take(lines)
            log.writelines(kept)
        if pip.returncode and self.pause():  # Ctrl+C reaches pip as well
            raise StoppedError("とめました。", "Stopped.")
        if pip.returncode:
            raise explain("".join(kept[-200:]), self.log, offline=self.carried.whole)

    def _take(self, lines: queue.Queue[str]) -> list[str]:
        taken = []
        while not lines.empty():
            line = lines.get()
            taken.append(line)
            self._read += line.startswith("Collecting ")
            if line.startswith("Installing collected packages:"):
                self._wanted = line.count(",") + 1
        return taken

    def _tell_how_far(self) -> None:
        if self.teller.clock() - self._said < SAID_EACH_S:
            return
        self._said = self.teller.clock()
        ja, en = self.teller.so_far()
        if self._wanted:
            there = min(len(list(self._packages().glob("*.dist-info"))), self._wanted)
            self.teller.tell(
                f"　部品を広げています： {there}／{self._wanted}（ここまで {ja}）",
                f"  unpacking parts: {there} of {self._wanted} ({en} so far)",
            )
        else:
            self.teller.tell(
                f"　部品をそろえています： {self._read}（ここまで {ja}）",
                f"  gathering parts: {self._read} ({en} so far)",
            )

    def _packages(self) -> Path:
        folder = self.python.parents[1]
        return next(folder.glob("lib/python*/site-packages"), folder / "Lib" / "site-packages")


def _read_lines(pip: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    for line in pip.stdout or ():
        lines.put(line)
