"""Keep what people said of places of the map and sites (同じ所かの答えをしまう)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select, update

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.answers import is_clean
from surveys.record.claim import LONGEST_INSIDE, LONGEST_PLACE, Claim
from surveys.store.engine import reading, writing
from surveys.store.tables import CLAIM, SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from surveys.store.register import Register

_SAID: Final = ("place_id", "site_id", "inside", "same")
_NO_PLACE: Final = Words("地図の所の番号が正しくありません", "not the id of a place")
_NO_SITE: Final = Words("その地点は一覧にありません", "the register has no such site")
_ITSELF: Final = Words(
    "この地点は、この地図の所を一覧に入れたものです。答えは要りません",
    "this site is the place itself, taken into the register: there is nothing to say",
)
_OTHER: Final = Words("同じ番号で中身のちがう答えが、もうあります", "another answer has this id")


def keep_claims(register: Register, claims: Sequence[Claim]) -> None:
    """Keep several answers in one transaction: all of them or none (答えをしまう).

    Raises
    ------
    InputError
        When one is of a site there is not, or of no place, or says another thing under an id
        that is taken; nothing is kept then.
    """
    with writing(register.engine) as connection:
        for one in claims:
            add_claim(connection, one)


def add_claim(connection: Connection, claim: Claim) -> None:
    """Keep one answer inside a transaction; the same answer again changes nothing (一つしまう).

    Raises
    ------
    InputError
        As `keep_claims`.
    """
    place, inside = claim.place_id, claim.inside
    if not 0 < len(place) <= LONGEST_PLACE or not is_clean(place):
        raise InputError(_NO_PLACE)
    if place == claim.thing_id:
        raise InputError(_ITSELF)
    site = connection.scalar(
        select(SITE.c.id).where(SITE.c.id == claim.site_id, SITE.c.hidden.is_(False))
    )
    if site is None or len(inside) > LONGEST_INSIDE or not is_clean(inside):
        raise InputError(_NO_SITE)
    held = connection.execute(select(CLAIM).where(CLAIM.c.id == claim.id)).mappings().first()
    if held is None:
        values = {name: getattr(claim, name) for name in (*_SAID, "id", "by", "made_at")}
        connection.execute(insert(CLAIM).values(values))
    elif any(held[name] != getattr(claim, name) for name in _SAID):
        raise InputError(_OTHER)


def list_claims(register: Register) -> list[Claim]:
    """Return all answers, the oldest first, undone ones too (答えの一覧)."""
    columns = [CLAIM.c[name] for name in (*_SAID, "id", "by", "made_at", "undone_at")]
    chosen = select(*columns, SITE.c.hidden).join(SITE, SITE.c.id == CLAIM.c.site_id)
    with reading(register.engine) as connection:
        rows = connection.execute(chosen.order_by(CLAIM.c.seq)).mappings()
        return [Claim(**{**row, "undone_at": row["undone_at"] or ""}) for row in rows]


def undo_claim(register: Register, claim_id: str, *, now: str) -> None:
    """Take an answer back; it stays in the register and counts no more (答えを取り消す)."""
    _mark(register, claim_id, now)


def redo_claim(register: Register, claim_id: str) -> None:
    """Bring an answer back that was taken back (取り消しをやめる)."""
    _mark(register, claim_id, None)


def _mark(register: Register, claim_id: str, undone_at: str | None) -> None:
    with writing(register.engine) as connection:
        connection.execute(update(CLAIM).where(CLAIM.c.id == claim_id).values(undone_at=undone_at))
