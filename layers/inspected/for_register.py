"""A list of places as records of the register: which kind, and what each column becomes (台帳に)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from layers.inspected.seen import Column, Use, say_told
from surveys.formats.parts.interpret import interpret
from surveys.formats.parts.known_heads import known_heads
from surveys.formats.parts.list_heads import base_key
from surveys.formats.parts.of_type import take_type
from surveys.formats.upload import read_upload
from surveys.imports.kinds import PEOPLE, find_kind
from surveys.imports.layout import offered_keys
from surveys.imports.ruled import improve
from surveys.rules import RULES
from surveys.rules.venue_columns import GROUP
from surveys.types import EVERY_TYPE, RECORD_TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.reading import Reading
    from surveys.imports.kinds import Kind

_A_HALL: Final = Words(
    "施設の一覧です。そこに通いの場があるかは、このファイルからは分かりません",
    "a list of buildings; it does not say whether a salon meets there",
)
_KEEPER: Final = "keeper"  # of a 通いの場 alone
_NO_COLUMN: Final = Words("使わない列", "columns not used")
_NO_FILE: Final = Words("使わないファイル", "files not used")
_ANY: Final = RECORD_TYPES["resource"].words
_BY_RULE: Final = Words("決まりで読む", "read by a rule")
_A_VENUE: Final = Words("通いの場の会場になりそうな施設", "buildings where a salon could meet")


def as_records(path: Path) -> Use | Words:
    """Return which records a file of places would make, or why none (台帳に取りこむ).

    Which kind is said by `surveys.imports.kinds.find_kind`, as it is when the file is taken; a list of
    something else is called so.
    """
    try:
        raw = read_upload(path.read_bytes(), file=path.name, known=_every_head())
    except InputError as error:
        return error.words
    kind = find_kind(raw, path.resolve().parent.name)
    if kind.type is None:
        return _say_unknown(kind)
    type_ = kind.type
    rules = [one for one in RULES.values() if one.type in ("", type_.id)]
    own = take_type(raw, type_)
    reading, _ = improve(own, type_, interpret(own, type_), rules, {})
    return _use(path, type_, reading, (_A_HALL,) if kind.hall else ())


def _say_unknown(kind: Kind) -> Words:
    if kind.other is None:
        return Words(
            "何の一覧か、見出しからわかりません。種類（--type）を選べば取りこめます",
            "its headings do not say what it is a list of. It comes in once a type (--type) is chosen",
        )
    if kind.other is PEOPLE:
        return Words(f"{PEOPLE.ja}のようです", f"seems to be {PEOPLE.en}")
    return Words(
        f"{kind.other.ja}のようで、この道具の調査票のどれでもありません（「{_ANY.ja}」としてなら取りこめます）",
        f"seems to be {kind.other.en}, none of the record types here (it may be kept as “{_ANY.en}”)",
    )


@cache
def _every_head() -> frozenset[str]:
    return frozenset(head for type_ in EVERY_TYPE.values() for head in known_heads(type_))


def _taken_as(key: str, reading: Reading) -> str:
    """Return what an import makes of a column: 団体名 beside a venue's name names the group."""
    left = any(_KEEPER in one.site.answers for one in reading.rows)
    return GROUP if key == _KEEPER and reading.rows and not left else key


def _use(path: Path, type_: RecordType, reading: Reading, doubts: tuple[Words, ...]) -> Use:
    heads = offered_keys(type_)
    matched = {head: key for sheet in reading.matched.values() for head, key in sheet.items()}
    taken = {head: _taken_as(key, reading) for head, key in matched.items()}
    columns = [*matched, *(one for sheet in reading.ignored.values() for one in sheet)]
    placed = sum(one.site.place is not None for one in reading.rows)
    ruled = {one for sheet in reading.ruled.values() for one in sheet}
    unused = [one for sheet in reading.unused().values() for one in sheet]
    files = [one.value for one in reading.aside if one.value and one.row is None]
    told = [
        Words(f"{words.ja}: {'、'.join(names)}", f"{words.en}: {', '.join(names)}")
        for words, names in ((_NO_COLUMN, unused), (_NO_FILE, files))
        if names
    ]
    return Use(
        id=type_.id, words=_A_VENUE if doubts else type_.words,
        found=Words(
            f"{len(reading.rows):,}件（うち場所のあるもの {placed:,}件）",
            f"{count_in_english(len(reading.rows), 'record')} ({placed:,} with a place)",
        ),
        sure=not doubts, how=f"kayoi records import --type {type_.id} {path.name}",
        told=(*doubts, *say_told([*told, *reading.problems])),
        columns=tuple(
            Column(
                name=one,
                becomes=_BY_RULE if one in ruled else heads.get(base_key(taken.get(one, ""))),
            )
            for one in columns
        ),
    )  # fmt: skip
