"""Drafts: forms in the middle of being written (下書き)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.words import Words
from surveys.store.drafts import drop_draft, list_drafts
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
    listed=list_drafts,
    apart=(
        (
            "command",
            Words("書きかけは、画面で続ける", "unfinished work is gone on with on its page"),
        ),
        ("map", Words("書きかけは、まだ地点でない", "unfinished work is no site yet")),
        ("sheet", Words("書きかけは紙に出さない", "unfinished work is not printed")),
        ("field_app", Words("端末の下書きは、端末に残る", "a device keeps its own drafts")),
    ),
)
