"""CSV and TSV as plain tables (CSVを素の表に)."""

from __future__ import annotations

from typing import Final

from geo.base.delimited import Limits, parse_delimited
from surveys.formats.raw.table import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    RawFile,
    RawRow,
    RawSheet,
    check_row,
)

_LIMITS: Final = Limits(rows=MAX_ROWS, columns=MAX_COLUMNS, cells=MAX_CELLS)


def read_delimited(data: bytes, *, file: str) -> RawFile:
    r"""Return the table in a CSV or TSV file's bytes, each cell as typed (CSVを読む).

    Raises
    ------
    InputError
        Not text, quotes wrong, no header, too large.

    Examples
    --------
    >>> read_delimited("名称,備考\n西町,\n".encode(), file="bench.csv").sheets[0].rows[0].cells
    ('西町', None)
    """
    plain = parse_delimited(data, file=file, limits=_LIMITS)
    rows: list[RawRow] = []
    problems = list(plain.problems)
    for number, typed in plain.rows:
        values = [cell or None for cell in typed]
        cells, wrong = check_row(values, file=file, number=number, columns=plain.columns)
        rows.append(RawRow(number=number, cells=cells))
        problems += wrong
    sheet = RawSheet(
        name=file.rpartition(".")[0],
        columns=plain.columns,
        rows=tuple(rows),
        problems=tuple(sorted(problems, key=lambda one: one.row or 0)),
    )
    return RawFile(name=file, kind="csv", sheets=(sheet,))
