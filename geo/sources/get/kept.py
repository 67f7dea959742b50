"""What was fetched, when, from where and under which terms, in a small JSON beside the files (取り寄せの控え)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.files import hash_file, save_text
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.where.declared import FILE_KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.municipal.listed import Listed

RECORD: Final = "kayoi-get.json"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GotFile:
    """A file that came and was looked at (届いたファイル).

    Attributes
    ----------
    kind, place
        Ids of ``where.toml``; the place is "" where nobody can tell where a file is from.
    file
        Its name in the folder.
    address
        Where it was fetched; "" of one that was brought.
    on
        The day it came, YYYY-MM-DD.
    date
        The data's own day, YYYY-MM-DD, or "".
    size, sha256
        Bytes, and its fingerprint.
    name, licence, credit
        To be printed with it; "" where each file has its own.
    column
        Of areas: the column with their names.
    """

    kind: str
    place: str
    file: str
    address: str
    on: str
    date: str
    size: int
    sha256: str
    name: str = ""
    licence: str = ""
    credit: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a folder of files holds (控え).

    Attributes
    ----------
    code
        Of the municipality.
    files
        In the order they came.
    """

    code: str
    files: tuple[GotFile, ...] = ()

    def with_file(self, file: GotFile) -> Record:
        """Return it with one more, in place of an earlier one of that name (ファイルを足す)."""
        others = tuple(one for one in self.files if one.file != file.file)
        return replace(self, files=(*others, file))


def told_file(
    path: Path, kind: str, place: str, *, address: str, on: str, date: str, column: str = ""
) -> GotFile:
    """Return what is kept of a file, with the terms and credit of its place (届いたファイルの控え)."""
    found = next((one for one in FILE_KINDS[kind].places if one.id == place), None)
    return GotFile(
        kind=kind, place=place, file=path.name, address=address, on=on, date=date,
        size=path.stat().st_size, sha256=hash_file(path),
        name=found.words.ja if found else "", licence=found.licence.ja if found else "",
        credit=found.credit if found else "", column=column,
    )  # fmt: skip


def load_record(folder: Path, city: Listed) -> Record:
    """Return what a folder holds of a town: files that are still there, unchanged (控えを読む).

    Raises
    ------
    InputError
        When the folder is of another municipality, or its record cannot be read.
    """
    record = _read(folder)
    if record is None:
        return Record(code=city.code)
    if record.code != city.code:
        raise InputError(
            Words(
                f"フォルダ {folder} には、ほかの市区町村（{record.code}）の資料が入っています。"
                "別のフォルダを --out で選んでください",
                f"the folder {folder} holds the files of another municipality ({record.code}); choose "
                "another with --out",
            )
        )
    return replace(record, files=tuple(one for one in record.files if is_whole(folder, one)))


def save_record(folder: Path, record: Record) -> None:
    """Write the record (控えを書く)."""
    told = {"format": _FORMAT, "code": record.code, "files": [asdict(one) for one in record.files]}
    save_text(folder / RECORD, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def is_whole(folder: Path, file: GotFile) -> bool:
    """Say whether a file is there as it came (ファイルがそのままあるか)."""
    path = folder / file.file
    there = path.is_file() and path.stat().st_size == file.size
    return there and hash_file(path) == file.sha256


def source_facts(path: Path) -> dict[str, str]:
    """Return name, date, licence and credit of a file as its folder's record tells (出典のことば).

    For the recipe of a town; empty where there is no record, or the file is not as it came.
    """
    try:
        record = _read(path.parent)
    except InputError:
        return {}
    found = next((one for one in record.files if one.file == path.name), None) if record else None
    if found is None or not is_whole(path.parent, found):
        return {}
    return {
        "name": found.name,
        "date": found.date or found.on,
        "licence": found.licence,
        "credit": found.credit,
    }


def _read(folder: Path) -> Record | None:
    path = folder / RECORD
    if not path.is_file():
        return None
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != _FORMAT:
            raise ValueError(told["format"])  # noqa: TRY301 - one refusal for all
        files = tuple(GotFile(**one) for one in told["files"])
        if any(not one.file or set(one.file) & set("/\\:") or one.file == ".." for one in files):
            raise ValueError("file")  # noqa: TRY301 - as above
        return Record(code=str(told["code"]), files=files)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            Words(
                f"控え {path} が読めません（{error}）。このファイルを消して、もう一度取り寄せてください",
                f"cannot read the record {path} ({error}): delete it and fetch again",
            )
        ) from None
