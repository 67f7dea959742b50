"""Unpack a backup, trusting nothing in it (控えをほどく)."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Final

from geo.base.private import close_all, make_own_folder, open_own
from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.manifest import (
    MANIFEST,
    PHOTO,
    RECIPE,
    REGISTER,
    TOWN,
    Manifest,
    Member,
    is_towns,
    named_files,
    parse_manifest,
    say_part,
)
from surveys.store.register import FILE, FOLDER, PHOTOS
from surveys.store.seal import check_seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_BLOCK: Final = 1 << 20
_LONGEST_LIST: Final = 256 << 20
_LONGEST_RECIPE: Final = 1 << 20
# Deflate shrinks no more than 1,032 times; a real backup no more than some tens of times.
_MOST_SHRUNK: Final = 300
_SMALL: Final = 50 << 20


def unpack_backup(file: Path, new: Path) -> tuple[Manifest, tuple[str, ...]]:
    """Unpack a backup into a folder that is not there yet; return what it left inside (控えをほどく).

    Every part has the size and the fingerprint its list says; nothing is written elsewhere,
    and never more than the list says. A file no town has, hidden or a program, is not unpacked.
    All is its owner's alone.

    Raises
    ------
    InputError
        When the file cannot be read, is another program's, or damaged; the words say which part.
    """
    try:
        opened = file.open("rb")
    except OSError as error:
        raise InputError(
            Words(
                f"控え {file} を開けません（{error.strerror}）。場所を確かめてください",
                f"cannot open the backup {file} ({error.strerror}): check the place",
            )
        ) from None
    with opened as raw:
        check_seal(file)
        try:
            archive = zipfile.ZipFile(raw)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise InputError(
                Words(
                    f"{file} は、途中で切れているか、控えのファイルではありません（終わりの目次が読めません）。"
                    "写し直すか、別の控えを使ってください",
                    f"{file} is cut off, or no backup (the directory at its end cannot be read):"
                    " copy it again or use another",
                )
            ) from None
        with archive:
            manifest = _manifest(archive)
            _check_sizes(archive, manifest, file.stat().st_size, new)
            named, left = _named_by_recipe(archive, manifest), []
            for member in manifest.members:
                if member.name.startswith(TOWN) and not is_towns(member.name, named):
                    left.append(member.name.removeprefix(TOWN))
                else:
                    _extract(archive, member, new / _place(member.name))
    (new / FOLDER / PHOTOS).mkdir(parents=True, exist_ok=True)
    close_all(new)
    return manifest, tuple(left)


def _named_by_recipe(archive: zipfile.ZipFile, manifest: Manifest) -> frozenset[str]:
    name = TOWN + RECIPE
    if not any(one.name == name for one in manifest.members):
        return frozenset()
    parts: list[bytes] = []
    _read(archive, name, parts.append, _LONGEST_RECIPE)
    return frozenset(named_files(b"".join(parts)))


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    names = archive.namelist()
    if MANIFEST not in names:
        raise InputError(
            Words(
                f"控えの目録（{MANIFEST}）がありません。かよいマップの控えではないようです",
                f"it has no list of contents ({MANIFEST}): it seems to be no backup of ours",
            )
        )
    if archive.getinfo(MANIFEST).file_size > _LONGEST_LIST:
        raise damaged(MANIFEST)
    parts: list[bytes] = []
    _read(archive, MANIFEST, parts.append, _LONGEST_LIST)
    manifest = parse_manifest(b"".join(parts))
    listed = {MANIFEST, *(one.name for one in manifest.members)}
    foreign = sorted(set(names) - listed)
    if foreign or len(set(names)) != len(names):
        which = foreign[0] if foreign else next(one for one in names if names.count(one) > 1)
        raise InputError(
            Words(
                f"控えに、目録にない物（{which[:80]!r}）が入っています。使いません",
                f"the backup holds something its list does not name ({which[:80]!r}); not used",
            )
        )
    for name in sorted(listed - set(names)):
        part = say_part(name)
        raise InputError(
            Words(
                f"控えの{part.ja}がありません。別の控えを使ってください",
                f"{part.en} is missing from the backup: use another",
            )
        )
    return manifest


def _check_sizes(archive: zipfile.ZipFile, manifest: Manifest, packed: int, new: Path) -> None:
    for member in manifest.members:
        info = archive.getinfo(member.name)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.file_size != member.size or info.is_dir() or kind not in (0, stat.S_IFREG):
            raise damaged(member.name)
    total = sum(one.size for one in manifest.members)
    if total > max(_SMALL, packed * _MOST_SHRUNK):
        raise InputError(
            Words(
                "控えの中身が、ファイルの大きさにくらべて大きすぎます。使いません",
                "what the backup unpacks to is far too large for the file; not used",
            )
        )
    make_own_folder(new)
    if total > shutil.disk_usage(new).free:
        raise InputError(
            Words(
                f"ディスクの空きが足りません。{total >> 20:,} MB 要ります",
                f"the disk has not room enough: {total >> 20:,} MB are needed",
            )
        )


def _place(name: str) -> str:
    if name == REGISTER:
        return f"{FOLDER}/{FILE}"
    return f"{FOLDER}/{name}" if PHOTO.fullmatch(name) else name.removeprefix(TOWN)


def _extract(archive: zipfile.ZipFile, member: Member, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()

    def take(block: bytes) -> None:
        digest.update(block)
        into.write(block)

    with open_own(path, new=True) as into:
        _read(archive, member.name, take, member.size)
        into.flush()
        os.fsync(into.fileno())
        size = into.tell()
    if digest.hexdigest() != member.sha256 or size != member.size:
        raise damaged(member.name)


def _read(
    archive: zipfile.ZipFile, name: str, take: Callable[[bytes], object], longest: int
) -> None:
    """Read a part block by block, never more than it says it has."""
    left = longest
    try:
        source: IO[bytes] = archive.open(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        raise damaged(name) from None
    with source:
        while True:
            try:
                block = source.read(_BLOCK)
            except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError):
                raise damaged(name) from None
            if not block:
                return
            left -= len(block)
            if left < 0:
                raise damaged(name)
            take(block)


def damaged(name: str) -> InputError:
    """Return the error that names a damaged part (こわれた部分を言う)."""
    part = say_part(name)
    return InputError(
        Words(
            f"控えの{part.ja}がこわれています。写し直すか、別の控えを使ってください。何も戻していません",
            f"{part.en} in the backup is damaged: copy it again or use another; nothing was restored",
        )
    )
