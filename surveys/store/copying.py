"""Carry a register's rows from one database to another (台帳を写す)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.engine import open_engine, reading, told_in_words, writing
from surveys.store.kept.kind import Not
from surveys.store.kept_order import forgotten_tables, kept_tables, kinds_in_order

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Column, Connection, Engine, Table

_CHUNK: Final = 500


def save_copy(engine: Engine, path: Path) -> None:
    """Write a register as one SQLite file that needs no journal beside it (一つのファイルに写す).

    All of it is of one moment, whoever writes meanwhile. `path` must be empty, or not exist.

    Raises
    ------
    InputError
        When it cannot be read or written.
    """
    if engine.name == "sqlite":
        # Not the backup API: what was deleted, a dropped draft say, stays in its free pages.
        with told_in_words(saving=False), engine.connect() as connection:
            raw = connection.connection.driver_connection
            if not isinstance(raw, sqlite3.Connection):
                raise TypeError(raw)
            try:
                raw.execute("VACUUM INTO ?", (str(path),))
            except sqlite3.Error as error:
                raise SQLAlchemyError(str(error)) from error
        _forget_the_moment(path)
    else:
        other = open_engine(f"sqlite:///{path}")
        try:
            with reading(engine) as source, writing(other) as target:
                copy_rows(source, target)
        finally:
            other.dispose()
    fold_journal(path)


def fold_journal(path: Path) -> None:
    """Bring what lies in a SQLite file's journal into it and do without one (一つのファイルにする)."""
    try:
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        with told_in_words(saving=False):
            raise SQLAlchemyError(str(error)) from error


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row into an empty register, numbers as they are (行をすべて写す).

    Raises
    ------
    InputError
        When the target holds rows already.
    """
    if holds_rows(target):
        raise InputError(
            Words(
                "戻す先の台帳に、もう記録があります。空の台帳に戻してください",
                "the register to restore into holds records already: choose an empty one",
            )
        )
    for table in kept_tables():
        wanted = select(table).order_by(*table.primary_key)
        rows = source.execute(wanted.execution_options(yield_per=_CHUNK))
        for part in rows.mappings().partitions(_CHUNK):
            target.execute(insert(table), [dict(row) for row in part])
    for kind in kinds_in_order():
        if isinstance(kind.restore, Not) or kind.lies_in:
            continue
        if kind.restore.after is not None:
            kind.restore.after(source, target)
        for column in kind.restore.counted:
            _count_on(source, target, column)


def holds_rows(connection: Connection) -> bool:
    """Say whether a register holds anything at all (記録があるか)."""
    return any(
        connection.scalar(select(func.count()).select_from(table)) for table in kept_tables()
    )


def differing_tables(one: Connection, other: Connection) -> list[str]:
    """Return the tables whose rows are not the same in both registers (ちがう表)."""
    return [table.name for table in kept_tables() if _rows(one, table) != _rows(other, table)]


def _forget_the_moment(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as raw, raw:
            # Overwritten, not only left out: the file goes to other hands.
            raw.execute("PRAGMA secure_delete=ON")
            for table in forgotten_tables():
                raw.execute(f"DELETE FROM {table.name}")  # noqa: S608 - our own names
    except sqlite3.Error as error:
        with told_in_words(saving=False):
            raise SQLAlchemyError(str(error)) from error


def _rows(connection: Connection, table: Table) -> dict[tuple[object, ...], dict[str, object]]:
    keys = [column.name for column in table.primary_key]
    rows = connection.execute(select(table)).mappings()
    return {tuple(row[key] for key in keys): dict(row) for row in rows}


def _count_on(source: Connection, target: Connection, column: Column[int]) -> None:
    """Let the next number be one that was never given, as in the source."""
    last = source.scalar(select(func.max(column))) or 0
    if target.dialect.name == "postgresql" and last:
        target.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, :column), :last)"),
            {"name": column.table.name, "column": column.name, "last": last},
        )
