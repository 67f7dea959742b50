"""A town's editions: the new one takes its place whole, the old ones are kept (街の版).

What was built waits in ``.next/`` and is put in its place by renames alone. Stopped between two of
them, the rest is done by whoever comes next: at no moment is a half-made town in its place.
"""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from geo.base.files import fresh_folder, hash_file, save_text
from geo.sources.recipe import RECIPE

if TYPE_CHECKING:
    from pathlib import Path

DATA: Final = "data"
EDITIONS: Final = "editions"
NEXT: Final = ".next"
_READY: Final = "ready"
_OLD: Final = "old"
_FORM: Final = "%Y%m%dT%H%M%SZ"
_PATIENCE_S: Final = 3.0
_STEP_S: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of a town that was replaced (前の版).

    Attributes
    ----------
    id
        The name of its folder in ``editions/``.
    folder
        With ``data/`` in it: `geo.sources.town_folder.load_town` reads it.
    built_at
        When it was built, ISO text in UTC.
    size
        Bytes.
    """

    id: str
    folder: Path
    built_at: str
    size: int


def begin_next(folder: Path) -> Path:
    """Return an empty ``.next/data`` for a town to be built into (つぎの版の入れもの)."""
    return fresh_folder(fresh_folder(folder / NEXT) / DATA)


def drop_next(folder: Path) -> None:
    """Throw away what was built and not put in its place (つぎの版をやめる)."""
    shutil.rmtree(folder / NEXT, ignore_errors=True)


def is_ready(folder: Path) -> bool:
    """Say whether a whole new edition waits to be put in its place (できて待っているか)."""
    return (folder / NEXT / _READY).is_file()


def finish_next(folder: Path, recipe: Path | None) -> None:
    """Say that what is in ``.next/`` is whole (できあがり).

    Parameters
    ----------
    recipe
        The recipe it was built from, moved along; None where it is the one that stands.
    """
    new = folder / NEXT
    if recipe is not None:
        recipe.replace(new / RECIPE)
    for one in sorted(new.rglob("*")):
        if one.is_file():
            _to_disk(one)
    save_text(new / _READY, "")


def take_next(folder: Path, *, keep: bool = True) -> None:
    """Put the edition that waits in its place, the one before it among the editions (入れ替える).

    Done again after a stop it goes on where it was.

    Parameters
    ----------
    keep
        Whether the one before is kept, where it differs at all.
    """
    new = folder / NEXT
    if not is_ready(folder):
        return
    if (new / DATA).is_dir():
        if (folder / DATA).is_dir():
            _set_aside(folder, keep=keep and not _same(new / DATA, folder / DATA))
        (new / DATA).replace(folder / DATA)
    if (new / RECIPE).is_file():
        (new / RECIPE).replace(folder / RECIPE)
    drop_next(folder)


def settle_next(folder: Path) -> None:
    """Finish what was stopped between two renames: then there is no town in its place (続きをする).

    Another process may be about it this very moment: it is given a little time first.
    """
    until = time.monotonic() + _PATIENCE_S
    while is_ready(folder) and not (folder / DATA).is_dir():
        if time.monotonic() > until:
            take_next(folder)
            return
        time.sleep(_STEP_S)


def list_editions(folder: Path) -> list[Edition]:
    """Return the editions kept, the last first (前の版の一覧)."""
    found = []
    for one in sorted((folder / EDITIONS).glob("*/data/town.json"), reverse=True):
        home = one.parents[1]
        built = datetime.fromtimestamp(one.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        size = sum(each.stat().st_size for each in home.rglob("*") if each.is_file())
        found.append(Edition(id=home.name, folder=home, built_at=built, size=size))
    return found


def home_of(folder: Path) -> Path:
    """Return the town's folder an edition is of; any other folder as it is (版のある街のフォルダ).

    Examples
    --------
    >>> from pathlib import Path
    >>> home_of(Path("/a/town/editions/20261121T010203Z")).as_posix(), home_of(Path("/a/town")).as_posix()
    ('/a/town', '/a/town')
    """
    return folder.parents[1] if folder.parent.name == EDITIONS else folder


def _set_aside(folder: Path, *, keep: bool) -> None:
    old = folder / DATA
    if not keep or not (old / "town.json").is_file():
        old.replace(_free(folder / NEXT, _OLD))
        return
    built = datetime.fromtimestamp((old / "town.json").stat().st_mtime, UTC).strftime(_FORM)
    home = _free(folder / EDITIONS, built)
    home.mkdir(parents=True)
    old.replace(home / DATA)


def _free(folder: Path, name: str) -> Path:
    """Return a path of that name that is not taken."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}"
    return path


def _same(one: Path, other: Path) -> bool:
    """Say whether two folders hold the same files to the byte."""
    names = [sorted(p.relative_to(f) for p in f.rglob("*") if p.is_file()) for f in (one, other)]
    return names[0] == names[1] and all(
        (one / name).stat().st_size == (other / name).stat().st_size
        and hash_file(one / name) == hash_file(other / name)
        for name in names[0]
    )


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
