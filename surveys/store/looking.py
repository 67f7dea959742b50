"""A register looked at from outside: nothing is made, moved or brought up to date (台帳を見るだけ)."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.engine import migrations_config, told_in_words
from surveys.store.tables import SETTING, SITE, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine, Table

PLACE_KEY: Final = "backup_place"
_LEVEL: Final = "SELECT version_num FROM alembic_version"
_WAIT_S: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a register is, as it stands (台帳の様子).

    Attributes
    ----------
    level
        The form of its tables; empty where there are none.
    newest
        The form this release brings it to.
    sites, versions
        How many there are, undone imports too.
    fault
        What the database itself finds wrong in its file; empty for nothing.
    backup_place
        The folder chosen for backups; ``None`` where nobody chose.
    """

    level: str
    newest: str
    sites: int
    versions: int
    fault: str
    backup_place: Path | None

    @property
    def is_newest(self) -> bool:
        """Say whether its tables are of this release (今の形か)."""
        return self.level == self.newest

    @property
    def is_newer(self) -> bool:
        """Say whether a newer release made it, which this one cannot open (新しすぎるか)."""
        return self.level > self.newest


def file_of(url: str) -> Path | None:
    """Return the file of a register that is one, ``None`` for a server's (台帳のファイル).

    Raises
    ------
    InputError
        When it is no address of a register; the address is not told, it may hold a password.
    """
    try:
        where = make_url(url)
    except (ArgumentError, ValueError):
        where = None
    if where is None or where.get_backend_name() not in ("sqlite", "postgresql"):
        raise InputError(
            Words(
                "DATABASE_URL は sqlite:/// か postgresql:// で始めてください",
                "DATABASE_URL must begin with sqlite:/// or postgresql://",
            )
        )
    return Path(where.database or "") if where.get_backend_name() == "sqlite" else None


def look_at(url: str) -> Seen:
    """Return what the register at `url` is, without changing it or its folder (台帳を見る).

    A file nobody writes to is read as it stands; one at work is read beside its writers.

    Raises
    ------
    InputError
        When it cannot be reached or read.
    """
    newest = ScriptDirectory.from_config(migrations_config()).get_current_head() or ""
    with told_in_words(saving=False), _looking(url) as engine, engine.connect() as connection:
        there = set(inspect(connection).get_table_names())

        def count(table: Table) -> int:
            if table.name not in there:
                return 0
            return int(connection.scalar(select(func.count()).select_from(table)) or 0)

        place = None
        if SETTING.name in there:
            asked = select(SETTING.c.value).where(SETTING.c.key == PLACE_KEY)
            place = connection.scalar(asked)
        fault = ""
        if engine.name == "sqlite":
            fault = str(connection.scalar(text("PRAGMA quick_check(1)")))
        level = connection.scalar(text(_LEVEL)) if "alembic_version" in there else ""
        return Seen(
            level=str(level or ""), newest=newest, sites=count(SITE), versions=count(VERSION),
            fault="" if fault == "ok" else fault,
            backup_place=Path(place["folder"]) if isinstance(place, dict) and place.get("folder") else None,
        )  # fmt: skip


@contextmanager
def _looking(url: str) -> Iterator[Engine]:
    file = file_of(url)
    if file is None:
        address = make_url(url).set(drivername="postgresql+psycopg")
        engine = create_engine(
            address, connect_args={"connect_timeout": _WAIT_S, "options": "-c default_transaction_read_only=on"}
        )  # fmt: skip
        try:
            yield engine
        finally:
            engine.dispose()
        return
    with _as_it_stands(file) as told:
        engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(told, uri=True))
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def _as_it_stands(file: Path) -> Iterator[str]:
    """Yield the address SQLite reads a file by without making anything beside it."""
    journal, index = (file.with_name(file.name + end) for end in ("-wal", "-shm"))
    if not journal.is_file() or not journal.stat().st_size:
        yield f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    elif index.is_file():
        yield f"{file.absolute().as_uri()}?mode=ro"
    else:  # what a crash, or a copy, left: SQLite would make the index anew
        with tempfile.TemporaryDirectory() as folder:
            for one in (file, journal):
                shutil.copy(one, folder)
            yield f"{(Path(folder) / file.name).as_uri()}?mode=rw"
