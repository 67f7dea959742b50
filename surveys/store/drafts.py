"""What is being written, kept at every answer until it is saved (下書き)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from surveys.store.engine import reading, writing
from surveys.store.tables import DRAFT

if TYPE_CHECKING:
    from collections.abc import Mapping

    import shapely

    from surveys.history import Version
    from surveys.store.receipt import Receipt
    from surveys.store.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A form in the middle of being written (下書き).

    Attributes
    ----------
    id
        Stands in the page's address, so that a reload finds it.
    base
        The `head` of the site when the form was opened; 0 for a new site.
    answers
        As the form holds them, checked only when they are saved.
    """

    id: str
    type: str
    changed_at: str
    site_id: str | None = None
    walk_id: str | None = None
    base: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)
    shape: shapely.Geometry | None = None
    by: str = ""
    on: str = ""


def keep_draft(register: Register, draft: Draft) -> None:
    """Keep a draft in place of its earlier self (下書きを残す).

    Raises
    ------
    InputError
        When the database cannot write.
    """
    values = {name: getattr(draft, name) for name in Draft.__dataclass_fields__}
    values["answers"] = dict(draft.answers)
    with writing(register.engine) as connection:
        connection.execute(delete(DRAFT).where(DRAFT.c.id == draft.id))
        connection.execute(insert(DRAFT).values(values))


def find_draft(register: Register, draft_id: str) -> Draft | None:
    """Return a draft, ``None`` when there is none (下書きを読む)."""
    with reading(register.engine) as connection:
        row = connection.execute(select(DRAFT).where(DRAFT.c.id == draft_id)).mappings().first()
    return Draft(**row) if row else None


def list_drafts(register: Register) -> list[Draft]:
    """Return all drafts, the newest first (下書きの一覧)."""
    with reading(register.engine) as connection:
        rows = connection.execute(select(DRAFT).order_by(DRAFT.c.changed_at.desc())).mappings()
        return [Draft(**row) for row in rows]


def drop_draft(register: Register, draft_id: str) -> None:
    """Throw a draft away because its writer says so (下書きを捨てる)."""
    with writing(register.engine) as connection:
        connection.execute(delete(DRAFT).where(DRAFT.c.id == draft_id))


def save_draft(register: Register, draft_id: str, version: Version) -> Receipt:
    """Keep the version a draft became; the draft goes only when that is on the disk (保存する)."""
    return register.save_all([version], draft_id=draft_id)[0]
