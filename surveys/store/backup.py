"""One file that holds all of a town's records, to be kept elsewhere (控え).

Inside: the register as one SQLite file, whichever database it lives in; every photo (thumbnails
are made again); the town's recipe with its sources, of which ``kayoi build`` makes the rest. A
town without a recipe has its data inside instead. See `surveys.store.restoring`.
"""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from sqlalchemy import make_url

from geo.base.private import open_own
from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.backup_note import note_backup
from surveys.store.checking import check_files, check_rows, count_rows, wanted_photos
from surveys.store.copying import fold_journal, save_copy
from surveys.store.disk import disk_in_words
from surveys.store.engine import open_engine, reading
from surveys.store.kept.kind import Files
from surveys.store.kept_order import kinds_in_order
from surveys.store.manifest import (
    MANIFEST,
    PHOTO,
    RECIPE,
    REGISTER,
    TOWN,
    Manifest,
    Member,
    Summary,
    dump_manifest,
    is_name,
    is_towns,
    named_files,
    say_part,
)
from surveys.store.register import open_register, register_url
from surveys.store.seal import BLANK, seal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.photos.keep import PhotoShelf
    from surveys.store.register import Register

_SOURCES: Final = "sources"
_DATA: Final = "data"
_BLOCK: Final = 1 << 20
# The smallest date a zip can hold: the same contents are the same bytes.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)


def save_backup(folder: Path, target: Path, *, url: str | None = None, now: str) -> Summary:
    """Write a town's records into one zip file and return what it holds (控えをとる).

    People may go on writing meanwhile: the register is copied as it is at one moment, and the
    photos it speaks of were on disk before that. A file that is there under the name is replaced
    only by a whole one.

    Parameters
    ----------
    now
        When it is made, for the manifest.

    Raises
    ------
    InputError
        When there is no register, or the file cannot be written; nothing is left of it then.
    """
    if not target.name or target.is_dir():
        raise InputError(
            Words(
                f"「{target}」はフォルダです。ファイル名を渡してください",
                f"{target} is a folder: give a file's name",
            )
        )
    register = open_kept(folder, url)
    copy = target.with_name(f".{target.name}.register.part")
    part = target.with_name(f".{target.name}.part")
    try:
        with disk_in_words(target):
            _drop(copy, part)
            # Fingerprints of passwords are inside.
            open_own(copy).close()
            save_copy(register.engine, copy)
            found = _look(copy)
            with open_own(part) as file:
                manifest = _write(file, folder, copy, register.photos, found, now)
            seal(part)
            part.replace(target)
            note_backup(folder, target, now)
    finally:
        register.engine.dispose()
        _drop(copy, part)
    return manifest.summary()


def open_kept(folder: Path, url: str | None = None) -> Register:
    """Return the register of a town that has one already; none is made (ある台帳を開く).

    Raises
    ------
    InputError
        When there is none.
    """
    where = make_url(url or register_url(folder))
    if where.get_backend_name() == "sqlite" and not Path(where.database or "").is_file():
        raise InputError(
            Words(
                f"{folder} に台帳がありません。街のフォルダを確かめてください",
                f"there is no register in {folder}: check the town's folder",
            )
        )
    return open_register(folder, url)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a copy of the register holds, and what is wrong in it."""

    faults: tuple[Words, ...]
    counts: dict[str, int]
    wanted: dict[str, int]


def _look(copy: Path) -> _Found:
    engine = open_engine(f"sqlite:///{copy}")
    try:
        with reading(engine) as connection:
            counts = count_rows(connection)
        found = _Found(
            faults=tuple(check_rows(engine)), counts=counts, wanted=wanted_photos(engine)
        )
    finally:
        engine.dispose()
    fold_journal(copy)
    return found


def _write(
    file: IO[bytes], folder: Path, copy: Path, shelf: PhotoShelf, found: _Found, now: str
) -> Manifest:
    members: list[Member] = []
    whole: set[str] = set()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        members.append(_add(archive, REGISTER, copy))
        members += [_add(archive, name, path) for name, path in _town_files(folder)]
        for name, data, sha256 in _kept_files(shelf):
            archive.writestr(_info(name, len(data), zipfile.ZIP_STORED), data)
            members.append(Member(name=name, size=len(data), sha256=sha256))
            whole.add(sha256)
        manifest = Manifest(
            made_at=now, members=tuple(members),
            counts={**found.counts, "photos": sum(map(_is_photo, members))},
            faults=(*found.faults, *check_files(found.wanted, whole)),
        )  # fmt: skip
        listed = dump_manifest(manifest)
        archive.writestr(_info(MANIFEST, len(listed), zipfile.ZIP_DEFLATED), listed)
        archive.comment = BLANK
    return manifest


def _is_photo(member: Member) -> bool:
    return bool(PHOTO.fullmatch(member.name)) and member.name.endswith(".jpg")


def _kept_files(shelf: PhotoShelf) -> Iterator[tuple[str, bytes, str]]:
    for kind in kinds_in_order():
        if isinstance(kind.backup, Files):
            yield from kind.backup.each(shelf)


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Member:
    if not is_name(name):
        part = say_part(name)
        raise InputError(
            Words(
                f"{part.ja}の名前は、控えに入れられません。名前をかえてください",
                f"the name of {part.en} cannot be in a backup: rename it",
            )
        )
    digest, size = hashlib.sha256(), 0
    info = _info(name, path.stat().st_size, zipfile.ZIP_DEFLATED)
    with path.open("rb") as source, archive.open(info, "w") as into:
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            into.write(block)
    return Member(name=name, size=size, sha256=digest.hexdigest())


def _info(name: str, size: int, compressed: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _NO_DATE)
    info.file_size, info.compress_type = size, compressed
    info.create_system, info.external_attr = 3, 0o100644 << 16  # a plain file of Unix
    return info


def _town_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the recipe and all it names, else the data made without one."""
    recipe = folder / RECIPE
    if not recipe.is_file():
        found = _files(folder / _DATA)
    else:
        # A recipe that cannot be read is kept as it is.
        named = [folder / one for one in named_files(recipe.read_bytes())]
        named = [one for one in named if one.resolve().is_relative_to(folder.resolve())]
        found = {recipe, *(one for one in named if one.is_file()), *_files(folder / _SOURCES)}
    for path in sorted(found):
        plain = path.relative_to(folder).as_posix()
        # What a restore would leave inside, such as a desk's own hidden files, is not taken along.
        if is_towns(TOWN + plain, {plain}):
            yield TOWN + plain, path


def _files(folder: Path) -> set[Path]:
    return {one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()}


def _drop(*files: Path) -> None:
    for file in files:
        for end in ("", "-wal", "-shm", "-journal"):
            file.with_name(file.name + end).unlink(missing_ok=True)
