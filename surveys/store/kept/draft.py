"""Drafts: forms in the middle of being written (下書き)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.words import Words
from surveys.store.drafts import drop_draft
from surveys.store.kept.kind import Kind, Not, Restore, Rows, Undo
from surveys.store.tables import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from surveys.store.register import Register


def _photos(connection: Connection) -> Iterator[tuple[str | None, object]]:
    for row in connection.execute(select(DRAFT.c.site_id, DRAFT.c.answers).order_by(DRAFT.c.id)):
        yield row.site_id, row.answers


def _take_back(register: Register, draft_id: str, _now: str) -> None:
    drop_draft(register, draft_id)


KIND = Kind(
    id="draft",
    words=Words("下書き", "draft"),
    tables=(DRAFT,),
    needs=("photo", "site"),
    backup=Rows(),
    restore=Restore(),
    export=Not(words=Words("書きかけは書き出さない", "unfinished work leaves in no file")),
    undo=Undo(words=Words("捨てる", "thrown away for good"), take_back=_take_back),
    check=Not(
        words=Words("答えは、保存するときに確かめる", "answers are looked at when they are saved")
    ),
    photos=_photos,
)
