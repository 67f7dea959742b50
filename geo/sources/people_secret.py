"""Numbers a census keeps secret, counted with the area they were added to (秘匿と合算).

Where few people live, e-Stat hides their ages and adds them to another area or square: the row
says so by HTKSYORI 2 and names the receiver in HTKSAKI, the receiver lists it in GASSAN. Both are
made one place before anybody is shared out, so that nobody is lost and nobody is guessed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.people_leaves import full_code
from geo.sources.tabular import parse_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.sources.ages import AgeColumns
    from geo.sources.people_keys import Keys
    from geo.sources.tabular import Table

HANDLING: Final = ("HTKSYORI", "秘匿処理")
RECEIVER: Final = ("HTKSAKI", "秘匿先情報", "秘匿先")
GIVERS: Final = ("GASSAN", "合算地域")
_HIDDEN: Final = "2"
_CITY: Final = 5
_WIDTHS: Final = (4, 6)
_SEVERAL: Final = re.compile(r"[;,、，；/・ ]+")
_SIGNS: Final = frozenset(("X", "x", "*"))

Merged = dict[str, tuple[str, ...]]


def merge_secret(table: Table, keys: Keys, ages: AgeColumns) -> tuple[Table, Merged, list[Words]]:
    """Return the table without hidden rows, and with whom each was counted (秘匿をまとめる).

    Returns
    -------
    table
        A hidden row's total, where it is published, is added to its receiver's, unless the
        receiver's holds it already. A hidden row whose receiver is not in the table stays.
    merged
        By key of a receiver, the keys of those hidden in it.
    """
    handling, to = table.find_column(HANDLING), table.find_column(RECEIVER)
    if handling is None or keys.kind == "point" or table.frame.empty:
        return table, {}, []
    frame = table.frame.copy()
    codes = [str(one) for one in frame[keys.key]]
    hidden = {
        at
        for at, record in enumerate(frame[[handling, *ages.every]].to_numpy().tolist())
        if codes[at]
        and (
            record[0] == _HIDDEN
            or "秘匿" in record[0]
            or any(cell in _SIGNS for cell in record[1:])
        )
    }
    if not hidden:
        return table, {}, []
    places = {_bare(code): at for at, code in reversed(list(enumerate(codes)))}
    named = list(map(str, frame[to])) if to is not None else [""] * len(frame)
    givers = _read_givers(table, codes, places)
    into = {at: _find(codes[at], named[at], places, givers.get(at)) for at in hidden}
    ends = {at: end for at in hidden if (end := _end(at, into, hidden)) is not None}
    if not ends:
        return table, {}, []
    held = _holds_totals(frame, ends, ages)
    if not held:
        for column in ages.alls:
            cells = [str(one) for one in frame[column]]
            for at, end in ends.items():
                own, more = _number(cells[end]), _number(cells[at])
                if own is not None and more:
                    cells[end] = str(own + more)
            frame[column] = pd.Series(cells, dtype="str")
    merged: Merged = {}
    for at, end in sorted(ends.items()):
        merged[codes[end]] = (*merged.get(codes[end], ()), codes[at])
    keep = [at not in ends for at in range(len(frame))]
    made = replace(
        table,
        frame=frame[keep].reset_index(drop=True),
        rows=tuple(row for row, use in zip(table.rows, keep, strict=True) if use),
    )
    return made, merged, [_say(table.file, len(ends), len(merged))]


def _read_givers(table: Table, codes: Sequence[str], places: Mapping[str, int]) -> dict[int, int]:
    """Return the receiver of each hidden row that a receiver lists."""
    column = table.find_column(GIVERS)
    out: dict[int, int] = {}
    if column is None:
        return out
    for at, text in enumerate(table.frame[column]):
        for one in filter(None, _SEVERAL.split(str(text))):
            giver = _find(codes[at], one, places, None)
            if giver is not None:
                out[giver] = at
    return out


def _find(code: str, named: str, places: Mapping[str, int], listed: int | None) -> int | None:
    """Return the row a code within the same municipality names."""
    if named:
        city = (full_code(code) or code)[:_CITY]
        for one in (named, *(city + named.zfill(width) for width in _WIDTHS)):
            if (found := places.get(_bare(one))) is not None:
                return found
    return listed


def _end(at: int, into: Mapping[int, int | None], hidden: set[int]) -> int | None:
    seen = {at}
    end = into[at]
    while end in hidden and end not in seen:
        seen.add(end)
        end = into[end]
    return None if end in seen else end


def _holds_totals(frame: pd.DataFrame, ends: Mapping[int, int], ages: AgeColumns) -> bool:
    """Say whether the receivers' totals hold the hidden people: then their ages do not exceed them."""
    if not ages.classes or ages.classes == ages.alls:
        return False
    rows = frame.iloc[sorted(set(ends.values()))]
    alls, known = (
        sum(_number(text) or 0 for column in group for text in rows[column])
        for group in (ages.alls, ages.classes)
    )
    return alls >= known


def _bare(code: str) -> str:
    return code.lstrip("0") if code.isdecimal() else code


def _number(text: object) -> int | None:
    try:
        return parse_count(str(text))
    except InputError:
        return None


def _say(file: str, hidden: int, receivers: int) -> Words:
    return Words(
        f"{file} の{hidden:,}か所は、人数が伏せられています（秘匿）。年齢ごとの人数が足しこまれている"
        f"合算先（{receivers:,}か所）と一つの所とみて、あわせた広さに分けました",
        f"{file}: the numbers of {hidden:,} places are kept secret; each was taken as one place with "
        f"that of {receivers:,} to which its people were added",
    )
