"""Photos from devices, and those no program can open (届いた写真)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.words import Words
from surveys.store.field_tables import RECEIVED_PHOTO
from surveys.store.kept.kind import Kind, Not, Restore, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection


def _photos(connection: Connection) -> Iterator[tuple[str | None, object]]:
    for kept_id in connection.scalars(select(RECEIVED_PHOTO.c.kept_id)):
        if kept_id is not None:
            yield None, {"id": kept_id, "caption": ""}


KIND = Kind(
    id="received_photo",
    words=Words("届いた写真", "photo received"),
    tables=(RECEIVED_PHOTO,),
    needs=("account", "device", "photo", "site"),
    backup=Rows(),
    restore=Restore(),
    export=Not(words=Words("写真は控えにある", "photos are in the backup")),
    undo=Not(words=Words("届いたことを、なかったことにしない", "that it came is not made undone")),
    check=Not(
        words=Words("写真の点検が、届いた写真も見る", "the check of photos looks at these too")
    ),
    photos=_photos,
)
