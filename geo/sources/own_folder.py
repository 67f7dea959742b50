"""The folder a town is kept in where nobody named one: the person's own (ふだんのフォルダ)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from geo.base.files import save_text
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.editions import DATA, is_ready
from geo.sources.recipe import RECIPE

HOME: Final = "KayoiMap"
_TOLD: Final = "folder.txt"
# What a folder may hold and still be ours to make a town in.
_OURS: Final = frozenset({"making", "register", "sources", "cache", ".next", "editions", _TOLD})


def default_folder(home: Path | None = None) -> Path:
    """Return the folder chosen before, else the usual one under the person's home (ふだんのフォルダ)."""
    usual = (home or Path.home()) / HOME
    try:
        told = (usual / _TOLD).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return usual
    return Path(told) if told and Path(told).is_dir() else usual


def keep_folder(folder: Path, home: Path | None = None) -> None:
    """Let a folder be the one that is opened where none is named (つぎからのフォルダ)."""
    usual = (home or Path.home()) / HOME
    usual.mkdir(parents=True, exist_ok=True)
    save_text(usual / _TOLD, f"{folder}\n")


def holds_town(folder: Path) -> bool:
    """Say whether a folder holds a town, also one that is being put in its place (街があるか)."""
    return (folder / DATA / "town.json").is_file() or is_ready(folder)


def check_home(folder: Path) -> Path:
    """Return a folder a town may be kept in, as its whole path (街を置けるフォルダか).

    Raises
    ------
    InputError
        It is a file, or holds other things than a town's.
    """
    folder = folder.expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise InputError(
            Words(f"{folder} はフォルダではありません", f"{folder} is no folder"),
        )
    if not folder.exists() or holds_town(folder) or (folder / RECIPE).is_file():
        return folder
    others = sorted(one.name for one in folder.iterdir() if one.name not in _OURS)
    if others:
        raise InputError(
            Words(
                f"{folder} には、ほかのものが入っています（{others[0]} など）。空のフォルダを選んでください",
                f"{folder} holds other things ({others[0]}); choose an empty folder or a new name",
            )
        )
    return folder
