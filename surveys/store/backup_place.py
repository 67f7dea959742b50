"""Where backups of a register go, and when the last was made (控えの置き場所)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.backup import save_backup
from surveys.store.engine import reading, writing
from surveys.store.looking import PLACE_KEY
from surveys.store.tables import SETTING

if TYPE_CHECKING:
    from surveys.store.manifest import Summary
    from surveys.store.register import Register

_KEY: Final = PLACE_KEY
_NAME: Final = "kayoi-{day}.zip"
_NAMED: Final = re.compile(r"kayoi-\d{8}(-\d+)?\.zip")


def read_place(register: Register) -> Path | None:
    """Return the folder chosen for backups, ``None`` where nobody chose (控えの場所)."""
    with reading(register.engine) as connection:
        told = connection.scalar(select(SETTING.c.value).where(SETTING.c.key == _KEY))
    return Path(told["folder"]) if isinstance(told, dict) and told.get("folder") else None


def keep_place(register: Register, folder: Path, town: Path) -> None:
    """Choose where backups go (控えの場所をきめる).

    Raises
    ------
    InputError
        It is no folder, or lies in the town's own: lost together, both would be gone.
    """
    place = folder.expanduser().resolve()
    if not folder.is_absolute() or not place.is_dir():
        raise InputError(
            Words(
                f"「{folder}」というフォルダはありません。先につくるか、USBメモリなどをつないでください",
                f"there is no folder {folder}; make it first, or plug the stick in",
            )
        )
    if place.is_relative_to(town.resolve()):
        raise InputError(
            Words(
                "街のフォルダの中には置けません。いっしょになくなるからです。別の所を選んでください",
                "not within the town's own folder: both would be lost together; choose another place",
            )
        )
    with writing(register.engine) as connection:
        connection.execute(delete(SETTING).where(SETTING.c.key == _KEY))
        connection.execute(insert(SETTING).values(key=_KEY, value={"folder": str(place)}))


def find_last(place: Path) -> datetime | None:
    """Return when the last backup in a folder was made, in UTC; ``None`` for none (前の控え)."""
    try:
        found = [one.stat().st_mtime for one in place.iterdir() if _NAMED.fullmatch(one.name)]
    except OSError:
        return None
    return datetime.fromtimestamp(max(found), UTC) if found else None


def save_there(town: Path, place: Path, *, day: str, now: str) -> tuple[Path, Summary]:
    """Back a town's records up into the folder chosen; return the file (そこに控えをとる).

    Parameters
    ----------
    day
        ``20261202``, for the name; a second one of a day has a number.

    Raises
    ------
    InputError
        As `surveys.store.backup.save_backup`; or the folder is gone.
    """
    if not place.is_dir():
        raise InputError(
            Words(
                f"控えの場所「{place}」が見つかりません。USBメモリなどをつないでください",
                f"the place for backups, {place}, is not there; plug the stick in",
            )
        )
    number, file = 1, place / _NAME.format(day=day)
    while file.exists():
        number += 1
        file = place / _NAME.format(day=f"{day}-{number}")
    return file, save_backup(town, file, now=now)
