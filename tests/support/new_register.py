"""A new register's tables, made once a process: a register made afterwards begins as their copy."""

import sqlite3
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock

from surveys.store import engine as opening

# As the module has it: what the tables are made by, and what a copy stands in for.
MIGRATE = opening._migrate
_ONE_AT_A_TIME = Lock()


@contextmanager
def copied_tables(folder):
    """Let every new SQLite register of this process begin as a copy of one made as ever."""
    made = folder / "new.db"
    engine = opening.open_engine(f"sqlite:///{made}")
    engine.dispose()
    with sqlite3.connect(made) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    opening._migrate = partial(_copy_or_migrate, made.read_bytes())
    try:
        yield
    finally:
        opening._migrate = MIGRATE


def _copy_or_migrate(tables, engine, level):
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if path and path != ":memory:" and level == opening._NEWEST:
        with _ONE_AT_A_TIME:  # two threads may open one new file
            _fill(Path(path), tables)
    MIGRATE(engine, level)


def _fill(path, tables):
    """Fill an empty file in one write; what cannot be written is left to who migrates it."""
    try:
        if path.stat().st_size == 0 and not path.with_name(f"{path.name}-wal").exists():
            with path.open("r+b") as file:
                file.write(tables)
    except OSError:
        return
