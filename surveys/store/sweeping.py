"""Files of writes that were stopped: gone once nobody can be writing them (書きかけを片づける)."""

from __future__ import annotations

import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from surveys.photos.keep import PhotoShelf
from surveys.store.register import FOLDER, PHOTOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A whole photo or file takes seconds; another command may be at work in the folder.
OLD_S: Final = 3_600
_OF_PHOTOS: Final = re.compile(r"\.[0-9a-f]{64}(\.thumb)?\.(jpg|bin)\.[0-9a-f]{16}\.part")
_OF_BODIES: Final = re.compile(r"[0-9a-f]{32}\.part")
_OF_FILES: Final = re.compile(r"\.[^.].*\.part")
# Where we write files whole; what lies elsewhere, or deeper, is none of ours to delete.
_ROOMS: Final = (".", "data", "cache", "sources", "making", FOLDER)


def sweep_parts(folder: Path, *, now: float) -> int:
    """Delete what stopped writes left in a town's folder, and return how many files (片づける).

    Only files under the names our own writes begin with, older than an hour; no link is followed.

    Parameters
    ----------
    now
        Seconds since 1970, as the file system counts them.
    """
    swept = 0
    for path in _find_parts(folder):
        with suppress(OSError):
            found = path.lstat()
            # One of the future, by a clock that was ahead, waits until its hour has come.
            if stat.S_ISREG(found.st_mode) and now - found.st_mtime > OLD_S:
                path.unlink()
                swept += 1
    return swept


def _find_parts(folder: Path) -> Iterator[Path]:
    photos = PhotoShelf(folder / FOLDER / PHOTOS)
    rooms = [(photos.arriving, _OF_BODIES)]
    for shelf in (photos.folder, photos.waiting.folder):
        rooms += [(one, _OF_PHOTOS) for one in _folders(shelf)]
    rooms += [(folder / one, _OF_FILES) for one in _ROOMS]
    for room, name in rooms:
        with suppress(OSError):
            yield from [one for one in room.iterdir() if name.fullmatch(one.name)]


def _folders(shelf: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(one for one in shelf.glob("[0-9a-f][0-9a-f]") if not one.is_symlink())
    return []
