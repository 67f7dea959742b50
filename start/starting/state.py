"""What one window tells another through the person's own folder (窓どうしの知らせ)."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from starting.locks import Lock, is_held

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Running:
    """What runs now (動いているもの).

    Attributes
    ----------
    server
        The process the window started; 0 while the environment is made.
    """

    folder: str
    version: str
    edition: str = ""
    server: int = 0
    address: str = ""


class State:
    """The files of one person's folder (自分の置き場所のファイル)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.window = folder / "window.lock"  # held by the window that stays open
        self.server = folder / "server.lock"  # handed to the server, where the system can
        self.running = folder / "running.json"
        self.asked_to_stop = folder / "stop"
        self.used = folder / "used.json"
        self.log = folder / "log.txt"

    def is_running(self) -> bool:
        """Say whether the window, or the server it left behind, is alive (動いているか)."""
        return is_held(self.window) or is_held(self.server)

    def begin(self) -> tuple[Lock, Lock] | None:
        """Return both locks, or ``None`` where another window has one (はじめる)."""
        window, server = Lock(self.window), Lock(self.server)
        if window.take():
            if server.take():
                self.asked_to_stop.unlink(missing_ok=True)
                self.running.unlink(missing_ok=True)
                return window, server
            window.let_go()
        return None

    def begin_window(self) -> Lock | None:
        """Return the window's lock alone, where no window has it (窓の錠)."""
        window = Lock(self.window)
        return window if window.take() else None

    def read_running(self) -> Running | None:
        """Return what the window wrote, if it is whole (読む)."""
        found = _read(self.running)
        with suppress(TypeError):
            return Running(**found) if found else None
        return None

    def write_running(self, running: Running) -> None:
        """Say what runs (書く)."""
        _write(self.running, asdict(running))

    def read_used(self) -> tuple[str, str]:
        """Return version and edition of the newest ever used here, or empty texts."""
        found = _read(self.used)
        return str(found.get("version", "")), str(found.get("edition", ""))

    def write_used(self, version: str, edition: str) -> None:
        """Keep which was used (使った版を残す)."""
        _write(self.used, {"version": version, "edition": edition})


def is_older(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Say whether one version and edition came before another; what is not known did not.

    Examples
    --------
    >>> is_older(("0.9.0", ""), ("0.10.0", "")), is_older(("1.0", "2026-01"), ("1.0", "2026-02"))
    (True, True)
    >>> is_older(("1.0", ""), ("1.0", "2026-02")), is_older(("1.0", ""), ("", ""))
    (False, False)
    """
    mine, its = _numbers(one[0]), _numbers(other[0])
    if mine != its:
        return mine < its
    return bool(one[1] and other[1]) and one[1] < other[1]


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(file: Path, content: dict[str, Any]) -> None:
    part = file.with_name(f".{file.name}.part")
    part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    os.replace(part, file)  # noqa: PTH105 - as everywhere: whole, or not at all
