"""Put a backup back, every part of it looked at first (控えから戻す)."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.problems import InputError
from geo.base.settings import DATABASE_URL
from geo.base.words import Words
from surveys.store.checking import check_files, check_rows, count_rows, wanted_photos
from surveys.store.copying import copy_rows, differing_tables, fold_journal
from surveys.store.disk import disk_in_words
from surveys.store.engine import open_engine, reading, writing
from surveys.store.field_tables import ACCOUNT
from surveys.store.manifest import MANIFEST
from surveys.store.register import FILE, FOLDER, PHOTOS
from surveys.store.remaking import remake_register
from surveys.store.unpacking import damaged, unpack_backup

if TYPE_CHECKING:
    from pathlib import Path

    from surveys.store.manifest import Manifest, Summary


def restore_backup(file: Path, out: Path, *, url: str | None = None) -> Summary:
    """Put a backup into a folder and return what it held (控えから戻す).

    All is unpacked beside `out` and looked through: sizes, fingerprints, the database, of whose
    rows a new one is made (`surveys.store.remaking`), every site folded anew. Only then it is put
    in place, by one renaming. Nothing of it may be opened by others on the machine.

    Parameters
    ----------
    out
        A folder that holds no register yet. A town that was built there keeps its own recipe.
    url
        ``DATABASE_URL`` when ``None``. A PostgreSQL database, which must hold no records, takes
        the rows; the photos go to `out`.

    Raises
    ------
    InputError
        When the file is damaged (the words say which part), another program's or of a newer
        release, when `out` or the database holds records, or the disk fails. Nothing is put in
        place then.
    """
    url = url or DATABASE_URL.read() or None
    _check_out(out, url)
    new = out.absolute().with_name(f".{out.absolute().name}.restoring")
    with disk_in_words(out):
        shutil.rmtree(new, ignore_errors=True)
        try:
            manifest, left = unpack_backup(file, new)
            left += remake_register(new / FOLDER / FILE)
            looked = _look(new / FOLDER / FILE, manifest)
            kept = _finish(new, out.absolute(), url)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return replace(
        manifest.summary(), faults=looked.faults, accounts=looked.accounts, left_out=left,
        town_kept=kept,
    )  # fmt: skip


def _check_out(out: Path, url: str | None) -> None:
    if url and url.startswith("sqlite"):
        raise InputError(
            Words(
                f"{DATABASE_URL.name} を外してから戻してください。台帳は {out} に置きます",
                f"unset {DATABASE_URL.name} first: the register is put into {out}",
            )
        )
    if out.exists() and not out.is_dir():
        raise InputError(Words(f"「{out}」はフォルダではありません", f"{out} is no folder"))
    shelf = out / FOLDER
    if shelf.is_dir() and any(one.is_file() for one in shelf.rglob("*")):
        raise InputError(
            Words(
                f"{out} には、もう台帳があります。別の空のフォルダを選んでください",
                f"{out} holds a register already: choose another, empty folder",
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What was found in the register that was made anew: faults its list told, accounts."""

    faults: tuple[Words, ...]
    accounts: tuple[str, ...]


def _look(path: Path, manifest: Manifest) -> _Looked:
    engine = open_engine(f"sqlite:///{path}")
    try:
        photos = path.parent / PHOTOS
        kept = [one for one in photos.rglob("*") if one.suffix in {".jpg", ".bin"}]
        found = (
            *check_rows(engine),
            *check_files(wanted_photos(engine), {one.stem for one in kept}),
        )
        with reading(engine) as connection:
            accounts = connection.scalars(
                select(ACCOUNT.c.name)
                .where(ACCOUNT.c.disabled_at.is_(None))
                .order_by(ACCOUNT.c.name)
            )
            looked = _Looked(faults=found, accounts=tuple(accounts))
            pictures = sum(one.suffix == ".jpg" for one in kept)
            counted = {**count_rows(connection), "photos": pictures}
    finally:
        engine.dispose()
    fold_journal(path)
    if counted != dict(manifest.counts):
        raise damaged(MANIFEST)
    told = {one.en for one in manifest.faults}
    for words in found:
        if words.en not in told:
            raise InputError(
                Words(
                    f"控えの台帳が合いません: {words.ja}。別の控えを使ってください。何も戻していません",
                    f"the register in the backup does not fit: {words.en}; use another backup;"
                    " nothing was restored",
                )
            )
    return looked


def _finish(new: Path, out: Path, url: str | None) -> bool:
    if url is None:
        return _put(new, out)
    engine = open_engine(url)
    path = new / FOLDER / FILE
    copy = open_engine(f"sqlite:///{path}")
    try:
        with reading(copy) as source, writing(engine) as target:
            copy_rows(source, target)
            differing = differing_tables(source, target)
            if differing:
                raise InputError(
                    Words(
                        f"データベースに写した表（{'・'.join(differing)}）が控えとちがいます。何も戻していません",
                        f"tables came out otherwise ({', '.join(differing)}); nothing was restored",
                    )
                )
            copy.dispose()
            for end in ("", "-wal", "-shm"):
                path.with_name(path.name + end).unlink(missing_ok=True)
            # The rows are committed after this: photos without rows do no harm.
            return _put(new, out)
    finally:
        engine.dispose()
        copy.dispose()


def _put(new: Path, out: Path) -> bool:
    """Put what was unpacked in its place; return whether the recipe there was left as it is."""
    if not out.exists() or not any(out.iterdir()):
        if out.exists():
            out.rmdir()
        new.rename(out)
        _sync(out.parent)
        return False
    kept = (out / "town.toml").exists()
    for one in sorted(new.iterdir(), key=lambda path: path.name == FOLDER):
        there = out / one.name
        if one.name == FOLDER:
            shutil.rmtree(there, ignore_errors=True)  # empty folders, as was checked
        if not there.exists():
            one.rename(there)
    _sync(out)
    return kept


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
