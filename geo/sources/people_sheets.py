"""A workbook of people with a sheet for men, one for women, one for both (男・女・計のシート)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.problems import Problem
from geo.base.text import tidy
from geo.base.words import Words
from geo.sheets.choose import ManySheetsError
from geo.sources.people_labels import is_total, sex_of
from geo.sources.tabular import column_key, parse_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.sources.how_read import HowRead
    from geo.sources.tabular import Table

SHEET: Final = "男女別（シート）"
_SEX: Final = re.compile(
    r"(?:^|[(\[【_\-・ ])([男女])(?:性|子)?(?:のみ|だけ)?(?:$|[)\]】_\-・. ])|([男女])性?人口"
)
_TOTAL: Final = re.compile(r"(?:計|総数|全体|total)[)\]】]?$", re.IGNORECASE)


def parse_people_table(data: bytes, *, file: str, known: Iterable[str], how: HowRead) -> Table:
    """Return the table of people in a file's bytes; sheets of men, women and both as one (人口の表に直す).

    Sheets that are called 男, 女, 計 and have the same headings become rows of one table, with a
    column that says of whom: what is done with such rows (`geo.sources.people_rows`) is done with
    the sheets, the total taken or men and women added up, never one sex alone.

    Raises
    ------
    InputError
        As `parse_table`; several sheets that could be meant, of which one is of no sex.
    """
    known = tuple(known)
    try:
        table = parse_table(data, file=file, known=known, sums="parts", how=how)
    except ManySheetsError as error:
        labels = {name: label_of(name) for name in error.names}
        if not all(labels.values()) or len(set(labels.values())) < len(labels):
            raise
        tables = {
            labels[name]: parse_table(
                data, file=file, known=known, sums="parts", how=how, sheet=name
            )
            for name in error.names
        }
        heads = {frozenset(map(column_key, map(str, one.frame.columns))) for one in tables.values()}
        if len(heads) > 1:
            raise
        return _stacked(tables, error.names)
    label = label_of(table.sheet)
    alone = sex_of(label) and SHEET not in table.frame.columns
    return replace(table, frame=table.frame.assign(**{SHEET: label})) if alone else table


def label_of(sheet: str) -> str:
    """Return 男, 女 or 計 for what a sheet is called, "" for any other (シートの名前から).

    Examples
    --------
    >>> [label_of(one) for one in ("男", "女性", "男女計", "人口（男）", "総数", "男鹿市", "Sheet1")]
    ['男', '女', '計', '男', '計', '', '']
    """
    name = tidy(sheet)
    if is_total(name) or ("男" in name and "女" in name) or _TOTAL.search(name):
        return "計"
    found = _SEX.search(name)
    return (found[1] or found[2]) if found else sex_of(name)


def _stacked(tables: dict[str, Table], names: Iterable[str]) -> Table:
    first = next(iter(tables.values()))
    order = [column_key(str(one)) for one in first.frame.columns]
    frames = []
    for label, one in tables.items():
        by_key = {column_key(str(head)): str(head) for head in one.frame.columns}
        frame = one.frame[[by_key[key] for key in order]].set_axis(
            list(map(str, first.frame.columns)), axis="columns"
        )
        frames.append(frame.assign(**{SHEET: label}))
    told = Problem(file=first.file, row=None, column="", value="・".join(names), reason=_TOGETHER)
    return replace(
        first,
        sheet="",
        frame=pd.concat(frames, ignore_index=True),
        rows=tuple(row for one in tables.values() for row in one.rows),
        problems=tuple(each for one in tables.values() for each in one.problems),
        aside=(told, *dict.fromkeys(each for one in tables.values() for each in one.aside)),
    )


_TOGETHER: Final = Words(
    "男女別のシートなので、合わせて一つの表として読みました",
    "sheets of men, women or both, read together as one table",
)
