"""The work of building, in a process of its own: begun, watched, stopped (つくる仕事).

What it is about stands in ``making/work.json``, and a file's time says that it lives: whoever looks,
from whatever browser, sees the same, also after the server was started anew.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.base.files import save_text
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.editions import drop_next
from layers.making.draft import making_of

if TYPE_CHECKING:
    from pathlib import Path

State = Literal["none", "building", "ready", "done", "fetched", "failed", "stopped"]
Doing = Literal["build", "fetch"]

_WORK: Final = "work.json"
_BEAT: Final = "work.beat"
_STOP: Final = "work.stop"
_LOG: Final = "work.log"
_DEAD_S: Final = 20.0
_TURN: Final = threading.Lock()
_RUNNING: Final[list[tuple[Path, subprocess.Popen[bytes]]]] = []  # what this very server began
_CUT: Final = Words(
    "つくっている途中で止まりました（電源が切れたか、プログラムが終わらされました）",
    "the work was cut off (power, or the program was ended)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How far a build is (つくる仕事のいま).

    Attributes
    ----------
    state
        ``building`` also while files are fetched; ``ready``: a new edition waits to be taken;
        ``done``: it stands; ``fetched``: what came is in the draft.
    doing
        Whether a town is built, or files are fetched.
    steps
        What was begun, the last first begun last.
    began_at, ended_at
        Seconds since 1970; 0 where it has not.
    why
        Why it failed.
    told
        What the build noticed.
    draft
        The number of the draft it was begun with.
    """

    state: State = "none"
    doing: Doing = "build"
    steps: tuple[Words, ...] = ()
    began_at: float = 0.0
    ended_at: float = 0.0
    why: Words | None = None
    told: tuple[Words, ...] = ()
    draft: int = 0


def read_work(folder: Path) -> Work:
    """Return how far the last build is; one whose process is gone was cut off (いまの様子)."""
    work = written_work(folder)
    if work.state == "building" and not _lives(folder):
        work = written_work(folder)  # it may have written its end just before it ended
    if work.state == "building" and not _lives(folder):
        return replace(work, state="failed", why=_CUT, ended_at=work.began_at)
    return work


def written_work(folder: Path) -> Work:
    """Return what is written of the last build, as the work itself sees it: it lives (書いてある様子)."""
    try:
        return _work(json.loads((making_of(folder) / _WORK).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return Work()


def save_work(folder: Path, work: Work) -> None:
    """Write how far a build is (様子を書く)."""
    save_text(making_of(folder) / _WORK, json.dumps(asdict(work), ensure_ascii=False) + "\n")


def begin_work(folder: Path, draft: int, doing: Doing = "build") -> None:
    """Begin to build a town of its draft, or to fetch files, in a process of its own (つくりはじめる).

    Raises
    ------
    InputError
        Somebody else's build is going on.
    """
    with _TURN:
        if read_work(folder).state == "building":
            raise InputError(
                Words(
                    "いま、ほかの人がつくっています。終わるまで待ってください",
                    "somebody else is building it now; wait until it is done",
                )
            )
        making = making_of(folder)
        (making / _STOP).unlink(missing_ok=True)
        if doing == "build":
            drop_next(folder)
        beat(folder)
        begun = Work(state="building", doing=doing, began_at=time.time(), draft=draft)
        save_work(folder, begun)
        with (making / _LOG).open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "layers.making.child", str(folder), doing],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        _RUNNING[:] = [one for one in _RUNNING if one[1].poll() is None]
        _RUNNING.append((folder.resolve(), process))


def ask_to_stop(folder: Path) -> None:
    """Ask a build to stop; it takes back what it began (止める)."""
    (making_of(folder) / _STOP).touch()


def is_asked_to_stop(folder: Path) -> bool:
    """Say whether somebody asked to stop (止められたか)."""
    return (making_of(folder) / _STOP).exists()


def beat(folder: Path) -> None:
    """Say that the work lives (生きているしるし)."""
    with suppress(OSError):
        (making_of(folder) / _BEAT).touch()


def forget_work(folder: Path) -> None:
    """Forget a build that ended (おわった仕事を片づける)."""
    with _TURN:
        if read_work(folder).state != "building":
            (making_of(folder) / _WORK).unlink(missing_ok=True)


def _lives(folder: Path) -> bool:
    own = folder.resolve()
    if any(of == own and process.poll() is None for of, process in _RUNNING):
        return True  # on a busy machine its beat may be late
    try:
        return time.time() - (making_of(folder) / _BEAT).stat().st_mtime < _DEAD_S
    except OSError:
        return False


def _work(told: dict[str, Any]) -> Work:
    def words(one: dict[str, str]) -> Words:
        return Words(one["ja"], one["en"])

    return Work(
        **{
            **told,
            "steps": tuple(map(words, told["steps"])),
            "told": tuple(map(words, told["told"])),
            "why": words(told["why"]) if told["why"] else None,
        }
    )
