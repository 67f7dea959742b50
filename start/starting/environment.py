"""The environment the app runs in: made once, and anew when its parts change (環境)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from starting.carried import check_fits, check_whole, make_stamp
from starting.installing import Installing
from starting.places import check_room
from starting.telling import StoppedError

if TYPE_CHECKING:
    from pathlib import Path

    from starting.carried import Carried
    from starting.installing import Pause
    from starting.telling import Teller

MAKING: Final = "kayoi-making.txt"  # the first thing written: the folder is ours to take away
READY: Final = "kayoi-ready.json"  # the last: without it the environment is half-made
_KEPT: Final = 2  # this one, and the one before, to go back to


def find_ready(own: Path, carried: Carried) -> Path | None:
    """Return the environment's Python if it is whole and still runs (できている環境).

    A half-made one is not, nor one whose Python was taken off the machine, nor another version's.
    """
    stamp = make_stamp(carried)
    for folder in sorted(own.glob(f"env-{stamp}*")):
        python = python_of(folder)
        if _read_stamp(folder) == stamp and _runs(python):
            with suppress(OSError):
                os.utime(folder / READY)  # the one before is kept by this
            return python
    return None


def make_environment(own: Path, carried: Carried, teller: Teller, log: Path, pause: Pause) -> Path:
    """Make it, and return its Python (環境をつくる).

    Raises
    ------
    StoppedError
        When it cannot be made; what is there of it is taken away the next time.
    """
    check_fits(carried)
    check_room(own)
    _tell_what_comes(carried, teller)
    if carried.files:
        teller.tell("・持ってきた部品がそろっているか、確かめています …", "- checking the parts …")
        check_whole(carried)
    take_away_half_made(own)
    stamp = make_stamp(carried)
    folder = _free_name(own, f"env-{stamp}")
    try:
        folder.mkdir()
        (folder / MAKING).write_text("かよいマップの環境 / Kayoi Map\n", encoding="utf-8")
    except OSError as error:
        raise _no_environment(error.strerror or str(error)) from error
    teller.tell("・環境をつくっています …", "- making the environment …")
    # Debian's own Python makes one without pip only.
    made = subprocess.run(
        [sys.executable, "-E", "-s", "-m", "venv", "--without-pip", str(folder)],
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    log.write_text(made.stdout + made.stderr, encoding="utf-8")
    if made.returncode:
        raise _no_environment((made.stderr or made.stdout).strip()[-300:])
    python = python_of(folder)
    Installing(python, carried, teller, log, pause).install()
    (folder / READY).write_text(json.dumps({"stamp": stamp}), encoding="utf-8")
    ja, en = teller.so_far()
    teller.tell(f"・用意ができました（ここまで {ja}）", f"- ready ({en} so far)")
    return python


def _tell_what_comes(carried: Carried, teller: Teller) -> None:
    teller.tell(
        "はじめてなので、使えるように用意をします。ふつう2〜5分、ウイルス対策がきびしい機械では10分ほどです。\n"
        "次からは、すぐに始まります。管理者の許可は要りません。",
        "The first time, things are made ready: 2 to 5 minutes, or 10 with a slow antivirus.\n"
        "Later starts are quick. No administrator's leave is needed.",
    )
    if carried.whole:
        teller.tell("インターネットは使いません。", "No internet is used.")
    else:
        teller.tell(
            "部品をインターネットから取ります（合わせて250MBほど）。",
            "Parts are fetched from the internet (about 250 MB).",
        )


def _no_environment(why: str) -> StoppedError:
    return StoppedError(
        f"環境をつくれませんでした：\n{why}\n"
        "1分ほど待ってから、もう一度はじめてください。同じなら、Python を入れ直してください"
        "（no-python.txt）。",
        f"The environment could not be made:\n{why}\n"
        "Wait a minute and start again; if it stays so, install Python anew (no-python.txt).",
    )


def python_of(folder: Path) -> Path:
    """Return where an environment's Python lies (環境の Python)."""
    windows = sys.platform == "win32"
    return folder / ("Scripts/python.exe" if windows else "bin/python")


def take_away_half_made(own: Path) -> None:
    """Take away environments nobody finished; only folders with our own mark (作りかけを片づける)."""
    for folder in own.glob("env-*"):
        if (folder / MAKING).is_file() and not (folder / READY).is_file():
            shutil.rmtree(folder, ignore_errors=True)


def take_away_old(own: Path) -> None:
    """Take away environments of versions before the last (古い環境を片づける)."""
    whole = [one for one in own.glob("env-*") if (one / MAKING).is_file() and _read_stamp(one)]
    whole.sort(key=lambda one: (one / READY).stat().st_mtime, reverse=True)
    for folder in whole[_KEPT:]:
        (folder / READY).unlink(missing_ok=True)  # half-made from here on, whatever stays
        shutil.rmtree(folder, ignore_errors=True)


def _free_name(own: Path, name: str) -> Path:
    # One that could not be taken away, held by an antivirus, is left where it is.
    number = 0
    while (own / (name if not number else f"{name}-{number}")).exists():
        number += 1
    return own / (name if not number else f"{name}-{number}")


def _read_stamp(folder: Path) -> str:
    try:
        return str(json.loads((folder / READY).read_text(encoding="utf-8"))["stamp"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _runs(python: Path) -> bool:
    try:
        done = subprocess.run(
            [python, "-E", "-s", "-c", "import sys; print(sys.version_info[:2])"],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.stdout.strip() == str(tuple(sys.version_info[:2]))
