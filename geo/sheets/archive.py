"""A zip, unpacked in memory within bounds: a workbook, or tables in it (中身を安全に取り出す)."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from typing import Final, NoReturn

from geo.base.delimited import refusal
from geo.base.problems import InputError

_MAX_MEMBERS: Final = 1_000
_MAX_UNPACKED: Final = 150_000_000
# Real workbooks shrink to a fifth or a twentieth; deflate can reach a thousandth.
_MAX_RATIO: Final = 200
_RATIO_FROM: Final = 5_000_000
_CHUNK: Final = 65_536
# Parsing costs some 2 µs a tag and a little less an attribute: 6 s at most.
_MAX_MARKS: Final = 3_000_000
# All but the cells is built as objects of 800 bytes at 14 µs a tag: 160 MB and 3 s at most.
_MAX_BUILT_MARKS: Final = 200_000
# Only what holds the tables: no pictures, macros, links to other files, pivots or charts.
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels"
    r"|xl/(?:_rels/)?workbook[^/]*\.xml(?:\.rels)?|xl/(?:sharedStrings|styles)[^/]*\.xml"
    r"|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_STRINGS = re.compile(r"xl/sharedStrings", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/", re.IGNORECASE)
_CELL_TAG = re.compile(rb"</?(?:[A-Za-z0-9]{1,9}:)?(?:row|c|v|f|is|t)[\s/>]")
_UTF8: Final = 0x800  # names are UTF-8
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def unpack_workbook(data: bytes, *, file: str) -> dict[str, bytes]:
    """Return the members of a workbook's zip that hold its tables (中身を取り出す).

    Raises
    ------
    InputError
        Broken, locked, too large unpacked, links or paths in it, or XML that declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, len(data), file)
            out: dict[str, bytes] = {}
            marks = built = total = 0
            for member in members:
                if not _KEPT.fullmatch(member.filename):
                    continue
                content = _read_member(archive, member, _MAX_UNPACKED - total, file)
                total += len(content)
                found, costly = _count_marks(member.filename, content)
                marks += found
                built += costly
                if marks > _MAX_MARKS or built > _MAX_BUILT_MARKS:
                    _refuse_size(file)
                _check_xml(content, file)
                out[member.filename] = content
    except BROKEN as error:
        if isinstance(error, InputError):
            raise
        raise refusal(
            file,
            "Excel のブックとして開けません。こわれているか切れています。Excel で開けたら「CSV UTF-8」で保存を",
            "cannot be opened as a workbook: broken or cut short; save it as “CSV UTF-8” if it opens",
        ) from error
    if "[Content_Types].xml" not in out:
        raise refusal(
            file,
            "圧縮ファイル（zip）ですが Excel のブックではありません。中の表を取り出して渡してください",
            "a zip but no Excel workbook; take the table out of it first",
        )
    return out


def read_tables(data: bytes, endings: tuple[str, ...], *, file: str) -> dict[str, bytes]:
    """Return the members of a zip whose names end so, what macOS lays beside them left out (表を取り出す).

    Raises
    ------
    InputError
        Broken, locked, too large unpacked, links or paths in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, len(data), file)
            out: dict[str, bytes] = {}
            left = _MAX_UNPACKED
            for member in members:
                name = member.filename.replace("\\", "/")
                hidden = name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
                if hidden or not name.casefold().endswith(endings):
                    continue
                shown = name if member.flag_bits & _UTF8 else _japanese(name)
                out[shown] = _read_member(archive, member, left, file)
                left -= len(out[shown])
    except BROKEN as error:
        if isinstance(error, InputError):
            raise
        raise refusal(
            file,
            "zip として開けません。こわれているか、途中で切れています。もう一度もらうか、つくり直してください",
            "cannot be opened as a zip: broken or cut short; get it again, or make it anew",
        ) from error
    return out


def _japanese(name: str) -> str:
    """Return a name as Windows wrote it, which zips without a mark take for a Western one."""
    try:
        return name.encode("cp437").decode("cp932")
    except UnicodeError:
        return name


def _is_zip(file: str) -> bool:
    """Say whether a person gave it as a zip, and not as a workbook, which is one within."""
    return file.casefold().endswith(".zip")


def _refuse_size(file: str) -> NoReturn:
    if _is_zip(file):
        raise refusal(
            file,
            "開くと大きすぎる圧縮ファイル（zip）です。中の要る表だけを取り出して渡してください",
            "a zip that unpacks to too much; take the table you need out of it and give that",
        )
    raise refusal(
        file,
        "開くと大きすぎるブックです。必要な行だけにして保存し直してください",
        "unpacks to too much; keep only the rows you need and save it again",
    )


def _check_members(members: list[zipfile.ZipInfo], packed: int, file: str) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > _MAX_MEMBERS or total > _MAX_UNPACKED:
        _refuse_size(file)
    if total > _RATIO_FROM and total > _MAX_RATIO * packed:
        _refuse_size(file)
    names = [member.filename for member in members]
    for member in members:
        name = member.filename.replace("\\", "/")
        link = stat.S_ISLNK(member.external_attr >> 16)
        if link or name.startswith("/") or ".." in name.split("/") or ":" in name:
            if _is_zip(file):
                raise refusal(
                    file,
                    "圧縮ファイル（zip）の中に、外を指す名前やリンクがあります。中の表を取り出して渡してください",
                    "this zip holds names or links that point outside; take the table out of it and give that",
                )
            raise refusal(
                file,
                "中に、外を指す名前やリンクがあります。Excel で開いて保存し直してください",
                "holds names or links that point outside; open it in Excel and save it again",
            )
        if member.flag_bits & 1:
            raise refusal(
                file,
                "パスワードがかかっています。外して保存し直してください",
                "is locked by a password; save it without",
            )
    if len(set(names)) != len(names):
        raise zipfile.BadZipFile("a name twice")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, file: str) -> bytes:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError("compression")
    parts: list[bytes] = []
    left = most
    # In small bites: what a member says of its own size may be a lie.
    with archive.open(member) as source:
        while part := source.read(_CHUNK):
            left -= len(part)
            if left < 0:
                _refuse_size(file)
            parts.append(part)
    return b"".join(parts)


def _count_marks(name: str, content: bytes) -> tuple[int, int]:
    """Return what a member costs to read, and how much of it becomes objects."""
    found = content.count(b"<") + content.count(b"/>") + content.count(b"=") // 4
    if _STRINGS.match(name):
        return 2 * found, 0
    if found > _MAX_MARKS or not _SHEET.match(name):
        return found, found
    return found, content.count(b"<") - sum(1 for _ in _CELL_TAG.finditer(content))


def _check_xml(content: bytes, file: str) -> None:
    if _DECLARED.search(content) or b"\x00" in content:
        raise refusal(
            file,
            "ブックの中に、安全に読めない宣言があります。Excel で開いて保存し直してください",
            "its XML declares entities or is not UTF-8; open it in Excel and save it again",
        )
