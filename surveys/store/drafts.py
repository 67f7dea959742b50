"""What is being written, kept at every answer until it is saved (下書き)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.plain import keepable
from surveys.store.engine import reading, writing
from surveys.store.queries import find_versions
from surveys.store.tables import DRAFT, VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    import shapely

    from surveys.record.history import Version
    from surveys.store.receipt import Receipt
    from surveys.store.register import Register

# An id holds 64 signs.
_LONGEST_HEAD: Final = 58


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


def keep_draft(register: Register, draft: Draft, *, over: str | None = None) -> None:
    """Keep a draft in place of its earlier self (下書きを残す).

    Signs no database can hold are left out.

    Parameters
    ----------
    over
        ``changed_at`` of the self its writer knows, "" for none yet; ``None`` asks nothing.

    Raises
    ------
    InputError
        When another screen wrote on the draft since, or the database cannot write.
    """
    values = {name: getattr(draft, name) for name in Draft.__dataclass_fields__}
    values |= {"answers": keepable(dict(draft.answers)), "by": keepable(draft.by)}
    with writing(register.engine) as connection:
        held = connection.scalar(select(DRAFT.c.changed_at).where(DRAFT.c.id == draft.id))
        if over is not None and held not in (None, over):
            raise InputError(
                Words(
                    "この下書きは、別の画面でも書かれています。開き直すと別の画面で書いたものが"
                    "出ます。ここで書いたものを残すには「保存する」を押してください",
                    "another screen wrote on this draft: reload to see that, or save what is here",
                )
            )
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
    """Keep the version a draft became; the draft goes only when that is on the disk (保存する).

    A second press keeps nothing more. What a second screen says otherwise of the same draft is
    kept beside it, as a version of its own of the same visit.
    """
    kept = _kept_of(register, version.record_id)
    again = next((one for one in kept if _says(one) == _says(version)), None)
    if again is not None:
        version = again
    elif any(one.id == version.id for one in kept):
        version = replace(version, id=f"{version.id[:_LONGEST_HEAD]}-{len(kept) + 1}")
    return register.save_all([version], draft_id=draft_id)[0]


def _kept_of(register: Register, record_id: str) -> list[Version]:
    with reading(register.engine) as connection:
        return find_versions(connection, VERSION.c.record_id == record_id)


def _says(version: Version) -> Version:
    """Return a version without what differs between two presses."""
    return replace(version, seq=0, id="", made_at="")
