"""Shapefiles, with the faults of the files beside them (シェープファイル)."""

from __future__ import annotations

import shutil
import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.delimited import refusal
from geo.base.words import Words
from geo.sources.maps.dbf import AS_BYTES, choose_codec, decode_frame, find_texts
from geo.sources.maps.gdal import check_magic, read_gdal
from geo.sources.maps.opened import MapFile

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_HEAD: Final = 100  # bytes of the head of .shp and .shx
_MOST_CPG: Final = 1000


def read_shapefile(path: Path, file: str) -> MapFile:
    """Return the features of a shapefile (シェープファイルを読む).

    A missing ``.shx`` is made anew, a missing ``.dbf`` told. The texts are read in the encoding
    they are in, and a ``.cpg`` that says another is told.

    Parameters
    ----------
    file
        What to call it.

    Raises
    ------
    InputError
        Broken, or its texts fit no encoding.
    """
    check_magic(path, ".shp", file)
    parts = _find_parts(path)
    texts = find_texts(parts[".dbf"]) if ".dbf" in parts else []
    told: list[Words] = []
    if ".dbf" not in parts:
        told.append(
            Words(
                f"{file} に .dbf がないので、名前などの列はありません",
                f"{file} lacks its .dbf, and so its names and other columns",
            )
        )
    codec, said = choose_codec(texts, _read_cpg(parts.get(".cpg")), file)
    if not codec:
        raise refusal(
            file,
            "文字コードがわかりません。.cpg を付けるか、UTF-8 で書き出し直してください",
            "its text cannot be decoded; add a right .cpg, or export it as UTF-8",
        )
    if ".shx" not in parts:
        told.append(
            Words(
                f"{file} に .shx がないので、.shp から作って読みました",
                f"{file} lacks its .shx, which was made from the .shp",
            )
        )
    frame, cut = decode_frame(_read(path, parts, file), codec, file)
    return MapFile(frame=frame, told=(*told, *said, *cut))


def _find_parts(path: Path) -> dict[str, Path]:
    """Return the files of a shapefile by their endings, in whatever case they are written."""
    beside = {one.name.casefold(): one for one in sorted(path.parent.iterdir(), reverse=True)}
    named = {end: beside.get(f"{path.stem}{end}".casefold()) for end in PARTS}
    return {end: one for end, one in named.items() if one is not None and one.is_file()}


def _read_cpg(path: Path | None) -> str:
    if path is None or path.stat().st_size > _MOST_CPG:
        return ""
    return path.read_bytes().decode("ascii", "replace").replace("\0", "").strip("\ufeff\ufffd \r\n")


def _read(path: Path, parts: dict[str, Path], file: str) -> GeoDataFrame:
    if parts.keys() >= {".shx", ".dbf"}:
        return read_gdal(path, file, encoding=AS_BYTES)
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder) / "layer.shp"
        for end, one in parts.items():
            shutil.copyfile(one, alone.with_suffix(end))
        if ".shx" not in parts:
            alone.with_suffix(".shx").write_bytes(_make_index(path.read_bytes(), file))
        return read_gdal(alone, file, encoding=AS_BYTES)


def _make_index(shp: bytes, file: str) -> bytes:
    """Return the .shx of a .shp: where each record begins and how long it is, in 16-bit words."""
    at, rows = _HEAD, []
    while at + 8 <= len(shp):
        _, words = struct.unpack_from(">ii", shp, at)
        if words < 2 or at + 8 + 2 * words > len(shp):  # noqa: PLR2004 - the kind of its shape
            raise refusal(
                file,
                "途中で切れています。もう一度もらうか、書き出し直してください",
                "is cut short; get it again, or export it anew",
            )
        rows.append(struct.pack(">ii", at // 2, words))
        at += 8 + 2 * words
    size = struct.pack(">i", (_HEAD + 8 * len(rows)) // 2)
    return shp[:24] + size + shp[28:_HEAD] + b"".join(rows)
