"""CSV for spreadsheets: UTF-8 with a mark, a row a site, items in numbered columns (CSV)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from geo.base.delimited import refusal
from geo.base.problems import neutral
from geo.base.words import Words
from surveys.formats.parts.columns import site_columns
from surveys.formats.parts.declare import Format, Reading
from surveys.formats.parts.table import number_items, shown_columns, site_row, split_long
from surveys.formats.raw.sheets import read_sheets
from surveys.formats.raw.table import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.cells import Written
    from surveys.record.portable import Portable


def guard_text(text: str) -> str:
    """Return text that no spreadsheet runs, which `unguard_text` turns back (数式にならない文字).

    Examples
    --------
    >>> guard_text("=1+1"), guard_text("'quoted"), guard_text("坂")
    ("'=1+1", "''quoted", '坂')
    """
    return f"'{text}" if text.startswith("'") or neutral(text) != text else text


def unguard_text(text: str) -> str:
    """Return the text that was guarded; any other stays as it is (もとの文字).

    Examples
    --------
    >>> unguard_text("'=1+1"), unguard_text("'08012345678")
    ('=1+1', "'08012345678")
    """
    return text[1:] if text.startswith("'") and guard_text(text[1:]) == text else text


def dump_csv(type_: RecordType, portables: Sequence[Portable], lang: Lang, made_at: str) -> bytes:
    """Return sites as CSV (CSVを書く).

    Raises
    ------
    InputError
        More items in one site than a spreadsheet has room for in columns.
    """
    del made_at  # a CSV has no place to say it
    numbered = number_items(type_, portables, lang)
    rows = [
        site_row(portable, type_, lang, "sheet") | items
        for portable, items in zip(portables, numbered.rows, strict=True)
    ]
    columns = (*shown_columns(site_columns(type_), "sheet"), *numbered.columns)
    table = split_long(columns, rows)
    if len(table.columns) > MAX_COLUMNS:
        raise refusal(
            f"{type_.id}.csv",
            f"CSVにするには列が多すぎます（{MAX_COLUMNS:,}列まで）。Excelの形式で書き出してください",
            f"too many columns for CSV (at most {MAX_COLUMNS:,}); export as Excel",
        )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([one.head(lang) for one in table.columns])
    for row in table.rows:
        writer.writerow([_say(value) for value in table.cells(row)])
    return out.getvalue().encode("utf-8-sig")


def _say(value: Written) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # Never 1e-07, which only some programs read.
        return f"{value:.7f}".rstrip("0").rstrip(".") if "e" in repr(value) else repr(value)
    return guard_text(value) if isinstance(value, str) else str(value)


FORMAT: Final = Format(
    id="csv", words=Words("CSV（Excelで開ける表）", "CSV (opens in Excel)"),
    suffix=".csv", mime="text/csv", order=2, dump=dump_csv, tells_time=False,
    reading=Reading(
        words=Words("CSV", "CSV"), endings=(".csv", ".tsv", ".txt"), read=read_sheets, tables=True
    ),
)  # fmt: skip
