"""Where things lie: the app's folder, and this person's own on this machine (置き場所)."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starting.telling import StoppedError

if TYPE_CHECKING:
    from collections.abc import Mapping

APP: Final = Path(__file__).resolve().parents[2]
# Measured: the environment, and what pip unpacks on the way.
NEEDED_MB: Final = 1_500
# Windows without its long paths; measured: below this folder the longest path is 178 long.
LONGEST_ON_WINDOWS: Final = 259 - 180


def own_folder(system: str = sys.platform, environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder for the environment and for what runs (自分の置き場所).

    On this machine and this person's, so that the app may lie on a stick or a shared drive. No
    town and no record is ever in it.
    """
    found = os.environ if environment is None else environment
    home = Path(found.get("HOME") or Path.home())
    if system == "win32":
        return Path(found.get("LOCALAPPDATA") or home / "AppData" / "Local") / "KayoiMap"
    if system == "darwin":
        return home / "Library" / "Application Support" / "KayoiMap"
    data = Path(found.get("XDG_DATA_HOME") or "")
    return (data if data.is_absolute() else home / ".local" / "share") / "kayoi-map"


def open_own(folder: Path) -> Path:
    """Make the folder, and see that it can be written to.

    Raises
    ------
    StoppedError
        When it cannot be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f"probe-{os.getpid()}"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise StoppedError(
            f"このフォルダに書けません： {folder}\n"
            f"（{error.strerror or error}）\n"
            "ディスクがいっぱいでないか、このフォルダに書く許可があるかを、機械の係の人に聞いてください。",
            f"This folder cannot be written to: {folder}\n"
            f"({error.strerror or error})\n"
            "See whether the disk is full; ask whoever looks after this machine for leave to write.",
        ) from error
    return folder


def check_room(folder: Path, free_mb: int | None = None, system: str = sys.platform) -> None:
    """See that an environment has room, and a path short enough.

    Raises
    ------
    StoppedError
        When it has not.
    """
    free = shutil.disk_usage(folder).free // 2**20 if free_mb is None else free_mb
    if free < NEEDED_MB:
        raise StoppedError(
            f"ディスクのあきが足りません。{NEEDED_MB:,}MB 要りますが、あきは {free:,}MB です。\n"
            f"（{folder} のあるディスク）\n"
            "ごみ箱を空にするか、要らないファイルを移してから、もう一度はじめてください。",
            f"The disk is too full: {NEEDED_MB:,} MB are needed and {free:,} MB are free.\n"
            f"(the disk of {folder})\n"
            "Empty the bin or move files away, then start again.",
        )
    if system == "win32" and len(str(folder)) > LONGEST_ON_WINDOWS:
        raise StoppedError(
            f"フォルダの名前が長すぎます： {folder}\n"
            "環境変数 LOCALAPPDATA を短いフォルダにするよう、機械の係の人に頼んでください。",
            f"The folder's name is too long: {folder}\n"
            "Ask whoever looks after this machine to set LOCALAPPDATA to a shorter folder.",
        )
