"""The areas' figures as rows of a file (地区の行)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from geo.base.problems import neutral
from geo.coverage.coverage import COUNTED
from geo.export.keys import (
    AREA_DECIMALS,
    AREA_KEYS,
    TOTAL_WORDS,
    WHY_KEYS,
    measured,
    round_number,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geo.analysis.why import Why
    from geo.coverage.coverage import Coverage
    from geo.export.keys import Keys


def dump_rows(names: Mapping[str, str], rows: Iterable[Mapping[str, Any]], keys: Keys) -> str:
    """Return rows as CSV, RFC 4180: the Japanese headings or the keys first (行を CSV にする).

    Parameters
    ----------
    names
        What each key is called in Japanese, in the order of the columns.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names if keys == "en" else names.values())
    for row in rows:
        writer.writerow([_cell(value_of(row, key, keys)) for key in names])
    return out.getvalue()


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    return "" if value is None else neutral(value)


def area_keys(coverage: Coverage, why: Why | None) -> dict[str, str]:
    """Return the areas' keys, with those that say why where it was asked (地区の項目名)."""
    names = AREA_KEYS if why is None else AREA_KEYS | WHY_KEYS
    return measured(names, straight=coverage.question.straight)


def area_rows(coverage: Coverage, why: Why | None = None) -> list[dict[str, Any]]:
    """Return the areas' figures as files hold them, by `area_keys` (地区の行).

    Where nobody told who lives there, no number of people.
    """
    rows = [
        {key: _rounded(key, row[key]) for key in AREA_KEYS}
        | (dict.fromkeys(COUNTED) if row.get("no_people") else {})
        for row in coverage.areas.to_dict("records")
    ]
    if why is None:
        return rows
    return [row | more for row, more in zip(rows, _why_rows(why.areas), strict=True)]


def total_row(coverage: Coverage, keys: Keys, why: Why | None = None) -> dict[str, Any]:
    """Return the figures of all areas together, what has none left out (合計の行)."""
    row = {key: _rounded(key, value) for key, value in coverage.whole.items()}
    row |= {"area_name": TOTAL_WORDS.say(keys), "division": coverage.question.division}
    return row if why is None else row | _why_rows(why.totals)[0]


def _why_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what is told of why: whole metres, nothing where there is no nearest."""
    return [
        {key: row[key] for key in WHY_KEYS}
        | {
            "nearest_name": row["nearest_name"] or None,
            "nearest_m": round_number(row["nearest_m"], 0),
        }
        for row in table.to_dict("records")
    ]


def _rounded(key: str, value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    return round_number(value, AREA_DECIMALS[key]) if key in AREA_DECIMALS else value
