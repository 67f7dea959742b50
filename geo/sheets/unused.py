"""Columns that nothing is read from, named, with what they may have been meant as (使わない列)."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from geo.base.problems import Problem
from geo.base.words import Words
from geo.sheets.heads import nearest_head

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# Columns of one table that only count on, as e-Stat's: T001082001 to T001082020.
_COUNTED: Final = re.compile(r"(.*[^0-9]|)([0-9]{3,})")
_RUN: Final = 4


def say_unused(
    columns: Iterable[str], used: Collection[str | None], known: Collection[str], file: str
) -> list[Problem]:
    """Return what tells the columns that are not used, nothing where all are (使わない列を言う).

    Parameters
    ----------
    known
        Headings the door would read; the nearest is suggested.

    Examples
    --------
    >>> say_unused(["名称", "施設の名称", "天体"], ["名称"], ["名称", "施設名称"], "a.csv")[0].reason.ja
    '使わなかった列: 施設の名称（「施設名称」のことなら、見出しをそう直してください）、天体'
    """
    rest = _shorten([one for one in columns if one not in used and one.strip()])
    if not rest:
        return []
    near = {one: nearest_head(one, known) for one in rest}
    ja = [
        f"{one}（「{near[one]}」のことなら、見出しをそう直してください）" if near[one] else one
        for one in rest
    ]
    en = [f"{one} (if {near[one]} is meant, call it so)" if near[one] else one for one in rest]
    reason = Words(f"使わなかった列: {'、'.join(ja)}", f"columns not used: {', '.join(en)}")
    return [Problem(file=file, row=None, column="", value="", reason=reason)]


def _shorten(columns: list[str]) -> list[str]:
    """Return names with a run of numbered ones as its first and last."""

    def head(one: str) -> str:
        found = _COUNTED.fullmatch(one)
        return f"{found[1]}{found[2][:-3]}" if found else one

    out: list[str] = []
    for _, group in groupby(columns, key=head):
        run = list(group)
        out += [f"{run[0]}～{run[-1]}"] if len(run) >= _RUN else run
    return out
