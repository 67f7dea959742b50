"""Photos from devices, and those no program can open (届いた写真)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.words import Words
from surveys.store.field_receipts import list_held_photos
from surveys.store.field_tables import RECEIVED_PHOTO
from surveys.store.kept.kind import Kind, Not, Restore, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection


def _photos(connection: Connection) -> Iterator[tuple[str | None, object]]:
    table = RECEIVED_PHOTO.c
    for row in connection.execute(select(table.id, table.kept_id, table.data.is_(None))):
        # One no program can open is a file under its own id, or, from before, in its row.
        if row[1] is not None or row[2]:
            yield None, {"id": row[1] or row[0], "caption": ""}


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
    listed=list_held_photos,
    outdoors=("sent",),
    apart=(
        (
            "command",
            Words(
                "端末から届く。コマンドで送ることはない", "it comes from devices, not by a command"
            ),
        ),
        ("map", Words("その場所を持たない", "it has no place of its own")),
        (
            "sheet",
            Words(
                "届いたことは画面で確かめる。紙には、できた地点が出る",
                "looked at on its page; the site made of it is printed",
            ),
        ),
    ),
)
