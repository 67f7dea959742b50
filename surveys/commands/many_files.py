"""A file for each type: in a folder, or in a zip asked for by name (種類ごとのファイル)."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from geo.base.files import fresh_folder
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sheets.book import is_table_zip
from surveys.commands.shared import save_export
from surveys.formats.format import FORMATS, dump_all, dump_files
from surveys.formats.parts.declare import pack_files
from surveys.formats.raw.gtfs import is_gtfs_zip
from surveys.formats.raw.shapefile import is_shapefile_zip
from surveys.formats.raw.table import MAX_BYTES
from surveys.record.veil import NO_AREAS
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from geo.base.words import Lang
    from surveys.formats.parts.declare import Sites

_ZIP: Final = ".zip"


def save_all(
    path: Path,
    format_id: str,
    sites: Sites,
    *,
    lang: Lang,
    made_at: str,
    exact: bool = False,
    areas: Mapping[str, str] = NO_AREAS,
) -> None:
    """Write several types: one file where the format holds them, else a file each (まとめて書く).

    A file each goes into a folder called `path`, or into a zip when `path` ends so.

    Raises
    ------
    InputError
        A name that promises one file, of a format that cannot hold several types.
    """
    form = FORMATS[format_id]
    if path.suffix.casefold() == _ZIP:
        files = dump_files(format_id, sites, lang=lang, made_at=made_at, exact=exact, areas=areas)
        save_export(path, pack_files(files))
        return
    if form.dump_many is not None:
        data, _ = dump_all(format_id, sites, lang=lang, made_at=made_at, exact=exact, areas=areas)
        save_export(path, data)
        return
    if path.suffix and not path.is_dir():
        raise InputError(
            Words(
                f"{form.suffix} の1つのファイルには、1つの種類しか入りません。--out に、フォルダの名前か"
                f" {path.with_suffix(_ZIP).name} を書いてください",
                f"one {form.suffix} file holds one type; give --out a folder's name or "
                f"{path.with_suffix(_ZIP).name}",
            )
        )
    files = dump_files(format_id, sites, lang=lang, made_at=made_at, exact=exact, areas=areas)
    if not path.exists():
        fresh_folder(path)
    for name, data in files.items():
        save_export(path / name, data)


def read_one(path: Path, type_id: str) -> tuple[str, bytes]:
    """Return the name and bytes of a file, or of the type's file in a folder or zip (一つを読む).

    Raises
    ------
    InputError
        The folder or zip has no file of the type, or it is too large.
    """
    names = [f"{type_id}{form.suffix}" for form in FORMATS.values()]
    if path.is_dir():
        found = next((path / name for name in names if (path / name).is_file()), None)
        if found is None:
            raise _no_file(path, names)
        return found.name, found.read_bytes()
    data = path.read_bytes()
    if path.suffix.casefold() != _ZIP or not zipfile.is_zipfile(io.BytesIO(data)):
        return path.name, data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {one.filename: one for one in archive.infolist()}
        name = next((name for name in names if name in held), None)
        if name is None and (is_shapefile_zip(data) or _is_list_zip(data, held)):
            return path.name, data
        if name is None:
            raise _no_file(path, names)
        if held[name].file_size > MAX_BYTES:
            raise InputError(
                Words(
                    f"{path.name} の {name} が大きすぎます", f"{name} in {path.name} is too large"
                )
            )
        return name, archive.read(name)


def _is_list_zip(data: bytes, held: Collection[str]) -> bool:
    """Say whether a zip is somebody's list or bus feed, not files by type as export writes them."""
    ours = {f"{type_}{form.suffix}" for type_ in RECORD_TYPES for form in FORMATS.values()}
    return not ours & set(held) and (is_gtfs_zip(data) or is_table_zip(data))


def _no_file(path: Path, names: list[str]) -> InputError:
    listed = "、".join(names)
    return InputError(
        Words(
            f"{path.name} の中に、この種類のファイル（{listed} のどれか）がありません",
            f"{path.name} holds no file of this type (one of {', '.join(names)})",
        )
    )
