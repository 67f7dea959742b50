"""One answer, one cell: written and read back (答えと欄).

A blank cell is a question not asked. Writing is one of three styles: ``sheet`` for people with a
spreadsheet, ``json`` with lists as lists, and ``code`` with ids in place of labels. Reading takes
any of them, in both languages.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.base.dates import DASHES, parse_date, parse_month, parse_time
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.schedule import dump_schedule, parse_schedule
from surveys.declaration.field import KINDS_WITHOUT_UNKNOWN, NO_ITEMS_WORDS, UNKNOWN, UNKNOWN_WORDS
from surveys.formats.parts.labels import (
    NONES,
    UNKNOWNS,
    code_of,
    fold,
    lookup_choices,
    name_choices,
    say_choice,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.formats.raw.table import Cell

Style = Literal["sheet", "json", "code"]
Written = str | int | float | list[Any] | dict[str, Any] | None

_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?")
_PHOTO: Final = re.compile(r"([0-9A-Fa-f]{64})(?:\s+(.*))?")
# Other ways to write a unit after a number; the declared unit itself is always read.
_UNITS: Final = {
    "m2": ("平米", "平方メートル", "m^2"), "人": ("名",), "m": ("メートル",), "cm": ("センチ",),
    "%": ("パーセント",),
}  # fmt: skip


_NONE_ITEMS: Final = NONES | {"無", "無し", "×", "-", "0"}


def dump_cell(field: Field, value: object, lang: Lang, style: Style = "sheet") -> Written:
    """Return a kept answer as a cell's value, ``None`` for not asked (答えを欄に書く).

    Items and points have cells of their own; see `surveys.formats.parts.table`.
    """
    if value is None or (value == UNKNOWN and field.kind not in KINDS_WITHOUT_UNKNOWN):
        return None if value is None else UNKNOWN if style == "code" else UNKNOWN_WORDS.say(lang)
    if field.kind == "choice":
        return (
            code_of(field, str(value)) if style == "code" else say_choice(field, str(value), lang)
        )
    if field.kind == "month":
        return str(value) if style != "sheet" else _say_month(str(value))
    if isinstance(value, list):
        parts = _parts(field, value, lang, style)
        if style == "json":
            return parts
        return _join(field, parts, lang)
    return value if isinstance(value, int | float) else str(value)


def parse_cell(field: Field, cell: Cell) -> object:  # noqa: C901, PLR0911 - one kind a line
    """Return a cell's answer, not yet checked, ``None`` for a blank one (欄を読む).

    Raises
    ------
    InputError
        What cannot be read; of choices it names those there are.
    """
    listed = isinstance(cell, list)
    text = "\n".join(say_cell(one) for one in cell) if isinstance(cell, list) else say_cell(cell)
    if not text.strip():
        return [] if listed and field.kind == "schedule" else None
    if not listed and field.kind not in KINDS_WITHOUT_UNKNOWN and fold(text) in UNKNOWNS:
        return UNKNOWN
    match field.kind:
        case "choice":
            return _read_choice(field, text)
        case "choices":
            return _read_choices(field, text)
        case "number":
            return cell if _is_number(cell) else read_number(text, field.unit)
        case "date":
            return parse_date(text).isoformat()
        case "month":
            year, month = parse_month(text)
            return f"{year:04}" if month is None else f"{year:04}-{month:02}"
        case "time":
            return parse_time(text)
        case "schedule":
            return [] if fold(text) in NONES else parse_schedule(text)
        case "areas" | "sites":
            return [one for one in re.split(r"[、;\n]", text) if one.strip()]
        case "photos":
            return [_read_photo(line) for line in text.split("\n") if line.strip()]
        case _:
            return text


def say_cell(cell: object) -> str:  # noqa: PLR0911 - one kind a line
    """Return any cell as text (欄の文字).

    Examples
    --------
    >>> say_cell(datetime(2026, 11, 21)), say_cell(3.0), say_cell(True), say_cell(time(9, 30))
    ('2026-11-21', '3', 'TRUE', '09:30')
    """
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        whole = cell.time().replace(microsecond=0) == time()
        return cell.date().isoformat() if whole else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, int):
        return str(cell)
    return json.dumps(cell, ensure_ascii=False, sort_keys=True, default=str)


def read_number(text: str, unit: str = "") -> int | float:
    """Return the number a text writes, in any width, with commas or its unit (数を読む).

    Raises
    ------
    InputError
        No number.

    Examples
    --------
    >>> read_number("１，２３４．５ m²", "㎡"), read_number("−3")
    (1234.5, -3)
    """
    plain = tidy(text).translate(DASHES)
    known = tidy(unit)
    for one in (known, *_UNITS.get(known, ())):
        if one and plain.casefold().endswith(one.casefold()):
            plain = plain[: -len(one)].strip()
            break
    if not re.search("[0-9]", plain) or not _NUMBER.fullmatch(plain):
        raise InputError(
            Words(
                "数として読めません。数だけを書いてください",
                "cannot be read as a number; write the number only",
            )
        )
    plain = plain.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def read_count(cell: Cell) -> int | str | None:
    """Return how many there are, ``"unknown"``, or ``None`` for a blank cell (数えた数を読む).

    Raises
    ------
    InputError
        Neither a whole number nor なし nor 不明.
    """
    text = say_cell(cell)
    if not text.strip():
        return None
    if fold(text) in UNKNOWNS:
        return UNKNOWN
    if fold(text) in _NONE_ITEMS:
        return 0
    plain = re.sub("(?:台|か所|箇所|基|個|つ)$", "", tidy(text))
    try:
        number = read_number(plain)
    except InputError:
        number = -1
    if number < 0 or int(number) != number:
        raise InputError(
            Words(
                "数ではありません。数か「なし」「不明」を書いてください",
                "no count; write a number, none or unknown",
            )
        )
    return int(number)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _read_choice(field: Field, text: str) -> str:
    found = lookup_choices(field.choices).get(fold(text))
    if found is None:
        raise InputError(name_choices([*(one.words for one in field.offered), UNKNOWN_WORDS]))
    return found


def _read_choices(field: Field, text: str) -> list[str] | str:
    known = lookup_choices(field.choices)
    parts = [text]
    # A comma or stroke may belong to a label: it parts only what is no label as a whole.
    for marks in ("[、､;；\n]", "[,，]", "[/／]"):
        parts = [
            piece
            for part in parts
            for piece in ([part] if fold(part) in known else re.split(marks, part))
        ]
    out = [_read_choice(field, part) for part in parts if part.strip()]
    if UNKNOWN in out and len(out) == 1:
        return UNKNOWN
    if UNKNOWN in out:
        raise InputError(
            Words(
                "「不明」とほかの答えが、いっしょに書いてあります。どちらかにしてください",
                "says unknown together with other answers; keep one or the other",
            )
        )
    return out


def _read_photo(line: str) -> dict[str, str]:
    found = _PHOTO.fullmatch(line.strip())
    if found is None:
        raise InputError(
            Words(
                "写真の記号（64けた）で始まっていません。書き出したままにしておいてください",
                "does not begin with a photo's id of 64 digits; leave it as it was exported",
            )
        )
    return {"id": found[1].lower(), "caption": found[2] or ""}


def _parts(field: Field, value: Sequence[Any], lang: Lang, style: Style) -> list[str]:
    if field.kind == "choices":
        return [one if style == "code" else say_choice(field, one, lang) for one in value]
    if field.kind == "photos":
        return [f"{one['id']} {one['caption']}".strip() for one in value]
    if field.kind == "schedule":
        # Each in Japanese: the English of a schedule does not read back.
        return [_say_rule(rule) for rule in value]
    return [str(one) for one in value]


def _say_rule(rule: Mapping[str, Any]) -> str:
    line = dump_schedule([dict(rule)])
    reserved = fold(line) in UNKNOWNS | NONES
    return f"原文{json.dumps(line, ensure_ascii=False)}" if reserved else line


def _join(field: Field, parts: Sequence[str], lang: Lang) -> str | None:
    if field.kind == "schedule":
        return "\n".join(parts) or NO_ITEMS_WORDS.say(lang)
    if field.kind == "photos":
        return "\n".join(parts)
    if field.kind == "choices":
        return ("、" if lang == "ja" else "; ").join(parts)
    text = (";" if field.kind == "sites" else "、").join(parts)
    # An area that is itself called 不明 is still a list of one.
    return f"{text}、" if fold(text) in UNKNOWNS else text


def _say_month(value: str) -> str:
    # In both languages: a spreadsheet makes a day of 1980-04 and of April 1980.
    year, _, month = value.partition("-")
    return f"{year}年{int(month)}月" if month else f"{year}年"
