"""Names in a people table that tell no place: destroyed ones, and water (名前のこわれた行、水面)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.sources.people_keys import Keys
    from geo.sources.tabular import Table

LOST: Final = "\N{REPLACEMENT CHARACTER}"
_BROKEN_SHARE: Final = 10  # one in so many names: the file is broken, not a cell
_WATER: Final = "8154"  # HCODE of the small areas' map


def on_water(cells: Mapping[str, str]) -> str:
    """Return what a name is followed by where the census says that it is water (水面)."""
    return "（水面）" if cells.get("HCODE", "") == _WATER else ""


def refuse_broken(table: Table, keys: Keys) -> None:
    """Refuse a table whose names were destroyed when it was written (名前のこわれた表).

    Raises
    ------
    InputError
        One name in ten or more holds the sign that stands for lost ones.
    """
    names = [text for column in {keys.key, keys.name} - {None} for text in table.frame[column]]
    broken = [text for text in names if LOST in text]
    if len(broken) * _BROKEN_SHARE >= len(names) > 0 and broken:
        raise InputError(
            Words(
                f"ファイル {table.file} は、書き出されたときに町の名前がこわれています（{len(broken)}か所、"
                f"「{broken[0]}」など）。どの町か分からないので使えません。公開元の別の版か、正しく書き出したものを使ってください",
                f"{table.file}: the names of places were destroyed when it was written ({len(broken)} of them, "
                f"such as {broken[0]!r}), so nobody can tell which place is meant. Use another edition",
            )
        )
