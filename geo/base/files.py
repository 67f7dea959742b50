"""Files written so that a crash leaves the old or the new one, never half (安全に書く)."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

# A map may be several files of one stem; attributes.csv names its opaque columns.
_NAMES = "attributes.csv"
_NAMED = (".shp", ".tab", ".mif", ".gpkg", ".geojson", ".fgb")
_BESIDE = {
    ".shp": (".shx", ".dbf", ".prj", ".cpg"),
    ".graphml": ("-features.gpkg",),
    ".asc": (".prj",),
    ".tab": (".dat", ".map", ".id", ".ind"),
    ".mif": (".mid",),
}


def save_bytes(path: Path, content: bytes) -> None:
    """Write a file whole: beside it first, then in its place (まるごと書く).

    Raises
    ------
    InputError
        When `path` is a folder or a device.
    """
    if not path.name or (path.exists() and not path.is_file()):
        raise InputError(
            Words(
                f"「{path}」には書けません。ファイル名を渡してください",
                f"cannot write {path}: give a file's name",
            )
        )
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:  # also when the process is told to stop
        part.unlink(missing_ok=True)
        raise


def save_text(path: Path, text: str) -> None:
    """Write a UTF-8 text file whole (文字のファイルを書く)."""
    save_bytes(path, text.encode())


def hash_file(path: Path) -> str:
    """Return a file's SHA-256 in hex (ファイルの指紋)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_source(path: Path, folder: Path) -> Path:
    """Copy a source file, and what belongs to it, into `folder` (出典を手元に写す).

    A file of the same name that is already there and differs gets a numbered folder beside
    it, so that nothing is overwritten.

    Raises
    ------
    InputError
        When the file is not there or cannot be read.
    """
    if not path.is_file():
        raise InputError(Words(f"ファイル {path} がありません", f"there is no file {path}"))
    number, target = 1, folder / path.name
    while target.exists() and hash_file(target) != hash_file(path):
        number += 1
        target = folder / str(number) / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        for each in (path, *_find_beside(path)):
            copy = target.with_name(each.name)
            if not copy.exists() or not copy.samefile(each):
                shutil.copyfile(each, copy)
    except OSError as error:
        raise InputError(
            Words(f"{path} を写せません: {error}", f"cannot copy {path}: {error}")
        ) from None
    return target


def _find_beside(path: Path) -> list[Path]:
    """Return the files that belong to one, in whatever case their endings are."""
    ending = path.suffix.lower()
    wanted = {f"{path.stem}{end}".casefold() for end in _BESIDE.get(ending, ())}
    wanted |= {_NAMES} if ending in _NAMED else set()
    there = sorted(path.parent.iterdir()) if wanted else []
    return [one for one in there if one.name.casefold() in wanted and one.is_file()]


@contextmanager
def whole_or_nothing(folder: Path) -> Iterator[None]:
    """Leave no new file in a folder when what is done in it fails (できなければ何も残さない).

    Files that were there stay as they are; a folder that was not there is gone again.
    """
    begun = [one for one in (folder, *folder.parents) if not one.exists()]
    before = set(folder.rglob("*")) if folder.exists() else set()
    try:
        yield
    except BaseException:
        if begun:
            shutil.rmtree(begun[-1], ignore_errors=True)
        else:
            # Deepest first, so that a new folder is empty when its turn comes.
            for one in sorted(set(folder.rglob("*")) - before, reverse=True):
                if one.is_dir() and not one.is_symlink():
                    one.rmdir()
                else:
                    one.unlink(missing_ok=True)
        raise


def fresh_folder(path: Path) -> Path:
    """Return an empty folder at `path`, whatever was there (空のフォルダ)."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return Path(path)
