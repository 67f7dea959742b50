"""The server this window started: begun, watched, and asked to end in order (サーバー)."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Final

from starting.installing import clean_environment
from starting.telling import StoppedError

if TYPE_CHECKING:
    from pathlib import Path

    from starting.installing import Pause
    from starting.telling import Teller

if sys.platform == "win32":
    _APART, _END = subprocess.CREATE_NEW_PROCESS_GROUP, signal.CTRL_BREAK_EVENT
else:
    _APART, _END = 0, signal.SIGTERM

# What is run, exactly; the app opens the browser itself.
SERVE: Final = ("-m", "geo.cli", "serve", "--open")
_ADDRESS: Final = re.compile(r"https?://[^\s/（(]+:\d+/")
_SAID_EACH_S: Final = 15
_PATIENCE_S: Final = 120
_KEPT: Final = 8  # lines of its last words


def find_address(line: str) -> str:
    """Return the address a line of the server tells, or an empty text (アドレス).

    Examples
    --------
    >>> find_address("開いてください: http://127.0.0.1:8501/（終わるときは Ctrl+C）")
    'http://127.0.0.1:8501/'
    """
    found = _ADDRESS.search(line)
    return found[0] if found else ""


class Server:
    """The process, as its window holds it (サーバー).

    Parameters
    ----------
    handed
        The number of the lock it holds from here on, where the system can hand it over.
    """

    def __init__(self, python: Path, log: Path, handed: int, lang: str) -> None:
        self.log = log
        self.address = ""
        self._begun = b""  # of a line that is not whole yet
        windows = sys.platform == "win32"
        # Into a file: a server whose window is gone still has somewhere to write.
        with log.open("wb") as said:
            self.process = subprocess.Popen(
                [python, "-E", "-s", "-P", *SERVE], env=clean_environment(lang), cwd=python.parents[1],
                stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                # Ctrl+C in the window is the window's alone: it asks the server itself.
                start_new_session=not windows,
                creationflags=_APART,
                pass_fds=() if windows else (handed,),
            )  # fmt: skip
        self._said = log.open("rb")

    def take_lines(self) -> list[str]:
        """Return what it said since (言ったこと)."""
        *whole, self._begun = (self._begun + self._said.read()).split(b"\n")
        return [line.decode("utf-8", errors="replace").rstrip("\r") for line in whole]

    def await_page(self, teller: Teller, pause: Pause) -> bool:
        """Wait until it answers; ``False`` when somebody asked to stop (待つ).

        Raises
        ------
        StoppedError
            When it ended instead; what it said is in the words.
        """
        said = teller.clock()
        last: list[str] = []
        while True:
            asked = pause()
            for line in self.take_lines():
                last.append(line)
                found = find_address(line)
                self.address = self.address or found
                if not self.address:
                    teller.tell(f"　{line}", f"  {line}")
            if self.process.poll() is not None:
                raise _ended(
                    [*last, *self.take_lines()], self.log,
                    "かよいマップを始められませんでした", "Kayoi Map could not start",
                )  # fmt: skip
            if asked:
                return False
            if self.address and answers(self.address):
                return True
            if teller.clock() - said > _SAID_EACH_S:
                said, (ja, en) = teller.clock(), teller.so_far()
                teller.tell(
                    f"　もう少しお待ちください（ここまで {ja}）", f"  a little longer ({en} so far)"
                )

    def watch(self, pause: Pause) -> None:
        """Return when somebody asked to stop (見ている).

        Raises
        ------
        StoppedError
            When it ended by itself.
        """
        last: list[str] = []
        while not pause():
            last = [*last, *self.take_lines()][-_KEPT:]
            if self.process.poll() is not None:
                raise _ended(last, self.log, "かよいマップが止まりました", "Kayoi Map broke off")

    def end(self, teller: Teller) -> bool:
        """Ask it to end in order, wait, and say whether it did (終わらせる)."""
        if self.process.poll() is not None:
            return True
        teller.tell("終わるのを待っています …", "Waiting for it to end …")
        self.process.send_signal(_END)
        try:
            self.process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            return False
        return True


def answers(address: str) -> bool:
    """Say whether the app answers there (答えるか)."""
    # The app's own address on this machine; a proxy for the internet is none of its business.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address + "_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's own
    except (OSError, ValueError):
        return False


def _ended(lines: list[str], log: Path, ja: str, en: str) -> StoppedError:
    said = "\n".join(lines[-_KEPT:])
    return StoppedError(
        f"{ja}：\n{said}\nくわしい記録（人に聞くときに渡してください）： {log}",
        f"{en}:\n{said}\nDetails, for whoever helps: {log}",
    )
