"""That a backup was made is noted beside the register, for who asks how old the last is (控えの覚え)."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from geo.base.files import save_text
from geo.base.private import close
from geo.base.problems import InputError
from surveys.store.manifest import MANIFEST, parse_manifest
from surveys.store.register import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTE: Final = "backup.json"
# Of zips beside the town, so many of the newest are opened; of a manifest, so many bytes are read.
_MOST: Final = 30
_LARGEST: Final = 8_000_000


def note_backup(folder: Path, file: Path, at: str) -> None:
    """Note when a town was backed up, and where to; no backup fails by it (控えを覚える).

    Parameters
    ----------
    at
        The moment, as the backup's own manifest tells it.
    """
    note = folder / FOLDER / NOTE
    with suppress(OSError, InputError):  # a folder that can only be read
        save_text(note, json.dumps({"at": at, "file": str(file.absolute())}, ensure_ascii=False))
        close(note)


def last_noted(folder: Path) -> datetime | None:
    """Return when a town was last backed up, as it was noted; ``None`` for never (覚えた控え)."""
    try:
        told = json.loads((folder / FOLDER / NOTE).read_text(encoding="utf-8"))
        return _moment(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def last_beside(folder: Path) -> datetime | None:
    """Return when the newest backup that lies in a town's folder, or beside it, was made (そばの控え)."""
    return max(_beside(folder.resolve()), default=None)


def _beside(folder: Path) -> Iterator[datetime]:
    found: list[tuple[float, Path]] = []
    for place in (folder,) if _has_neighbour(folder) else (folder, folder.parent):
        with suppress(OSError):
            found += [(one.stat().st_mtime, one) for one in place.glob("*.zip")]
    for _, one in sorted(found, reverse=True)[:_MOST]:
        with (
            suppress(OSError, BadZipFile, KeyError, InputError, ValueError, NotImplementedError),
            ZipFile(one) as archive,
            archive.open(MANIFEST) as file,
        ):
            yield _moment(parse_manifest(file.read(_LARGEST)).made_at)


def _has_neighbour(folder: Path) -> bool:
    """Say whether another town lies beside: a backup there may be of either."""
    with suppress(OSError):
        return any(one != folder and (one / FOLDER).is_dir() for one in folder.parent.iterdir())
    return True


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
