"""See that the register's file is still the one that was opened (同じファイルか).

Another put in its place while the app runs would else take nothing: what is written would go to
the old one, which nobody opens again; or, under the old one's journal, SQLite would mix the two.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from sqlalchemy import Engine

_Identity = tuple[int, int]


def watch_file(engine: Engine) -> None:
    """Look before every use of a SQLite register whether its file is the same (ファイルを見はる).

    One that was replaced is opened anew; where the old one's journal lies beside it, or the file
    is gone, every use raises `InputError`.
    """
    path = engine.url.database
    if not path or path == ":memory:":
        return
    opened: list[_Identity] = []

    def open_(*_: object) -> None:
        found = _identity(path)
        if opened and found != opened[-1]:
            _refuse_mixed(path, found)
        if found is not None:
            opened[:] = [found]

    def remember(_connection: object, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        found = _identity(path)
        record.info["file"] = found
        opened[:] = [found] if found is not None else []

    def compare(_connection: object, record: Any, _proxy: object) -> None:  # noqa: ANN401 - as above
        found = _identity(path)
        if found != record.info.get("file"):
            _refuse_mixed(path, found)
            raise DisconnectionError(path)

    event.listen(engine, "do_connect", open_)
    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", compare)


def _identity(path: str) -> _Identity | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _refuse_mixed(path: str, found: _Identity | None) -> None:
    if found is None:
        raise InputError(
            Words(
                f"台帳のファイル {path} がなくなりました。何も保存していません。元に戻してください",
                f"the register's file {path} is gone: put it back; nothing was saved",
            )
        )
    journal = Path(f"{path}-wal")
    if journal.is_file() and journal.stat().st_size:
        raise InputError(
            Words(
                f"台帳のファイル {path} が、動いているあいだに入れかわりました。何も保存していません。"
                f"かよいマップを止め、{journal.name} をほかへ移してから始め直してください",
                f"the register's file {path} was replaced while in use; nothing was saved:"
                f" stop Kayoi Map, move {journal.name} away and start anew",
            )
        )
