"""A table with a row for every age of an area, turned to one with a column each (年齢が縦の表)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.text import tidy
from geo.base.words import Words
from geo.sources.ages import ALLS, sexed_columns
from geo.sources.people_labels import is_total
from geo.sources.tabular import Table, column_key, parse_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AGES: Final = (
    "年齢", "年齢区分", "年齢階級", "年齢階層", "年齢別", "年齢層", "年齢各歳", "各歳", "5歳階級", "年齢5歳階級",
    "年齢(5歳階級)", "年齢(各歳)", "年齢3区分", "年齢4区分", "age", "age_group", "age_class",
)  # fmt: skip
VALUES: Final = ("人数", "人口数", "値", "人口(人)", "value", "count", "people")
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[..., str]], ...]] = (
    (re.compile(r"(\d{1,3})歳?未満"), lambda end: f"0-{end - 1}歳"),
    (re.compile(r"(\d{1,3})歳?[-~〜～―–](\d{1,3})歳?"), lambda low, high: f"{low}-{high}歳"),
    (re.compile(r"(\d{1,3})歳?(?:以上|\+|[-~〜～])"), lambda low: f"{low}歳以上"),
    (re.compile(r"(\d{1,3})歳?"), lambda age: f"{age}-{age}歳"),
)
_UNKNOWN = re.compile(r"(年齢)?不詳者?|不明|unknown")


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
    values = _values(columns)
    if not values or not any(labels.values()):
        return table, []
    others = [one for one in columns if one not in (age, *values)]
    others = [one for one in others if not _all_counts(table, one) or _is_place(one)]
    heads = list(dict.fromkeys(one for one in labels.values() if one))
    wide: dict[tuple[str, ...], dict[str, str]] = {}
    rows: dict[tuple[str, ...], int] = {}
    for number, record in zip(table.rows, table.frame.to_dict("records"), strict=True):
        head = labels[str(record[age])]
        key = tuple(str(record[one]) for one in others)
        if head:
            rows.setdefault(key, number)
            cells = wide.setdefault(key, {})
            cells[head] = _add(cells.get(head), [str(record[one]) for one in values])
    frame = pd.DataFrame(
        [[*key, *(cells.get(head, "-") for head in heads)] for key, cells in wide.items()],
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
    made = Table(
        file=table.file, frame=frame, rows=tuple(rows[key] for key in wide), problems=table.problems
    )
    return made, said


def _label(text: str) -> str:
    """Return an age as a column of the usual tables calls it, "" for none."""
    plain = tidy(text).replace(" ", "").removeprefix("うち").strip("()")
    if is_total(plain):
        return "総人口"
    if _UNKNOWN.fullmatch(plain):
        return "年齢不詳"
    for form, written in _FORMS:
        if found := form.fullmatch(plain):
            return written(*(int(one) for one in found.groups()))
    return ""


def _values(columns: Sequence[str]) -> tuple[str, ...]:
    known = {column_key(one) for one in (*ALLS, *VALUES)}
    one = next((column for column in columns if column_key(column) in known), None)
    return (one,) if one is not None else sexed_columns(columns, ("", *ALLS, *VALUES))


def _all_counts(table: Table, column: str) -> bool:
    filled = [text for text in table.frame[column] if text]
    return bool(filled) and all(text.replace(",", "").isdecimal() for text in filled)


def _is_place(column: str) -> bool:
    key = column_key(column)
    return any(
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
