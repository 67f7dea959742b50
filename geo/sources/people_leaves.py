"""Rows of a census table that stand above or below the map's areas (市・大字・丁目の行)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.sources.tabular import column_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.sources.people_keys import Keys
    from geo.sources.tabular import Table

# KEY_CODE: five digits of the municipality, nine of the 大字, eleven of the 丁目.
_LENGTHS: Final = (5, 9, 11)


def full_code(code: str) -> str:
    """Return a census code with the zero a spreadsheet lost, "" for what is none (コードをそろえる).

    Examples
    --------
    >>> full_code("1101001001"), full_code("13101001001"), full_code("丸の内")
    ('01101001001', '13101001001', '')
    """
    if not (code.isascii() and code.isdecimal()):
        return ""
    full = code.zfill(len(code) + 1) if len(code) + 1 in _LENGTHS else code
    return full if len(full) in _LENGTHS else ""


def drop_levels(table: Table, keys: Keys, ids: Collection[str]) -> tuple[Table, list[Words]]:
    """Return a census table with one level of each place: the map's own (一つの段だけにする).

    e-Stat lists a city, its 大字 and their 丁目 together; the code of a sum starts its parts'.

    Parameters
    ----------
    ids
        Codes of the map's areas. A row of theirs is kept for the whole of it where none of its
        parts is an area, else the finest rows are.
    """
    if keys.kind != "area" or column_key(keys.key) != "key_code":
        return table, []
    codes = [full_code(str(code)) or str(code) for code in table.frame[keys.key]]
    known = {full_code(one) or one for one in ids}
    some = sorted(set(filter(None, codes)))
    parted = {one[:length] for one in some for length in _LENGTHS if length < len(one)} & set(some)
    above = {one[:length] for one in known for length in _LENGTHS if length < len(one)}
    # An area of which only the whole is drawn; its parts are not on the map.
    wholes = (parted & known) - above
    sums = [bool(code) and code in parted and code not in wholes for code in codes]
    parts = [
        any(code[:length] in wholes for length in _LENGTHS if length < len(code)) for code in codes
    ]
    if not any(sums) and not any(parts):
        return table, []
    keep = [not a and not b for a, b in zip(sums, parts, strict=True)]
    kept = replace(
        table,
        frame=table.frame[keep].reset_index(drop=True),
        rows=tuple(row for row, use in zip(table.rows, keep, strict=True) if use),
    )
    said = []
    if count := sum(sums):
        said.append(
            Words(
                f"{table.file} の{count:,}行は、下の行を合わせた行（市や大字の計）なので数えませんでした",
                f"{table.file}: {count:,} rows are sums of other rows and were not counted",
            )
        )
    if count := sum(parts):
        said.append(
            Words(
                f"{table.file} の{count:,}行は、地図の地区（大字）をさらに分けた行なので、大字の行を使いました",
                f"{table.file}: {count:,} rows part areas that the map has whole; the whole's rows were used",
            )
        )
    return kept, said
