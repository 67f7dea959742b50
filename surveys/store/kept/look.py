"""Which 通いの場 counted when somebody last looked (前に見たとき)."""

from __future__ import annotations

from geo.base.words import Words
from surveys.store.kept.kind import Kind, Not, Restore, Rows
from surveys.store.tables import LOOK

KIND = Kind(
    id="look",
    words=Words("前に見たときの一覧", "last look at the list"),
    tables=(LOOK,),
    backup=Rows(),
    restore=Restore(),
    export=Not(words=Words("その人が見たときのこと", "of that person's last look alone")),
    undo=Not(words=Words("もう一度見れば、新しくなる", "it is made anew by looking again")),
    check=Not(words=Words("数字には使わない", "no figure is made of it")),
    audience="own",
    apart=(
        ("command", Words("人が画面を見たときのこと", "it is of a person who looks at the page")),
        ("map", Words("その場所を持たない", "it has no place of its own")),
        (
            "list",
            Words(
                "その人の前の一回だけ。ならべるものがない",
                "of each person the last alone: there is nothing to list",
            ),
        ),
        ("sheet", Words("紙に出すことがない", "nothing of it is for paper")),
        (
            "field_app",
            Words(
                "庁内だけのもの。端末は地点と踏査を運ぶ",
                "the office's alone: devices carry sites and walks",
            ),
        ),
    ),
)
