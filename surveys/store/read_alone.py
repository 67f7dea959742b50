"""Read a register in a folder where nothing may be written (書けないフォルダの台帳を読む)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy import Engine

_ALONE: Final = "read alone"
_JOURNALS: Final = ("-wal", "-shm")


def read_alone(engine: Engine) -> None:
    """Let a SQLite register be read where its journal cannot be made (書けない所でも読めるように).

    SQLite makes files beside one that keeps a journal (WAL), even to read it. Where none may be
    made and none lie there, nobody is at work: the file is read as it stands, and nothing can be
    written. It is opened anew for each use, as somebody else may have written meanwhile.
    """
    path = engine.url.database
    if not path or path == ":memory:":
        return

    def open_(_dialect: object, record: Any, args: list[Any], named: dict[str, Any]) -> None:  # noqa: ANN401 - SQLAlchemy's own
        alone = reads_alone(path)
        record.info[_ALONE] = alone
        if alone:
            args[0] = f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1"
            named["uri"] = True

    def close(_connection: object, record: Any) -> None:  # noqa: ANN401 - as above
        if record.info.get(_ALONE):
            record.invalidate()

    event.listen(engine, "do_connect", open_)
    event.listen(engine, "checkin", close)


def reads_alone(path: str | None) -> bool:
    """Say whether a register's file can only be read as it stands (そのまま読むだけか)."""
    if not path or not (file := Path(path)).is_file():
        return False
    lying = any(Path(f"{path}{end}").exists() for end in _JOURNALS)
    return not lying and not os.access(file.absolute().parent, os.W_OK)
