"""The rows of a people table that are of the town's own municipality (自分の市区町村の行)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.municipality import choose_rows, read_municipalities
from geo.sources.people_labels import is_whole

if TYPE_CHECKING:
    from geo.sources.municipality import Municipality
    from geo.sources.people_keys import Keys
    from geo.sources.tabular import Table


def only_one_city(
    table: Table, keys: Keys, choice: str, own: Municipality | None
) -> tuple[Table, list[Words]]:
    """Return the rows of one municipality, when the file holds several (一つの市区町村の行).

    Raises
    ------
    InputError
        Several have an area of one name and none is chosen, or there is no such municipality.
    """
    columns = [str(c) for c in table.frame.columns if str(c) not in (keys.key, keys.name)]
    found = read_municipalities(columns, lambda head: list(table.frame[head]))
    if found is None:
        if choice:
            raise InputError(_no_city(table.file, choice))
        return table, []
    cities = {one.name or one.code for one in found if one.say()}
    if len(cities) < 2 and not choice:  # noqa: PLR2004 - one city
        return table, []
    wanted = choice
    if not wanted and own is not None:
        wanted = next(
            (one for one in (own.code, own.name) if one and any(one in m.keys for m in found)),
            "",
        )
    if not wanted and not _repeats_across(table, keys, found):
        return table, []  # codes tell the areas apart; which are the town's, the map knows
    some = choose_rows(found, wanted, file=table.file, option="--people")
    if some is None:
        return table, []
    left = len(some) - sum(some)
    rows = tuple(row for row, use in zip(table.rows, some, strict=True) if use)
    words = Words(
        f"{table.file} のほかの市区町村の{left}行は使いませんでした（使ったのは {wanted} の{sum(some)}行）",
        f"{table.file}: {left} rows of other municipalities than {wanted} were not used",
    )
    kept = table.frame[pd.Series(some, index=table.frame.index)].reset_index(drop=True)
    return replace(table, frame=kept, rows=rows), [words] if left else []


def _repeats_across(table: Table, keys: Keys, found: list[Municipality]) -> bool:
    """Say whether two municipalities have an area of one key."""
    if keys.kind == "point":
        return False
    seen: dict[str, str] = {}
    for record, city in zip(table.frame.to_dict("records"), found, strict=True):
        key = keys.read({str(k): str(v) for k, v in record.items()})
        if key and seen.setdefault(key, city.say()) != city.say() and not is_whole(key):
            return True
    return False


def _no_city(file: str, choice: str) -> Words:
    return Words(
        f"ファイル {file} に市区町村の列がないので、「{choice}」を選べません（--people）",
        f"{file} has no column of municipalities, so {choice!r} cannot be chosen (--people)",
    )
