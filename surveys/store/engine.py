"""Open the register on SQLite or PostGIS, brought to its newest form (台帳を開く)."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    SQLAlchemyError,
    StatementError,
)

from geo.base.private import open_own
from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.cannot_keep import CannotKeepError
from surveys.store.read_alone import read_alone
from surveys.store.same_file import watch_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    # Looks on as a write begins, and raises where it must not be.
    Witness = Callable[[Connection], None]

_WRITE: Final = "kayoi_write"
_NEWEST: Final = "head"
_WITNESS: Final = "kayoi_witness"
# One writer at a time, so that the order of versions is the order of their commits.
_WRITER_LOCK: Final = 726_301
_WAIT_S: Final = 20
_ONE_AT_A_TIME = threading.Lock()
_NO_ROOM: Final = ("disk is full", "no space left", "could not extend file")
# What the databases say, and what a person can do about it.
_FAILURES: Final = (
    (
        "disk is full",
        "ディスクがいっぱいです。空きをつくって、もう一度保存してください",
        "the disk is full; make room and save again",
    ),
    (
        "readonly",
        "台帳のファイルに書きこめません。書きこみの許可を確かめてください",
        "the register's file cannot be written; check its permissions",
    ),
    (
        "read-only",
        "台帳に書きこめません。書きこみの許可を確かめてください",
        "the register cannot be written; check its permissions",
    ),
    (
        "locked",
        "ほかの書きこみが続いています。少し待って、もう一度保存してください",
        "another writer is at work; wait a little and save again",
    ),
    (
        "unable to open",
        "台帳のファイルを開けません。フォルダがあるか確かめてください",
        "the register's file cannot be opened; check its folder",
    ),
    (
        "disk I/O",
        "ディスクの読み書きに失敗しました。ディスクを確かめてください",
        "the disk failed to read or write; check it",
    ),
    (
        "malformed",
        "台帳のファイルがこわれています。控え（バックアップ）から戻してください",
        "the register's file is damaged; restore a backup",
    ),
    (
        "not a database",
        "台帳のファイルではありません",
        "the file is no register",
    ),
    (
        "connection",
        "データベースにつながりません。動いているか確かめてください",
        "cannot reach the database; check that it runs",
    ),
)


def open_engine(url: str, *, level: str = _NEWEST) -> Engine:
    """Return an engine on the register at `url`, its tables up to date (台帳につなぐ).

    SQLite keeps a journal beside the file (WAL) and waits for the disk at each commit
    (``synchronous=FULL``): what was acknowledged outlives a power cut. A new file is its
    owner's alone.

    Parameters
    ----------
    level
        The form of the tables to bring it to, of `known_levels`; the newest when not told.

    Raises
    ------
    InputError
        When it cannot be opened or brought up to date.
    """
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg" + url[len("postgresql") :]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise InputError(
            Words(
                "DATABASE_URL は sqlite:/// か postgresql:// で始めてください",
                "DATABASE_URL must begin with sqlite:/// or postgresql://",
            )
        )
    with told_in_words():
        made = create_engine(url, pool_pre_ping=url.startswith("postgresql"))
        if made.dialect.name == "sqlite":
            _make_file(made.url.database)
            event.listen(made, "connect", _prepare_sqlite)
            watch_file(made)
            read_alone(made)
        event.listen(made, "begin", _begin)
        _migrate(made, level)
    return made


def witnessed(engine: Engine, witness: Witness) -> Engine:
    """Return an engine on the same database whose every write begins before a witness (見とどける).

    The witness is asked inside the transaction, where nobody else writes meanwhile: what it
    finds holds until the write is done.
    """
    return engine.execution_options(**{_WITNESS: witness})


def is_witnessed(engine: Engine) -> bool:
    """Say whether the engine's writes begin before a witness (見とどけられるか)."""
    return _WITNESS in engine.get_execution_options()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one write transaction; committed at the end, or nothing is (書く).

    Raises
    ------
    InputError
        When the database could not write: the disk is full, read-only, gone, or busy; or when
        the engine's witness says that it must not (`witnessed`).
    """
    witness = engine.get_execution_options().get(_WITNESS)
    with (
        told_in_words(),
        engine.connect().execution_options(**{_WRITE: True}) as connection,
        connection.begin(),
    ):
        if witness is not None:
            witness(connection)
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment of the register (読む)."""
    # PostgreSQL would show each statement a moment of its own.
    one_moment = {"isolation_level": "REPEATABLE READ"} if engine.name == "postgresql" else {}
    with (
        told_in_words(saving=False),
        engine.connect().execution_options(**one_moment) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def told_in_words(*, saving: bool = True) -> Iterator[None]:
    """Turn a database's failure into words a person can act on (失敗をことばにする)."""
    try:
        yield
    except SQLAlchemyError as error:
        text = str(getattr(error, "orig", None) or error)
        words = _say(text, saving=saving)
        if blames_values(error):
            raise InputError(words) from error
        full = any(sign in text.casefold() for sign in _NO_ROOM)
        raise CannotKeepError(words, full=full) from error


def blames_values(error: SQLAlchemyError) -> bool:
    """Say whether a failure comes of the values given: tried again, it fails again (値のせいか)."""
    if isinstance(error, DBAPIError):
        return isinstance(error, DataError | IntegrityError | ProgrammingError)
    return isinstance(error, StatementError)


def _say(text: str, *, saving: bool) -> Words:
    first = text.splitlines()[0][:200] if text else ""
    ja, en = next(
        ((ja, en) for sign, ja, en in _FAILURES if sign.casefold() in text.casefold()),
        (
            f"台帳を{'書けませんでした' if saving else '読めませんでした'}（{first}）",
            f"the register failed ({first})",
        ),
    )
    if not saving:
        return Words(f"{ja}。", en)
    return Words(
        f"{ja}。保存していません。書いたものはこの画面に残っています",
        f"{en}; nothing was saved; what you wrote is still on this screen",
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    # The driver begins no transaction of its own; `_begin` says which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for line in (
        # First, so that two processes that open a new file at once wait for each other.
        f"PRAGMA busy_timeout={_WAIT_S * 1000}",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
    ):
        cursor.execute(line)
    cursor.close()


def _begin(connection: Connection) -> None:
    write = bool(connection.get_execution_options().get(_WRITE))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
    elif write:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")


def known_levels() -> frozenset[str]:
    """Return the forms of the tables this release knows (知っている表の形)."""
    script = ScriptDirectory.from_config(migrations_config())
    return frozenset(one.revision for one in script.walk_revisions())


@cache  # every opening asks, and a release's own files do not change under it
def _newest() -> frozenset[str]:
    return frozenset(ScriptDirectory.from_config(migrations_config()).get_heads())


def migrations_config() -> Config:
    """Return where the forms of the tables are told, for Alembic (表の形のありか)."""
    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
    )
    return config


def _make_file(path: str | None) -> None:
    """Make an empty file that only its owner may read; SQLite's own would follow the umask."""
    if path and path != ":memory:":
        # Where it cannot be made, SQLite says why.
        with suppress(OSError):
            open_own(Path(path), new=True).close()


def _migrate(engine: Engine, level: str) -> None:
    config = migrations_config()
    # A register that can only be read opens as long as its tables are of today.
    with reading(engine) as connection:
        held = MigrationContext.configure(connection).get_current_heads()
    if set(held) == ({level} if level != _NEWEST else _newest()):
        return
    # Alembic keeps its context in module globals: two threads at once would mix theirs.
    with _ONE_AT_A_TIME, writing(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, level)
        except CommandError:
            raise InputError(
                Words(
                    "台帳が新しい版のかよいマップのものです。かよいマップを新しくしてください",
                    "the register is of a newer release: update Kayoi Map",
                )
            ) from None
