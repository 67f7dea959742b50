"""The one safe door through which a given file's bytes become plain tables (受け取りの入口).

A file is what its bytes say, not what its name says, and both must agree; the formats that
declare a reading are read and everything else is refused in words. Nothing here follows a path, an address or a formula
that a file names, and no GDAL driver sees its bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.delimited import refusal
from geo.base.text import tidy
from geo.sheets.book import is_table_zip
from surveys.formats.format import FORMATS
from surveys.formats.raw.gtfs import is_gtfs_zip, read_gtfs
from surveys.formats.raw.shapefile import is_shapefile_zip, read_shapefile
from surveys.formats.raw.sheets import read_sheets
from surveys.formats.raw.table import MAX_BYTES, Cell, RawFile, RawRow, RawSheet

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.base.problems import InputError
    from surveys.formats.parts.declare import Reading

__all__ = ["ENDINGS", "Cell", "RawFile", "RawRow", "RawSheet", "read_upload"]

_SHEET = ("Excel で開いて .xlsx で保存し直してください", "open it in Excel and save it as .xlsx")
_MAP = (
    "QGIS などから GeoPackage か GeoJSON で書き出してください",
    "export it as GeoPackage or GeoJSON, for example from QGIS",
)
_SHP = (
    ".shp・.dbf・.prj を一つの zip にまとめて渡してください",
    "put its .shp, .dbf and .prj into one zip",
)
_READ: Final[tuple[Reading, ...]] = tuple(
    one.reading for one in FORMATS.values() if one.reading is not None
)
_ZIP_ENDING: Final = ".zip"  # with one table, one shapefile or a bus feed in it
ENDINGS: Final = (*(ending for one in _READ for ending in one.endings), _ZIP_ENDING)
_USE = (
    f"{'、'.join(one.words.ja for one in _READ)}のどれかで渡してください",
    f"give one of {', '.join(one.words.en for one in _READ)}",
)
_PICTURE: Final = ("画像", "a picture")
_PHOTO: Final = (
    "写真は、「記録する」の画面で記録に付けてください",
    "add photos to a record, on the page that writes it",
)
_ZIP: Final = ("圧縮ファイル（zip）", "a zip archive")
# First bytes of what people hand in, by mistake or not: what it is, and what to do.
_OTHERS: Final[tuple[tuple[bytes, tuple[str, str], tuple[str, str]], ...]] = (
    (b"\x00\x00\x27\x0a", ("シェープファイル", "a shapefile"), _SHP),
    (b"fgb\x03", ("FlatGeobuf", "FlatGeobuf"), _MAP),
    (b"PAR1", ("Parquet", "Parquet"), _MAP),
    (b"%PDF", ("PDF", "a PDF"), _USE),
    (b"GIF8", _PICTURE, _PHOTO),
    (b"\x89PNG", _PICTURE, _PHOTO),
    (b"\xff\xd8\xff", _PICTURE, _PHOTO),
    (b"\x1f\x8b", ("圧縮ファイル", "an archive"), _USE),
    (b"7z\xbc\xaf", ("圧縮ファイル", "an archive"), _USE),
    (b"Rar!", ("圧縮ファイル", "an archive"), _USE),
    (b"MZ", ("プログラム", "a program"), _USE),
    (b"\x7fELF", ("プログラム", "a program"), _USE),
)
_MARKUP = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)
_HTML = re.compile(r"<!doctype html|<html", re.IGNORECASE)
_VRT = re.compile(r"<(?:OGR)?VRT", re.IGNORECASE)
_OTHER_ENDINGS: Final = {
    ".xlsm": _SHEET, ".xlsb": _SHEET, ".ods": _SHEET, ".shp": _SHP, ".dbf": _SHP,
    ".kml": _MAP, ".kmz": _MAP, ".gpx": _MAP, ".fgb": _MAP, ".parquet": _MAP, ".vrt": _MAP,
    ".gml": _MAP, ".tab": _MAP,
}  # fmt: skip


def read_upload(
    data: bytes,
    *,
    file: str,
    known: Collection[str] = (),
    sheets: Collection[str] = (),
    encoding: str = "",
    zone: int = 0,
) -> RawFile:
    r"""Return the tables in a given file's bytes (受け取ったファイルを読む).

    Parameters
    ----------
    data
        GeoJSON, CSV or TSV, XLSX or GeoPackage, or a zip with one table, one shapefile or a bus feed (GTFS:
        its stops), at most `MAX_BYTES`.
    file
        The name it was given under: its ending must agree with the bytes, and messages use it.
        Never opened.
    known, sheets, encoding
        As `surveys.formats.raw.sheets.read_sheets` takes them; no matter to a map.
    zone
        As `surveys.formats.raw.shapefile.read_shapefile` takes it.

    Raises
    ------
    InputError
        Another kind, a name that disagrees, broken, too large; says what it seems to be.

    Examples
    --------
    >>> read_upload("名称\n西町\n".encode(), file="公園/bench.csv").sheets[0].name
    'bench'
    """
    name = tidy(re.split(r"[\\/]", file)[-1])[-100:] or "file"
    if len(data) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise refusal(
            name,
            f"大きすぎます（{most} MB まで）。分けて渡してください",
            f"too large (at most {most} MB); give it in parts",
        )
    if not data.strip():
        raise refusal(name, "空のファイルです", "is empty")
    ending = f".{name.rpartition('.')[2].casefold()}" if "." in name else ""
    if ending == _ZIP_ENDING and is_shapefile_zip(data):
        return read_shapefile(data, file=name, zone=zone)
    if ending == _ZIP_ENDING and is_gtfs_zip(data):
        return read_gtfs(data, file=name, known=known, encoding=encoding)
    if ending == _ZIP_ENDING and is_table_zip(data):
        return read_sheets(data, file=name, known=known, sheets=sheets, encoding=encoding)
    wanted = next((one for one in _READ if ending in one.endings), None)
    found = _seems(data, name, wanted)
    if wanted is None:
        say, do = ("この形式は読めません", "this format is not read"), _USE
        raise _refuse(name, say, _OTHER_ENDINGS.get(ending, do))
    if wanted is not found:
        say = (
            f"名前は {ending} ですが、中身は {found.words.ja} のようです",
            f"is named {ending}, but its content seems to be {found.words.en}",
        )
        raise _refuse(name, say, ("名前と中身を確かめてください", "check its name and content"))
    if found.tables:
        return found.read(data, file=name, known=known, sheets=sheets, encoding=encoding)
    return found.read(data, file=name)


def _seems(data: bytes, name: str, wanted: Reading | None) -> Reading:
    for one in _READ:
        if one.mark is not None and one.mark(data):
            return one
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        raise _refuse(name, _is(_ZIP), _USE)
    for start, what, do in _OTHERS:
        if data.startswith(start):
            raise _refuse(name, _is(what), do)
    head = _head(data)
    if _MARKUP.match(head):
        if _HTML.search(head):
            raise _refuse(name, _is(("Web のページ（HTML）", "a web page (HTML)")), _USE)
        if _VRT.search(head):
            raise _refuse(name, _is(("GDAL の VRT", "a GDAL VRT")), _MAP)
        raise _refuse(name, _is(("XML", "XML")), _MAP)
    first = head.lstrip()[:1]
    texts = [one for one in _READ if one.mark is None and (not one.opens or first in one.opens)]
    # A table's header may begin with a bracket: the name decides between two kinds of text.
    return wanted if wanted in texts and wanted else max(texts, key=lambda one: bool(one.opens))


def _head(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data[:2000].decode("utf-16" if wide else "utf-8-sig", errors="replace")


def _is(what: tuple[str, str]) -> tuple[str, str]:
    return f"中身は{what[0]}のようです", f"seems to be {what[1]}"


def _refuse(name: str, say: tuple[str, str], do: tuple[str, str]) -> InputError:
    return refusal(name, f"{say[0]}。{do[0]}", f"{say[1]}; {do[1]}")
