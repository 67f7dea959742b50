"""Questions several parts of the register ask of its tables (表への問い)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Text, cast, func, insert, literal_column, select, union_all

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.photo_checks import photo_ids
from surveys.store.receipt import Batch
from surveys.store.rows import read_version
from surveys.store.tables import BATCH, CLAIM, SETTING, VERSION

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from surveys.declaration.record_type import RecordType
    from surveys.record.history import Version


def find_versions(connection: Connection, which: object) -> list[Version]:
    """Return the versions a test picks, oldest first, those of undone imports left out (版を読む)."""
    undone = select(BATCH.c.id).where(BATCH.c.undone_at.is_not(None))
    rows = connection.execute(
        select(VERSION)
        .where(which, (VERSION.c.batch_id.is_(None)) | (VERSION.c.batch_id.not_in(undone)))  # type: ignore[arg-type]
        .order_by(VERSION.c.seq)
    ).mappings()
    return [read_version(row) for row in rows]


def find_fresh_months(connection: Connection, type_: RecordType) -> int:
    """Return after how many months a type asks to be confirmed here (確認までの月数)."""
    found = connection.scalar(
        select(SETTING.c.value).where(SETTING.c.key == f"fresh_months.{type_.id}")
    )
    return int(found) if found else type_.fresh_months


def find_stamp(connection: Connection) -> str:
    """Return a short text that changes with every change of the register (台帳の版)."""
    # Asked a dozen times for one screen: one statement, as five take four times as long.
    rows = sorted((what, one or "", other or "") for what, one, other in connection.execute(_MARKS))
    newest = int(next(one for what, one, _ in rows if what == _NEWEST) or 0)
    rest = repr([row for row in rows if row[0] != _NEWEST]).encode()
    return f"{newest:x}-{zlib.crc32(rest):x}"


def _mark(
    what: str, one: ColumnElement[Any], other: ColumnElement[Any] | None = None
) -> Select[Any, Any, Any]:
    more = literal_column("''") if other is None else cast(other, Text)
    return select(literal_column(f"'{what}'"), cast(one, Text), more)


_NEWEST: Final = "version"
_MARKS: Final = union_all(
    _mark(_NEWEST, func.max(VERSION.c.seq)),
    _mark("undone", BATCH.c.id).where(BATCH.c.undone_at.is_not(None)),
    _mark("setting", SETTING.c.key, SETTING.c.value),
    _mark("said", func.max(CLAIM.c.seq)),
    _mark("unsaid", CLAIM.c.seq).where(CLAIM.c.undone_at.is_not(None)),
)


def keep_batch(connection: Connection, batch: Batch) -> None:
    """Remember an import, once (取りこみを残す)."""
    held = connection.scalar(select(BATCH.c.sha256).where(BATCH.c.id == batch.id))
    if held not in (None, batch.sha256):
        raise InputError(
            Words(
                f"同じ番号（{batch.id}）の取りこみが、もうあります",
                f"another import of the id {batch.id} is kept already",
            )
        )
    if held is None:
        values = {name: getattr(batch, name) for name in Batch.__dataclass_fields__}
        connection.execute(insert(BATCH).values(values | {"undone_at": None}))


def check_batch(connection: Connection, batch_id: str | None) -> None:
    """Refuse more rows of an import that was undone: they would count for nothing (取り消した取りこみ).

    Raises
    ------
    InputError
        When it is undone now.
    """
    if batch_id is None:
        return
    if connection.scalar(select(BATCH.c.undone_at).where(BATCH.c.id == batch_id)):
        raise InputError(
            Words(
                "この取りこみは取り消してあります。戻すには「取りこみ」の「これまでの取りこみ」から選んでください",
                "this import was undone; bring it back under “What was brought in” of the page “Bring in”",
            )
        )


def names_photo(connection: Connection, site_id: str, photo_id: str) -> bool:
    """Say whether any version of a site names a photo: it was here then (前に使った写真か)."""
    patches = connection.scalars(select(VERSION.c.patch).where(VERSION.c.site_id == site_id))
    return any(photo_id in photo_ids(patch) for patch in patches)
