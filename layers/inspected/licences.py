"""What a file, or the notes beside it, say of its licence (ファイルの利用条件)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.sources.recipe import OSM_CREDIT

if TYPE_CHECKING:
    from pathlib import Path

    from layers.inspected.seen import Seen

_KNOWN: Final = (
    (r"CC[ -]?BY[ -]?SA", "CC BY-SA"), (r"CC[ -]?BY|クリエイティブ・コモンズ 表示", "CC BY 4.0"),
    (r"PDL ?1\.0|公共データ利用規約", "PDL1.0"), (r"\bODbL\b", "ODbL"), (r"\bCC0\b", "CC0"),
)  # fmt: skip
_BESIDE: Final = ("LICENSE", "LICENSE.txt", "LICENCE.txt", "README.md", "README.txt", "config.yml")
_HEAD: Final = 4_000  # bytes


def find_licence(path: Path, seen: Seen) -> Words | None:
    """Return what is to be printed with a file, ``None`` where nothing says (利用条件).

    Streets of OpenStreetMap have theirs; else a licence known by name is looked for at the
    beginning of a text file and in the notes beside it.
    """
    if any(one.id == "streets" for one in seen.uses) and re.search(r"\.(osm|pbf)", path.name):
        return Words(OSM_CREDIT[2], OSM_CREDIT[2])
    texts = [path, *(path.with_name(one) for one in _BESIDE)]
    for one in texts:
        if not one.is_file():
            continue
        with one.open("rb") as file:
            text = file.read(_HEAD).decode("utf-8", "ignore")
        for pattern, name in _KNOWN:
            if re.search(pattern, text):
                where = "" if one == path else f"（{one.name}）"
                return Words(f"{name}{where}", f"{name}{f' ({one.name})' if where else ''}")
    return None
