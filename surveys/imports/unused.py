"""Every column, row and sheet of a file that is not used, named before anything is taken (使わないもの)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.formats.parts.known_heads import suggest
from surveys.imports.layout import offered_keys

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.reading import Reading


def count_unused(reading: Reading) -> Words:
    """Return how many columns, rows, sheets and files of a zip are not used, empty words for none (数を言う).

    Examples
    --------
    >>> from surveys.formats.parts.reading import Reading
    >>> count_unused(Reading(rows=(), matched={}, ignored={"a": ("階数",)}, problems=())).ja
    '使わなかったもの: 列 1'
    """
    columns = sum(map(len, reading.unused().values()))
    rows = sum(one.row is not None for one in reading.aside)
    files = sum(one.row is None and bool(one.value) for one in reading.aside)
    sheets = len(reading.aside) - rows - files
    parts = [
        (number, words)
        for number, words in (
            (columns, Words("列", "columns")),
            (rows, Words("行", "rows")),
            (sheets, Words("シート", "sheets")),
            (files, Words("ファイル", "files")),
        )
        if number
    ]
    if not parts:
        return Words("", "")
    return Words(
        "使わなかったもの: " + "・".join(f"{words.ja} {number:,}" for number, words in parts),
        "not used: " + ", ".join(f"{number:,} {words.en}" for number, words in parts),
    )


def list_unused(type_: RecordType, reading: Reading) -> list[Words]:
    """Return a line for each, columns first, with what a column may have been meant as (並べて言う)."""
    out: list[Words] = []
    for heads in reading.unused().values():
        out += [_say_column(type_, one) for one in heads]
    out += [Words(one.say("ja"), one.say("en")) for one in reading.aside]
    return list(dict.fromkeys(out))


def suggestion(type_: RecordType, header: str) -> tuple[str, Words] | None:
    """Return the key a column may be meant as, and what it is called; ``None`` for none (列の見当)."""
    key = suggest(type_, header)
    words = offered_keys(type_).get(key)
    return (key, words) if words is not None else None


def _say_column(type_: RecordType, header: str) -> Words:
    found = suggestion(type_, header)
    if found is None:
        return Words(
            f"列「{header}」: 当てはまる項目がありません",
            f"column “{header}”: no field fits",
        )
    key, words = found
    return Words(
        f"列「{header}」: 「{words.ja}」のことなら --map '{header}={key}'",
        f"column “{header}”: if “{words.en}” is meant, --map '{header}={key}'",
    )
