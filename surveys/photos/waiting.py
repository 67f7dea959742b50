"""Uploads no program can open, each a file that waits for a person (開けない写真の置き場)."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from surveys.photos.on_disk import NO_ROOM, cannot_write, make_folder, sync_folder, write_whole
from surveys.record.cannot_keep import CannotKeepError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ID: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class WaitingShelf:
    """Files as they came, in subfolders by the first two digits of their fingerprint (置き場).

    Beside the database, not in it: of forty megabytes each, few would make it slow to copy.

    Attributes
    ----------
    folder
        Made when the first comes.
    """

    folder: Path

    def keep(self, id_: str, data: bytes | Path) -> None:
        """Keep an upload as it came; a file is moved here (預かる).

        When this returns, it is on disk.

        Raises
        ------
        CannotKeepError
            When the disk is full or may not be written.
        """
        path = self.path_of(id_)
        try:
            make_folder(path.parent)
            if isinstance(data, bytes):
                write_whole(path, data)
            else:
                _bring_to_disk(data)
                data.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            full = error.errno in NO_ROOM
            raise CannotKeepError(cannot_write(self.folder, error), full=full) from None

    def path_of(self, id_: str) -> Path:
        """Return where one is, there or not (場所).

        Raises
        ------
        ValueError
            When it is no fingerprint: no other path can be asked for.
        """
        if not _ID.fullmatch(id_):
            raise ValueError(id_)
        return self.folder / id_[:2] / f"{id_}.bin"

    def has(self, id_: str) -> bool:
        """Say whether one is here (あるか)."""
        return bool(_ID.fullmatch(id_)) and self.path_of(id_).is_file()

    def is_whole(self, id_: str) -> bool:
        """Say whether one is here and as it came, read block by block (もとのままか)."""
        if not self.has(id_):
            return False
        try:
            with self.path_of(id_).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == id_
        except OSError:
            return False

    def load(self, id_: str) -> bytes | None:
        """Return one's bytes, ``None`` when it is not here (読む)."""
        return self.path_of(id_).read_bytes() if self.has(id_) else None

    def ids(self) -> Iterator[str]:
        """Yield every one here, in order (すべての番号)."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*.bin")):
            if _ID.fullmatch(path.stem) and path.stem[:2] == path.parent.name:
                yield path.stem


def _bring_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
