"""Imports, as they are remembered (取りこみ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.store.kept.kind import Kind, Not, Restore, Rows, Undo
from surveys.store.tables import BATCH

if TYPE_CHECKING:
    from surveys.store.register import Register


def _take_back(register: Register, batch_id: str, now: str) -> None:
    register.undo_batch(batch_id, now=now)


def _bring_back(register: Register, batch_id: str) -> None:
    register.redo_batch(batch_id)


KIND = Kind(
    id="batch",
    words=Words("取りこみ", "import"),
    tables=(BATCH,),
    backup=Rows(),
    restore=Restore(),
    export=Not(
        words=Words(
            "取りこんだ地点が書き出される", "the sites it brought in are exported themselves"
        )
    ),
    undo=Undo(
        words=Words("まるごと取り消せて、戻せる", "undone whole, and brought back"),
        take_back=_take_back,
        bring_back=_bring_back,
    ),
    check=Not(
        words=Words(
            "版の点検が、取りこみとのつながりも見る", "the check of versions looks at its ties too"
        )
    ),
    listed=lambda register: register.batches(),
    apart=(
        ("map", Words("取りこんだ地点が地図に出る", "the sites it brought in are on the map")),
        ("sheet", Words("取りこんだ地点が紙に出る", "the sites it brought in are printed")),
        (
            "field_app",
            Words(
                "庁内だけのもの。端末は地点と踏査を運ぶ",
                "the office's alone: devices carry sites and walks",
            ),
        ),
    ),
)
