"""What an OSM XML file says of itself: edited, or not whole (編集途中・途中までの印).

JOSM marks what its user deleted with ``action="delete"`` and keeps it in the file; history and
change files use ``visible="false"``; Overpass writes ``<remark>`` when it stopped half way.
"""

from __future__ import annotations

import bz2
import gzip
import re
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK: Final = 1 << 22
_OVERLAP: Final = 64  # longer than any mark
_MARK: Final = re.compile(
    rb"""<remark[\s>]|<osmChange[\s>]|\saction\s*=\s*["']|\svisible\s*=\s*["']false"""
)
_KINDS: Final = {"node": "n", "way": "w", "relation": "r"}


class Marks(NamedTuple):
    """The marks of a file (ファイルの印).

    Attributes
    ----------
    deleted
        Objects that are no more, as ``n1 w2 r3``.
    modified
        How many objects were changed or made and not yet sent.
    remark
        What the server said of an answer that is not whole, or "".
    changes
        Whether the file holds changes to a map, and no map.
    """

    deleted: frozenset[str] = frozenset()
    modified: int = 0
    remark: str = ""
    changes: bool = False


def find_marks(path: Path) -> Marks:
    """Return the marks of an OSM XML file, plain or packed (印を探す).

    Of a file that cannot be read there are none; its reader will tell. Cost: one pass over the
    bytes, a second one only where a mark is.
    """
    try:
        with _open(path) as file:
            marked = _has_mark(file)
        if not marked:
            return Marks()
        with _open(path) as file:
            return _read_marks(file)
    except (OSError, EOFError, zlib.error, expat.ExpatError, ValueError):
        return Marks()


def _open(path: Path) -> BinaryIO:
    if path.suffix == ".gz":
        return gzip.open(path)  # type: ignore[return-value] # a reader of bytes
    if path.suffix == ".bz2":
        return bz2.open(path)  # type: ignore[return-value] # a reader of bytes
    return path.open("rb")


def _has_mark(file: BinaryIO) -> bool:
    tail = b""
    while chunk := file.read(_CHUNK):
        if _MARK.search(tail + chunk):
            return True
        tail = chunk[-_OVERLAP:]
    return False


def _read_marks(file: BinaryIO) -> Marks:
    deleted: set[str] = set()
    remark: list[str] = []
    seen = {"modified": 0, "changes": 0, "in_remark": 0}

    def start(name: str, values: dict[str, str]) -> None:
        if name in _KINDS:
            if values.get("action") == "delete" or values.get("visible") == "false":
                deleted.add(_KINDS[name] + values["id"])
            seen["modified"] += values.get("action") in {"modify", "create"}
        seen["changes"] |= name == "osmChange"
        seen["in_remark"] = name == "remark"
        if name == "remark":
            remark.append("")

    def text(words: str) -> None:
        if seen["in_remark"]:
            remark[-1] += words

    def end(_: str) -> None:
        seen["in_remark"] = 0

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.ParseFile(file)
    told = "、".join(part.strip() for part in remark) if remark else ""
    return Marks(
        deleted=frozenset(deleted),
        modified=seen["modified"],
        remark=told or ("remark" if remark else ""),
        changes=bool(seen["changes"]),
    )
