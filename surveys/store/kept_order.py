"""The kinds of kept things in the order of what needs what, and their tables (しまう順).

A table that no kind claims stops every backup, restore and check: it would else be left out
of them unsaid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from surveys.store.kept import KINDS
from surveys.store.kept.kind import (
    AUDIENCES,
    Export,
    FileCheck,
    Files,
    Not,
    Restore,
    RowCheck,
    Rows,
    Undo,
)
from surveys.store.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import MetaData, Table

    from surveys.store.kept.kind import Kind


_ANSWERS: Final[Mapping[str, tuple[type, ...]]] = {
    "backup": (Rows, Files, Not),
    "restore": (Restore, Not),
    "export": (Export, Not),
    "undo": (Undo, Not),
    "check": (tuple, Not),
    "audience": (str,),
}


def kinds_in_order(kinds: Mapping[str, Kind] | None = None) -> list[Kind]:
    """Return the kinds, each after those it needs, else by id (しまうものの順).

    Raises
    ------
    ValueError
        When the declarations and the tables do not fit together; the text says what to do.
    """
    kinds = KINDS if kinds is None else kinds
    wrong = find_gaps(kinds, METADATA)
    if wrong:
        raise ValueError("; ".join(wrong))
    left = dict(sorted(kinds.items()))
    order: list[Kind] = []
    while left:
        ready = next((id_ for id_, kind in left.items() if not left.keys() & set(kind.needs)), None)
        if ready is None:
            raise ValueError(f"kinds that need each other: {', '.join(left)}")
        order.append(left.pop(ready))
    return order


def kept_tables() -> list[Table]:
    """Return the tables whose rows a backup holds, in order (控える表)."""
    return [t for kind in kinds_in_order() if isinstance(kind.backup, Rows) for t in kind.tables]


def forgotten_tables() -> list[Table]:
    """Return the tables that are empty in a backup, those that point to others first (控えない表)."""
    out = [t for kind in kinds_in_order() if not isinstance(kind.backup, Rows) for t in kind.tables]
    return out[::-1]


def find_gaps(kinds: Mapping[str, Kind], metadata: MetaData) -> list[str]:
    """Return, for who writes a declaration, what does not fit between kinds and tables (ぬけ)."""
    wrong: list[str] = []
    owners: dict[str, list[str]] = {name: [] for name in metadata.tables}
    for kind in kinds.values():
        for table in kind.tables:
            owners.setdefault(table.name, []).append(kind.id)
        known = {*kind.needs, kind.lies_in} - {""}
        wrong += [f"{kind.id} names a kind {one!r} there is not" for one in known - kinds.keys()]
    for name, ids in owners.items():
        if len(ids) != 1:
            claimed = f"by {' and '.join(ids)}" if ids else "by no kind"
            wrong.append(
                f"the table {name} is kept {claimed}: declare it once in surveys/store/kept"
            )
        elif name not in metadata.tables:
            wrong.append(f"{ids[0]} names a table {name} the register has not")
    return [*wrong, *_unanswered(kinds), *_untold_needs(kinds)]


def _unanswered(kinds: Mapping[str, Kind]) -> list[str]:
    """Return the questions a kind leaves open, or answers in two ways."""
    wrong: list[str] = []
    for kind in kinds.values():
        wrong += [
            f"{kind.id} does not say its {question}"
            for question, types in _ANSWERS.items()
            if not isinstance(getattr(kind, question), types) or not getattr(kind, question)
        ]
        if isinstance(kind.check, tuple) and any(
            not isinstance(one, RowCheck | FileCheck) for one in kind.check
        ):
            wrong.append(f"{kind.id} has a check that is none")
        if isinstance(kind.backup, Not) != isinstance(kind.restore, Not):
            wrong.append(f"{kind.id} is backed up and not restored, or the other way round")
        if isinstance(kind.backup, Rows) != bool(kind.tables or kind.lies_in) and not isinstance(
            kind.backup, Not
        ):
            wrong.append(f"{kind.id} backs up rows and has no table, or files and has one")
        if kind.audience not in AUDIENCES:
            wrong.append(f"{kind.id} is for an audience there is not: {kind.audience}")
    return wrong


def _untold_needs(kinds: Mapping[str, Kind]) -> list[str]:
    """Return the tables that point to rows which would be put back after them."""
    owner = {table.name: kind for kind in kinds.values() for table in kind.tables}
    wrong: list[str] = []
    for kind in kinds.values():
        before = {table.name for id_ in kind.needs if id_ in kinds for table in kinds[id_].tables}
        for table in kind.tables:
            before.add(table.name)
            wrong += [
                f"{kind.id}: {table.name} points to {key.column.table.name}, which comes later:"
                f" name {owner[key.column.table.name].id} in its needs"
                for key in table.foreign_keys
                if key.column.table.name not in before and key.column.table.name in owner
            ]
    return wrong
