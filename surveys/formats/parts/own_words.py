"""A cell that says more than its answer can: its words are kept beside it (書いてあるまま残す)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from surveys.formats.parts.cells import parse_cell
from surveys.record.fee import read_fee
from surveys.record.said import read_said_day, read_said_minutes, read_said_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.declaration.field import Field
    from surveys.declaration.paths import Answers
    from surveys.formats.parts.reading import Line

_YEN: Final = "円"
_MINUTES: Final = "分"
_KEPT: Final = Words(
    "数として読めないので、書いてあるまま残しました",
    "cannot be read as a number; kept as it is written",
)
_NO_KIND: Final = Words(
    "種類の中にない言葉なので、書いてあるまま残しました。活動記録の画面で種類に足すと、選べます",
    "none of the kinds; kept as it is written. Add it to the kinds on the page of the log to choose it",
)
_UNREAD: Final[Mapping[str, Words]] = {
    "number": _KEPT,
    "date": Words(
        "何年の何日かが分からないので、書いてあるまま残しました。日を書き足すまで、報告には入りません",
        "no whole day; kept as it is written, and in no report until a day is added",
    ),
}


def keep_words(field: Field, line: Line, out: Answers) -> bool:
    """Put a cell that is no answer into the text that takes its words; say whether there is one (言葉を残す).

    What of it can be told is answered as well: an amount and what it is for, the choices that are
    named as they are called.

    Parameters
    ----------
    out
        The row's answers so far; added to.
    """
    if not field.words_in:
        return False
    text = line.text(field.id)
    words = text
    told: Answers = {}
    if field.unit == _YEN:
        fee = read_fee(text)
        words = fee.words
        told = {field.id: fee.yen, field.unit_in: fee.unit or None}
        told = {key: value for key, value in told.items() if key and value is not None}
    elif field.unit == _MINUTES:
        minutes = read_said_minutes(text)
        told, words = ({}, text) if minutes is None else ({field.id: minutes}, "")
    elif field.beside:
        told, words = _beside(field, text)
    elif field.kind == "choices":
        named = [
            id_ for part in re.split("[、､,，・/／;\\n]", text) for id_ in _choice(field, part)
        ]
        told = {field.id: list(dict.fromkeys(named))} if named else {}
    for key, value in told.items():
        out.setdefault(key, value)
    nothing = field.id not in told if field.kind == "date" else not told
    if nothing and field.kind in _UNREAD:
        line.tell(field.id, _UNREAD[field.kind])
    elif nothing and field.own:
        line.tell(field.id, _NO_KIND)
    if words:
        out[field.words_in] = join_words(out.get(field.words_in), words)
    return True


def _beside(field: Field, text: str) -> tuple[Answers, str]:
    """Return the answers a day or a number told in words holds, and the words where they say more."""
    takes = dict(field.beside)
    if field.kind == "date":
        day = read_said_day(text)
        told = {field.id: day.first, takes["until"]: day.last}
        told[takes["planned"]] = "planned" if day.planned else ""
        return {key: value for key, value in told.items() if value}, "" if day.whole else text
    said = read_said_number(text)
    if said.number is None:
        return {}, text
    marks = {takes[one]: "yes" for one in ("about", "total") if getattr(said, one)}
    return {field.id: said.number, **marks}, text


def add_words(field: Field, kept: object, value: Any) -> Any:  # noqa: ANN401 - an answer is any JSON value
    """Return a cell's own answer beside what another cell's words told of it (欄の答えを足す)."""
    if kept is None or value is None:
        return kept if value is None else value
    return join_words(kept, value) if field.kind in ("text", "note") else value


def join_words(one: object, other: object) -> Any:  # noqa: ANN401 - an answer is any JSON value
    """Return two texts as one, each once (文をつなぐ)."""
    if not isinstance(one, str) or not isinstance(other, str):
        return one if other is None else other
    return one if other in one else other if one in other else f"{other}、{one}"


def _choice(field: Field, part: str) -> list[str]:
    if not tidy(part):
        return []
    try:
        found = parse_cell(field, part)
    except InputError:
        return []
    return [str(one) for one in found] if isinstance(found, list) else []
