"""What people said of places of the map: that a site is of this place, or is not (同じ所かの答え)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.words import Words
from surveys.store.claims import list_claims, redo_claim, undo_claim
from surveys.store.kept.kind import Kind, Not, Restore, RowCheck, Rows, Undo
from surveys.store.tables import CLAIM, SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from surveys.store.register import Register


def _take_back(register: Register, claim_id: str, now: str) -> None:
    undo_claim(register, claim_id, now=now)


def _find_astray(connection: Connection) -> Iterator[Words]:
    sites = set(connection.scalars(select(SITE.c.id)))
    for row in connection.execute(select(CLAIM).order_by(CLAIM.c.seq)):
        if row.site_id not in sites:
            yield Words(
                f"「同じ所か」の答え {row.seq} の地点が一覧にありません",
                f"answer {row.seq} is of a site the register has not",
            )


KIND = Kind(
    id="claim",
    words=Words("「同じ所か」の答え", "answer about one place"),
    tables=(CLAIM,),
    needs=("site",),
    backup=Rows(),
    restore=Restore(counted=(CLAIM.c.seq,)),
    export=Not(
        words=Words(
            "この街の地図との照らし合わせ。地点はそのまま書き出される",
            "a tie to this town's own map; the sites themselves are exported",
        )
    ),
    undo=Undo(
        words=Words("取り消せて、戻せる", "taken back, and brought back"),
        take_back=_take_back,
        bring_back=redo_claim,
    ),
    check=(
        RowCheck(words=Words("答えの地点があるか", "whether its site is there"), find=_find_astray),
    ),
    listed=list_claims,
    outdoors=("sent",),
    apart=(
        (
            "map",
            Words(
                "答えのあった所は、地点のしるし一つになって出る",
                "what was answered is shown as the one sign of its site",
            ),
        ),
        (
            "sheet",
            Words(
                "答えるのは画面。紙に出すことがない",
                "answered on its page; nothing of it is for paper",
            ),
        ),
    ),
)
