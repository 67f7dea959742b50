"""MapInfo: .tab with the files beside it, .mif with its .mid (MapInfoの形式)."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.delimited import refusal
from geo.sources.maps.gdal import read_gdal
from geo.sources.maps.opened import MapFile
from geo.sources.tabular import MAX_BYTES, read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

BESIDE: Final = {".tab": (".dat", ".map", ".id", ".ind"), ".mif": (".mid",)}
_NEEDED: Final = {".tab": (".dat", ".map", ".id"), ".mif": (".mid",)}
_START: Final = {".tab": rb"\s*!table", ".mif": rb"\s*version\s"}
# A table may be a view of others, or lie in another place.
_LEADS_ON: Final = re.compile(
    rb"<OGR(?:VRT|WFS|OAPIF)|<VRTDataset|gdal_streamed|open\s+table|create\s+view|^\s*file\s|type\s+(?!native)\w",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNS: Final = re.compile(rb'charset\s+"(\w+)"', re.IGNORECASE)


def read_mapinfo(path: Path, file: str) -> MapFile:
    """Return the features of a MapInfo table (MapInfoを読む).

    Raises
    ------
    InputError
        A file beside it is missing, it is a view of other tables, or it is broken.
    """
    ending = path.suffix.casefold()
    beside = {one.name.casefold(): one for one in path.parent.iterdir()}
    parts = {end: beside.get(f"{path.stem}{end}".casefold()) for end in (ending, *BESIDE[ending])}
    return _read_parts({end: one for end, one in parts.items() if one is not None}, ending, file)


def _read_parts(parts: Mapping[str, Path], ending: str, file: str) -> MapFile:
    if missing := [end for end in _NEEDED[ending] if end not in parts]:
        listed = " ".join(missing)
        raise refusal(
            file,
            f"いっしょにあるはずの {listed} がありません。そろえて渡してください",
            f"lacks {listed} beside it; give them together",
        )
    head = read_bytes(parts[ending])
    looked = head if ending == ".tab" else head[:4000]
    if not re.match(_START[ending], head, re.IGNORECASE):
        raise refusal(file, f"中身が {ending} ではありません", f"its content is not {ending}")
    if _LEADS_ON.search(looked):
        raise refusal(
            file,
            "ほかの表を指しているので読みません。ふつうの表として書き出してください",
            "points at other tables, which is not followed; export it as a plain table",
        )
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder) / f"layer{ending}"
        for end, one in parts.items():
            if one.stat().st_size > MAX_BYTES:
                read_bytes(one)
            shutil.copyfile(one, alone.with_suffix(end))
        told = _SIGNS.search(looked)
        signs = "CP932" if told and told[1].lower() == b"windowsjapanese" else None
        return MapFile(frame=read_gdal(alone, file, encoding=signs))
