"""Heights of the ground from the files they are handed out in (標高のファイル)."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.registry import find_entries
from geo.base.words import Words
from geo.sources.declare import HeightFormat, HeightTold
from geo.sources.heights.sheet import HeightSheet, refuse_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.relief.grid import HeightGrid, Window

HEIGHTS: Final[dict[str, HeightFormat]] = find_entries(
    "geo.sources.heights", "SOURCE", beside=("heights", "sheet", "text_tiles", "tiff")
)
KINDS: Final = tuple(ending for one in HEIGHTS.values() for ending in one.endings)

_ZIP: Final = ".zip"
_MB: Final = 1 << 20
_MOST_BYTES: Final = 2048 * _MB
_MOST_MEMBER: Final = 512 * _MB  # of one file in a zip, which is read into memory
_MOST_FILES: Final = 5000  # 50 sheets of the second order, a hundred files each
_DEEP: Final = 2  # a download of 国土地理院 is a zip of zips
_UNRANKED: Final = 1000


def tell_source(path: Path) -> HeightTold:
    """Return what a height file's names tell of its source (標高の出典を名前から知る).

    Of the file, or of what a zip holds.
    """
    names = _names(path)
    for one in HEIGHTS.values():
        told = one.tell(names) if one.tell is not None else None
        if told is not None:
            return told
    return HeightTold()


def load_heights(path: Path, window: Window) -> list[HeightGrid]:
    """Read the heights of a town from a file (標高を読む).

    Parameters
    ----------
    path
        Of one of `HEIGHTS`, or a ``.zip`` of any of these, or of such zips.
    window
        West, south, east, north of the town in degrees; what lies outside is not kept.

    Returns
    -------
        Grids in order of preference: in one zip, sheets that were measured better come
        first, else by name. Empty when the file holds nothing within the window.

    Raises
    ------
    InputError
        When the file is of another kind, broken, too large, or has no place on Earth.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(Words(f"標高のファイル {path} がありません", f"there is no file {path}"))
    if path.suffix.lower() != _ZIP:
        return _read(HeightSheet(name=path.name, content=path), window)
    grids: list[HeightGrid] = []
    told = False
    for sheet in _sheets(path):
        told = True
        grids += _read(sheet, window)
    if not told:
        raise InputError(
            Words(
                f"{path.name} の中に標高のファイルがありません（{' '.join(KINDS)} を入れてください）",
                f"{path.name} holds no file of heights ({' '.join(KINDS)})",
            )
        )
    return grids


def _read(sheet: HeightSheet, window: Window) -> list[HeightGrid]:
    found = _format_of(sheet.name)
    if found is not None:
        return found.read(sheet, window)
    kinds = " ".join((*KINDS, _ZIP))
    raise InputError(
        Words(
            f"標高の {sheet.name} は読めない形式です。{kinds} のどれかで用意してください",
            f"the heights {sheet.name} are of a format that is not read; use {kinds}",
        )
    )


def _format_of(name: str) -> HeightFormat | None:
    kind = PurePosixPath(name).suffix.lower()
    return next((one for one in HEIGHTS.values() if kind in one.endings), None)


def _names(path: Path) -> list[str]:
    """Return the file's name, and those of what it holds if it is a zip."""
    if path.suffix.lower() != _ZIP:
        return [path.name]
    try:
        with zipfile.ZipFile(path) as archive:
            return [path.name, *sorted(archive.namelist())[:_MOST_FILES]]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return [path.name]  # `load_heights` says what is wrong with it


def _sheets(path: Path) -> Iterator[HeightSheet]:
    """Yield the height files in a zip, the best measured first."""
    room = [_MOST_BYTES, _MOST_FILES]
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _members(path.name, archive, room, _DEEP)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
    ) as error:  # fmt: skip
        raise InputError(
            Words(f"{path.name} を解凍できません: {error}", f"cannot unzip {path.name}: {error}")
        ) from None


def _members(
    where: str, archive: zipfile.ZipFile, room: list[int], deep: int
) -> Iterator[HeightSheet]:
    wanted = [one for one in archive.infolist() if _is_sheet(one.filename) and not one.is_dir()]
    for one in sorted(wanted, key=lambda one: (_rank(one.filename), one.filename)):
        room[0], room[1] = room[0] - one.file_size, room[1] - 1
        if min(room) < 0 or one.file_size > _MOST_MEMBER:
            raise refuse_large(where)
        with archive.open(one) as file:
            content = file.read(one.file_size)
        name = PurePosixPath(one.filename.replace("\\", "/")).name
        if PurePosixPath(name).suffix.lower() != _ZIP:
            yield HeightSheet(name=name, content=content)
        elif deep > 1:
            with zipfile.ZipFile(io.BytesIO(content)) as inner:
                yield from _members(name, inner, room, deep - 1)


def _is_sheet(name: str) -> bool:
    if PurePosixPath(name).suffix.lower() == _ZIP:
        return True
    found = _format_of(name)
    return found is not None and (found.knows is None or bool(found.knows(name)))


def _rank(name: str) -> int:
    told = (one.rank(name) for one in HEIGHTS.values() if one.rank is not None)
    return min((one for one in told if one is not None), default=_UNRANKED)
