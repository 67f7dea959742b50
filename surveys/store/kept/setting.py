"""Choices of the town, such as after how many months a type asks again (台帳の設定)."""

from __future__ import annotations

from geo.base.words import Words
from surveys.store.kept.kind import Kind, Not, Restore, Rows
from surveys.store.tables import SETTING

KIND = Kind(
    id="setting",
    words=Words("台帳の設定", "setting"),
    tables=(SETTING,),
    backup=Rows(),
    restore=Restore(),
    export=Not(words=Words("この街だけの決めごと", "of this town alone")),
    undo=Not(words=Words("もとの値を選び直す", "the former value is chosen again")),
    check=Not(words=Words("値は、決めるときに確かめる", "values are looked at when chosen")),
    outdoors=("carried",),
    apart=(
        (
            "command",
            Words(
                "画面からする。コマンドでは要らない", "done on its page; nobody asked for a command"
            ),
        ),
        ("map", Words("その場所を持たない", "it has no place of its own")),
        (
            "list",
            Words(
                "それぞれの画面で、そこの決めごとだけを選ぶ",
                "each page asks the choices of its own",
            ),
        ),
        ("sheet", Words("紙に出すことがない", "nothing of it is for paper")),
    ),
)
