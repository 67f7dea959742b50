"""Heights of the ground from the files they are handed out in (標高のファイル)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.heights.ascii import parse_ascii_grid
from geo.sources.heights.gsi import parse_gsi
from geo.sources.heights.hgt import parse_hgt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.relief.grid import HeightGrid, Window

GSI_NAME: Final = "基盤地図情報 数値標高モデル"
# 国土地理院コンテンツ利用規約: the source, and that it was worked on, are to be told.
GSI_CREDIT: Final = "国土地理院 基盤地図情報（数値標高モデル）を加工して作成"
KINDS: Final = (".tif", ".tiff", ".hgt", ".xml", ".asc", ".zip")

_MB: Final = 1 << 20
_MOST_BYTES: Final = 2048 * _MB
_MOST_MEMBER: Final = 512 * _MB  # of one file in a zip, which is read into memory
_MOST_TEXT: Final = 128 * _MB  # of one file; a DEM10B sheet is 20 MB
_MOST_HGT: Final = 2 * 3601 * 3601
_MOST_FILES: Final = 5000  # 50 sheets of the second order, a hundred files each
_DEEP: Final = 2  # a download of 国土地理院 is a zip of zips
_GSI: Final = re.compile(r"FG-GML-.*?(DEM\d+[A-Z]?)(?:-(\d{4})(\d{2})(\d{2}))?", re.IGNORECASE)
# Measured by laser, from aerial photographs, later ones, and from contour lines: best first.
_BEST_FIRST: Final = ("DEM1A", "DEM5A", "DEM5B", "DEM5C", "DEM10A", "DEM10B")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeightSource:
    """What the names of a file's sheets tell of where it comes from (標高の出典).

    Attributes
    ----------
    name, credit
        To be printed; "" where the file does not tell.
    date
        Of the newest sheet, YYYY-MM-DD, or "".
    """

    name: str = ""
    credit: str = ""
    date: str = ""


def tell_source(path: Path) -> HeightSource:
    """Return what a height file's names tell of its source (標高の出典を名前から知る).

    Only 国土地理院's own names (``FG-GML-5238-67-00-DEM5A-20250908.xml``) are known, of the
    file or of what a zip holds.
    """
    found = [match for name in _names(path) if (match := _GSI.search(name))]
    if not found:
        return HeightSource()
    dates = sorted("-".join(match.groups()[1:]) for match in found if match[2])
    kinds = sorted({match[1].upper() for match in found})
    return HeightSource(
        name=f"{GSI_NAME} {'・'.join(kinds)}", credit=GSI_CREDIT, date=dates[-1] if dates else ""
    )


def load_heights(path: Path, window: Window) -> list[HeightGrid]:
    """Read the heights of a town from a file (標高を読む).

    Parameters
    ----------
    path
        GeoTIFF (``.tif``), SRTM (``.hgt``), 基盤地図情報 数値標高モデル (``.xml``), ESRI ASCII
        grid in degrees, or with its ``.prj`` beside it (``.asc``), or a ``.zip`` of any of
        these, or of such zips.
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
    if path.suffix.lower() != ".zip":
        return _read(path.name, path, window)
    grids: list[HeightGrid] = []
    told = False
    for name, content in _sheets(path):
        told = True
        grids += _read(name, content, window)
    if not told:
        raise InputError(
            Words(
                f"{path.name} の中に標高のファイルがありません（{' '.join(KINDS[:-1])} を入れてください）",
                f"{path.name} holds no file of heights ({' '.join(KINDS[:-1])})",
            )
        )
    return grids


def _read(name: str, content: Path | bytes, window: Window) -> list[HeightGrid]:
    kind = PurePosixPath(name).suffix.lower()
    if kind in {".tif", ".tiff"}:
        from geo.sources.heights.tiff import load_geotiff  # noqa: PLC0415 - 0.4 s, GeoTIFF only

        return load_geotiff(name, content, window)
    if kind == ".hgt":
        return parse_hgt(name, _bytes(name, content, _MOST_HGT), window)
    if kind == ".xml":
        return parse_gsi(name, _bytes(name, content, _MOST_TEXT), window)
    if kind == ".asc":
        beside = content.with_suffix(".prj") if isinstance(content, Path) else None
        frame = _bytes(name, beside, _MB) if beside and beside.is_file() else None
        return parse_ascii_grid(name, _bytes(name, content, _MOST_TEXT), frame, window)
    raise InputError(
        Words(
            f"標高の {name} は読めない形式です。{' '.join(KINDS)} のどれかで用意してください",
            f"the heights {name} are of a format that is not read; use {' '.join(KINDS)}",
        )
    )


def _bytes(name: str, content: Path | bytes, most: int) -> bytes:
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if size > most:
        raise _too_large(name)
    return content if isinstance(content, bytes) else content.read_bytes()


def _names(path: Path) -> list[str]:
    """Return the file's name, and those of what it holds if it is a zip."""
    if path.suffix.lower() != ".zip":
        return [path.name]
    try:
        with zipfile.ZipFile(path) as archive:
            return [path.name, *sorted(archive.namelist())[:_MOST_FILES]]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return [path.name]  # `load_heights` says what is wrong with it


def _sheets(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the height files in a zip, the best measured first."""
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
) -> Iterator[tuple[str, bytes]]:
    wanted = [one for one in archive.infolist() if _is_sheet(one.filename) and not one.is_dir()]
    for one in sorted(wanted, key=lambda one: (_rank(one.filename), one.filename)):
        room[0], room[1] = room[0] - one.file_size, room[1] - 1
        if min(room) < 0 or one.file_size > _MOST_MEMBER:
            raise _too_large(where)
        with archive.open(one) as file:
            content = file.read(one.file_size)
        name = PurePosixPath(one.filename.replace("\\", "/")).name
        if PurePosixPath(name).suffix.lower() != ".zip":
            yield name, content
        elif deep > 1:
            with zipfile.ZipFile(io.BytesIO(content)) as inner:
                yield from _members(name, inner, room, deep - 1)


def _is_sheet(name: str) -> bool:
    kind = PurePosixPath(name).suffix.lower()
    return bool(_GSI.search(name)) if kind == ".xml" else kind in KINDS


def _rank(name: str) -> int:
    match = _GSI.search(name)
    kind = match[1].upper() if match else ""
    return _BEST_FIRST.index(kind) if kind in _BEST_FIRST else len(_BEST_FIRST)


def _too_large(name: str) -> InputError:
    return InputError(
        Words(
            f"標高の {name} は大きすぎます。街のまわりだけを切り出してください",
            f"the heights {name} are too large; cut out the surroundings of the town",
        )
    )
