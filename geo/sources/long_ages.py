"""A table with a row for every age of an area, turned to one with a column each (年齢が縦の表)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.sources.age_columns import say_alone
from geo.sources.age_heads import read_head
from geo.sources.people_keys import CODES, MESHES, NAMES
from geo.sources.people_labels import is_total
from geo.sources.tabular import Table, column_key, parse_count

if TYPE_CHECKING:
    from collections.abc import Sequence

AGES: Final = (
    "年齢", "年齢区分", "年齢階級", "年齢階層", "年齢別", "年齢層", "年齢各歳", "各歳", "5歳階級", "年齢5歳階級",
    "年齢(5歳階級)", "年齢(各歳)", "年齢3区分", "年齢4区分", "age", "age_group", "age_class",
)  # fmt: skip
VALUES: Final = ("人数", "人口数", "値", "人口(人)", "value", "count", "people")
_BARE = re.compile(r"([0-9]{1,3})(以上|\+|[-~])?")

_PLACES: Final = frozenset(map(column_key, (*CODES, *NAMES, *MESHES)))


def widen_ages(table: Table) -> tuple[Table, list[Words]]:
    """Return the table with a column for each age, when it has a row for each (年齢を横に並べる).

    Whatever else parts the rows (sex, month) goes on parting them. A table without a column of
    ages, or whose ages cannot be read, comes back as it is.
    """
    age = table.find_column(AGES)
    if age is None:
        return table, []
    labels = {text: _label(text) for text in dict.fromkeys(table.frame[age])}
    columns = [str(one) for one in table.frame.columns]
    values = _values(columns, table.file)
    if not values or not any(labels.values()):
        return table, []
    others = [one for one in columns if one not in (age, *values)]
    others = [one for one in others if not _all_counts(table, one) or _is_place(one)]
    heads = list(dict.fromkeys(one for one in labels.values() if one))
    wide: dict[tuple[str, ...], dict[str, str]] = {}
    rows: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    places = [column_key(one) in _PLACES for one in others]
    last = tuple("" for _ in others)
    for number, record in zip(table.rows, table.frame.to_dict("records"), strict=True):
        head = labels[str(record[age])]
        key = tuple(str(record[one]) for one in others)
        if not any(one for one, place in zip(key, places, strict=True) if place):
            # Written in its first row alone, as merged cells are.
            key = tuple(b if p else a for a, b, p in zip(key, last, places, strict=True))
        last = key
        if head:
            rows.setdefault(key, number)
            cells = wide.setdefault(key, {})
            twice |= {key} if head in cells else set()
            cells[head] = _add(cells.get(head), [str(record[one]) for one in values])
    absent = sum(len(heads) - len(cells) for cells in wide.values())
    frame = pd.DataFrame(
        [[*key, *(cells.get(head, "0") for head in heads)] for key, cells in wide.items()],
        columns=pd.Index([*others, *heads], dtype="str"),
        dtype="str",
    )
    unread = [text for text, head in labels.items() if not head and text]
    said = [
        Words(
            f"{table.file} は、年齢ごとの行（{len(heads)}とおり）に分かれているので、地区ごとにまとめました",
            f"{table.file} has a row for each of {len(heads)} ages; they were put together by area",
        )
    ]
    if unread:
        listed = "、".join(unread[:5])
        said.append(
            Words(
                f"{table.file} の「{age}」が {listed} の行は、年齢が読めないので使いませんでした",
                f"{table.file}: rows whose {age} is {listed} tell no age and were not used",
            )
        )
    if absent:
        said.append(
            Words(
                f"{table.file} には、ある地区に行のない年齢が{absent:,}か所あり、0人と読みました",
                f"{table.file}: {absent:,} ages have no row in some area and were read as 0",
            )
        )
    if twice:
        listed = "、".join(" ".join(filter(None, key)) for key in sorted(twice)[:3])
        said.append(
            Words(
                f"{table.file} の{len(twice)}地区（{listed}）は、同じ年齢の行が二度以上あり、足しました",
                f"{table.file}: {len(twice)} areas ({listed}) have an age in several rows, added up",
            )
        )
    made = Table(
        file=table.file, frame=frame, rows=tuple(rows[key] for key in wide), problems=table.problems,
        aside=table.aside,
    )  # fmt: skip
    return made, said


def _label(text: str) -> str:
    """Return an age as a column of the usual tables calls it, "" for none."""
    plain = tidy(text).replace(" ", "").removeprefix("うち").strip("()")
    if is_total(plain):
        return "総人口"
    if found := _BARE.fullmatch(plain):
        return f"{found[1]}歳以上" if found[2] else f"{found[1]}-{found[1]}歳"
    head = read_head(plain)
    if head is None or head.sex:
        return ""
    if head.told != "band":
        return "総人口" if head.told == "all" else "年齢不詳"
    return f"{head.low}歳以上" if head.high is None else f"{head.low}-{head.high}歳"


def _values(columns: Sequence[str], file: str) -> tuple[str, ...]:
    """Return the columns of numbers: that of everybody, else those of men and of women."""
    known = {column_key(one) for one in VALUES}
    heads = {column: read_head(column) for column in columns}
    alls = {c: head for c, head in heads.items() if head and head.told == "all"}
    one = next(
        (c for c in columns if column_key(c) in known or (c in alls and not alls[c].sex)), None
    )
    if one is not None:
        return (one,)
    pair = tuple(alls)
    if len({alls[c].sex for c in pair}) == 1:
        raise InputError(say_alone(file, pair))
    return pair


def _all_counts(table: Table, column: str) -> bool:
    filled = [text for text in table.frame[column] if text]
    return bool(filled) and all(text.replace(",", "").isdecimal() for text in filled)


def _is_place(column: str) -> bool:
    key = column_key(column)
    return key in _PLACES or any(
        sign in key for sign in ("コード", "code", "id", "年", "月", "メッシュ", "mesh", "日")
    )


def _add(before: str | None, texts: Sequence[str]) -> str:
    """Return the sum as text; a cell that is no number stays, so that the row is told of it."""
    counts: list[int] = []
    for text in (before or "0", *texts):
        try:
            count = parse_count(text)
        except ValueError:
            return text
        if count is None:
            return text or "X"
        counts.append(count)
    return str(sum(counts))
