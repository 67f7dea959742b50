"""Files and folders nobody else on the machine may open (ほかの利用者に見せないファイル)."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
# Not through a link somebody left there.
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


def open_own(path: Path, *, new: bool = False) -> IO[bytes]:
    """Open a file to write bytes to that is its owner's alone from the first moment (自分だけのファイル).

    Parameters
    ----------
    new
        Whether one that is there already is an error.
    """
    how = os.O_EXCL if new else 0
    # Empty until it is closed to others.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | how | _NO_LINK, FILE_MODE))
    close(path)
    return path.open("wb")


def make_own_folder(folder: Path) -> None:
    """Make a folder that is its owner's alone; those above it as the system makes them (自分だけのフォルダ).

    One that is there is closed to others.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    close(folder.resolve())  # it may be a link to another disk


def close(path: Path) -> None:
    """Let nobody but its owner into a file or folder (閉じる).

    One of another owner, or on a disk that knows no rights, stays as it is, as a link does.
    """
    with suppress(OSError):
        found = path.lstat().st_mode
        if stat.S_ISDIR(found):
            wanted = FOLDER_MODE
        elif stat.S_ISREG(found):
            wanted = FILE_MODE
        else:
            return
        if stat.S_IMODE(found) != wanted:
            path.chmod(wanted)


def close_all(folder: Path) -> None:
    """Close a folder and all inside it (中まで閉じる)."""
    close(folder)
    for at, folders, files in os.walk(folder):
        for name in (*folders, *files):
            close(folder.__class__(at) / name)
