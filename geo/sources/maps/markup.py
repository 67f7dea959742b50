"""Map files in XML: KML and GML (KMLとGML)."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.delimited import refusal
from geo.sources.maps.gdal import list_layers, read_gdal
from geo.sources.maps.opened import MapFile, choose_layer
from geo.sources.tabular import read_bytes

if TYPE_CHECKING:
    from geo.base.problems import InputError

_ROOT: Final = re.compile(rb"(?:<\?[^>]*>|<!--.*?-->|\s)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
_ROOTS: Final = {".kml": (b"kml",), ".gml": (b"FeatureCollection",)}
# What declares entities, or leads GDAL from this file to another.
_LEADS_ON: Final = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|<OGR(?:VRT|WFS|OAPIF)|<VRTDataset|gdal_streamed|<(?:[\w.-]+:)?(?:NetworkLink|Model)[\s>]",
    re.IGNORECASE,
)
_SIGNS: Final = re.compile(rb"""encoding\s*=\s*["']([\w.:-]+)["']""")
_ASCII_LIKE: Final = ("utf-8", "utf8", "shift_jis", "windows-31j", "cp932", "euc-jp", "iso-8859-1")
# GDAL's own of a drawing, of no use as facts of a place.
_OF_DRAWING: Final = (
    "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility",
    "drawOrder", "icon", "snippet", "gml_id", "fid",
)  # fmt: skip


def read_markup(path: Path, file: str, layer: str) -> MapFile:
    """Return a layer of a file of KML or GML (KMLやGMLを読む)."""
    return parse_markup(read_bytes(path), path.suffix.casefold(), file, layer)


def parse_markup(data: bytes, ending: str, file: str, layer: str) -> MapFile:
    """Return a layer of KML or GML in bytes (KMLやGMLを読む).

    Raises
    ------
    InputError
        Another kind of XML, one that points at other files, broken, several layers.
    """
    data = _as_utf8(data, file)
    root = _ROOT.match(data)
    if root is None or root[1] not in _ROOTS[ending]:
        raise _other(file, ending)
    if _LEADS_ON.search(data):
        raise refusal(
            file,
            "中に、ほかの場所のファイルを指す記述があるので読みません。QGIS などから GeoPackage で書き出してください",
            "points at other files, which is not followed; export it as GeoPackage, for example from QGIS",
        )
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder) / f"layer{ending}"
        alone.write_bytes(data)
        names = list_layers(alone, file)
        name = names[choose_layer(names, layer, file)]
        frame = read_gdal(alone, file, layer=name)
    blank = [c for c in _OF_DRAWING if c in frame.columns]
    return MapFile(frame=frame.drop(columns=blank))


def _as_utf8(data: bytes, file: str) -> bytes:
    """Return XML whose bytes are ASCII where its signs are: what is looked for is then found."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    told = _SIGNS.search(data[:200])
    known = told is None or told[1].decode("ascii").casefold() in _ASCII_LIKE
    if not known or b"\0" in data:
        raise refusal(
            file, "UTF-8 の文字ではありません。UTF-8 で保存し直してください", "is not UTF-8; save it as UTF-8"
        )  # fmt: skip
    return data


def _other(file: str, ending: str) -> InputError:
    return refusal(
        file,
        f"中身が {ending} ではありません（国土数値情報なら、同じ zip のシェープファイルか GeoJSON を使ってください）",
        f"its content is not {ending} (of 国土数値情報 use the shapefile or GeoJSON in the same zip)",
    )
