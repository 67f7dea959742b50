"""e-Stat's tables of the census: what their numbered columns count, by their second heading (国勢調査の表)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.sources.age_heads import read_head
from geo.sources.tabular import column_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.sources.tabular import Table

_ITEM: Final = re.compile(r"(t[0-9]{6})([0-9]{3})")
_NUMBER: Final = re.compile(r"[\d,.*X-]+")


def _classes(first: int, step: int, last: int, top: int) -> dict[int, str]:
    lows = range(0, last + 1, 5)
    out = {first + step * at: f"{low}-{low + 4}歳" for at, low in enumerate(lows)}
    return out | {first + step * len(lows): f"{top}歳以上"} if top else out


# Both sexes together; men and women stand beside. 国勢調査 2020 小地域・地域メッシュ統計.
_SQUARES: Final = {
    1: "総数", 4: "0-14歳", 7: "15歳以上", 10: "15-64歳", 13: "18歳以上", 16: "20歳以上", 19: "65歳以上",
    22: "75歳以上", 25: "85歳以上",
}  # fmt: skip
_FIVE_YEARS: Final = {1: "総数"} | _classes(4, 3, 90, 95)
ITEMS: Final[Mapping[str, Mapping[int, str]]] = {
    "t001082": {1: "総数", 17: "15歳未満", 18: "15-64歳", 19: "65歳以上", 20: "75歳以上"}
    | _classes(2, 1, 70, 0),
    "t001140": _SQUARES, "t001141": _SQUARES, "t001142": _SQUARES, "t001231": _SQUARES,
    "t001192": _FIVE_YEARS, "t001196": _FIVE_YEARS,
}  # fmt: skip
MESH_TABLES: Final = tuple(one for one in ITEMS if one != "t001082")


def is_estat(columns: Sequence[str]) -> bool:
    """Say whether a table's columns are numbered as e-Stat numbers them (e-Statの表か)."""
    return any(_ITEM.fullmatch(column_key(one)) for one in columns)


def take_labels(
    table: Table, read_key: Callable[[dict[str, str]], str]
) -> tuple[Table, dict[str, str]]:
    """Return an e-Stat table without its second heading, and what it calls the columns (二段目の見出し).

    Of a table without one the columns are called as the census of 2020 numbers them. Any other
    table comes back as it is, with no words.
    """
    labels: dict[str, str] = {}
    items: list[str] = []
    for column in map(str, table.frame.columns):
        if found := _ITEM.fullmatch(column_key(column)):
            items.append(column)
            if (known := ITEMS.get(found[1], {}).get(int(found[2]))) is not None:
                labels[column] = known
    if not items or table.frame.empty:
        return table, {}
    first = {str(k): str(v) for k, v in table.frame.iloc[0].items()}
    if read_key(first) or not all(
        t and not _NUMBER.fullmatch(t) for t in (first[c] for c in items)
    ):
        return table, labels
    labels |= {column: first[column] for column in items if read_head(first[column])}
    rest = table.frame.iloc[1:].reset_index(drop=True)
    return replace(table, frame=rest, rows=table.rows[1:]), labels
