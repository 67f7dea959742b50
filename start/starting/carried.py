"""What the folder beside this one holds, and which version it is (フォルダの中身)."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starting.telling import StoppedError

if TYPE_CHECKING:
    from pathlib import Path

WHEELS: Final = "wheels"
NOTE: Final = "carry.json"
_SYSTEMS: Final = {"win32": "windows", "darwin": "mac", "linux": "linux"}
_NAMES: Final = {"windows": "Windows", "mac": "Mac", "linux": "Linux"}
_MACHINES: Final = {"x86_64", "amd64", "arm64"}


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A folder somebody unpacked (広げたフォルダ).

    Attributes
    ----------
    wheel
        The app, built; ``None`` where the folder holds the app's own source.
    whole
        Whether every part is here, so that no internet is needed.
    edition
        When it was made, as text that sorts; empty where nobody wrote it down.
    files
        What `make carry` put beside, by name, with the sha256 of each.
    """

    folder: Path
    version: str
    edition: str = ""
    wheel: Path | None = None
    whole: bool = False
    system: str = ""
    pythons: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()


def read_carried(folder: Path) -> Carried:
    """Return what is in the folder.

    Raises
    ------
    StoppedError
        When it is not whole.
    """
    wheels = folder / WHEELS
    app = sorted(wheels.glob("kayoi_map-*.whl"))
    if not app and not (folder / "pyproject.toml").is_file():
        raise _torn(folder / WHEELS)
    if not (folder / "constraints.txt").is_file():
        raise _torn(folder / "constraints.txt")
    note = _read_note(wheels / NOTE)
    return Carried(
        folder=folder,
        version=app[-1].name.split("-")[1] if app else _version_of_source(folder),
        edition=str(note.get("edition", "")),
        wheel=app[-1] if app else None,
        whole=bool(note.get("whole", len(list(wheels.glob("*.whl"))) > len(app) + 1)),
        system=str(note.get("system", "")),
        pythons=tuple(note.get("pythons", ())),
        files=tuple(sorted(dict(note.get("files", {})).items())),
    )


def check_fits(
    carried: Carried,
    *,
    system: str = sys.platform,
    python: tuple[int, ...] = sys.version_info[:2],
    machine: str = "",
) -> None:
    """See that what is carried is for this system, machine and Python.

    Raises
    ------
    StoppedError
        When it is for another.
    """
    here = _SYSTEMS.get(system, system)
    if carried.system and carried.system != here:
        wanted, now = _NAMES.get(carried.system, carried.system), _NAMES.get(here, here)
        raise StoppedError(
            f"このフォルダは {wanted} 用です。この機械は {now} です。\n"
            f"{now} 用のものを、渡してくれた人に頼んでください。",
            f"This folder is for {wanted}, and this machine runs {now}.\n"
            f"Ask whoever gave it to you for the one for {now}.",
        )
    machine = (machine or platform.machine()).lower()
    if carried.whole and carried.system and machine not in _machines_of(carried.system):
        raise StoppedError(
            f"このフォルダの部品は、この機械（{machine}）では動きません。\n"
            "この機械用のものを、渡してくれた人に頼んでください。",
            f"The parts in this folder do not run on this machine ({machine}).\n"
            "Ask whoever gave it to you for others.",
        )
    now = ".".join(map(str, python))
    if carried.whole and carried.pythons and now not in carried.pythons:
        listed = "・".join(carried.pythons)
        raise StoppedError(
            f"このフォルダは Python {listed} 用です。この機械の Python は {now} です。\n"
            f"Python {carried.pythons[-1]} を入れてから（no-python.txt）、もう一度はじめてください。",
            f"This folder is for Python {', '.join(carried.pythons)}; this machine has {now}.\n"
            f"Install Python {carried.pythons[-1]} (see no-python.txt), then start again.",
        )


def _machines_of(system: str) -> set[str]:
    return {"arm64"} if system == "mac" else {"x86_64", "amd64"}


def check_whole(carried: Carried) -> None:
    """See that every file came along undamaged.

    Raises
    ------
    StoppedError
        When one is missing or another than it was.
    """
    for name, wanted in carried.files:
        file = carried.folder / WHEELS / name
        if not file.is_file() or hash_file(file) != wanted:
            raise _torn(file)


def _torn(file: Path) -> StoppedError:
    return StoppedError(
        f"フォルダの中身がそろっていません。なかったか、こわれていたもの：\n{file}\n"
        "zip なら「すべて展開」をしてから、広げたフォルダの中のものをダブルクリックしてください。\n"
        "USB メモリなら、もう一度コピーしてください。",
        f"The folder is not whole. Missing or broken:\n{file}\n"
        "If it is a zip, choose Extract All, and double-click inside the extracted folder.\n"
        "If it came on a stick, copy it again.",
    )


def hash_file(file: Path) -> str:
    """Return a file's sha256 (ファイルの指紋)."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def make_stamp(carried: Carried, python: tuple[int, ...] = sys.version_info[:2]) -> str:
    """Return what changes when the environment has to be made anew (環境の版)."""
    digest = hashlib.sha256(repr((python, sys.platform, carried.whole)).encode())
    folder = carried.folder
    files = [folder / "constraints.txt"]
    if carried.wheel:
        files.append(carried.wheel)
    else:
        digest.update(str(folder).encode())  # installed where it lies
        assets = folder / "layers" / "assets"
        files += [
            folder / "pyproject.toml",
            assets / "package-lock.json",
            assets / "hatch_build.py",
        ]
        files += sorted(one for one in (assets / "src").rglob("*") if one.is_file())
    for file in files:
        digest.update(file.name.encode() + b"\0" + hash_file(file).encode())
    return digest.hexdigest()[:12]


def _read_note(file: Path) -> dict[str, Any]:
    try:
        note = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _torn(file) from error
    if not isinstance(note, dict):
        raise _torn(file)
    return note


def _version_of_source(folder: Path) -> str:
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
