"""Files that were carried here, taken in as if they had been fetched (持って来た資料を受けとる)."""

from __future__ import annotations

import errno
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.files import copy_source, hash_file
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.get.declared import ADDRESSES, fill
from geo.sources.get.download import disk_full
from geo.sources.get.got import KINDS, Got, Missing
from geo.sources.get.kept import RECORD, load_record, save_record, told_file
from geo.sources.get.town import PARTS
from geo.sources.where.declared import FILE_KINDS, Lies

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.sources.get.declared import Table
    from geo.sources.get.kept import Record

    Recognise = Callable[[Path, Listed], "Recognised"]

_MOST: Final = 2_000  # files of a stick
_INSTEAD: Final = {"people": ("people", "mesh")}
_HIDDEN: Final = (".", "~", "$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a file was seen to be (見分けた資料).

    Attributes
    ----------
    kind
        An id of ``where.toml``; "" of one that is of no use here.
    words
        What it is, or why it is of no use.
    column
        Of areas: the column with their names.
    beside
        Whether it only belongs to a file beside it, which takes it along.
    """

    kind: str
    words: Words
    column: str = ""
    beside: bool = False


def take_from(  # noqa: PLR0913 - each is named
    city: Listed,
    source: Path,
    into: Path,
    *,
    recognise: Recognise,
    today: date,
    say: Callable[[Words], None],
    stop: Callable[[], bool] = lambda: False,
    table: Table = ADDRESSES,
) -> Got:
    """Take the files of a folder that a town can be made of; they are copied (資料を受けとる).

    Each is known by what it holds, whatever it is called. Parameters not told here are those of
    `geo.sources.get.town.fetch_town`.

    Parameters
    ----------
    source
        A folder, such as a stick's; its folders are looked into.
    recognise
        Told a file; `layers.getting.eyes.recognise` has every reader's eyes.

    Raises
    ------
    InputError
        When there is no such folder, it holds too many files, the folder `into` is another
        municipality's, or the disk is full.
    """
    record = load_record(into, city)
    into.mkdir(parents=True, exist_ok=True)
    stopped = False
    for path in _files(source, into):
        if stop():
            stopped = True
            break
        if any(one.sha256 == hash_file(path) for one in record.files):
            continue
        seen = recognise(path, city)
        if seen.beside:
            continue
        say(Words(f"{path.name}: {seen.words.ja}", f"{path.name}: {seen.words.en}"))
        if seen.kind:
            record = _take(path, into, seen, record, city, today, table)
    return Got(
        city=city, folder=into, files=record.files, missing=missing_of(record), stopped=stopped
    )


def missing_of(record: Record) -> tuple[Missing, ...]:
    """Return which kinds a folder has not, with what holds without each (足りない資料)."""
    there = {one.kind for one in record.files}
    return tuple(
        Missing(kind=FILE_KINDS[one], words=FILE_KINDS[one].without)
        for one in KINDS
        if there.isdisjoint(_INSTEAD.get(one, (one,)))
    )


def _take(
    path: Path, into: Path, seen: Recognised, record: Record, city: Listed, today: date, table: Table
) -> Record:  # fmt: skip
    if not (into / path.name).exists() or not path.samefile(into / path.name):
        try:
            _copy(path, into)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise disk_full() from error
            raise
    place, day = _place_of(path.name, seen.kind, city, table)
    on = today.isoformat()
    file = told_file(
        into / path.name, seen.kind, place, address="", on=on, date=day, column=seen.column
    )
    record = record.with_file(file)
    save_record(into, record)
    return record


def _copy(path: Path, into: Path) -> None:
    """Copy a file with what belongs to it, so that none is there in half."""
    if shutil.disk_usage(into).free < 2 * path.stat().st_size:
        raise disk_full()
    parts = into / PARTS / "copy"
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True)
    copy_source(path, parts)
    for one in sorted(parts.iterdir(), key=lambda one: one.name == path.name):
        one.replace(into / one.name)
    parts.rmdir()
    if not any(parts.parent.iterdir()):
        parts.parent.rmdir()


def _place_of(name: str, kind: str, city: Listed, table: Table) -> tuple[str, str]:
    """Return which place hands out files of such a name, and their data's day; "" for neither."""
    for one in table.addresses:
        if one.kind.id == kind and name == fill(one.file, city, table):
            return one.id, one.date
    lies = Lies(prefecture=city.prefecture, city=city.name)
    for place in FILE_KINDS[kind].places:
        form = re.sub("〔[^〕]*〕", "*", lies.fill(place.file, "ja")).removesuffix(" など")
        pattern = re.escape(form).replace(r"\*", ".+")
        if re.fullmatch(pattern, name):
            return place.id, ""
    return "", ""


def _files(source: Path, into: Path) -> list[Path]:
    if not source.is_dir():
        raise InputError(Words(f"フォルダ {source} がありません", f"there is no folder {source}"))
    parts = (into / PARTS).resolve()
    found = []
    for path in sorted(source.rglob("*")):
        hidden = path.name.startswith(_HIDDEN) or path.resolve().is_relative_to(parts)
        if path.is_file() and not hidden and path.name != RECORD:
            found.append(path)
        if len(found) > _MOST:
            raise InputError(
                Words(
                    f"{source} のファイルが多すぎます（{_MOST:,} まで）。資料だけのフォルダを渡してください",
                    f"{source} holds too many files (at most {_MOST:,}): give a folder of these alone",
                )
            )
    return found
