"""A list's plain headings beside one thing a row: when it meets, and the list's own numbers (一覧の見出し)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.delimited import find_column
from geo.base.list_heads import IDS, find_whens, names_open_hours, whole_day
from geo.base.words import Words
from surveys.formats.parts.cells import say_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType
    from surveys.formats.raw.table import Cell

# What the list itself calls its rows: no id of ours.
LIST_ID: Final = "@list_id"
# Where a group meets, beside what it is called.
VENUES: Final = (
    "会場", "会場名", "会場名称", "開催場所", "開催会場", "実施場所", "実施会場", "活動場所", "活動会場",
    "開催場所名", "開催施設", "会場施設名",
)  # fmt: skip
GROUP: Final = "group"
# Ids that stay: each row is a record of its own, whose name was its name before.
_NAMED_ROWS: Final = ("id", "site_id", "共通ID", "識別ID", "identification")
LIST_ID_WORDS: Final = Words("一覧の番号", "The list's own number")
# After the key of a question: one of several columns that tell it together.
_JOINED: Final = "+"
_START: Final = "start"
_END: Final = "end"
# Where a table of halls tells when they are open.
_OPEN_KEYS: Final = frozenset({"open_at", "close_at"})


def match_whens(
    thing: Field, headers: Sequence[str], found: Mapping[str, str | None]
) -> dict[str, str]:
    """Return the columns of days and hours that together tell when a row's one thing is (日時の列).

    Parameters
    ----------
    found
        What each header was taken for so far; one that means something else keeps it, but for
        hours of opening that stand beside days of meeting.

    Examples
    --------
    >>> from surveys.types import RECORD_TYPES
    >>> thing = next(one for one in RECORD_TYPES["salon"].fields if one.item)
    >>> match_whens(thing, ["曜日", "時間"], {"曜日": None, "時間": None})
    {'曜日': 'activities#1/schedule+1', '時間': 'activities#1/schedule+2'}
    """
    fields = thing.item.fields if thing.item else ()
    asked = next((one for one in fields if one.kind == "schedule"), None)
    if asked is None:
        return {}
    key = f"{thing.id}#1/{asked.id}"
    whens = find_whens(headers)
    parts = [one for one in whens.parts if found[one] in (None, key) and not names_open_hours(one)]
    if not parts:
        return {}
    tags = {one: str(at) for at, one in enumerate(parts, start=1)}
    tags |= {
        header: tag
        for header, tag in ((whens.start, _START), (whens.end, _END))
        if header and (found[header] is None or found[header] in _OPEN_KEYS)
    }
    if _START not in tags.values():
        tags = {one: tag for one, tag in tags.items() if tag != _END}
    if len(tags) == 1:
        return {parts[0]: key}
    return {header: f"{key}{_JOINED}{tag}" for header, tag in tags.items()}


def match_venue(type_: RecordType, found: Mapping[str, str | None]) -> dict[str, str]:
    """Return the columns of a group's name and of its venue's, where a list of meetings has both (名称と会場).

    Not where its rows have ids that stay: there a record is called as it was in the list before.

    Parameters
    ----------
    found
        What each header was taken for so far.

    Examples
    --------
    >>> from surveys.types import RECORD_TYPES
    >>> match_venue(RECORD_TYPES["salon"], {"名称": "name", "会場": None, "曜日": None})
    {'会場': 'name', '名称': 'activities#1/group'}
    """
    thing = next((one for one in type_.fields if one.item and one.item.often_one), None)
    called = next((head for head, key in found.items() if key == "name"), "")
    venue = find_column([head for head, key in found.items() if key is None], VENUES)
    if thing is None or thing.item is None or not called or not venue or "@id" in found.values():
        return {}
    group = f"{thing.id}#1/{GROUP}"
    known = any(one.id == GROUP for one in thing.item.fields)
    if not known or group in found.values() or find_column([called], VENUES):
        return {}
    if find_column(list(found), _NAMED_ROWS):
        return {}
    meets = any(not names_open_hours(one) for one in find_whens(list(found)).parts)
    return {venue: "name", called: group} if meets else {}


def match_number(headers: Sequence[str], found: Mapping[str, str | None]) -> dict[str, str]:
    """Return the column in which a list numbers its rows, where it tells no id of ours (一覧の番号).

    Examples
    --------
    >>> match_number(["id", "名称"], {"id": None, "名称": "name"})
    {'id': '@list_id'}
    """
    if "@id" in found.values():
        return {}
    free = [one for one in headers if found[one] is None]
    column = find_column(free, IDS)
    return {column: LIST_ID} if column else {}


def base_key(key: str) -> str:
    """Return the question a column is one of several of (つなぐ前の項目).

    Examples
    --------
    >>> base_key("activities#1/schedule+2"), base_key("name")
    ('activities#1/schedule', 'name')
    """
    return key.partition(_JOINED)[0]


def join_cells(
    columns: Sequence[tuple[str, str, Cell]],
) -> dict[str, tuple[str, Cell]]:
    """Return a row's cells by key, those that tell one thing together joined (欄をつなぐ).

    Parameters
    ----------
    columns
        Header, key and cell of each, in the file's order.
    """
    shared = {base_key(key) for _, key, _ in columns if _JOINED in key}
    cells: dict[str, tuple[str, Cell]] = {}
    for base in shared:
        parts = [
            (header, key, whole_day(header, say_cell(cell).strip()))
            for header, key, cell in columns
            if base_key(key) == base
        ]
        end = next((text for _, key, text in parts if key.endswith(f"{_JOINED}{_END}")), "")
        texts = []
        for _, key, text in parts:
            if key.endswith(f"{_JOINED}{_START}"):
                texts.append(f"{text}～{end}" if text or end else "")
            elif not key.endswith(f"{_JOINED}{_END}"):
                texts.append(text)
        heads = "・".join(header for header, _, _ in parts)
        cells[base] = (heads, " ".join(filter(None, texts)))
    return cells | {
        key: (header, _alone(header, key, cell))
        for header, key, cell in columns
        if base_key(key) not in shared
    }


def _alone(header: str, key: str, cell: Cell) -> Cell:
    """Return a cell that is joined to none: a weekday needs no hours beside it to be one."""
    when = isinstance(cell, str) and key.rpartition("/")[2] == "schedule"
    return whole_day(header, str(cell).strip()) if when else cell
