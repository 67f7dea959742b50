"""Make a register of our own out of the rows of a file nobody vouches for (台帳を作り直す).

What is put in place is never the file that was given: a new one is made by our own migrations,
and only the rows of tables and columns those know are carried over. Whatever else the file
holds, a trigger, a view, a table, a column, an index, stays behind.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from geo.base.private import close
from geo.base.problems import InputError
from geo.base.words import Words
from surveys.accounts.passwords import is_cheap_enough
from surveys.store.bounds import find_misfit
from surveys.store.boxes import fill_boxes
from surveys.store.copying import fold_journal
from surveys.store.declared import DECLARED_KEY
from surveys.store.door import check_form
from surveys.store.engine import known_levels, open_engine, reading, writing
from surveys.store.field_tables import ACCOUNT
from surveys.store.kept_order import forgotten_tables, kept_tables
from surveys.store.manifest import REGISTER
from surveys.store.rows import read_version
from surveys.store.tables import SETTING, VERSION
from surveys.store.unpacking import damaged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlalchemy import Connection

_LEVEL: Final = "alembic_version"
# A photo no program can open is the largest value there is.
_LARGEST_VALUE: Final = 64 << 20
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What a database declares: objects by name, columns by table.

    Attributes
    ----------
    tables
        Plain tables; a virtual one has no page of its own.
    """

    objects: frozenset[str]
    tables: frozenset[str]
    columns: dict[str, dict[str, int]]


def remake_register(path: Path) -> tuple[str, ...]:
    """Put a new register with the same rows in place of a file; return what was left behind (作り直す).

    Raises
    ------
    InputError
        When the file is damaged, of a newer release, or holds a row no door of ours let in.
    """
    made = path.with_name("made.db")
    try:
        with closing(_open_untrusted(path)) as given:
            theirs = _read_shape(given)
            level = _read_level(given, theirs)
            open_engine(f"sqlite:///{made}", level=level).dispose()
            with closing(sqlite3.connect(made)) as new:
                left = _carry(given, theirs, new)
        _finish(made)
    except (sqlite3.Error, SQLAlchemyError, ValueError, OverflowError, TypeError) as error:
        if isinstance(error, InputError):
            raise
        raise damaged(REGISTER) from None
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    made.replace(path)
    return left


def _open_untrusted(path: Path) -> sqlite3.Connection:
    given = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    given.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
    given.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for line in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
        given.execute(f"PRAGMA {line}")
    return given


def _read_shape(database: sqlite3.Connection) -> _Shape:
    rows = database.execute("SELECT type, name, tbl_name, rootpage FROM sqlite_master").fetchall()
    plain = {str(name) for kind, name, _, page in rows if kind == "table" and page}
    columns = {
        table: {
            str(name): int(hidden)
            for name, hidden in database.execute(
                "SELECT name, hidden FROM pragma_table_xinfo(?)", (table,)
            )
        }
        for table in plain
    }
    named = {str(name) for _, name, _, _ in rows if not str(name).startswith("sqlite_")}
    return _Shape(objects=frozenset(named), tables=frozenset(plain), columns=columns)


def _read_level(given: sqlite3.Connection, theirs: _Shape) -> str:
    if theirs.columns.get(_LEVEL) != {"version_num": 0}:
        raise damaged(REGISTER)
    # A page that is damaged is told before anything of it is read.
    if given.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        raise damaged(REGISTER)
    levels = [str(row[0]) for row in given.execute(f"SELECT version_num FROM {_LEVEL} LIMIT 2")]  # noqa: S608 - our own name
    if len(levels) != 1:
        raise damaged(REGISTER)
    if levels[0] not in known_levels():
        raise InputError(
            Words(
                "台帳が新しい版のかよいマップのものです。かよいマップを新しくしてから戻してください",
                "the register is of a newer release: update Kayoi Map, then restore it",
            )
        )
    return levels[0]


def _carry(given: sqlite3.Connection, theirs: _Shape, new: sqlite3.Connection) -> tuple[str, ...]:
    ours = _read_shape(new)
    left = sorted(theirs.objects - ours.objects)
    wanted = [one.name for one in kept_tables() if one.name in ours.tables]
    with new:
        for table in wanted:
            columns = ours.columns[table]
            there = theirs.columns.get(table)
            # One of our columns that is computed there is no value anybody wrote.
            if there is None or any(there.get(name) != 0 for name in columns):
                raise damaged(REGISTER)
            left += [f"{table}.{name}" for name in sorted(there.keys() - columns.keys())]
            names = ", ".join(f'"{name}"' for name in columns)
            rows = given.execute(f'SELECT {names} FROM "{table}"')  # noqa: S608 - our own names
            marks = ", ".join("?" * len(columns))
            into = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - as above
            while part := rows.fetchmany(_AT_ONCE):
                new.executemany(into, part)
        if new.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise damaged(REGISTER)
    return tuple(left)


def _finish(made: Path) -> None:
    """Bring the new file up to date, and look at every row of it."""
    engine = open_engine(f"sqlite:///{made}")
    try:
        with closing(sqlite3.connect(made)) as raw:
            _check_values(raw)
        with writing(engine) as connection:
            for table in forgotten_tables():
                connection.execute(delete(table))
            # Names, words to be found by and days follow from the answers: they are made anew.
            connection.execute(delete(SETTING).where(SETTING.c.key == DECLARED_KEY))
            fill_boxes(connection, connection)
        with reading(engine) as connection:
            _check_rows(connection)
    finally:
        engine.dispose()
    fold_journal(made)
    close(made)


def _check_values(raw: sqlite3.Connection) -> None:
    for table in kept_tables():
        names = [one.name for one in table.columns]
        listed = ", ".join(f'"{name}"' for name in names)
        for row in raw.execute(f'SELECT {listed} FROM "{table.name}"'):  # noqa: S608 - our own names
            wrong = find_misfit(table, dict(zip(names, row, strict=True)))
            if wrong:
                raise _never_ours(f"{table.name}.{wrong}")


def _check_rows(connection: Connection) -> None:
    for row in connection.execute(select(VERSION).order_by(VERSION.c.seq)).mappings():
        try:
            check_form(read_version(row))
        except InputError as error:
            raise _never_ours(f"version {row['seq']}") from error
    _check_costs(connection.scalars(select(ACCOUNT.c.password)))


def _check_costs(kept: Iterable[str]) -> None:
    if not all(map(is_cheap_enough, kept)):
        raise _never_ours("account.password")


def _never_ours(what: str) -> InputError:
    return InputError(
        Words(
            f"控えの台帳に、かよいマップが受けつけないはずの値があります（{what}）。"
            "別の控えを使ってください。何も戻していません",
            f"the register in the backup holds a value Kayoi Map takes from nobody ({what}):"
            " use another backup; nothing was restored",
        )
    )
