"""Look at a file with the eyes of every reader there is (ファイルを見る)."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.sheets.book import TABLE_ENDINGS, is_table_zip
from geo.sources.get.kept import RECORD
from geo.sources.heights.heights import KINDS as HEIGHT_ENDINGS
from layers.inspected.for_addresses import look_at_addresses
from layers.inspected.for_register import as_records
from layers.inspected.for_walking import as_heights, as_streets, is_streets
from layers.inspected.licences import find_licence
from layers.inspected.maps import MAP_ENDINGS, look_at_map
from layers.inspected.seen import UNKNOWN, Seen, Use, neither
from layers.inspected.tables import look_at_table

if TYPE_CHECKING:
    from collections.abc import Callable

_WITH_SHP: Final = (
    ".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qmd", ".qml", ".qpj", ".xml",
)  # fmt: skip
_BESIDE: Final = (
    "attributes.csv",
    "config.yml",
    "readme.md",
    "readme.txt",
    "license",
    "licence.txt",
    RECORD,
)
_MOST: Final = 200_000_000  # bytes
_LONGEST: Final = 60  # signs of a name; file systems hold 255 bytes
_COMPANION = Words(
    "シェープファイルの一部（.shp といっしょに使います）", "part of a shapefile, used with its .shp"
)
_NOTES = Words("ほかのファイルの説明", "notes on the files beside it")
_GTFS = Words("バスの時刻と停留所（GTFS）", "bus timetables and stops (GTFS)")


def look_at(path: Path) -> Seen:
    """Return what a file is, where it lies and what it is good for here (ファイルの見立て).

    Nothing is kept and nothing is taken; each use is what the reader that would take it says.
    """
    path = Path(path)
    size = path.stat().st_size
    if size == 0:
        return Seen(file=path.name, size=0, kind=Words("空のファイル", "an empty file"))
    if size > _MOST and not is_streets(path):
        return Seen(
            file=path.name, size=size, kind=UNKNOWN,
            traps=(Words("大きすぎます（200 MB まで）", "too large (at most 200 MB)"),),
        )  # fmt: skip
    found = _look(path, size)
    licence = find_licence(path, found)
    return found if licence is None else replace(found, licence=licence)


def look_at_bytes(data: bytes, name: str) -> Seen:
    """Return what a file that was handed in is (渡されたファイルの見立て).

    Parameters
    ----------
    name
        What it is called; only its last part counts.
    """
    with TemporaryDirectory() as folder:
        # A name of its own, so that nothing is guessed from where it lies for a moment.
        inside = Path(folder) / "-"
        inside.mkdir()
        path = inside / (re.split(r"[\\/]", name)[-1].lstrip(".")[-_LONGEST:] or "file")
        path.write_bytes(data)
        return look_at(path)


def _look(path: Path, size: int) -> Seen:
    name, ending = path.name.casefold(), path.suffix.casefold()
    if name in _BESIDE:
        return Seen(file=path.name, size=size, kind=_NOTES, beside=True)
    if name.endswith(_WITH_SHP) and _has_shape(path):
        return Seen(file=path.name, size=size, kind=_COMPANION, beside=True)
    addresses = look_at_addresses(path, size)
    if addresses is not None:
        return addresses
    reader = _READERS.get(ending, _streets if is_streets(path) else _other)
    return reader(path, size)


def _other(path: Path, size: int) -> Seen:
    """Return what no reader here takes, with what the register's says of it."""
    told = as_records(path)
    return neither(path, size, (told,) if isinstance(told, Words) else ())


def _has_shape(path: Path) -> bool:
    stem = path.name.split(".")[0]
    return any(path.with_name(stem + one).exists() for one in (".shp", ".SHP"))


def _streets(path: Path, size: int) -> Seen:
    use, box = as_streets(path)
    words = Words("道の地図（OpenStreetMap など）", "streets (OpenStreetMap or alike)")
    if isinstance(use, Use):
        return Seen(file=path.name, size=size, kind=words, box=box, uses=(use,))
    return Seen(file=path.name, size=size, kind=UNKNOWN, traps=(use,))


def _heights(path: Path, size: int) -> Seen:
    use, box = as_heights(path)
    if isinstance(use, Use):
        return Seen(file=path.name, size=size, kind=Words("標高", "heights"), box=box, uses=(use,))
    return neither(path, size, (use,))


def _zip(path: Path, size: int) -> Seen:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one.casefold().rpartition("/")[2] for one in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError):
        return neither(path, size, (Words("zip としてこわれています", "a broken zip"),))
    if "stops.txt" in names:
        return _feed(path, size)
    shapefiles = sum(one.endswith(".shp") for one in names)
    if shapefiles == 1:
        return look_at_map(path, size)
    if shapefiles:
        heights, _ = as_heights(path)
        several = Words(
            f"シェープファイルが{shapefiles}つ入っています。使うものだけを取り出して渡してください",
            f"holds {shapefiles} shapefiles; take out the one to be used",
        )
        return Seen(
            file=path.name, size=size, kind=Words("いくつものファイルの zip", "a zip of several files"),
            uses=(heights,) if isinstance(heights, Use) else (), traps=(several,),
        )  # fmt: skip
    if is_table_zip(path.read_bytes()):
        return look_at_table(path, size)
    return _heights(path, size)


def _feed(path: Path, size: int) -> Seen:
    stops = as_records(path)
    if isinstance(stops, Use):
        return Seen(file=path.name, size=size, kind=_GTFS, uses=(stops,))
    return Seen(file=path.name, size=size, kind=_GTFS, missing=(stops,))


def _gpkg(path: Path, size: int) -> Seen:
    seen = _streets(path, size)
    return seen if seen.uses else look_at_map(path, size)


_READERS: Final[dict[str, Callable[[Path, int], Seen]]] = {
    **dict.fromkeys(TABLE_ENDINGS, look_at_table),
    **dict.fromkeys(MAP_ENDINGS, look_at_map),
    **dict.fromkeys(HEIGHT_ENDINGS, _heights),
    ".gpkg": _gpkg,
    ".zip": _zip,
}
