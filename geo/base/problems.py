"""Faults in files, told so that a person can mend them (問題の一覧と入力の誤り)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.base.words import Lang, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of one row; the rest of the file may still be good (行の問題).

    Attributes
    ----------
    file, row, column, value
        Where it is: `row` counts from 1 at the header (as Excel numbers them), or is the
        1-based feature number of a GeoJSON; ``None`` when the whole file is meant.
    reason
        What is wrong and what to do, in both languages.
    """

    file: str
    row: int | None
    column: str
    value: str
    reason: Words

    def say(self, lang: Lang) -> str:
        """Return one line that names place, value and reason (一行で言う)."""
        row = (
            "" if self.row is None else (f" {self.row}行目" if lang == "ja" else f" row {self.row}")
        )
        column = f"「{self.column}」" if lang == "ja" and self.column else self.column
        value = f"（{self.value}）" if lang == "ja" else f" ({self.value})"
        where = f"{self.file}{row} {column}{value if self.value else ''}".strip()
        return f"{where}: {self.reason.say(lang)}"


def dump_problems(problems: Iterable[Problem]) -> str:
    """Return all problems as CSV, a row each, in both languages (問題の表)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["ファイル", "行", "列", "値", "理由", "reason"])
    for one in problems:
        texts = [one.file, "" if one.row is None else one.row, one.column, one.value]
        writer.writerow([neutral(text) for text in (*texts, one.reason.ja, one.reason.en)])
    return out.getvalue()


def neutral(value: object) -> object:
    """Return a cell's value that no spreadsheet runs as a formula (数式にならない値).

    Examples
    --------
    >>> neutral("=1+1"), neutral(-3)
    ("'=1+1", -3)
    """
    if isinstance(value, str) and value.lstrip()[:1] in tuple("=+-@＝＋－＠\t\r"):
        return f"'{value}"
    return value


class InputError(ValueError):
    """A file or argument that cannot be used at all (使えない入力).

    Parameters
    ----------
    words
        What is wrong, where, and what to do, as one or two sentences in both languages.
    """

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words
