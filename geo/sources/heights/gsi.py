"""基盤地図情報 数値標高モデル of 国土地理院, JPGIS (GML) (国土地理院の標高)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from geo.base.problems import InputError
from geo.base.words import Words
from geo.relief.grid import HeightGrid, Heights, Window, cut_grid, possible_heights
from geo.sources.declare import HeightFormat, HeightTold

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from geo.sources.heights.sheet import HeightSheet

GSI_NAME: Final = "基盤地図情報 数値標高モデル"
# 国土地理院コンテンツ利用規約: the source, and that it was worked on, are to be told.
GSI_CREDIT: Final = "国土地理院 基盤地図情報（数値標高モデル）を加工して作成"
_NAME: Final = re.compile(r"FG-GML-.*?(DEM\d+[A-Z]?)(?:-(\d{4})(\d{2})(\d{2}))?", re.IGNORECASE)
# Measured by laser, from aerial photographs, later ones, and from contour lines: best first.
_BEST_FIRST: Final = ("DEM1A", "DEM5A", "DEM5B", "DEM5C", "DEM10A", "DEM10B")
_GML: Final = "{http://www.opengis.net/gml/3.2}"
_FRAMES: Final = {
    "jgd2011.bl": "EPSG:6668",
    "jgd2024.bl": "EPSG:6668",  # a new height datum; longitude and latitude are those of 2011
    "jgd2000.bl": "EPSG:4612",
}
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']""")
_MOST_PIXELS: Final = 1 << 24  # a sheet of 1 m cells has 1125 × 750, ten times ten of them
# A type that has no height even where a number stands: 地表面, 表層面, 海水面, 内水面 and その他
# have theirs, unless it is -9999.
_NOTHING: Final = "データなし"


def parse_gsi(name: str, content: bytes, window: Window) -> list[HeightGrid]:
    """Return the heights of one sheet within a window, or none (基盤地図情報の標高を読む).

    Parameters
    ----------
    content
        ``FG-GML-…-DEM5A-….xml``, in UTF-8 or Shift_JIS: corners, the counts of cells, and
        a line ``地表面,12.34`` for each cell from ``gml:startPoint`` on, row by row; -9999.
        means nothing was measured. Cells before the first and after the last are not told.
    window
        West, south, east, north in degrees.

    Raises
    ------
    InputError
        When it is no such sheet.
    """
    if not _touches(content, window):
        return []
    try:
        root = ElementTree.fromstring(_text(content), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise _refuse(name, str(error)) from None
    try:
        grid = _grid(root)
    except (KeyError, ValueError, IndexError, AttributeError, OverflowError) as error:
        raise _refuse(name, f"{type(error).__name__}: {error}") from None
    cut = cut_grid(grid, window)
    return [] if cut is None else [cut]


_CORNERS: Final = re.compile(
    rb"<gml:lowerCorner>\s*([-\d.]+)\s+([-\d.]+)\s*</gml:lowerCorner>\s*"
    rb"<gml:upperCorner>\s*([-\d.]+)\s+([-\d.]+)\s*</gml:upperCorner>"
)


def _touches(content: bytes, window: Window) -> bool:
    """Say whether the sheet may lie in the window, from its head alone: most of a zip do not."""
    match = _CORNERS.search(content, 0, 8192)
    if match is None:
        return True
    try:
        south, west, north, east = (float(each) for each in match.groups())
    except ValueError:
        return True
    margin = (east - west) / 50  # a few cells, for what lies between this sheet and the next
    return (
        west - margin <= window[2]
        and east + margin >= window[0]
        and south - margin <= window[3]
        and north + margin >= window[1]
    )


def _text(content: bytes) -> str:
    """Return the text: the parser knows no Shift_JIS by itself."""
    match = _DECLARED.match(content)
    told = match[1].decode("ascii").lower() if match else "utf-8"
    japanese = told.replace("-", "_") in {"shift_jis", "sjis", "windows_31j", "cp932", "x_sjis"}
    text = content.decode("cp932" if japanese else "utf-8-sig", errors="replace")
    return re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL)


def _grid(root: Element) -> HeightGrid:
    cover = root.find(f".//{_GML}Envelope")
    if cover is None:
        raise ValueError("gml:Envelope")
    frame = cover.get("srsName", "").lower().rsplit(":", 1)[-1]
    south, west = _pair(cover, "lowerCorner")
    north, east = _pair(cover, "upperCorner")
    low, high = _pair(root, "low"), _pair(root, "high")
    columns, rows = (int(b - a) + 1 for a, b in zip(low, high, strict=True))
    if min(columns, rows) < 1 or columns * rows > _MOST_PIXELS or east <= west or north <= south:
        raise ValueError(f"{columns} x {rows}")
    first_x, first_y = (int(each) for each in _pair(root, "startPoint", "0 0"))
    told = _heights(_find(root, "tupleList"))
    before = first_y * columns + first_x
    if before < 0 or before + told.size > columns * rows:
        raise ValueError(f"{told.size} of {columns} x {rows} from {first_x} {first_y}")
    height = np.full(columns * rows, np.nan, dtype=np.float32)
    height[before : before + told.size] = told
    dx, dy = (east - west) / columns, (north - south) / rows
    order = root.find(f".//{_GML}sequenceRule")
    order_told = "+x-y" if order is None else order.get("order", "+x-y").lower().replace(" ", "")
    if order_told not in {"+x-y", "+x+y"}:
        raise ValueError(f"sequenceRule {order_told}")
    southward = order_told == "+x-y"
    return HeightGrid(
        height_m=possible_heights(height).reshape(rows, columns),
        x0=west + dx / 2,
        y0=north - dy / 2 if southward else south + dy / 2,
        dx=dx,
        dy=-dy if southward else dy,
        crs=_FRAMES[frame],
    )


def _heights(lines: str) -> Heights:
    """Return the heights of lines of a type and a number, NaN where there is none."""
    tuples = lines.split()
    values = np.array([one.rpartition(",")[2] for one in tuples], dtype=np.float32)
    empty = [place for place, one in enumerate(tuples) if one.startswith(_NOTHING)]
    values[empty] = np.nan
    return values


def _pair(element: Element, tag: str, default: str = "") -> tuple[float, float]:
    one, other = _find(element, tag, default).split()
    return float(one), float(other)


def _find(element: Element, tag: str, default: str = "") -> str:
    found = element.find(f".//{_GML}{tag}")
    if found is None and not default:
        raise ValueError(f"gml:{tag}")
    return default if found is None else found.text or ""


def _refuse(name: str, why: str) -> InputError:
    return InputError(
        Words(
            f"{name} が基盤地図情報の数値標高モデルとして読めません（{why}）。"
            "もう一度ダウンロードしてください",
            f"cannot read {name} as a 数値標高モデル ({why}); download it again",
        )
    )


def tell_gsi(names: list[str]) -> HeightTold | None:
    """Return what 国土地理院's own names tell, ``None`` where there is none (名前から出典を知る).

    Examples
    --------
    >>> tell_gsi(["FG-GML-5238-67-00-DEM5A-20250908.xml"]).date
    '2025-09-08'
    """
    found = [match for name in names if (match := _NAME.search(name))]
    if not found:
        return None
    dates = sorted("-".join(match.groups()[1:]) for match in found if match[2])
    kinds = sorted({match[1].upper() for match in found})
    return HeightTold(
        name=f"{GSI_NAME} {'・'.join(kinds)}", credit=GSI_CREDIT, date=dates[-1] if dates else ""
    )


def _rank(name: str) -> int | None:
    match = _NAME.search(name)
    kind = match[1].upper() if match else ""
    return _BEST_FIRST.index(kind) if kind in _BEST_FIRST else None


def _read(sheet: HeightSheet, window: Window) -> list[HeightGrid]:
    return parse_gsi(sheet.name, sheet.load(), window)


SOURCE: Final = HeightFormat(
    id="gsi", words=Words(GSI_NAME, "digital elevation model of 国土地理院"), endings=(".xml",),
    read=_read, knows=_NAME.search, rank=_rank, tell=tell_gsi,
    origin=Words(
        f"基盤地図情報ダウンロードサービス。表示「{GSI_CREDIT}」",
        f"基盤地図情報 download service; to be told: {GSI_CREDIT}",
    ),
)  # fmt: skip
