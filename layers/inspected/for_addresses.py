"""Files of addresses, by which rows without coordinates are placed (住所のファイル)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.addressed.files import ENDINGS, read_address_files
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.roles import ROLES
from layers.inspected.seen import Seen, Use

if TYPE_CHECKING:
    from pathlib import Path

# What such a file says in its first bytes, so that no other is read for it.
_HEAD: Final = re.compile(r'"town"\s*:|"oaza_cho"\s*:|=END=|大字町丁目名|大字・丁目名')
_HEAD_BYTES: Final = 60_000  # the index of doors comes in parts of 50,000
_KIND: Final = Words("住所の場所", "where addresses are")


def look_at_addresses(path: Path, size: int) -> Seen | None:
    """Return what a file of addresses is; ``None`` for any other (住所のファイルを見る)."""
    if path.suffix.casefold() not in ENDINGS or not _may_be(path):
        return None
    try:
        books = read_address_files([(path.name, path.read_bytes())]).books
    except InputError:
        return None
    towns = [town for book in books for town in book.towns]
    doors = sum(len(lines.lines) - 1 for book in books for lines in book.doors)
    if not towns:
        return None
    lon, lat = [one.lon for one in towns], [one.lat for one in towns]
    cities = "・".join(city for book in books for city in book.cities)
    use = Use(
        id="addresses", words=ROLES["addresses"].words,
        found=Words(
            f"{cities}の町丁目 {len(towns):,}、番地・号 {doors:,}" if cities
            else f"町丁目 {len(towns):,}、番地・号 {doors:,}",
            f"{len(towns):,} 町丁目 and {doors:,} numbers{f' of {cities}' if cities else ''}",
        ),
        how=f"kayoi build --addresses {path.name}",
    )  # fmt: skip
    return Seen(
        file=path.name, size=size, kind=_KIND, rows=len(towns) + doors,
        box=(min(lon), min(lat), max(lon), max(lat)), uses=(use,),
        cities=tuple(dict.fromkeys(city for book in books for city in book.cities)),
    )  # fmt: skip


def _may_be(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return any(_HEAD.search(head.decode(one, "ignore")) for one in ("utf-8", "cp932"))
