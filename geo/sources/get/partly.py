"""What of a town's files has come in part only: a fetch that was cut or stopped (途中まで届いた資料)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.get.declared import ADDRESSES, wanted_of
from geo.sources.get.got import KINDS
from geo.sources.get.kept import load_record
from geo.sources.get.tiles import TILES
from geo.sources.get.town import PARTS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.sources.get.declared import Address, Table
    from geo.sources.where.declared import FileKind

_MB: Final = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Partly:
    """A file of which a part has come (途中の資料).

    Attributes
    ----------
    words
        How much, as a clause.
    """

    kind: FileKind
    words: Words


def partly_fetched(city: Listed, into: Path, table: Table = ADDRESSES) -> tuple[Partly, ...]:
    """Return what has come in part into a folder, in the table's order (途中まで届いたもの).

    Empty where nothing was begun. A file that is there whole, of an earlier day, is not in part.
    """
    if not (into / PARTS).is_dir():
        return ()
    try:
        whole = {one.file for one in load_record(into, city).files}
    except InputError:
        return ()
    found = []
    for address in wanted_of(city, table, kinds=KINDS, by=()):
        amount = _amount(address, into / PARTS)
        if amount is not None and address.file not in whole:
            found.append(Partly(kind=address.kind, words=amount))
    return tuple(found)


def _amount(address: Address, parts: Path) -> Words | None:
    if address.way == "tiles":
        count = len(list((parts / TILES).glob("*.txt")))
        return Words(f"{count:,}枚まで", f"{count:,} tiles so far") if count else None
    part = parts / f"{address.file}.part"
    have = part.stat().st_size if part.is_file() else 0
    if not have:
        return None
    try:
        size = json.loads(part.with_name(part.name + ".json").read_text(encoding="utf-8"))["size"]
        whole = f"／{int(size) / _MB:,.1f}", f" of {int(size) / _MB:,.1f}"
    except (OSError, ValueError, KeyError, TypeError):
        whole = "", ""
    mb = f"{have / _MB:,.1f}"
    return Words(f"{mb}{whole[0]} MB まで", f"{mb}{whole[1]} MB so far")
