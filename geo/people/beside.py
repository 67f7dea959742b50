"""Rows of a people table that are nobody's of this town: sums, other municipalities (数えない行)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.text import area_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_COUNTS: Final = ["people_all", "people_65", "people_75"]
_SUM_ENDS: Final = ("計", "合計", "総数", "小計")
# KEY_CODE: the municipality's five digits, then four of the 大字 and maybe two of the 丁目.
_CITY_DIGITS: Final = 5
_CODE_LENGTHS: Final = (9, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Rows that are told and not missed (数えない行).

    Attributes
    ----------
    rows
        Their places in the table.
    sums
        What the sums are called.
    others
        How many are of other municipalities.
    """

    rows: frozenset[int]
    sums: tuple[str, ...]
    others: int


def sort_beside(
    frame: pd.DataFrame,
    lost: Sequence[int],
    joined: Sequence[int],
    ids: Sequence[str],
    outside: Sequence[tuple[str, str]],
) -> Beside:
    """Return which rows that fit no area are sums of others, or another municipality's (えり分ける).

    Parameters
    ----------
    lost, joined
        Rows of `frame` without and with an area.
    ids
        Of the town's areas.
    outside
        Ids and names of areas beyond the border.
    """
    names = [area_key(n or k) for k, n in zip(frame["key"], frame["name"], strict=True)]
    counts = frame[_COUNTS].to_numpy(dtype=np.int64)
    beyond = {id_.lstrip("0") for id_, _ in outside} | {area_key(name) for _, name in outside}
    cities = _cities(ids)
    whole = counts[list(joined)].sum(axis=0)
    sums, others = [], []
    for at in lost:
        code = str(frame["key"].iloc[at])
        if code.lstrip("0") in beyond or names[at] in beyond or _is_other(code, cities):
            others.append(at)
        elif _is_sum(at, names, counts, whole, joined):
            sums.append(at)
    return Beside(
        rows=frozenset((*sums, *others)),
        sums=tuple(str(frame["name"].iloc[at] or frame["key"].iloc[at]) for at in sums),
        others=len(others),
    )


def _is_sum(
    at: int, names: list[str], counts: np.ndarray, whole: np.ndarray, joined: Sequence[int]
) -> bool:
    if names[at].endswith(_SUM_ENDS):
        return True
    if len(joined) > 1 and counts[at].any() and (counts[at] == whole).all():
        return True
    parts = [
        row
        for row, name in enumerate(names)
        if row != at and name.startswith(names[at]) and names[at]
    ]
    return len(parts) > 1 and bool((counts[parts].sum(axis=0) == counts[at]).all())


def _cities(ids: Sequence[str]) -> set[str]:
    codes = [_full(one) for one in ids]
    return {one[:_CITY_DIGITS] for one in codes} if all(codes) else set()


def _is_other(code: str, cities: set[str]) -> bool:
    full = _full(code)
    return bool(cities and full) and full[:_CITY_DIGITS] not in cities


def _full(code: str) -> str:
    """Return a code with the zero a spreadsheet lost, "" for what is no such code."""
    if not code.isdecimal():
        return ""
    full = code.zfill(len(code) + 1) if len(code) + 1 in _CODE_LENGTHS else code
    return full if len(full) in _CODE_LENGTHS else ""
