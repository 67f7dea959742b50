"""Plans of a council: what would change, version by version (検討案)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.plan import load_changes
from surveys.store.kept.kind import Export, Kind, Restore, RowCheck, Rows, Undo
from surveys.store.plans import bring_back, list_plans, put_away
from surveys.store.tables import PLAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from surveys.store.register import Register


def _gather(register: Register) -> Sequence[object]:
    return [one for one in list_plans(register) if one.state != "put_away"]


def _take_back(register: Register, plan_id: str, now: str) -> None:
    put_away(register, plan_id, now=now)


def _find_astray(connection: Connection) -> Iterator[Words]:
    known: set[tuple[str, int]] = set()
    for row in connection.execute(select(PLAN).order_by(PLAN.c.seq)):
        known.add((row.id, row.number))
        if any(one and (row.id, one) not in known for one in (row.parent, row.redo)):
            yield Words(
                f"検討案「{row.title}」の版 {row.number} のもとの版がありません",
                f"version {row.number} of the plan {row.title!r} goes on from none there is",
            )
        try:
            load_changes(row.changes)
        except InputError as error:
            yield Words(
                f"検討案「{row.title}」の版 {row.number}: {error.words.ja}",
                f"version {row.number} of the plan {row.title!r}: {error.words.en}",
            )


KIND = Kind(
    id="plan",
    words=Words("検討案", "plan"),
    tables=(PLAN,),
    backup=Rows(),
    restore=Restore(counted=(PLAN.c.seq,)),
    export=Export(
        words=Words("検討案ごとの GeoJSON", "a GeoJSON file each"),
        gather=_gather,
        formats=("geojson",),
    ),
    undo=Undo(
        words=Words(
            "版ごとに戻せる。しまっても、もどせる",
            "version by version; put away, and brought back",
        ),
        take_back=_take_back,
        bring_back=bring_back,
    ),
    check=(
        RowCheck(
            words=Words("版のつながりと中身", "how versions follow, and what they say"),
            find=_find_astray,
        ),
    ),
    audience="council",
    listed=list_plans,
    apart=(
        ("map", Words("検討案の画面に、自分の地図がある", "its own page has its own map")),
        (
            "sheet",
            Words(
                "会議は画面に映し、絵と GeoJSON で渡す",
                "shown on the screen of a meeting, and given as pictures and GeoJSON",
            ),
        ),
        (
            "field_app",
            Words(
                "庁内だけのもの。端末は地点と踏査を運ぶ",
                "the office's alone: devices carry sites and walks",
            ),
        ),
    ),
)
