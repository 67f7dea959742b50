"""Receipts: what of a device's day was proved to be here (受取)."""

from __future__ import annotations

from geo.base.words import Words
from surveys.store.field_receipts import list_receipts
from surveys.store.field_tables import FIELD_RECEIPT
from surveys.store.kept.kind import Kind, Not, Restore, Rows

KIND = Kind(
    id="receipt",
    words=Words("受取", "receipt"),
    tables=(FIELD_RECEIPT,),
    needs=("device", "received", "received_photo"),
    backup=Rows(),
    restore=Restore(),
    export=Not(words=Words("「届いた記録」で見る", "it is read on the page of what came")),
    undo=Not(words=Words("次の受取が代わりになる", "the next takes its place")),
    check=Not(words=Words("その日に数えたことの控え", "a memory of what was counted that day")),
    listed=list_receipts,
    outdoors=("sent",),
    apart=(
        (
            "command",
            Words(
                "端末から届く。コマンドで送ることはない", "it comes from devices, not by a command"
            ),
        ),
        ("map", Words("その場所を持たない", "it has no place of its own")),
        ("sheet", Words("紙に出すことがない", "nothing of it is for paper")),
    ),
)
